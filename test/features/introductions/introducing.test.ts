import { describe, expect, test } from 'vitest';
import { withdrawConsent } from '../../../src/community/consents.ts';
import { type Person, recordDeactivated } from '../../../src/community/people.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { introductionsHeld } from '../../../src/features/introductions/holdings.ts';
import { inCommon, type Shown, sayWhy } from '../../../src/features/introductions/introducing/common.ts';
import { pickPrompt } from '../../../src/features/introductions/introducing/prompt.ts';
import { hearOfEnd, sayMet, stop } from '../../../src/features/introductions/joining/wish.ts';
import { countJob, sayCounted } from '../../../src/features/introductions/leading/counts.ts';
import { listCounted } from '../../../src/features/introductions/leading/store.ts';
import { learningFrom } from '../../../src/features/introductions/learning.ts';
import {
  deleteOld,
  everybody,
  findWish,
  listOwn,
  switchOn,
} from '../../../src/features/introductions/store.ts';
import {
  dueRound,
  isTheirs,
  nextDay,
  quarterBefore,
  quarterOf,
} from '../../../src/features/introductions/when.ts';
import { changePreferences } from '../../../src/outbox/outbox.ts';
import { noDaysOff } from '../../../src/scheduler/days-off.ts';
import {
  type Bench,
  givenCohort,
  givenFacilitator,
  givenPerson,
  leave,
  markSent,
  outboxOf,
} from '../checkins/support.ts';
import { beat, type Given, given, givenWilling, introduced, wants } from './support.ts';

const calendar = { timeZone: 'Europe/London', daysOff: noDaysOff };
const firstRound = '2026-03-03T10:00:00Z';
const standingOf = async (deps: Given, person: Person) =>
  (await findWish(deps.db, deps.vault, person.id))?.standing;
const queued = async (deps: Given) =>
  (await outboxOf(deps)).map(({ key, status }) => `${key.replace(/[0-9a-f-]{36}/g, '…')} ${status}`);

describe('when', () => {
  test.each([
    ['not before ten on the Tuesday', '2026-03-03T09:59:00Z', undefined],
    ['on the Tuesday', '2026-03-03T10:00:00Z', 4],
    ['a little late', '2026-03-06T10:00:00Z', 4],
    ['no more after a week', '2026-03-10T10:00:00Z', undefined],
    ['by the clock on the wall in summer', '2026-03-31T09:00:00Z', 6],
    ['not on a bank holiday', '2030-01-01T10:00:00Z', undefined],
    ['on the working day after it', '2030-01-02T10:00:00Z', 104],
  ])('a round is drawn %s', (_what, at, number) => {
    expect(dueRound(new Date(at), calendar)).toBe(number);
  });

  test('everybody is in one rhythm, and whoever is new or was left out does not wait for the turn of their pace', () => {
    const at = new Date('2026-03-04T10:00:00Z');
    const next = (everyWeeks: number, standing: 'regular' | 'next' = 'regular') =>
      nextDay({ everyWeeks, standing }, at, calendar);
    expect([next(2), next(4), next(8), next(8, 'next')]).toEqual([
      '2026-03-17',
      '2026-03-31',
      '2026-04-28',
      '2026-03-17',
    ]);
    expect(isTheirs({ everyWeeks: 8, standing: 'left-out' }, 5)).toBe(true);
    expect(['2026-01-01', '2026-03-31', '2026-12-31'].map(quarterOf)).toEqual([
      '2026-Q1',
      '2026-Q1',
      '2026-Q4',
    ]);
    expect(['2026-Q1', '2026-Q3'].map(quarterBefore)).toEqual(['2025-Q4', '2026-Q2']);
  });
});

describe('what a message says', () => {
  const vocabulary = {
    age_groups: [
      { id: 'all', label: 'All ages' },
      { id: 'perinatal', label: 'Perinatal' },
    ],
    topics: [{ id: 'sleep', label: 'Sleep' }],
  } as unknown as Parameters<typeof inCommon>[1];
  const shown = (change: Partial<Shown['profile']> & Pick<Shown, 'agency' | 'profession'>): Shown => ({
    agency: change.agency,
    profession: change.profession,
    profile: { role: 'Role', organisation: 'Place', ageGroups: [], interests: [], ...change },
  });
  const why = (...people: Shown[]) => sayWhy(inCommon(people, vocabulary));
  test.each([
    [
      { ageGroups: ['perinatal', 'all'] },
      'You work with the same age group (perinatal), in different agencies and professions.',
    ],
    [
      { interests: ['sleep'] },
      'You both care about the same topic (sleep), in different agencies and professions.',
    ],
    [{ ageGroups: ['all'] }, 'You work in different agencies and professions.'],
    [{ organisation: undefined }, 'You work in different professions.'],
    [{ organisation: undefined, role: undefined }, 'You both asked to meet a colleague.'],
  ])('%j: %s', (profile, said) => {
    expect(
      why(
        shown({ ...profile, agency: 'a', profession: 'x' }),
        shown({ ...profile, agency: 'b', profession: 'y' }),
      ),
    ).toBe(said);
  });
  test('of the same agency and profession nothing of the kind is said, nor of what only one shows', () => {
    expect(
      why(
        shown({ agency: 'a', profession: 'x', ageGroups: ['perinatal'] }),
        shown({ agency: 'a', profession: 'x' }),
      ),
    ).toBe('You both asked to meet a colleague.');
  });

  test('a beginning is one for two, of an age group they share, and new to both as long as there is one', async () => {
    const { prompts } = await given();
    const pick = (had: ReadonlySet<string>) => pickPrompt(prompts, { ages: ['perinatal'], had, seed: 's' });
    const seen = new Set<string>();
    for (let one = pick(seen); one && !seen.has(one.id); one = pick(seen)) {
      expect(one.kind).not.toBe('case-starter');
      seen.add(one.id);
    }
    expect(seen.size).toBe(prompts.prompts.filter(({ kind }) => kind !== 'case-starter').length);
    expect(pickPrompt({ prompts: [] }, { ages: [], had: new Set(), seed: 's' })).toBeUndefined();
  });
});

describe('a round', () => {
  test('introduces across agencies and professions, tells both the same, and asks once two weeks later', async () => {
    const deps = await given();
    await givenWilling(deps, 'U1', {
      work: { agency: 'a', role: 'Midwife', organisation: 'Trust', ageGroups: ['perinatal'] },
    });
    await givenWilling(deps, 'U2', {
      work: { agency: 'a', role: 'Midwife', organisation: 'Trust', ageGroups: ['perinatal'] },
    });
    await givenWilling(deps, 'U3', {
      work: { agency: 'b', role: 'Social worker', organisation: 'Council', ageGroups: ['perinatal'] },
    });
    await givenWilling(deps, 'U4', {
      work: {
        agency: 'b',
        role: 'Social worker',
        organisation: 'Council',
        ageGroups: ['perinatal'],
        isShown: false,
      },
    });
    await beat(deps, firstRound, { sends: false });
    const messages = await outboxOf(deps);
    expect(messages.map(({ text }) => text)).toEqual(Array(4).fill('Meet a colleague'));
    for (const { blocks } of messages) expect(blocks).toMatch(/app_redirect\?channel=U[1-4]&team=T1/);
    const hidden = messages.filter(({ blocks }) => blocks.includes('<@U4>'));
    expect(hidden).toHaveLength(1);
    expect(hidden[0]?.blocks).not.toContain('Council');
    expect(hidden[0]?.blocks).not.toContain('agencies');
    const open = messages.filter(({ blocks }) => blocks.includes('<@U3>'));
    expect(open[0]?.blocks).toContain('<@U3>: Social worker · Council');
    expect(open[0]?.blocks).toContain('(perinatal), in different agencies and professions.');
    await markSent(deps);
    await beat(deps);
    const pairs = await introduced(deps);
    expect(pairs).toHaveLength(2);
    for (const pair of pairs) expect(pair).toMatch(/^U[12]\+U[34] told$/);
    await beat(deps, '2026-03-03T16:00:00Z');
    expect(await introduced(deps), 'not twice').toEqual(pairs);

    await beat(deps, '2026-03-17T10:00:00Z', { sends: false });
    const asked = (await outboxOf(deps)).filter(({ kind }) => kind === 'introductions.met');
    expect(asked).toHaveLength(4);
    await beat(deps, '2026-03-24T10:00:00Z');
    expect((await outboxOf(deps)).filter(({ kind }) => kind === 'introductions.met')).toHaveLength(4);
  });

  test('of whoever is listed under another name nothing is said that stands in the list too', async () => {
    const deps = await given();
    const work = { role: 'Doula of the hills', organisation: 'Trust', ageGroups: ['perinatal'] };
    await givenWilling(deps, 'U1', { work: { ...work, agency: 'a', isUnderAnotherName: true } });
    await givenWilling(deps, 'U2', { work: { ...work, agency: 'b', role: 'Midwife' } });
    await beat(deps, firstRound, { sends: false });
    const messages = await outboxOf(deps);
    expect(messages).toHaveLength(2);
    const ofThem = messages.find(({ blocks }) => blocks.includes('<@U1>'))?.blocks;
    expect(ofThem).toContain('You both asked to meet a colleague.');
    expect(ofThem).not.toMatch(/Doula|Trust|perinatal/);
    expect(messages.find(({ blocks }) => blocks.includes('<@U2>'))?.blocks).toContain('Midwife · Trust');
  });

  test('three are introduced together; one alone, or somebody who would rather meet nobody of them, is left out and first the next time', async () => {
    const deps = await given();
    const one = await givenWilling(deps, 'U1');
    await beat(deps, firstRound);
    expect(await introduced(deps)).toEqual([]);
    expect(await standingOf(deps, one)).toBe('left-out');
    await givenWilling(deps, 'U2');
    await givenWilling(deps, 'U3');
    const wary = await givenWilling(deps, 'U4', { wish: { avoids: ['U1', 'U2', 'U3'] } });
    await beat(deps, '2026-03-17T10:00:00Z');
    expect(await introduced(deps)).toEqual(['U1+U2+U3 told']);
    expect([await standingOf(deps, one), await standingOf(deps, wary)]).toEqual(['regular', 'left-out']);
    expect((await outboxOf(deps)).filter(({ blocks }) => (blocks ?? '').includes('U4'))).toEqual([]);
  });

  test('is within a group where that is switched on, for those of it who chose it', async () => {
    const deps = await given();
    const [one, two, three] = [
      await givenPerson(deps, 'U1'),
      await givenPerson(deps, 'U2'),
      await givenPerson(deps, 'U3'),
    ];
    const cohortId = await givenCohort(deps, [one, two]);
    await wants(deps, one, { pool: cohortId });
    expect((await findWish(deps.db, deps.vault, one.id))?.pool, 'not switched on').toBe(everybody);
    await switchOn(deps.db, { cohortId, by: 'system', at: deps.clock.now() });
    for (const person of [one, two]) await wants(deps, person, { pool: cohortId });
    await wants(deps, three, { pool: cohortId });
    expect((await findWish(deps.db, deps.vault, three.id))?.pool, 'not of the group').toBe(everybody);
    await beat(deps, firstRound);
    expect(await introduced(deps)).toEqual(['U1+U2 told']);
    await leave({ ...deps } as unknown as Bench, cohortId, two);
    await beat(deps, '2026-03-17T10:00:00Z');
    expect(await introduced(deps), 'whoever has left is not introduced there').toHaveLength(1);
  });

  test('the same two do not meet again for eight weeks, whichever pool they are in, and then are told that they have', async () => {
    const deps = await given();
    const [one, two] = [await givenPerson(deps, 'U1'), await givenPerson(deps, 'U2')];
    const cohortId = await givenCohort(deps, [one, two]);
    await switchOn(deps.db, { cohortId, by: 'system', at: deps.clock.now() });
    for (const person of [one, two]) await wants(deps, person, { pool: cohortId });
    await beat(deps, firstRound);
    expect(await introduced(deps)).toEqual(['U1+U2 told']);
    expect((await outboxOf(deps)).map(({ blocks }) => blocks).join()).not.toContain(
      'before, so you may know',
    );
    // Nobody else is there, or one more: better nobody than them again.
    await beat(deps, '2026-03-17T10:00:00Z');
    for (const person of [one, two]) await wants(deps, person);
    const three = await givenWilling(deps, 'U3');
    await beat(deps, '2026-03-31T09:00:00Z');
    const pairs = await introduced(deps);
    expect(pairs).toHaveLength(2);
    expect(pairs[1]).toMatch(/^U[12]\+U3 told$/);
    await wants(deps, three, { isPaused: true });
    await beat(deps, '2026-04-14T09:00:00Z');
    expect(await introduced(deps)).toHaveLength(2);
    await beat(deps, '2026-04-28T09:00:00Z');
    expect((await introduced(deps)).at(-1)).toBe('U1+U2 told');
    const [last, other] = (await outboxOf(deps))
      .filter(({ kind }) => kind === 'introductions.made')
      .slice(-2);
    for (const blocks of [last?.blocks, other?.blocks])
      expect(blocks).toMatch(/You were introduced to <@U[12]> before, so you may know each other already/);
  });

  test('one round brings one introduction, also to whoever changes from one pool to another while it is drawn', async () => {
    const deps = await given();
    const people = [];
    for (const id of ['U1', 'U2', 'U3']) people.push(await givenPerson(deps, id));
    const [one, two, three] = people as [Person, Person, Person];
    const cohortId = await givenCohort(deps, [one, three]);
    await switchOn(deps.db, { cohortId, by: 'system', at: deps.clock.now() });
    // The group is closed on the Tuesday, and drawn the day after.
    const closed_days = JSON.stringify([{ from: '2026-03-03', until: '2026-03-03', name: 'Closed' }]);
    await deps.db.updateTable('cohorts').set({ closed_days }).where('id', '=', cohortId).execute();
    for (const person of [one, two]) await wants(deps, person);
    await beat(deps, firstRound);
    for (const person of [one, three]) await wants(deps, person, { pool: cohortId });
    await beat(deps, '2026-03-04T10:00:00Z');
    expect(await introduced(deps)).toEqual(['U1+U2 told']);
    await beat(deps, '2026-03-17T10:00:00Z');
    expect(await introduced(deps)).toEqual(['U1+U2 told', 'U1+U3 told']);
  });

  test('skips whoever is away, has a break, wants no messages or is not here any more', async () => {
    const deps = await given();
    const people = [];
    for (const id of ['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7']) people.push(await givenWilling(deps, id));
    const [away, paused, none, gone, resting] = people as [Person, Person, Person, Person, Person];
    await changePreferences(deps.db, away.id, { awayUntil: '2026-03-20' }, deps.clock.now());
    await changePreferences(deps.db, paused.id, { isPaused: true }, deps.clock.now());
    await changePreferences(deps.db, none.id, { wantsMessages: false }, deps.clock.now());
    await recordDeactivated(deps.db, deps.clock, gone.id);
    await wants(deps, resting, { isPaused: true });
    await beat(deps, firstRound);
    expect(await introduced(deps)).toEqual(['U6+U7 told']);
    expect(await standingOf(deps, away)).toBe('next');
  });
});

describe('both are told, or neither', () => {
  const pair = async (change: { tz?: string } = {}) => {
    const deps = await given();
    const one = await givenWilling(deps, 'U1', { name: 'One <!channel> *bold*' });
    const two = await givenWilling(deps, 'U2', change);
    return { deps, one, two };
  };

  test('at the first moment that suits both', async () => {
    const { deps, two } = await pair();
    await changePreferences(deps.db, two.id, { quietFrom: '17:00', quietUntil: '14:00' }, deps.clock.now());
    await beat(deps, firstRound);
    expect([await queued(deps), await introduced(deps)]).toEqual([[], ['U1+U2 waiting']]);
    await beat(deps, '2026-03-03T13:59:00Z');
    expect(await queued(deps)).toEqual([]);
    await beat(deps, '2026-03-03T14:00:00Z');
    expect(await introduced(deps)).toEqual(['U1+U2 told']);
    expect(JSON.stringify(await deps.db.selectFrom('outbox').select('topic').execute())).not.toContain(
      'channel>',
    );
  });

  test('each in their own hours, within a day, where they live too far apart', async () => {
    const { deps } = await pair({ tz: 'Pacific/Auckland' });
    await beat(deps, firstRound);
    for (let hour = 1; hour <= 96; hour += 1) {
      await beat(deps, new Date(Date.parse(firstRound) + hour * 3_600_000).toISOString());
      if ((await introduced(deps))[0] === 'U1+U2 told') break;
    }
    expect(await introduced(deps)).toEqual(['U1+U2 told']);
    const rows = await deps.db.selectFrom('outbox').select(['sent_at']).orderBy('sent_at').execute();
    const [first, last] = rows.map(({ sent_at: at }) => Date.parse(at ?? ''));
    expect(rows).toHaveLength(2);
    expect((last ?? 0) - (first ?? 0)).toBeLessThan(24 * 3_600_000);
  });

  test.each<[string, (deps: Given, two: Person) => Promise<unknown>]>([
    [
      'takes a break',
      (deps, two) => changePreferences(deps.db, two.id, { isPaused: true }, deps.clock.now()),
    ],
    [
      'says no messages',
      (deps, two) => changePreferences(deps.db, two.id, { wantsMessages: false }, deps.clock.now()),
    ],
    [
      'is away for long',
      (deps, two) => changePreferences(deps.db, two.id, { awayUntil: '2026-03-20' }, deps.clock.now()),
    ],
    ['pauses introductions', (deps, two) => wants(deps, two, { isPaused: true })],
    ['stops introductions', async (deps, two) => stop(deps, await loadActor(deps.db, two.id))],
    [
      'thinks of the other as somebody they would rather not meet',
      (deps, two) => wants(deps, two, { avoids: ['U1'] }),
    ],
    [
      'takes the consent back elsewhere',
      async (deps, two) => {
        await withdrawConsent(deps.db, deps.clock, two.id, 'introduced');
        await hearOfEnd(deps, two.id, { forGood: false });
      },
    ],
    ['is deactivated', (deps, two) => recordDeactivated(deps.db, deps.clock, two.id)],
  ])('nobody hears of it where one of them %s before it goes', async (_what, happens) => {
    const { deps, one, two } = await pair();
    await changePreferences(deps.db, two.id, { quietFrom: '17:00', quietUntil: '14:00' }, deps.clock.now());
    await beat(deps, firstRound);
    expect(await introduced(deps)).toEqual(['U1+U2 waiting']);
    await happens(deps, two);
    await beat(deps, '2026-03-03T14:00:00Z');
    expect(await introduced(deps)).toEqual([]);
    expect(await queued(deps)).toEqual([]);
    expect(await standingOf(deps, one)).toBe('left-out');
  });

  test('whoever has it already is told kindly when the other will not get it, and is first the next time', async () => {
    const { deps, one, two } = await pair();
    await beat(deps, firstRound, { sends: false });
    await deps.db
      .updateTable('outbox')
      .set({ status: 'sent', sent_at: deps.clock.now().toISOString() })
      .where('person_id', '=', one.id)
      .execute();
    await beat(deps, '2026-03-03T10:05:00Z', { sends: false });
    expect(await queued(deps), 'the other is on its way').toHaveLength(2);
    await deps.db.updateTable('outbox').set({ status: 'failed' }).where('person_id', '=', two.id).execute();
    await beat(deps, '2026-03-03T10:10:00Z', { sends: false });
    expect(await queued(deps)).toEqual([
      'introduction:…:… sent',
      'introduction:…:… failed',
      'introduction:…:…:off queued',
    ]);
    const last = (await outboxOf(deps)).at(-1);
    expect(last?.person).toBe(one.id);
    expect(last?.blocks).toContain('it is nothing you did');
    expect(await standingOf(deps, one)).toBe('left-out');
    expect(await listOwn(deps.db, deps.vault, one.id)).toEqual([]);
  });

  test('what neither has is taken back when one stops, and what is unclear is waited for', async () => {
    const { deps, one, two } = await pair();
    await beat(deps, firstRound, { sends: false });
    await deps.db.updateTable('outbox').set({ status: 'unclear' }).where('person_id', '=', one.id).execute();
    await stop(deps, await loadActor(deps.db, two.id));
    await beat(deps, '2026-03-03T10:05:00Z', { sends: false });
    expect(await queued(deps)).toEqual(['introduction:…:… unclear', 'introduction:…:… cancelled']);
    await deps.db.updateTable('outbox').set({ status: 'sent' }).where('person_id', '=', one.id).execute();
    await beat(deps, '2026-03-03T10:06:00Z', { sends: false });
    expect((await queued(deps)).at(-1)).toBe('introduction:…:…:off queued');
  });
});

describe('what is kept', () => {
  test('that they met is theirs alone, is offered for a record of learning, and can be taken back', async () => {
    const deps = await given();
    const [one, two] = [await givenWilling(deps, 'U1'), await givenWilling(deps, 'U2')];
    await beat(deps, firstRound);
    const [actor, other] = [await loadActor(deps.db, one.id), await loadActor(deps.db, two.id)];
    const [own] = await listOwn(deps.db, deps.vault, one.id);
    const id = own?.id ?? '';
    expect((await sayMet(deps, actor, id, { on: '2026-03-01', minutes: 20 })).kind).toBe('wrong-day');
    expect((await sayMet(deps, actor, id, { on: '2026-03-04', minutes: 20 })).kind).toBe('wrong-day');
    expect((await sayMet(deps, actor, 'nothing', { on: '2026-03-03', minutes: 20 })).kind).toBe('gone');
    const size = async () =>
      (await deps.db.selectFrom('introduction_members').select('sealed').execute()).map(
        ({ sealed }) => sealed.length,
      );
    const before = await size();
    expect((await sayMet(deps, actor, id, { on: '2026-03-03', minutes: 20 })).kind).toBe('kept');
    expect(await size(), 'nothing shows who met').toEqual(before);
    const { list, keeps } = learningFrom(deps);
    expect(await list(actor, 'Europe/London')).toEqual([
      expect.objectContaining({
        id: `introduction:${id}`,
        on: '2026-03-03',
        what: 'Introduction to a colleague',
        minutes: 20,
        isByOthers: true,
      }),
    ]);
    expect(JSON.stringify(await list(actor, 'Europe/London'))).not.toMatch(/u2|U2/);
    expect(await list(other, 'Europe/London')).toEqual([]);
    expect([...(await keeps(one.id, [`introduction:${id}`, 'introduction:x']))]).toEqual([
      `introduction:${id}`,
    ]);
    await sayMet(deps, actor, id, undefined);
    expect(await list(actor, 'Europe/London')).toEqual([]);
    deps.clock.moveTo('2026-03-17T10:00:00Z');
    await deleteOld(deps.db, '2026-03-04');
    expect(await listOwn(deps.db, deps.vault, one.id)).toEqual([]);
  });

  test('whoever deletes it is introduced no more, and one that was on its way is taken back', async () => {
    const deps = await given();
    const [one, two] = [
      await givenWilling(deps, 'U1', { wish: { avoids: ['U9'] } }),
      await givenWilling(deps, 'U2'),
    ];
    await beat(deps, firstRound, { sends: false });
    const area = introductionsHeld(deps.vault);
    const [wishes] = area.holdings;
    expect(JSON.stringify(await wishes?.read(deps.db, one.id))).toContain('U9');
    await deps.db.transaction().execute(async (trx) => {
      for (const holding of area.holdings) await holding.forget(trx, one.id, deps.clock.now());
    });
    for (const holding of area.holdings) expect(await holding.count(deps.db, one.id)).toBe(0);
    await beat(deps, '2026-03-03T10:05:00Z', { sends: false });
    expect(await introduced(deps)).toEqual([]);
    expect((await outboxOf(deps)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(await standingOf(deps, two)).toBe('left-out');
    await beat(deps, '2026-03-17T10:00:00Z');
    expect(await introduced(deps)).toEqual([]);
  });

  test('nobody is introduced whose list cannot be opened', async () => {
    const deps = await given();
    const one = await givenWilling(deps, 'U1', { wish: { avoids: ['U2'] } });
    await givenWilling(deps, 'U2');
    await deps.db
      .updateTable('introduction_wishes')
      .set({ sealed: 'v3.of.another.key' })
      .where('person_id', '=', one.id)
      .execute();
    await beat(deps, firstRound);
    expect(await introduced(deps)).toEqual([]);
  });
});

test('what facilitators are told moves in fives, counts nobody twice, and not themselves', async () => {
  const deps = await given();
  const toldOn = async (at: string, pool = everybody) => {
    deps.clock.moveTo(at);
    await countJob(deps).run(deps.clock.now());
    return (await listCounted(deps.db, pool)).flatMap(({ counted }) => sayCounted(counted));
  };
  const works = ['a', 'b'].map((agency) => ({ agency, role: agency === 'a' ? 'Midwife' : 'Social worker' }));
  for (let nth = 0; nth < 4; nth += 1) await givenWilling(deps, `U${nth}`, { work: works[nth % 2] ?? {} });
  await beat(deps, firstRound);
  expect(await toldOn('2026-03-04T10:00:00Z')).toEqual([
    'At the last count, fewer than five had been introduced to somebody.',
  ]);
  const lead = await givenWilling(deps, 'ULEAD', { work: works[0] ?? {} });
  await givenFacilitator(deps, lead, null);
  await givenWilling(deps, 'U4', { work: works[1] ?? {} });
  await beat(deps, '2026-03-17T10:00:00Z');
  const five = [
    'At the last count, five or more had been introduced to somebody.',
    'At the last count, more than half had been introduced across agencies.',
    'At the last count, more than half had been introduced across professions.',
  ];
  expect(await toldOn('2026-03-18T10:00:00Z')).toEqual(five);
  for (const id of ['U5', 'U6', 'U7', 'U8']) await givenWilling(deps, id);
  await beat(deps, '2026-03-31T09:00:00Z');
  expect(await toldOn('2026-04-01T10:00:00Z'), 'four more, and a new quarter with fewer').toEqual([
    'At the last count, fewer than five had been introduced to somebody.',
    ...five,
  ]);
});

test('what is told of a pool stays as it was where it cannot be read, and the others are counted', async () => {
  const deps = await given();
  const cohortId = await givenCohort(deps, []);
  await switchOn(deps.db, { cohortId, by: 'system', at: deps.clock.now() });
  const countOn = async (at: string) => {
    deps.clock.moveTo(at);
    await countJob(deps).run(deps.clock.now());
  };
  const countedOn = async (pool: string) => (await listCounted(deps.db, pool)).map((one) => one.countedOn);
  await countOn('2026-03-03T10:00:00Z');
  await deps.db
    .updateTable('introduction_counts')
    .set({ counted: 'no JSON' })
    .where('pool', '=', everybody)
    .execute();
  await countOn('2026-03-04T10:00:00Z');
  expect(await countedOn(cohortId)).toEqual(['2026-03-04']);
  expect(deps.logged.join()).toContain('One of several could not be done');
  await expect(countedOn(everybody)).rejects.toThrow();
});

import { describe, expect, test } from 'vitest';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { sayRefusal } from '../../../src/features/checkins/answering/views.ts';
import { namedFor } from '../../../src/features/checkins/asking/named.ts';
import { ledSection } from '../../../src/features/checkins/home.ts';
import {
  bringBack,
  bringBackSkipped,
  cancelCheckIn,
  moveCheckIn,
  pauseCheckIn,
  readLed,
  resumeCheckIn,
  skipNext,
} from '../../../src/features/checkins/leading/manage.ts';
import { describeLed, sayManaged } from '../../../src/features/checkins/leading/views.ts';
import { readMine } from '../../../src/features/checkins/mine/read.ts';
import { mineAnswer } from '../../../src/features/checkins/mine/views.ts';
import { withdrawAnswers } from '../../../src/features/checkins/mine/withdraw.ts';
import { beginChange, saveChange } from '../../../src/features/checkins/planning/change.ts';
import { beginPlan } from '../../../src/features/checkins/planning/listeners.ts';
import { takeTheirs } from '../../../src/features/checkins/planning/meanwhile.ts';
import { type Plan, planSchema } from '../../../src/features/checkins/planning/plan.ts';
import {
  checkPlan,
  checkWho,
  listSchedulable,
  scheduleCheckIn,
} from '../../../src/features/checkins/planning/schedule.ts';
import { confirmView } from '../../../src/features/checkins/planning/views.ts';
import { placesOf } from '../../../src/features/checkins/readers.ts';
import { closeNow } from '../../../src/features/checkins/results/close-now.ts';
import { readResults } from '../../../src/features/checkins/results/results.ts';
import { countJob } from '../../../src/features/checkins/results/so-far.ts';
import { resultsView } from '../../../src/features/checkins/results/views.ts';
import { findCheckIn, findRound, listOpen } from '../../../src/features/checkins/store.ts';
import {
  beat,
  type Group,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenGroup,
  givenPerson,
  openRound,
  outboxOf,
  planOf,
  scheduled,
} from './support.ts';

const send = (group: Group, roundId: string, index: number, answers: Answers, share = false) => {
  const actor = group.actors[index];
  if (!actor) throw new Error('too few');
  return sendAnswers(group.bench, actor, roundId, { answers, share });
};

const listLed = (bench: Group['bench'], actor: Actor) =>
  readLed(bench, placesOf(actor), { goingOn: false, offset: 0, limit: 100 });

const words = async (group: Group, id: string, page = 0): Promise<string> => {
  const found = await readResults(group.bench, group.jo, id, 'order');
  if (found.kind === 'not-allowed' || found.kind === 'none-yet') return found.kind;
  const view = resultsView(found, {
    page,
    order: 'order',
    zone: 'Europe/London',

    smallGroupWarning: 'A small group.',
  });
  return JSON.stringify(view.blocks);
};

describe('planning', () => {
  test('a group one runs, with people in it, and the form sent twice makes one check-in', async () => {
    const group = await givenGroup(3);
    const plan = planOf(group);
    for (let time = 0; time < 2; time += 1)
      expect(await scheduleCheckIn(group.bench, group.jo, plan)).toMatchObject({
        kind: 'scheduled',
        people: 3,
      });
    expect(await listLed(group.bench, group.jo)).toHaveLength(1);
    const audited = await group.bench.db.selectFrom('audit_log').select('action').execute();
    expect(audited).toEqual([{ action: 'checkins.schedule' }]);
  });

  test('undone and sent again, it is there again', async () => {
    const group = await givenGroup(3);
    const plan = planOf(group);
    await scheduleCheckIn(group.bench, group.jo, plan);
    await cancelCheckIn(group.bench, group.jo, plan.id);
    expect(await listLed(group.bench, group.jo)).toEqual([]);
    expect(await scheduleCheckIn(group.bench, group.jo, plan)).toMatchObject({
      checkin: { status: 'running' },
    });
    expect(await listLed(group.bench, group.jo)).toHaveLength(1);
  });

  test('an empty group is told beside the field, with what to do', async () => {
    const group = await givenGroup(0);
    expect(await checkWho(group.bench, group.jo, planOf(group))).toEqual({
      kind: 'problems',
      problems: {
        cohort:
          'There is nobody in Perinatal yet. Add people with /chatr groups, then come back; or choose another group.',
      },
    });
  });

  test('not for a member, not for the facilitator of another group, not with ids from elsewhere', async () => {
    const group = await givenGroup(2);
    const { bench } = group;
    const other = await givenPerson(bench, 'UELSE');
    await givenFacilitator(bench, other, await givenCohort(bench, group.members, 'Under fives'));
    const elsewhere = await loadActor(bench.db, other.id);
    for (const actor of [group.actors[0], elsewhere])
      expect(actor && (await checkPlan(bench, actor, planOf(group)))).toMatchObject({
        problems: { cohort: 'This is not a group you run. Please choose another.' },
      });
    expect((await listSchedulable(bench, elsewhere)).map(({ name }) => name)).toEqual(['Under fives']);
    expect(
      await checkPlan(bench, group.jo, planOf(group, { cohort: 'nothing', template: 'nothing' })),
    ).toMatchObject({
      kind: 'problems',
    });
  });

  test('leaving out every question is told before it is scheduled', async () => {
    const group = await givenGroup(1);
    expect(
      await checkPlan(group.bench, group.jo, planOf(group, { leftOut: ['week', 'used_learning', 'word'] })),
    ).toMatchObject({ problems: { questions: 'Please leave at least one question in.' } });
  });

  test('no group yet: what to do instead', async () => {
    const bench = await givenBench();
    const admin = await givenPerson(bench, 'UADMIN', { isAdmin: true });
    const begun = await beginPlan(bench, await loadActor(bench.db, admin.id));
    expect(begun).toMatchObject({ kind: 'no-groups', answer: { text: 'There is no group to ask yet' } });
  });
});

describe('managing', () => {
  test('paused: nothing goes out; gone on: the next that lies ahead, and what fell into the pause is not made up for', async () => {
    const group = await givenGroup(1);
    const id = await scheduled(group, { how: 'weekly' });
    expect(await pauseCheckIn(group.bench, group.jo, id)).toMatchObject({ kind: 'done' });
    await beat(group.bench, '2026-03-12T10:00:00Z');
    expect(await outboxOf(group.bench)).toEqual([]);
    expect(await resumeCheckIn(group.bench, group.jo, id)).toMatchObject({
      checkin: { nextAt: new Date('2026-03-18T09:30:00Z') },
    });
  });

  test('skipped and then paused, it stays skipped; the list says so and brings it back', async () => {
    const group = await givenGroup(1);
    const { bench, jo } = group;
    const id = await scheduled(group, { how: 'weekly' });
    const nextAt = async () => (await findCheckIn(bench.db, id))?.nextAt?.toISOString().slice(0, 10);
    await skipNext(bench, jo, id, new Date('2026-03-04T09:30:00Z'));
    await pauseCheckIn(bench, jo, id);
    await resumeCheckIn(bench, jo, id);
    expect(await nextAt()).toBe('2026-03-11');
    const listed = async () => {
      const [led] = await listLed(bench, jo);
      if (!led) throw new Error('it is not there');
      return describeLed(led, 'Europe/London').text;
    };
    expect(await listed()).toContain('Skipped: Wednesday 4 March');
    await bringBackSkipped(bench, jo, id);
    expect(await nextAt()).toBe('2026-03-04');
    expect(await listed()).not.toContain('Skipped');
    expect((await bringBackSkipped(bench, jo, id)).kind).toBe('not-now');
  });

  test('two who change it at once: what each of them changed is kept, and what both did is asked about', async () => {
    const group = await givenGroup(2);
    const { bench, jo } = group;
    const id = await scheduled(group, { how: 'weekly' });
    const other = await givenPerson(bench, 'UKIM', { name: 'Kim Madeup' });
    await givenFacilitator(bench, other, group.cohortId);
    const kim = await loadActor(bench.db, other.id);
    const begin = async (actor: Actor): Promise<Plan> => {
      const begun = await beginChange(bench, actor, id);
      if (begun.kind !== 'begun') throw new Error(begun.kind);
      // As it is kept and read back.
      return planSchema.parse(JSON.parse(JSON.stringify(begun.plan)));
    };
    const [kims, jos] = [await begin(kim), await begin(jo)];
    expect((await saveChange(bench, jo, { ...jos, label: 'Jo’s name', purpose: 'Jo’s words.' })).kind).toBe(
      'changed',
    );
    const mine = { ...kims, label: 'Kim’s name', leftOut: ['word'], openDays: 3 };
    const outcome = await saveChange(bench, kim, mine);
    if (outcome.kind !== 'meanwhile') throw new Error(outcome.kind);
    expect(outcome.theirs).toEqual(['the name', 'what it is for']);
    expect(outcome.clashes).toEqual([
      { aspect: 'label', what: 'the name', theirs: '“Jo’s name”', mine: '“Kim’s name”' },
    ]);
    const checked = await checkPlan(bench, kim, outcome.plan);
    if (checked.kind !== 'ok') throw new Error(JSON.stringify(checked));
    const around = { zone: 'Europe/London', now: bench.clock.now(), daysOff: bench.daysOff };
    expect(JSON.stringify(confirmView(checked, around, { meanwhile: outcome }))).toMatch(
      /It is not saved yet.*now it is “Jo’s name”; yours is “Kim’s name”.*Keep what is there now/s,
    );
    const taken = takeTheirs(bench.templates, outcome.plan, ['label']);
    expect((await saveChange(bench, kim, taken)).kind).toBe('changed');
    const now = await findCheckIn(bench.db, id);
    expect(now).toMatchObject({
      openDays: 3,
      definition: { label: 'Jo’s name', purpose: 'Jo’s words.' },
    });
    expect(now?.definition.questions.map((one) => one.id)).not.toContain('word');
    // Nobody else was at it: nothing is asked.
    expect((await saveChange(bench, jo, { ...(await begin(jo)), label: 'Another' })).kind).toBe('changed');
  });

  test('what comes once stays in Home for two weeks after it has closed, with its results', async () => {
    const group = await givenGroup(5);
    const { bench, jo } = group;
    await openRound(group);
    await beat(bench, '2026-03-11T09:30:00Z');
    const home = async (at: string) => {
      const now = new Date(at);
      const viewer = { person: jo.person, actor: jo, now, zone: 'Europe/London' };
      return JSON.stringify(await ledSection(bench).blocks(viewer));
    };
    expect(await home('2026-03-24T09:00:00Z')).toMatch(/Weekly pulse.*over.*Results/s);
    expect(await home('2026-03-26T09:00:00Z')).toContain('None is running');
  });

  test('moved: the rhythm stays, and a date that cannot be is told beside its field', async () => {
    const group = await givenGroup(1);
    const id = await scheduled(group, { how: 'fortnightly' });
    expect(await moveCheckIn(group.bench, group.jo, id, { date: '2026-03-01', time: '21:00' })).toMatchObject(
      {
        problems: { time: expect.stringContaining('between 07:00 and 20:00') },
      },
    );
    expect(await moveCheckIn(group.bench, group.jo, id, { date: '2026-03-10', time: '14:00' })).toMatchObject(
      {
        kind: 'done',
        checkin: { nextAt: new Date('2026-03-10T14:00:00Z'), recurrence: { rule: 'FREQ=WEEKLY;INTERVAL=2' } },
      },
    );
    await beat(group.bench, '2026-03-10T14:00:00Z');
    expect(await moveCheckIn(group.bench, group.jo, id, { date: '2026-03-12', time: '14:00' })).toMatchObject(
      {
        problems: { date: expect.stringContaining('open until Tuesday 17 March, 14:00') },
      },
    );
  });

  test('ended: the round closes as called off, what waits is taken back, and answers stay', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group, { how: 'weekly' });
    for (let index = 0; index < 5; index += 1) await send(group, roundId, index, { week: 4 });
    const [{ checkin_id: id } = { checkin_id: '' }] = await group.bench.db
      .selectFrom('checkin_rounds')
      .selectAll()
      .execute();
    expect(await cancelCheckIn(group.bench, group.jo, id)).toMatchObject({ kind: 'done' });
    expect(new Set((await outboxOf(group.bench)).map(({ status }) => status))).toEqual(
      new Set(['cancelled']),
    );
    expect(await send(group, roundId, 5, { week: 1 })).toMatchObject({ kind: 'closed' });
    expect(await words(group, id)).toContain('More than half have answered.');
    expect(await cancelCheckIn(group.bench, group.jo, id)).toMatchObject({ kind: 'not-now' });
  });

  test('members can do none of it, whatever ids they send', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    const [member] = group.actors;
    if (!member) throw new Error('too few');
    const [{ id } = { id: '' }] = await group.bench.db.selectFrom('checkins').select('id').execute();
    for (const outcome of [
      await pauseCheckIn(group.bench, member, id),
      await resumeCheckIn(group.bench, member, id),
      await cancelCheckIn(group.bench, member, id),
      await moveCheckIn(group.bench, member, id, { date: '2026-03-10', time: '14:00' }),
      await closeNow(group.bench, member, roundId),
      await readResults(group.bench, member, roundId, ''),
      await readResults(group.bench, group.jo, 'nothing', ''),
    ])
      expect(outcome).toEqual({ kind: 'not-allowed' });
    expect(await listLed(group.bench, member)).toEqual([]);
  });
});

describe('results', () => {
  test('while it is open only how many have answered; closing early shows the group', async () => {
    const group = await givenGroup(7);
    const roundId = await openRound(group);
    for (let index = 0; index < 6; index += 1)
      await send(group, roundId, index, { week: index === 0 ? 1 : 4, word: `line ${index}` });
    // An exact count would move with each answer: it is taken once a day, and told in steps.
    const open = await words(group, roundId);
    expect(open).toContain('counted once a day, for the first time tomorrow');
    expect(open).not.toContain('line');
    const next = async (instant: string) => {
      group.bench.clock.moveTo(instant);
      await countJob(group.bench).run(group.bench.clock.now());
      return words(group, roundId);
    };
    expect(await next('2026-03-04T23:00:00Z')).toBe(open);
    expect(await next('2026-03-05T00:01:00Z')).toContain('At the last count, more than half had answered.');
    await closeNow(group.bench, group.jo, roundId);
    const closed = await words(group, roundId);
    expect(closed).toContain('In the middle third, between “Very heavy” and “Light enough”.');
    expect(closed).not.toMatch(/On average|\d people/);
    expect(closed).toContain('line 0');
    expect(closed).not.toContain('Member');
  });

  test('one that was closed by hand closed on that day, whenever it would have closed', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    group.bench.clock.forward(60);
    await closeNow(group.bench, group.jo, roundId);
    const round = await findRound(group.bench.db, roundId);
    expect(round?.closesAt).toEqual(group.bench.clock.now());
    expect(round && sayRefusal({ kind: 'closed', round }, 'Europe/London')).toContain(
      'closed on Wednesday 4 March',
    );
  });

  test('under five answers nothing is shown at all, and why is said', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    for (let index = 0; index < 4; index += 1) await send(group, roundId, index, { week: 5, word: 'secret' });
    await beat(group.bench, '2026-03-11T09:30:00Z');
    const shown = await words(group, roundId);
    expect(shown).toContain('Fewer than five have answered.');
    expect(shown).toContain('would say who said what');
    expect(shown).not.toMatch(/secret|On average|people:/);
  });

  test('a question that fewer than five answered is not shown, though the check-in is', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    for (let index = 0; index < 6; index += 1)
      await send(group, roundId, index, index < 4 ? { week: 3, word: 'rare' } : { week: 3 });
    const shown = await words(group, roundId);
    expect(shown).toContain('In the middle third');
    expect(shown).not.toContain('rare');
  });

  test('named: every answer with its name, at once', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group, { template: 'named-pulse' });
    await send(group, roundId, 0, { week: 1, word: '<!channel> *hi*' });
    const shown = await words(group, roundId);
    expect(shown).toContain('Member 1: 1 (Very heavy)');
    expect(shown).toContain('{"type":"text","text":"<!channel> *hi*"}');
  });

  test('words whose author did not agree to be quoted are not shown', async () => {
    const group = await givenGroup(7);
    const roundId = await openRound(group, { template: 'forum-value' });
    for (let index = 0; index < 7; index += 1)
      await send(group, roundId, index, {
        story_meet: `story ${index}`,
        ...(index < 6 && { story_use_consent: index < 3 ? 2 : index - 3 }),
      });
    const shown = await words(group, roundId);
    for (const index of [0, 1, 2, 5]) expect(shown, `story ${index}`).toContain(`story ${index}`);
    for (const index of [3, 4, 6]) expect(shown, `story ${index}`).not.toContain(`story ${index}`);
    expect(shown).toContain('Those are not shown.');
  });

  test('private: only the choices of those who asked to be counted, from five on, and deleting later changes nothing', async () => {
    const group = await givenGroup(7);
    const roundId = await openRound(group, { template: 'supervision-wellbeing' });
    for (let index = 0; index < 6; index += 1)
      await send(group, roundId, index, { energy: 4, one_ask: `ask ${index}` }, index < 5);
    await beat(group.bench, '2026-03-11T09:30:00Z');
    const before = await words(group, roundId);
    expect(before).toContain('In the highest third');
    expect(before).not.toContain('ask ');
    const [first] = group.actors;
    if (!first) throw new Error('too few');
    await withdrawAnswers(group.bench, first, roundId);
    expect(await words(group, roundId)).toBe(before);
  });

  test('private: with four who asked to be counted, nothing is shown', async () => {
    const group = await givenGroup(7);
    const roundId = await openRound(group, { template: 'supervision-wellbeing' });
    for (let index = 0; index < 7; index += 1) await send(group, roundId, index, { energy: 4 }, index < 4);
    await beat(group.bench, '2026-03-11T09:30:00Z');
    expect(await words(group, roundId)).not.toMatch(/third|Most|Mixed|average/);
  });

  test('many long answers are paged, each page within what a screen holds, none lost', async () => {
    const group = await givenGroup(40);
    const roundId = await openRound(group, { template: 'perinatal-pilot-follow-up' });
    const texts = [
      'sessions_example',
      'resources_example',
      'families_difference',
      'barriers',
      'change_one_thing',
    ];
    for (let index = 0; index < 40; index += 1)
      await send(
        group,
        roundId,
        index,
        Object.fromEntries(texts.map((id) => [id, `<${id} ${index}> ${'x'.repeat(1400)}`])),
      );
    const found = await readResults(group.bench, group.jo, roundId, '');
    if (found.kind !== 'shown') throw new Error(found.kind);
    const seen = new Set<string>();
    for (let page = 0; page < 60; page += 1) {
      const view = resultsView(found, {
        page,
        order: '',
        zone: 'Europe/London',

        smallGroupWarning: 'Small.',
      });
      const all = JSON.stringify(view);
      expect(view.blocks.length).toBeLessThanOrEqual(100);
      expect(all.length).toBeLessThan(250_000);
      for (const [, what] of all.matchAll(/<(\w+ \d+)>/g)) seen.add(what ?? '');
    }
    expect(seen.size).toBe(200);
  });
});

describe('while one acts on them', () => {
  const weekly = { how: 'weekly', date: '2026-03-04', time: '09:30', openDays: 7 } as const;

  test('one that is left out can be brought back, and the list keeps its order', async () => {
    const group = await givenGroup(5);
    const { bench, jo } = group;
    const first = await scheduled(group, weekly);
    bench.clock.forward(1);
    await scheduled(group, { ...weekly, date: '2026-03-05' });
    const order = async () => (await listLed(bench, jo)).map(({ checkin }) => checkin.id);
    const before = await order();
    const at = new Date('2026-03-04T09:30:00Z');
    const nextAt = async () => (await findCheckIn(bench.db, first))?.nextAt?.toISOString();
    expect((await skipNext(bench, jo, first, at)).kind).toBe('done');
    expect(await nextAt()).toBe('2026-03-11T09:30:00.000Z');
    expect(await order()).toEqual(before);
    expect((await bringBack(bench, jo, first, new Date('2026-03-06T09:30:00Z'))).kind).toBe('not-now');
    expect((await bringBack(bench, jo, first, at)).kind).toBe('done');
    expect(await nextAt()).toBe(at.toISOString());
    await skipNext(bench, jo, first, at);
    bench.clock.moveTo('2026-03-04T10:00:00Z');
    expect((await bringBack(bench, jo, first, at)).kind, 'its time has passed').toBe('not-now');
  });

  test('one that falls on New Year’s Day is said to come, and to have come, on the day on which it is asked', async () => {
    const group = await givenGroup(5);
    const { bench, jo, actors } = group;
    bench.clock.moveTo('2026-12-17T10:00:00Z');
    const id = await scheduled(group, { ...weekly, how: 'fortnightly', date: '2026-12-18' });
    for (const at of ['2026-12-18T09:30:00Z', '2026-12-31T12:00:00Z']) await beat(bench, at);
    const led = async () =>
      (await listLed(bench, jo)).map((one) => describeLed(one, 'Europe/London').text).join();
    const monday = `<!date^${Date.parse('2027-01-04T09:00:00Z') / 1000}^`;
    expect(await led()).toContain(`next: ${monday}`);
    const [member] = actors;
    if (!member) throw new Error('too few');
    const mine = async () => JSON.stringify(mineAnswer(await readMine(bench, member), 0, 'Europe/London'));
    expect(await mine()).toContain(monday);

    const at = new Date('2027-01-01T09:30:00Z');
    const skipped = await skipNext(bench, jo, id, at);
    expect(sayManaged(skipped, 'skip', 'Europe/London')).toContain('Friday 15 January, 09:30');
    await bringBack(bench, jo, id, at);
    await beat(bench, '2027-01-01T09:30:00Z');
    const [open] = await listOpen(bench.db);
    if (!open) throw new Error('Nothing is open.');
    expect(await words(group, open.id)).toContain('Monday 4 January');
    expect(await words(group, id)).toContain('Monday 4 January, open now');
    await send(group, open.id, 0, { week: 3 });
    expect(await mine()).toContain('Weekly pulse · Monday 4 January');
  });

  test('“Results” opens the latest that is over, with a labelled way to the one that is open', async () => {
    const group = await givenGroup(6);
    const { bench, jo } = group;
    const first = await openRound(group, weekly);
    for (let index = 0; index < 5; index += 1) await send(group, first, index, { week: 3 });
    await beat(bench, '2026-03-11T09:30:00Z');
    const id = (await findRound(bench.db, first))?.checkinId ?? '';
    expect(await readResults(bench, jo, id, '')).toMatchObject({ kind: 'shown', round: { id: first } });
    const shown = await words(group, id);
    expect(shown).toContain('The one that is open');
    expect(shown).toContain('"text":"Other rounds"');
    expect(shown).toContain('Week of 9 March, open now');
  });

  test('a check-in that is renamed keeps its name for the round that is open', async () => {
    const group = await givenGroup(5);
    const { bench, jo } = group;
    const id = await findRound(bench.db, await openRound(group, weekly)).then(
      (round) => round?.checkinId ?? '',
    );
    await bench.db
      .updateTable('checkins')
      .set((eb) => ({
        definition: eb.fn('replace', ['definition', eb.val('Weekly pulse'), eb.val('New name')]),
      }))
      .where('id', '=', id)
      .execute();
    const [led] = await listLed(bench, jo);
    if (!led) throw new Error('Nothing is led.');
    expect(describeLed(led, 'Europe/London').text).toMatch(/New name.*“Weekly pulse” is open until/s);
  });

  test('whoever gets two of one name is told which group is meant; whoever gets one is not', async () => {
    const group = await givenGroup(2);
    const { bench, members, actors } = group;
    const [both, one] = actors;
    if (!both || !one) throw new Error('too few');
    const other = await givenCohort(bench, members.slice(0, 1), 'Schools');
    await givenFacilitator(bench, group.jo.person, other);
    const jo = await loadActor(bench.db, group.jo.person.id);
    await scheduled({ ...group, cohortId: other, jo }, weekly);
    const id = await openRound(group, { ...weekly, template: 'named-pulse' });
    const round = await findRound(bench.db, id);
    if (!round) throw new Error('It is not open.');
    const name = async ({ person }: Actor) => (await namedFor(bench.db, round, person.id)).definition.label;
    expect(await name(both)).toBe('Weekly pulse, Perinatal');
    expect(await name(one)).toBe('Weekly pulse');
    await sendAnswers(bench, both, id, { answers: { week: 3 }, share: false });
    expect(
      (await readMine(bench, both)).answered.map(({ round: { definition } }) => definition.label),
    ).toEqual(['Weekly pulse, Perinatal']);
  });
});

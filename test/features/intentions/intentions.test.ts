import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import type { Person } from '../../../src/community/people.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import type { HomeSection } from '../../../src/features/feature.ts';
import { nextReturn, type Outcome } from '../../../src/features/intentions/coming-back.ts';
import { sayCounts } from '../../../src/features/intentions/counts.ts';
import type { IntentionDeps } from '../../../src/features/intentions/deps.ts';
import { intentionsHeld } from '../../../src/features/intentions/holdings.ts';
import { homeSection } from '../../../src/features/intentions/home.ts';
import { comeBack } from '../../../src/features/intentions/jobs.ts';
import { learningFrom } from '../../../src/features/intentions/learning.ts';
import {
  askAgain,
  endAll,
  lookBack,
  removeIntention,
  stopAsking,
} from '../../../src/features/intentions/look-back.ts';
import {
  beginNote,
  considerOffer,
  findOwn,
  isOffered,
  keepIntention,
  newIntentionId,
  wantOffers,
} from '../../../src/features/intentions/note.ts';
import { listIntentions } from '../../../src/features/intentions/store.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { changePreferences } from '../../../src/outbox/outbox.ts';
import { type Bench, givenBench, givenPerson, outboxOf, signposts } from '../checkins/support.ts';

type Given = Bench & IntentionDeps;
const given = async (): Promise<Given> => ({
  ...(await givenBench()),
  signposts,
  writeAbout: () => Promise.reject(new Error('not here')),
  occasionsOf: async () => [],
});

/** Somebody who was offered it after `occasion` and noted something. @returns its id. */
async function noted(deps: Given, person: Person, occasion = 'round-1'): Promise<string> {
  await considerOffer(deps, person.id, occasion);
  const id = newIntentionId(deps);
  const actor = await loadActor(deps.db, person.id);
  const kept = await keepIntention(deps, actor, { id, occasion, words: 'Sit down first' });
  expect(kept.kind).toBe('kept');
  return id;
}

const run = async (deps: Given, at: string) => {
  deps.clock.moveTo(at);
  await comeBack(deps).run(deps.clock.now());
};
const cameBack = async (deps: Given) =>
  (await outboxOf(deps)).map(({ sendAfter, status }) => `${sendAfter.slice(0, 10)} ${status}`);

test.each([
  ['two weeks later, in the morning', '2026-03-04', 0, '2026-03-04T15:00Z', '2026-03-18T10:00:00.000Z'],
  [
    'two months later, past the bank holiday, by the clock on the wall',
    '2026-03-04',
    1,
    '2026-03-18T10:00Z',
    '2026-05-05T09:00:00.000Z',
  ],
  [
    'at the end of a short month, on the working day after it',
    '2026-12-31',
    1,
    '2027-01-14T10:00Z',
    '2027-03-01T10:00:00.000Z',
  ],
  [
    'not at once after a first that waited long',
    '2026-03-04',
    1,
    '2026-06-01T10:00Z',
    '2026-06-29T10:00:00.000Z',
  ],
  ['never a third time', '2026-03-04', 2, '2026-05-04T10:00Z', undefined],
])('it comes back %s', (_what, notedOn, returns, now, expected) => {
  expect(nextReturn(notedOn, returns, new Date(now), 'Europe/London')?.toISOString()).toBe(expected);
});

test('it is offered once in four weeks, not while one is to come back, and not to whoever said so or declined', async () => {
  const deps = await given();
  const [robin, sam, toni] = [
    await givenPerson(deps, 'U1'),
    await givenPerson(deps, 'U2'),
    await givenPerson(deps, 'U3'),
  ];
  const offered = async (person: Person, occasion: string) => {
    await considerOffer(deps, person.id, occasion);
    return isOffered(deps, person.id, occasion);
  };
  expect(await offered(robin, 'r1')).toBe(true);
  expect(await isOffered(deps, robin.id, 'r2'), 'only beside what it was offered after').toBe(false);
  deps.clock.moveTo('2026-03-24T10:00:00Z');
  expect(await offered(robin, 'r2')).toBe(false);
  deps.clock.moveTo('2026-03-31T10:00:00Z');
  expect(await offered(robin, 'r3')).toBe(true);
  const id = await noted(deps, sam, 'r3');
  expect(await isOffered(deps, sam.id, 'r3'), 'taken up').toBe(false);
  deps.clock.moveTo('2026-05-10T10:00:00Z');
  expect(await offered(sam, 'r4')).toBe(false);
  await lookBack(deps, await loadActor(deps.db, sam.id), id, 'done');
  expect(await offered(sam, 'r5')).toBe(true);
  await wantOffers(deps, await loadActor(deps.db, robin.id), false);
  expect(await offered(robin, 'r5')).toBe(false);
  await giveConsent(deps.db, deps.clock, { personId: toni.id, kind: 'declined', version: '1' });
  expect(await offered(toni, 'r5')).toBe(false);
  expect((await beginNote(deps, await loadActor(deps.db, toni.id), 'r5')).kind).toBe('declined');
});

test('what somebody said they tried is offered for their record of learning, and nothing else of it', async () => {
  const deps = await given();
  const [robin, sam] = [await givenPerson(deps, 'U1'), await givenPerson(deps, 'U2')];
  const actor = await loadActor(deps.db, robin.id);
  const { list, keeps } = learningFrom(deps);
  const id = await noted(deps, robin);
  expect(await list(actor, 'Europe/London')).toEqual([]);
  await lookBack(deps, actor, id, 'not-yet');
  expect(await list(actor, 'Europe/London')).toEqual([]);
  await lookBack(deps, actor, id, 'partly');
  expect(await list(actor, 'Europe/London')).toMatchObject([
    { id: `tried:${id}`, on: '2026-03-03', what: 'Something I tried in part', line: 'Sit down first' },
  ]);
  expect(await list(await loadActor(deps.db, sam.id), 'Europe/London')).toEqual([]);
  expect(await keeps(robin.id, [`tried:${id}`, 'tried:gone'])).toEqual(new Set([`tried:${id}`]));
});

describe('coming back', () => {
  test('once each time, however often the job runs, and the words are nowhere in the database', async () => {
    const deps = await given();
    const person = await givenPerson(deps, 'U1');
    await noted(deps, person);
    await run(deps, '2026-03-16T10:00:00Z');
    expect(await cameBack(deps)).toEqual([]);
    for (const at of ['2026-03-17T10:00:00Z', '2026-03-17T10:01:00Z', '2026-04-20T10:00:00Z'])
      await run(deps, at);
    expect(await cameBack(deps)).toEqual(['2026-03-17 queued']);
    for (const at of ['2026-05-05T10:00:00Z', '2026-05-05T10:01:00Z', '2027-05-04T10:00:00Z'])
      await run(deps, at);
    expect(await cameBack(deps)).toEqual(['2026-03-17 queued', '2026-05-05 queued']);
    const [first] = await outboxOf(deps);
    expect(first?.text).toBe('Something you wanted to look back on');
    const everything = JSON.stringify([
      await deps.db.selectFrom('intentions').selectAll().execute(),
      await deps.db.selectFrom('outbox').selectAll().execute(),
    ]);
    expect(everything).not.toContain('Sit down');
    expect(await intentionsHeld(deps.vault).holdings[0]?.count(deps.db, person.id)).toBe(1);
  });

  test('looking at it, in Home or in its window, takes nothing back: only saying how it went does', async () => {
    const deps = await given();
    const person = await givenPerson(deps, 'U1');
    const id = await noted(deps, person);
    const actor = await loadActor(deps.db, person.id);
    const look = async () => {
      const viewer = { person, actor, zone: 'Europe/London' } as Parameters<HomeSection['blocks']>[0];
      expect(await homeSection(deps).blocks(viewer)).not.toEqual([]);
      expect(await findOwn(deps, actor, id)).toBeDefined();
    };
    deps.clock.moveTo('2026-03-17T09:00:00Z');
    await look();
    await run(deps, '2026-03-17T10:00:00Z');
    await look();
    expect(await cameBack(deps)).toEqual(['2026-03-17 queued']);
    // Other prompts of the week may come before it, and it is not lost for that.
    const { expires_at: ends } = await deps.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
    expect(ends?.slice(0, 10)).toBe('2026-04-14');
    await lookBack(deps, actor, id, 'partly');
    expect(await cameBack(deps)).toEqual(['2026-03-17 cancelled']);
  });

  test.each<[Outcome, string[]]>([
    ['done', []],
    ['no-longer', []],
    ['partly', ['2026-05-05 queued']],
    ['not-yet', ['2026-05-05 queued']],
  ])('said before it was sent: “%s” takes that message back', async (outcome, then) => {
    const deps = await given();
    const person = await givenPerson(deps, 'U1');
    const actor = await loadActor(deps.db, person.id);
    const id = await noted(deps, person);
    await run(deps, '2026-03-17T10:00:00Z');
    await lookBack(deps, actor, id, outcome);
    await run(deps, '2026-05-05T10:00:00Z');
    expect(await cameBack(deps)).toEqual(['2026-03-17 cancelled', ...then]);
    expect((await findOwn(deps, actor, id))?.outcome).toBe(outcome);
  });

  test('stopped, with a way back; deleted; and ended with the programme', async () => {
    const deps = await given();
    const people = [];
    for (const id of ['U1', 'U2', 'U3']) people.push(await givenPerson(deps, id));
    const [robin, sam, toni] = people;
    if (!robin || !sam || !toni) throw new Error('too few');
    const [first, second] = [await noted(deps, robin), await noted(deps, sam)];
    await noted(deps, toni);
    const actor = await loadActor(deps.db, robin.id);
    await stopAsking(deps, actor, first);
    await removeIntention(deps, await loadActor(deps.db, sam.id), second);
    await endAll(deps, toni.id);
    await run(deps, '2026-03-17T10:00:00Z');
    expect(await cameBack(deps)).toEqual([]);
    expect(await listIntentions(deps.db, deps.vault, toni.id), 'their words stay theirs').toHaveLength(1);
    await askAgain(deps, actor, first);
    await run(deps, '2026-03-17T10:01:00Z');
    expect((await outboxOf(deps)).map(({ person }) => person)).toEqual([robin.id]);
  });

  test('whoever wants no messages is not sent it, then or later; who is away gets it when they are back', async () => {
    const deps = await given();
    const [robin, sam] = [await givenPerson(deps, 'U1'), await givenPerson(deps, 'U2')];
    await noted(deps, robin);
    await noted(deps, sam);
    await changePreferences(deps.db, robin.id, { wantsMessages: false }, deps.clock.now());
    await changePreferences(deps.db, sam.id, { awayUntil: '2026-03-20' }, deps.clock.now());
    await run(deps, '2026-03-17T10:00:00Z');
    await changePreferences(deps.db, robin.id, { wantsMessages: true }, deps.clock.now());
    await run(deps, '2026-03-18T10:00:00Z');
    expect((await outboxOf(deps)).map(({ person, sendAfter }) => [person, sendAfter])).toEqual([
      [sam.id, '2026-03-23T09:00:00.000Z'],
    ]);
  });

  test('whoever is asked nothing is told that it waits in Home, which then says so and asks nothing', async () => {
    const deps = await given();
    const undecided = await givenPerson(deps, 'U1', { hasAgreed: false });
    const agreed = await givenPerson(deps, 'U2');
    const home = async (person: Person) => {
      const actor = await loadActor(deps.db, person.id);
      const viewer = { person, actor, zone: 'Europe/London' } as Parameters<HomeSection['blocks']>[0];
      return JSON.stringify(await homeSection(deps).blocks(viewer));
    };
    for (const person of [undecided, agreed]) await noted(deps, person);
    expect(await home(undecided)).toContain('It is here to look back on from Tuesday 17 March on.');
    expect(await home(agreed)).toContain('It comes back on Tuesday 17 March, or soon after.');
    await run(deps, '2026-03-17T10:00:00Z');
    expect(await home(undecided)).toContain('What you noted on Tuesday 3 March is here to look back on');
    expect(await home(undecided)).not.toContain('How did it go');
    expect(await home(agreed)).toContain('How did it go');
  });

  test('nobody reaches another person’s, not by its id nor in its place; another key hides it and loses nothing', async () => {
    const deps = await given();
    const [robin, sam] = [await givenPerson(deps, 'U1'), await givenPerson(deps, 'U2', { isAdmin: true })];
    const id = await noted(deps, robin);
    const other = await loadActor(deps.db, sam.id);
    expect(await findOwn(deps, other, id)).toBeUndefined();
    for (const does of [stopAsking, askAgain, removeIntention])
      expect(await does(deps, other, id)).toBeUndefined();
    expect(await lookBack(deps, other, id, 'done')).toBeUndefined();
    expect((await keepIntention(deps, other, { id, occasion: '', words: 'Mine now' })).kind).toBe(
      'not-yours',
    );
    const actor = await loadActor(deps.db, robin.id);
    expect(await findOwn(deps, actor, id)).toMatchObject({ words: 'Sit down first', outcome: undefined });
    const elsewhere = { ...deps, vault: createVault(Buffer.alloc(32, 6)) };
    expect(await findOwn(elsewhere, actor, id)).toMatchObject({ words: undefined });
    // What a client says it comes after counts nowhere.
    const forged = await keepIntention(deps, other, { id: 'f'.repeat(32), occasion: 'round-1', words: 'x' });
    expect(forged).toMatchObject({ kind: 'kept', intention: { occasion: '' } });
  });
});

describe('what those who run a group are told', () => {
  async function counted(people: number, noting: number, trying = 0) {
    const deps = await given();
    const [ids, kept]: [string[], string[]] = [[], []];
    for (let index = 0; index < people; index += 1) {
      const person = await givenPerson(deps, `U${index}`);
      ids.push(person.id);
      if (index >= noting) continue;
      const id = await noted(deps, person);
      kept.push(id);
      if (index < trying) await lookBack(deps, await loadActor(deps.db, person.id), id, 'partly');
    }
    const endedAt = new Date('2026-03-10T10:00:00Z');
    const say = async (at: string) =>
      (await sayCounts(deps.db, { id: 'round-1', endedAt, people: ids }, new Date(at)))?.text;
    return { deps, say, kept };
  }

  test.each([
    [12, 7, 7, '7 of those who answered noted something they will try.'],
    [12, 4, 4, undefined],
    [12, 8, 0, 'More than half of those who answered noted something they will try.'],
    [12, 12, 0, 'More than half of those who answered noted something they will try.'],
    [4, 4, 4, undefined],
    [0, 0, 0, undefined],
  ])('of %d who answered %d noted something', async (people, noting, trying, expected) => {
    const { say } = await counted(people, noting, trying);
    expect(await say('2026-03-10T10:00:00Z')).toBe(expected);
  });

  test('beside “more than half” there is no number, which would tell how few the others are', async () => {
    const { say } = await counted(12, 10, 5);
    expect(await say('2026-06-10T10:00:00Z')).toBe(
      'More than half of those who answered noted something they will try.',
    );
  });

  test('it is counted once, so that nobody sees somebody delete theirs; who has tried it comes later', async () => {
    const { deps, say, kept } = await counted(20, 12, 6);
    const words = '12 of those who answered noted something they will try.';
    expect(await say('2026-03-10T10:00:00Z')).toBe(words);
    await deps.db
      .deleteFrom('intentions')
      .where('id', '=', kept[11] ?? '')
      .execute();
    expect(await say('2026-03-11T10:00:00Z')).toBe(words);
    expect(await say('2026-06-10T10:00:00Z')).toBe(`${words} 6 of them have tried it, in part at least.`);
    await deps.db.deleteFrom('intentions').execute();
    expect(await say('2026-07-10T10:00:00Z')).toBe(`${words} 6 of them have tried it, in part at least.`);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import type { Person } from '../../../src/community/people.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { insertRole } from '../../../src/community/roles.ts';
import type { Deed } from '../../../src/features/feature.ts';
import { coreModule } from '../../../src/features/training/content.ts';
import { asksForModule } from '../../../src/features/training/module/asked.ts';
import { countJob, sayCounted } from '../../../src/features/training/module/counts.ts';
import type { ModuleDeps } from '../../../src/features/training/module/deps.ts';
import { learningFrom } from '../../../src/features/training/module/learning.ts';
import {
  countDone,
  findPlace,
  finishPart,
  isFinished,
  openPart,
  skipPart,
  undoPart,
} from '../../../src/features/training/module/parts.ts';
import { listCounted } from '../../../src/features/training/module/store.ts';
import { sayParts } from '../../../src/features/training/module/views.ts';
import { shippedContent } from '../../support/shipped.ts';
import { type Bench, givenBench, givenCohort, givenPerson, signposts } from '../checkins/support.ts';

const { training } = shippedContent();
const parts = coreModule(training).parts.map(({ id }) => id);

type Given = ModuleDeps & Pick<Bench, 'clock' | 'logged'> & { deeds: string[] };

async function given(): Promise<Given> {
  const deeds: string[] = [];
  return {
    ...(await givenBench()),
    training,
    signposts,
    resourceCards: async () => [],
    listGone: () => [],
    reflectOn: () => Promise.reject(new Error('not here')),
    did: async (_personId: string, { kind }: Deed) => void deeds.push(kind),
    deeds,
  };
}

const actorFor = (deps: Given, person: Person) => loadActor(deps.db, person.id);

async function finishAll(deps: Given, person: Person): Promise<void> {
  const actor = await actorFor(deps, person);
  for (const id of parts) await finishPart(deps, actor, id);
}

async function begin(deps: Given, person: Person): Promise<void> {
  await openPart(deps, await actorFor(deps, person), 'core-4');
}

/** What facilitators are told of a group once the day's count is done. */
async function toldOn(deps: Given, day: string, cohortId: string): Promise<string[]> {
  deps.clock.moveTo(`${day}T10:00:00Z`);
  await countJob(deps).run(deps.clock.now());
  return sayCounted((await listCounted(deps.db, [cohortId])).get(cohortId));
}

const people = (deps: Given, many: number, from = 1): Promise<Person[]> =>
  Promise.all(Array.from({ length: many }, (_, nth) => givenPerson(deps, `U${from + nth}`)));

test('what is done is done once, on its first day; it can be undone, and an older button takes nothing back', async () => {
  const deps = await given();
  const robin = await givenPerson(deps, 'U1');
  const actor = await actorFor(deps, robin);
  expect((await openPart(deps, actor, 'core-1')).kind).toBe('note');
  expect(
    (await findPlace(deps, actor)).parts[0]?.standing,
    'reading the note begins nothing',
  ).toBeUndefined();
  expect((await openPart(deps, actor, 'core-1', { hasSeenNote: true })).kind).toBe('part');
  expect((await openPart(deps, actor, 'core-1')).kind, 'and it is not said twice').toBe('part');
  expect((await openPart(deps, actor, 'core-4')).kind, 'without a note').toBe('part');
  expect((await findPlace(deps, actor)).next?.id).toBe('core-4');

  expect((await finishPart(deps, actor, 'core-1')).kind).toBe('changed');
  deps.clock.moveTo('2026-03-05T10:00:00Z');
  await finishPart(deps, actor, 'core-1');
  await skipPart(deps, actor, 'core-1');
  expect(deps.deeds).toEqual(['did-part']);
  const { list, keeps } = learningFrom(deps);
  expect(await list(actor, 'Europe/London')).toEqual([
    expect.objectContaining({
      id: 'module:core-1',
      on: '2026-03-03',
      line: 'Adversity and trauma: what we mean and what we do not',
      minutes: 15,
      areMinutesSuggested: true,
      isByOthers: true,
    }),
  ]);
  expect([...(await keeps(robin.id, ['module:core-1', 'module:core-2']))]).toEqual(['module:core-1']);
  expect(await list(await actorFor(deps, await givenPerson(deps, 'U2')), 'Europe/London')).toEqual([]);

  await undoPart(deps, actor, 'core-1');
  expect(await list(actor, 'Europe/London')).toEqual([]);
  await skipPart(deps, actor, 'core-1');
  expect((await openPart(deps, actor, 'core-1')).kind, 'skipped: the note comes first again').toBe('note');
  await finishAll(deps, robin);
  const place = await findPlace(deps, actor);
  expect([countDone(place), isFinished(place), place.next]).toEqual([6, true, undefined]);
});

test('of whoever said no nothing is kept, and all of it is open to read', async () => {
  const deps = await given();
  const toni = await givenPerson(deps, 'U1', { hasAgreed: false });
  await giveConsent(deps.db, deps.clock, { personId: toni.id, kind: 'declined', version: '1' });
  const actor = await actorFor(deps, toni);
  expect((await openPart(deps, actor, 'core-4')).kind).toBe('part');
  for (const change of [finishPart, skipPart, undoPart])
    expect((await change(deps, actor, 'core-4')).kind).toBe('keeps-nothing');
  expect(await deps.db.selectFrom('module_parts').selectAll().execute()).toEqual([]);
  expect(deps.deeds).toEqual([]);
});

describe('what is told of a group', () => {
  test('moves when five have come between, and never with one', async () => {
    const deps = await given();
    const members = await people(deps, 12);
    const group = await givenCohort(deps, members);
    const none = [
      'At the last count, fewer than five had begun.',
      'At the last count, fewer than five had finished.',
    ];
    expect(sayCounted(undefined)).toEqual([
      'How many have begun or finished is counted once a day, for the first time tomorrow.',
    ]);
    for (const one of members.slice(0, 4)) await begin(deps, one);
    expect(await toldOn(deps, '2026-03-03', group)).toEqual(none);
    await finishAll(deps, members[4] as Person);
    const five = ['At the last count, five or more had begun.', none[1]];
    expect(await toldOn(deps, '2026-03-03', group), 'not twice on a day').toEqual(none);
    expect(await toldOn(deps, '2026-03-04', group)).toEqual(five);
    // One deletes theirs, another leaves, a third begins: nothing moves.
    await deps.db
      .deleteFrom('module_parts')
      .where('person_id', '=', members[0]?.id ?? '')
      .execute();
    await begin(deps, members[7] as Person);
    expect(await toldOn(deps, '2026-03-05', group)).toEqual(five);
    for (const one of members) await finishAll(deps, one);
    expect(await toldOn(deps, '2026-03-06', group)).toEqual([
      'At the last count, more than half had begun.',
      'At the last count, more than half had finished.',
    ]);
  });

  test('stays as it was where it cannot be read, and the others are counted', async () => {
    const deps = await given();
    const broken = await givenCohort(deps, await people(deps, 1), 'A broken one');
    const members = await people(deps, 5, 2);
    const group = await givenCohort(deps, members);
    await toldOn(deps, '2026-03-03', group);
    await deps.db
      .updateTable('module_counts')
      .set({ counted: 'no JSON' })
      .where('cohort_id', '=', broken)
      .execute();
    for (const one of members) await begin(deps, one);
    expect((await toldOn(deps, '2026-03-04', group))[0]).toContain('more than half');
    expect(deps.logged.join()).toContain('One of several could not be done');
  });

  test('leaves out those who see it, and counts nobody in two groups', async () => {
    const deps = await given();
    const members = await people(deps, 6);
    const [lead, ...others] = members as [Person, ...Person[]];
    const group = await givenCohort(deps, members);
    await insertRole(deps.db, deps.clock, {
      personId: lead.id,
      role: 'facilitator',
      cohortId: group,
      by: lead.id,
    });
    deps.clock.moveTo('2026-03-03T11:00:00Z');
    const second = await givenCohort(deps, others, 'The same again');
    await finishAll(deps, lead);
    for (const one of others.slice(0, 4)) await finishAll(deps, one);
    expect((await toldOn(deps, '2026-03-04', group))[1]).toContain('fewer than five');
    await finishAll(deps, others[4] as Person);
    expect((await toldOn(deps, '2026-03-05', group))[1]).toContain('more than half');
    expect((await toldOn(deps, '2026-03-05', second))[1], 'all of them count in the first').toContain(
      'fewer than five',
    );
  });
});

test('the programme’s own training is asked for in so many ways, and a search with more in it is none of them', () => {
  for (const line of [
    'core module',
    'Core Module?',
    'the core module',
    'training',
    'our training',
    'the course',
    'ChATR’s course',
    'chatr module',
    'chatr training',
    'core training modules',
    'where is the core module',
    'What is the core module?',
    'how do I start the training',
  ])
    expect(asksForModule(line), line).toBe(true);
  for (const line of [
    '',
    'core',
    'training for midwives',
    'course on attachment',
    'online training',
    'free training',
    'slides from the core module',
    'missed the core training',
    'basic training for everyone here',
    'potty training',
    'trainers',
  ])
    expect(asksForModule(line), line).toBe(false);
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (line) => {
      expect(typeof asksForModule(line)).toBe('boolean');
    }),
  );
});

test.each([
  [[15], 'one part of about 15 minutes'],
  [[15, 15], 'two parts of about 15 minutes'],
  [[15, 20, 15], 'three parts of 15 to 20 minutes'],
])('%j: %s', (minutes, said) => {
  const [part] = coreModule(training).parts;
  expect(
    sayParts({
      parts: minutes.map((each) => ({ ...(part as NonNullable<typeof part>), suggested_minutes: each })),
    }),
  ).toBe(said);
});

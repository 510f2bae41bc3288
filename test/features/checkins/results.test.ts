import { describe, expect, test } from 'vitest';
import type { Person } from '../../../src/community/people.ts';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { beginAnswer, sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { answerView, sayRefusal } from '../../../src/features/checkins/answering/views.ts';
import { readMine } from '../../../src/features/checkins/mine/read.ts';
import { mineAnswer } from '../../../src/features/checkins/mine/views.ts';
import { checkPlan } from '../../../src/features/checkins/planning/schedule.ts';
import { confirmView } from '../../../src/features/checkins/planning/views.ts';
import { closeNow } from '../../../src/features/checkins/results/close-now.ts';
import { readResults } from '../../../src/features/checkins/results/results.ts';
import { resultsView } from '../../../src/features/checkins/results/views.ts';
import { findRound } from '../../../src/features/checkins/store.ts';
import {
  type Bench,
  beat,
  type Group,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenGroup,
  givenPerson,
  markSent,
  openRound,
  outboxOf,
  planOf,
  scheduled,
} from './support.ts';

/** A round of a group, in which each of these answered. */
async function answered(
  group: Group,
  roundId: string,
  answers: readonly (Answers | undefined)[],
): Promise<void> {
  for (const [index, one] of answers.entries()) {
    const actor = group.actors[index];
    if (actor && one)
      expect((await sendAnswers(group.bench, actor, roundId, { answers: one, share: false })).kind).toBe(
        'sent',
      );
  }
}

async function shown(bench: Bench, reader: Actor, id: string, order = 'a'): Promise<string> {
  const found = await readResults(bench, reader, id, order);
  if (found.kind === 'not-allowed' || found.kind === 'none-yet') return found.kind;
  const around = { page: 0, order, zone: 'Europe/London', smallGroupWarning: '' };
  return JSON.stringify(resultsView(found, around).blocks);
}

/** Another group with these people, run by the same facilitator. */
async function another(group: Group, members: readonly Person[], name: string): Promise<Group> {
  const { bench } = group;
  const cohortId = await givenCohort(bench, members, name);
  await givenFacilitator(bench, group.jo.person, cohortId);
  const actors = await Promise.all(members.map(({ id }) => loadActor(bench.db, id)));
  return {
    bench,
    cohortId,
    members: [...members],
    actors,
    jo: await loadActor(bench.db, group.jo.person.id),
  };
}

/** The round of a check-in that was planned for Wednesday, 4 March, 09:30. */
async function roundOf({ bench }: Pick<Group, 'bench'>, checkinId: string): Promise<string> {
  const rows = await bench.db
    .selectFrom('checkin_rounds')
    .select('id')
    .where('checkin_id', '=', checkinId)
    .orderBy('due_at', 'desc')
    .execute();
  return rows[0]?.id ?? '';
}

const weeks = (...values: number[]): Answers[] => values.map((week) => ({ week }));

describe('those who can read the results', () => {
  test('are not asked in group mode, and see why: when planning, in their list, and at the door', async () => {
    const group = await givenGroup(6);
    const { bench, cohortId, members } = group;
    const [first] = members;
    if (!first) throw new Error('too few');
    const checked = await checkPlan(bench, group.jo, planOf(group));
    if (checked.kind !== 'ok') throw new Error(JSON.stringify(checked));
    expect(checked).toMatchObject({ people: 6, readers: [] });
    await givenFacilitator(bench, first, cohortId);
    const leads = await loadActor(bench.db, first.id);

    const again = await checkPlan(bench, group.jo, planOf(group));
    if (again.kind !== 'ok') throw new Error(JSON.stringify(again));
    const around = { zone: 'Europe/London', now: bench.clock.now(), daysOff: bench.daysOff };
    const confirm = JSON.stringify(confirmView(again, around));
    expect(confirm).toContain('For Perinatal: 5 members');
    expect(confirm).toContain(`Not asked: <@${first.slackId}>, who can read the results.`);

    await scheduled(group);
    expect(JSON.stringify(mineAnswer(await readMine(bench, leads), 0, 'Europe/London'))).toContain(
      'you can read the results of this group, so you are not asked',
    );
    await beat(bench, '2026-03-04T09:30:00Z');
    const asked = await bench.db.selectFrom('participations').select('person_id').execute();
    expect(asked.map((row) => row.person_id).toSorted()).toEqual(
      members
        .slice(1)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test('become so after they were asked: their answer is not taken any more, in words that say why', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    const [first] = group.members;
    if (!first) throw new Error('too few');
    await givenFacilitator(group.bench, first, null);
    const leads = await loadActor(group.bench.db, first.id);
    const outcome = await beginAnswer(group.bench, leads, roundId);
    expect(outcome.kind).toBe('reader');
    if (outcome.kind === 'reader')
      expect(sayRefusal(outcome, 'Europe/London')).toContain('so you are not asked');
    expect((await readMine(group.bench, leads)).open, 'nothing is offered that would be refused').toEqual([]);
    await markSent(group.bench);
    await beat(group.bench, '2026-03-09T12:00:00Z');
    const reminded = (await outboxOf(group.bench)).filter(({ kind }) => kind === 'checkins.reminder');
    expect(reminded.map(({ person }) => person)).not.toContain(first.id);
    expect(reminded).toHaveLength(5);
  });

  test('become so after they have answered: they do not count, and nothing is shown of four others', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    await answered(group, roundId, weeks(3, 3, 3, 3, 3));
    await closeNow(group.bench, group.jo, roundId);
    expect(await shown(group.bench, group.jo, roundId)).toContain('In the middle third');
    const [first] = group.members;
    if (first) await givenFacilitator(group.bench, first, group.cohortId);
    const now = await shown(group.bench, group.jo, roundId);
    expect(now).toContain('besides those who can read the results');
    expect(now).not.toContain('third');
  });

  test('four who can read the results and one who cannot: the one is not given away', async () => {
    const group = await givenGroup(5);
    const roundId = await openRound(group);
    await answered(group, roundId, weeks(1, 1, 1, 1, 5));
    for (const member of group.members.slice(0, 4))
      await givenFacilitator(group.bench, member, group.cohortId);
    await beat(group.bench, '2026-03-11T09:30:00Z');
    expect(await shown(group.bench, group.jo, roundId)).not.toMatch(/third|Most|Mixed|average|5 of 5/);
  });

  test('answer a linked check-in for themselves, but are counted neither in numbers nor words', async () => {
    const group = await givenGroup(6);
    const { bench, cohortId, members } = group;
    const [first] = members;
    if (first) await givenFacilitator(bench, first, cohortId);
    const roundId = await openRound(group, { template: 'confidence-baseline' });
    await answered(
      group,
      roundId,
      [10, 0, 0, 0, 0, 0].map((value, index) => ({ conf_understand: value, hopes: `hope ${index}` })),
    );
    await closeNow(bench, group.jo, roundId);
    const results = await shown(bench, group.jo, roundId);
    expect(results).toContain('More than half have answered.');
    // With the reader's ten the average would lie in the middle third only from seven tens on; without, at the bottom.
    expect(results).toContain('In the lowest third');
    expect(results).not.toContain('hope 0');
    for (const index of [1, 2, 3, 4, 5]) expect(results).toContain(`hope ${index}`);
  });
});

describe('how much is shown', () => {
  test('from five to eleven roughly, from twelve on in detail', async () => {
    for (const [people, expected] of [
      [11, /In the middle third, between “Very heavy” and “Light enough”\..*Most chose “A little”\./],
      [
        12,
        /On average 3, to the nearest half\. The scale goes from 1 \(Very heavy\) to 5.*A little: 7 people/,
      ],
    ] as const) {
      const group = await givenGroup(people);
      const roundId = await openRound(group);
      await answered(
        group,
        roundId,
        Array.from({ length: people }, (_, index) => ({ week: 3, used_learning: index < 7 ? 1 : 0 })),
      );
      expect(await shown(group.bench, group.jo, roundId)).toMatch(expected);
    }
  });

  test('a round after another: higher, lower or the same, told from what is shown of both', async () => {
    const group = await givenGroup(6);
    const { bench } = group;
    const checkinId = await scheduled(group, { how: 'weekly' });
    const seen: string[] = [];
    for (const [day, values] of [
      ['2026-03-04', [1, 1, 2, 1, 2, 1]],
      ['2026-03-11', [3, 3, 3, 4, 3, 3]],
      ['2026-03-18', [2, 3, 3, 3, 3, 3]],
      ['2026-03-25', [1, 1, 1, 1, 1, 1]],
    ] as const) {
      await beat(bench, `${day}T09:30:00Z`);
      const roundId = await roundOf(group, checkinId);
      await answered(group, roundId, weeks(...values));
      seen.push(await shown(bench, group.jo, roundId));
    }
    expect(seen.map((one) => /In the (\w+) third[^.]*\.( [A-Z][^"]*last time\.)?/.exec(one)?.[0])).toEqual([
      'In the lowest third, towards “Very heavy”.',
      'In the middle third, between “Very heavy” and “Light enough”. Higher than last time.',
      'In the middle third, between “Very heavy” and “Light enough”. The same as last time.',
      'In the lowest third, towards “Very heavy”. Lower than last time.',
    ]);
  });

  test('it is worked out once: whoever is forgotten later, the numbers stay', async () => {
    const group = await givenGroup(6);
    const { bench } = group;
    const roundId = await openRound(group);
    await answered(group, roundId, weeks(3, 3, 3, 3, 3));
    await closeNow(bench, group.jo, roundId);
    const before = await shown(bench, group.jo, roundId);
    expect(before).toContain('More than half have answered.');
    for (const { id } of group.members.slice(0, 3))
      await bench.db.deleteFrom('people').where('id', '=', id).execute();
    expect(await shown(bench, group.jo, roundId)).toBe(before);
  });

  test('words come in another order at each opening, and in the same one on each page of it', async () => {
    const group = await givenGroup(12);
    const { bench } = group;
    const roundId = await openRound(group);
    await answered(
      group,
      roundId,
      group.actors.map((_, index) => ({ word: `line ${String.fromCharCode(97 + index)}` })),
    );
    const order = async (opening: string) =>
      (await shown(bench, group.jo, roundId, opening)).match(/line \w/g)?.join();
    expect(await order('one')).toBe(await order('one'));
    expect(new Set(await Promise.all(['one', 'two', 'three'].map(order))).size).toBe(3);
  });

  test('where people write, they read that how they write may be recognised', async () => {
    for (const [template, expected] of [
      ['weekly-pulse', true],
      ['confidence-baseline', true],
      ['named-pulse', false],
      ['supervision-wellbeing', false],
    ] as const) {
      const group = await givenGroup(6);
      const round = await findRound(group.bench.db, await openRound(group, { template }));
      if (!round) throw new Error(template);
      const screens = [0, 1].map((screen) =>
        JSON.stringify(
          answerView(round, { screen, draft: { answers: {}, share: false }, signposts: undefined }).blocks,
        ),
      );
      expect(screens.join().includes('Your facilitators may recognise how you write.'), template).toBe(
        expected,
      );
    }
  });
});

describe('two groups that share people', () => {
  /** Both groups answer the same questions, the same people alike; then both are closed, the first one first. */
  async function both(one: Group, other: Group, weekOf: (person: Person, index: number) => number) {
    const ids = [await scheduled(one), await scheduled(other)];
    await beat(one.bench, '2026-03-04T09:30:00Z');
    const rounds = await Promise.all(ids.map((id) => roundOf(one, id)));
    const people = [
      ...new Map([...one.members, ...other.members].map((person) => [person.id, person])).values(),
    ];
    for (const [index, group] of [one, other].entries())
      await answered(
        group,
        rounds[index] ?? '',
        group.members.map((person) => ({
          week: weekOf(person, people.indexOf(person)),
          word: `words of ${person.slackId}`,
        })),
      );
    for (const [index, group] of [one, other].entries())
      await closeNow(one.bench, group.jo, rounds[index] ?? '');
    return Promise.all([one, other].map(({ jo }, index) => shown(one.bench, jo, rounds[index] ?? '')));
  }

  test('and differ by one person: of the second nothing is shown that the first says, and why and which is said', async () => {
    // The attack: the difference of the two averages is the answer of the one.
    let [certain, attacked] = [0, 0];
    for (const value of [1, 3, 5]) {
      const six = await givenGroup(6);
      const five = await another(six, six.members.slice(0, 5), 'Smaller group');
      const [first, second] = await both(six, five, (_, index) => (index === 5 ? value : 3));
      attacked += 1;
      expect(first).toMatch(/In the \w+ third/);
      expect(second).toContain(
        'Some of these people are also in Perinatal, and its results for this question, of Wednesday 4 March, are shown.',
      );
      if (/In the \w+ third|On average|words of/.test(second ?? '')) certain += 1;
    }
    expect(`${certain} of ${attacked} certain`).toBe('0 of 3 certain');
  });

  test('whichever closes first is shown, also when it is the smaller one', async () => {
    const six = await givenGroup(6);
    const five = await another(six, six.members.slice(0, 5), 'Smaller group');
    const [first, second] = await both(five, six, () => 3);
    expect(first).toContain('In the middle third');
    expect(second).toContain('are also in Smaller group');
  });

  test.each([
    ['five people more', 10, [0, 5], true],
    ['four people more', 9, [0, 5], false],
    ['two people changed', 8, [2, 8], false],
    ['one person in both, the others not', 12, [6, 12], true],
  ])('%s: both shown: %s', async (_what, size, [from, to], expected) => {
    const all = await givenGroup(size);
    const firstOnes = size === 12 ? 7 : size === 8 ? 6 : size;
    const one = await another(all, all.members.slice(0, firstOnes), 'First group');
    const other = await another(all, all.members.slice(from, to), 'Second group');
    const [, second] = await both(one, other, () => 3);
    expect(second?.includes('In the middle third')).toBe(expected);
    expect(second?.includes('are also in First group')).toBe(!expected || size === 12);
  });

  test('asked nine weeks apart, both are shown', async () => {
    const six = await givenGroup(6);
    const { bench } = six;
    const five = await another(six, six.members.slice(0, 5), 'Smaller group');
    const first = await openRound(six);
    await answered(six, first, weeks(3, 3, 3, 3, 3, 3));
    const id = await scheduled(five, { date: '2026-05-07' });
    await beat(bench, '2026-05-07T08:30:00Z');
    const second = await roundOf(five, id);
    await answered(five, second, weeks(3, 3, 3, 3, 3));
    expect(await shown(bench, five.jo, second)).toContain('In the middle third');
  });

  test('the same group asked twice at once is two groups; one after the other it is not', async () => {
    const six = await givenGroup(6);
    const ids = [await scheduled(six), await scheduled(six)];
    await beat(six.bench, '2026-03-04T09:30:00Z');
    const rounds = await Promise.all(ids.map((id) => roundOf(six, id)));
    six.bench.clock.moveTo('2026-03-04T10:00:00Z');
    for (const round of rounds) await answered(six, round, weeks(3, 3, 3, 3, 3, 3));
    expect(await shown(six.bench, six.jo, rounds[0] ?? '')).toContain('In the middle third');
    expect(await shown(six.bench, six.jo, rounds[1] ?? '')).toContain('are also in Perinatal');

    const later = await scheduled(six, { date: '2026-03-12' });
    await beat(six.bench, '2026-03-12T09:30:00Z');
    const round = await roundOf(six, later);
    await answered(six, round, weeks(3, 3, 3, 3, 3, 3));
    expect(await shown(six.bench, six.jo, round)).toContain('In the middle third');
  });

  test('somebody who was in both and has been forgotten is still reckoned with', async () => {
    const six = await givenGroup(11);
    const { bench } = six;
    const one = await another(six, six.members.slice(0, 6), 'First group');
    const first = await openRound(one);
    await answered(one, first, weeks(3, 3, 3, 3, 3, 3));
    const [, , , , , sixth] = six.members;
    if (sixth) await bench.db.deleteFrom('people').where('id', '=', sixth.id).execute();
    const rest = six.members.filter((member) => member !== sixth);
    const other = await another(six, rest, 'Second group');
    const id = await scheduled(other, { date: '2026-03-12' });
    await beat(bench, '2026-03-12T09:30:00Z');
    const second = await roundOf(other, id);
    await answered(other, second, weeks(3, 3, 3, 3, 3, 3, 3, 3, 3, 3));
    // Five more, but one of the first six is not among them.
    expect(await shown(bench, other.jo, second)).toContain('are also in First group');
  });
});

test('results of a round that an older version closed are made at the first look, and stay', async () => {
  const group = await givenGroup(6);
  const { bench } = group;
  const roundId = await openRound(group);
  await answered(group, roundId, weeks(3, 3, 3, 3, 3, 3));
  await bench.db.deleteFrom('round_results').execute();
  const before = await shown(bench, group.jo, roundId);
  expect(before).toContain('In the middle third');
  expect(await bench.db.selectFrom('round_results').selectAll().execute()).toHaveLength(1);
  expect(await shown(bench, group.jo, roundId)).toBe(before);
});

test('somebody whose results cannot be opened with the present key is told so, and nothing is written over', async () => {
  const bench = await givenBench();
  const group = await givenGroup(6, bench);
  const roundId = await openRound(group);
  await answered(group, roundId, weeks(3, 3, 3));
  await bench.db.updateTable('answer_boxes').set({ sealed: 'v2.a.b.c' }).execute();
  const [, , , fourth] = group.actors;
  if (!fourth) throw new Error('too few');
  await expect(sendAnswers(bench, fourth, roundId, { answers: { week: 1 }, share: false })).rejects.toThrow(
    /cannot be opened with this key/,
  );
  await closeNow(bench, group.jo, roundId);
  expect(await shown(bench, group.jo, roundId)).toContain('cannot be opened with the present encryption key');
  expect(await bench.db.selectFrom('answer_boxes').select('sealed').execute()).toEqual([
    { sealed: 'v2.a.b.c' },
  ]);
});

test('a person of no group is nobody’s reader', async () => {
  const bench = await givenBench();
  const lone = await givenPerson(bench, 'ULONE');
  const actor = await loadActor(bench.db, lone.id);
  expect(await shown(bench, actor, 'nothing')).toBe('not-allowed');
});

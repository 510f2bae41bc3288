import { describe, expect, test } from 'vitest';
import { loadActor } from '../../../src/community/permissions.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { cancelCheckIn, deleteLed, pauseCheckIn } from '../../../src/features/checkins/leading/manage.ts';
import { exportOf } from '../../../src/features/checkins/results/export.ts';
import { findRound, listRounds } from '../../../src/features/checkins/store.ts';
import { answer, asked, closeOn, forget, openOn, plan, resultsOf, said } from './comparing-support.ts';
import { beat, givenCohort, givenFacilitator, givenGroup } from './support.ts';

/** Of each person before and after, on a scale from 0 to 10. */
const fourteen: readonly (readonly [before: number, after: number])[] = [
  [3, 5],
  [4, 6],
  [2, 5],
  [5, 6],
  [6, 6],
  [3, 4],
  [4, 7],
  [5, 8],
  [2, 4],
  [7, 7],
  [3, 6],
  [4, 5],
  [5, 7],
  [4, 5],
];
const held =
  'This is where the group started. It shows beside the answers afterwards, on Wednesday 13 May, so that nobody can be told from the difference.';

test('fourteen people, worked out by hand', async () => {
  const group = await givenGroup(14);
  const { bench, jo } = group;
  const [before, after] = [await plan(group, 'before'), await plan(group, 'after')];
  const nine = [2, 3, 1, 2, 4, 3, 2, 3, 2];
  const nineAfter = [5, 6, 4, 5, 5, 6, 4, 5, 4];
  const first = await asked(
    group,
    'before',
    fourteen.map(([x], nth) => ({
      conf_understand: x,
      // Everybody the same, and everybody one more.
      conf_approach: 5,
      conf_talk: 4,
      // Nine of them, four of them, and none.
      ...(nth < 9 && { conf_strengths: nine[nth] }),
      ...(nth < 4 && { conf_pathways: 8 }),
      // One does not answer it again.
      conf_selfcare: 5,
      hopes: `Hope ${nth}`,
    })),
    before,
  );
  const waiting = await said(bench, jo, first);
  expect(waiting).toMatchObject({ conf_understand: held, conf_approach: held, conf_selfcare: held });
  const open = await resultsOf(bench, jo, first);
  expect(
    open.kind === 'shown' && open.questions.find(({ question }) => question.id === 'hopes'),
  ).toMatchObject({ kind: 'words' });
  expect(exportOf(open, 'Europe/London').csv).toContain('waits for the answers afterwards');

  const second = await asked(
    group,
    'after',
    fourteen.map(([, y], nth) => ({
      conf_understand: y,
      conf_approach: 5,
      conf_talk: 5,
      ...(nth < 9 && { conf_strengths: nineAfter[nth] }),
      ...(nth < 4 && { conf_pathways: 9 }),
      ...(nth > 0 && { conf_selfcare: 5 }),
    })),
    after,
  );
  const when = '_Of those who answered both times, on Wednesday 4 March and on Wednesday 6 May:_';
  const average = (value: number) =>
    `On average ${value}, to the nearest half. The scale goes from 0 (Not at all confident) to 10 (Completely confident).`;
  const chance =
    'on average. In one group of this size chance plays a part: the change is likely to lie between';
  // Before: 57 of 14 is 4.07. Afterwards: 81 of 14 is 5.79. So 4 and 6, and 2 between them.
  // Differences 2 2 3 1 0 1 3 3 2 0 3 1 2 1: their sum 24, of their squares 56, so their mean is 1.714, their variance
  // (56 - 24²/14) / 13 = 1.1429, the standard error √(1.1429 / 14) = 0.2857; with t = 2.1604 for 13 that is 0.617 to either
  // side, from 1.097 to 2.332: outward to halves, 1 to 2.5.
  // From 0 to 3, 4 to 6, and 7 to 10 there are 5, 8 and 1 before: with the one the five are left out, or it could be told
  // from all fourteen. Afterwards 0, 10 and 4: all are left out, and ten of them are most.
  const understand = `${when}\nBefore: ${average(4)}\nAfterwards: ${average(6)}\nA change of +2 ${chance} +1 and +2.5.\nPeople in the lowest, the middle and the highest third of the scale: few, 8 and few before; few, most and few afterwards.`;
  const now = await said(bench, jo, second);
  // All of them answered both times: nobody can be told from the difference of the two.
  expect(now.conf_understand).toBe(`${average(6)}\n${understand}`);
  expect(now.conf_approach).toBe(
    `${average(5)}\n${when}\nBefore: ${average(5)}\nAfterwards: ${average(5)}\nNo change ${chance} −0.5 and +0.5, so it may be none at all.\nPeople in the lowest, the middle and the highest third of the scale: few, most and few before; few, most and few afterwards.`,
  );
  // It is the same as if some had changed by nothing, and others by two.
  expect(now.conf_talk).toContain(`A change of +1 ${chance} +0.5 and +1.5.`);
  // 22 of 90 is below a third, 44 of 90 above one: nine people, so roughly.
  expect(now.conf_strengths).toContain(
    'Before: In the lowest third, towards “Not at all confident”.\nAfterwards: In the middle third, between “Not at all confident” and “Completely confident”.\nHigher than before.',
  );
  expect(now.conf_pathways).toBe('Answered by fewer than five people, so not shown.');
  expect(now.conf_race).toBe('Answered by fewer than five people, so not shown.');
  // Fourteen before, and thirteen of them afterwards: only these are shown.
  const then = await said(bench, jo, first);
  expect(then.conf_selfcare).toMatch(/^_Of those who answered both times/);
  expect(now.conf_selfcare).toContain(`${average(5)}\n_Of those`);
  expect(then.conf_understand).toBe(`${average(4)}\n${understand}`);

  const files = async () => [
    exportOf(await resultsOf(bench, jo, first), 'Europe/London').csv,
    exportOf(await resultsOf(bench, jo, second), 'Europe/London').csv,
  ];
  const csv = await files();
  expect(csv[1]).toContain('"answered both times, change at most (95% interval, outward to halves)",2.5');
  // Nothing moves with whoever goes.
  await forget(group, 3);
  await beat(bench);
  expect(await said(bench, jo, first)).toEqual(then);
  expect(await said(bench, jo, second)).toEqual(now);
  expect(await files()).toEqual(csv);
});

/** So many who answered the same, after so many who did not answer. */
const each = (value: number, many: number, after = 0): (Answers | undefined)[] => [
  ...Array<undefined>(after).fill(undefined),
  ...Array<Answers>(many).fill({ conf_understand: value }),
];
const both = (answers: string | undefined) => (answers ?? '').includes('_Of those who answered both times');
const alone = (answers: string | undefined) => (answers ?? '').startsWith('On average');

describe('who answered only once', () => {
  test('one more before and one more afterwards: only those who answered both times are shown, everywhere', async () => {
    const group = await givenGroup(16);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 15));
    const second = await asked(group, 'after', [...each(5, 14), undefined, ...each(5, 1)], after);
    for (const id of [first, second]) {
      const { conf_understand: says } = await said(bench, jo, id);
      expect(both(says)).toBe(true);
      expect(alone(says)).toBe(false);
      const { csv, json } = exportOf(await resultsOf(bench, jo, id), 'Europe/London');
      expect(csv).not.toMatch(/,"average, to the nearest half"/);
      expect(json).toContain('answered both times');
    }
  });

  test('nobody has answered both times: all who answered before are shown, and all who did afterwards', async () => {
    const group = await givenGroup(24);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 12));
    expect((await said(bench, jo, first)).conf_understand).toBe(held);
    const second = await asked(group, 'after', each(5, 12, 12), after);
    for (const id of [first, second]) {
      const { conf_understand: says } = await said(bench, jo, id);
      expect(both(says)).toBe(false);
      expect(alone(says)).toBe(true);
    }
  });

  test('a few who answered both times, among more: bands beside bands where five and more are in each part', async () => {
    const group = await givenGroup(16);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(2, 11));
    // Six answered both times, five before only, and five afterwards only.
    const second = await asked(group, 'after', each(8, 11, 5), after);
    for (const [id, third] of [
      [first, 'lowest'],
      [second, 'highest'],
    ] as const) {
      const { conf_understand: says = '' } = await said(bench, jo, id);
      expect(says.split('\n')[0]).toContain(`In the ${third} third`);
      expect(says).toContain('Higher than before.');
    }
  });

  test('somebody is deleted between the two: they are in what is shown of before, and so it is not shown', async () => {
    const group = await givenGroup(14);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 13));
    await forget(group, 0);
    const second = await asked(group, 'after', [undefined, ...each(5, 12)], after);
    const then = await said(bench, jo, first);
    expect(both(then.conf_understand)).toBe(true);
    expect(alone(then.conf_understand)).toBe(false);
    // Of those who answered afterwards all answered before as well.
    expect(alone((await said(bench, jo, second)).conf_understand)).toBe(true);
  });

  test('whoever can read the results is in no comparison, though they answered before they could', async () => {
    const group = await givenGroup(13);
    const { bench, jo, members } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 13));
    const [reader] = members;
    if (reader) await givenFacilitator(bench, reader, group.cohortId);
    const second = await asked(group, 'after', each(5, 13), after);
    const { conf_understand: then } = await said(bench, jo, first);
    expect(both(then)).toBe(true);
    expect(alone(then), 'thirteen, and twelve of them').toBe(false);
    const { conf_understand: now } = await said(bench, jo, second);
    expect([alone(now), both(now)]).toEqual([true, true]);
    // One of the twelve can read them since: roughly, as everywhere.
    if (members[1]) await givenFacilitator(bench, members[1], group.cohortId);
    const later = (await said(bench, jo, second)).conf_understand ?? '';
    expect(later).toContain('In the middle third');
    expect(later).not.toContain('On average');
  });
});

describe('when nothing comes afterwards', () => {
  test('what was answered before shows at once, and is compared later only with the very same people', async () => {
    const group = await givenGroup(14);
    const { bench, jo } = group;
    const first = await asked(group, 'before', each(3, 14));
    expect(alone((await said(bench, jo, first)).conf_understand)).toBe(true);
    const second = await asked(group, 'after', each(5, 13));
    const { conf_understand: now } = await said(bench, jo, second);
    expect([alone(now), both(now)]).toEqual([true, false]);
    const third = await asked(group, 'later', each(6, 14));
    const { conf_understand: later } = await said(bench, jo, third);
    expect([alone(later), both(later)]).toEqual([true, true]);
    expect(both((await said(bench, jo, first)).conf_understand)).toBe(true);
  });

  test('since it is called off, what waited shows, and does not wait again', async () => {
    const group = await givenGroup(14);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 14));
    expect((await said(bench, jo, first)).conf_understand).toBe(held);
    await cancelCheckIn(bench, jo, after);
    await beat(bench);
    expect(alone((await said(bench, jo, first)).conf_understand)).toBe(true);
    await plan(group, 'after');
    await beat(bench);
    expect(alone((await said(bench, jo, first)).conf_understand)).toBe(true);
  });

  test('called off while it is open: nothing is compared with what some have answered', async () => {
    const group = await givenGroup(14);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 14));
    const second = await openOn(group, 'after', after);
    await answer(group, second, each(5, 13));
    expect((await said(bench, jo, first)).conf_understand).toBe(held);
    await cancelCheckIn(bench, jo, after);
    await beat(bench);
    for (const id of [first, second]) {
      const { conf_understand: says } = await said(bench, jo, id);
      expect([alone(says), both(says)]).toEqual([true, false]);
    }
  });

  test('so far away that it waits for its session: the sentence says no day', async () => {
    const group = await givenGroup(14);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 14));
    await pauseCheckIn(bench, jo, after);
    await beat(bench);
    expect((await said(bench, jo, first)).conf_understand).toBe(
      'This is where the group started. It shows beside the answers afterwards, so that nobody can be told from the difference.',
    );
  });
});

describe('several rounds afterwards', () => {
  test('the first is compared; the second only where the very same people answered', async () => {
    const group = await givenGroup(15);
    const { bench, jo } = group;
    const [after, later] = [await plan(group, 'after'), await plan(group, 'later')];
    const first = await asked(group, 'before', each(3, 14));
    const second = await asked(group, 'after', each(5, 13), after);
    const third = await asked(group, 'later', each(6, 14), later);
    expect(both((await said(bench, jo, second)).conf_understand)).toBe(true);
    const { conf_understand: last } = await said(bench, jo, third);
    expect([alone(last), both(last)]).toEqual([true, false]);
    // Of before only the thirteen are shown.
    const { conf_understand: then } = await said(bench, jo, first);
    expect([alone(then), both(then)]).toEqual([false, true]);
  });

  test('four answered the first: what waited goes on waiting for the second', async () => {
    const group = await givenGroup(15);
    const { bench, jo } = group;
    const [after, later] = [await plan(group, 'after'), await plan(group, 'later')];
    const first = await asked(group, 'before', each(3, 14));
    await asked(group, 'after', each(5, 4), after);
    expect((await said(bench, jo, first)).conf_understand).toContain('on Wednesday 15 July');
    const third = await asked(group, 'later', each(6, 13), later);
    expect(both((await said(bench, jo, third)).conf_understand)).toBe(true);
    expect(alone((await said(bench, jo, first)).conf_understand)).toBe(false);
  });

  test('once a comparison is deleted, what stood beside it is as hidden as before', async () => {
    const group = await givenGroup(15);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 14));
    const second = await asked(group, 'after', each(5, 13), after);
    expect(both((await said(bench, jo, first)).conf_understand)).toBe(true);
    bench.clock.moveTo('2027-01-04T10:00:00Z');
    expect(await deleteLed(bench, jo, after)).toMatchObject({ kind: 'done' });
    await beat(bench);
    const { conf_understand: then } = await said(bench, jo, first);
    expect([alone(then), both(then)]).toEqual([false, false]);
    expect(await bench.db.selectFrom('round_comparisons').selectAll().execute()).toEqual([]);
    expect(second).not.toBe(first);
  });
});

describe('what is no pair', () => {
  test('a question that was reworded, and one that was left out, are compared with nothing', async () => {
    const group = await givenGroup(14);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(
      group,
      'before',
      Array<Answers>(14).fill({ conf_understand: 3, conf_talk: 4, conf_approach: 5 }),
    );
    // As if somebody had edited them, and left one out, before it opened.
    const second = await openOn(group, 'after', after);
    for (const id of [first, second]) {
      const round = await findRound(bench.db, id);
      const questions = (round?.definition.questions ?? []).flatMap((one) => {
        if (id === first) return one.id === 'conf_talk' ? [] : [one];
        return one.id === 'conf_understand' ? [{ ...one, text: 'How sure are you?' }] : [one];
      });
      await bench.db
        .updateTable('checkin_rounds')
        .set({ definition: JSON.stringify({ ...round?.definition, questions }) })
        .where('id', '=', id)
        .execute();
    }
    await answer(
      group,
      second,
      Array<Answers>(14).fill({ conf_understand: 6, conf_talk: 6, conf_approach: 6 }),
    );
    await closeOn(group, 'after');
    const now = await said(bench, jo, second);
    expect([alone(now.conf_understand), both(now.conf_understand)]).toEqual([true, false]);
    expect([alone(now.conf_talk), both(now.conf_talk)]).toEqual([true, false]);
    expect([alone(now.conf_approach), both(now.conf_approach)]).toEqual([true, true]);
    // And shows then, since nothing else is to come.
    expect(alone((await said(bench, jo, first)).conf_understand)).toBe(true);
  });

  test('another group’s baseline is not theirs', async () => {
    const one = await givenGroup(14);
    const { bench, jo } = one;
    await asked(one, 'before', each(3, 14));
    const cohortId = await givenCohort(bench, one.members, 'Another');
    await givenFacilitator(bench, jo.person, cohortId);
    const other = { ...one, cohortId, jo: await loadActor(bench.db, jo.person.id) };
    const second = await asked(other, 'after', each(5, 14));
    expect(both((await said(bench, other.jo, second)).conf_understand)).toBe(false);
  });

  test('people who are in another group as well, which is asked the same at that time: nothing of that stands beside it', async () => {
    const one = await givenGroup(14);
    const { bench, jo } = one;
    const after = await plan(one, 'after');
    await asked(one, 'before', each(3, 14));
    const second = await asked(one, 'after', each(5, 14), after);
    const cohortId = await givenCohort(bench, one.members.slice(0, 12), 'Another');
    await givenFacilitator(bench, jo.person, cohortId);
    const other = { ...one, cohortId, jo: await loadActor(bench.db, jo.person.id) };
    bench.clock.moveTo('2026-05-20T10:00:00Z');
    const checkin = await plan(other, 'after', { date: '2026-05-27' });
    await beat(bench, '2026-05-27T09:30:00Z');
    const round = (await listRounds(bench.db, checkin))[0]?.id ?? '';
    await answer(other, round, each(6, 12));
    await beat(bench, '2026-06-04T09:30:00Z');
    expect(both((await said(bench, jo, second)).conf_understand)).toBe(true);
    expect((await said(bench, other.jo, round)).conf_understand).toContain(
      'Some of these people are also in Perinatal',
    );
  });

  test('no template of that name is there any more: what its rounds say of themselves counts', async () => {
    const group = await givenGroup(14);
    const { bench, jo } = group;
    const after = await plan(group, 'after');
    const first = await asked(group, 'before', each(3, 14));
    const second = await openOn(group, 'after', after);
    await answer(group, second, each(5, 14));
    bench.templates = { ...bench.templates, templates: [] };
    await closeOn(group, 'after');
    for (const id of [first, second]) expect(both((await said(bench, jo, id)).conf_understand)).toBe(true);
  });
});

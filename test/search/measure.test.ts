import { describe, expect, test } from 'vitest';
import { type Grade, gradesOfHits, mean, ndcg, succeeds } from '../../bench/relevance/measure.ts';

/** Worked out by hand: a right page counts 7, a good one 3, a related one 1, divided by log2 of its place and one. */
const places = [1, Math.log2(3), 2, Math.log2(5), Math.log2(6)] as const;

describe('nDCG@5', () => {
  test.each<[what: string, found: number[], available: number[], expected: number | undefined]>([
    ['the one right page first', [3], [3], 1],
    ['all of them in the right order', [3, 2, 1], [1, 2, 3], 1],
    ['nothing found', [], [3, 2], 0],
    ['only others found', [0, 0, 0], [3], 0],
    ['nothing to find', [0, 0], [], undefined],
    ['the one right page second', [0, 3], [3], 1 / places[1]],
    ['the one right page fifth', [0, 0, 0, 0, 3], [3], 1 / places[4]],
    ['the one right page sixth', [0, 0, 0, 0, 0, 3], [3], 0],
    ['a good one before the right one', [2, 3], [3, 2], (3 + 7 / places[1]) / (7 + 3 / places[1])],
    ['a related one where a right one is', [1], [3, 1], 1 / (7 + 1 / places[1])],
    ['one of two right ones', [3], [3, 3], 7 / (7 + 7 / places[1])],
    ['more right ones than places', [3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 3, 3], 1],
    [
      'a gap in the middle',
      [3, 0, 2, 0, 1],
      [3, 2, 1],
      (7 + 3 / places[2] + 1 / places[4]) / (7 + 3 / places[1] + 1 / places[2]),
    ],
  ])('%s', (_, found, available, expected) => {
    const figure = ndcg(found, available);
    if (expected === undefined) expect(figure).toBeUndefined();
    else expect(figure).toBeCloseTo(expected, 10);
  });

  test('is never more than 1, and better pages earlier never make it less', () => {
    const available = [3, 3, 2, 2, 1, 1];
    const orders = [
      [1, 1, 2, 2, 3],
      [1, 2, 2, 3, 3],
      [2, 3, 2, 3, 1],
      [3, 2, 3, 2, 1],
      [3, 3, 2, 2, 1],
    ].map((found) => ndcg(found, available) ?? Number.NaN);
    expect(orders).toEqual(orders.toSorted((a, b) => a - b));
    expect(orders.at(-1)).toBe(1);
  });
});

test.each<[found: number[], available: number[], expected: boolean | undefined]>([
  [[0, 0, 2], [2], true],
  [[3], [3, 1], true],
  [[0, 0, 0, 3], [3], false],
  [[1, 1, 1], [3, 1, 1, 1], false],
  [[], [2], false],
  [[1], [1], undefined],
])('of %j, with %j to find, a page that helps is among the first three: %s', (found, available, expected) => {
  expect(succeeds(found, available)).toBe(expected);
});

test('what has no grade counts as 0', () => {
  const judged = new Map<string, Grade>([
    ['right', 3],
    ['related', 1],
  ]);
  expect(gradesOfHits(['other', 'right', 'related'], judged)).toEqual([0, 3, 1]);
});

test('questions with nothing to find are left out of a mean', () => {
  expect(mean([1, undefined, 0])).toBe(0.5);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { draw } from '../../../src/features/introductions/matching/draw.ts';
import {
  type Candidate,
  type Met,
  match,
  mayMeet,
  pairKey,
  worthOf,
} from '../../../src/features/introductions/matching/match.ts';
import { drawApart } from '../../../src/lib/apart.ts';

const somebody = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  id,
  agency: undefined,
  profession: undefined,
  avoids: [],
  wasLeftOut: false,
  ...change,
});

/** Up to `most` people of few agencies and professions, some of whom would rather not meet some. */
const pools = (most: number) =>
  fc
    .array(
      fc.record({
        agency: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
        profession: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
        avoids: fc.array(fc.nat(most), { maxLength: 3 }),
        wasLeftOut: fc.boolean(),
      }),
      { maxLength: most },
    )
    .map((people) =>
      people.map(
        (one, nth): Candidate => ({ ...one, id: `p${nth}`, avoids: one.avoids.map((other) => `p${other}`) }),
      ),
    );
const histories = (most: number) =>
  fc
    .array(fc.tuple(fc.nat(most), fc.nat(most), fc.integer({ min: 1, max: 3 })), { maxLength: 8 })
    .map(
      (pairs): Met => new Map(pairs.map(([one, other, times]) => [pairKey(`p${one}`, `p${other}`), times])),
    );

type Standing = { introduced: number; leftOutBefore: number; worth: number; repeats: number };
const better = (one: Standing, other: Standing): boolean => {
  const order = (of: Standing) => [of.introduced, of.leftOutBefore, of.worth, -of.repeats];
  const [a, b] = [order(one), order(other)];
  const at = a.findIndex((value, nth) => value !== b[nth]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
};

/** The best that pairs alone can do, by trying all of them. */
function bestPairs(people: readonly Candidate[], met: Met): Standing {
  const [first, ...rest] = people;
  if (!first) return { introduced: 0, leftOutBefore: 0, worth: 0, repeats: 0 };
  let best = bestPairs(rest, met);
  for (const other of rest) {
    if (!mayMeet(first, other)) continue;
    const sum = plus(
      bestPairs(
        rest.filter((one) => one !== other),
        met,
      ),
      first,
      other,
      met,
    );
    if (better(sum, best)) best = sum;
  }
  return best;
}
const plus = (sum: Standing, one: Candidate, other: Candidate, met: Met): Standing => ({
  introduced: sum.introduced + 2,
  leftOutBefore: sum.leftOutBefore + Number(one.wasLeftOut) + Number(other.wasLeftOut),
  worth: sum.worth + worthOf(one, other),
  repeats: sum.repeats + (met.get(pairKey(one.id, other.id)) ?? 0),
});

test('everybody is in one group at most, of two or three, and with nobody that either would rather not meet', () => {
  fc.assert(
    fc.property(pools(14), histories(14), fc.string(), (people, met, seed) => {
      const groups = match(people, met, seed);
      const all = groups.flat();
      expect(new Set(all).size).toBe(all.length);
      const byId = new Map(people.map((one) => [one.id, one]));
      for (const group of groups) {
        expect([2, 3]).toContain(group.length);
        for (const one of group)
          for (const other of group)
            if (one !== other)
              expect(mayMeet(byId.get(one) as Candidate, byId.get(other) as Candidate)).toBe(true);
      }
      // Whoever is left out has no pair left that would have them, nor one of the others who are.
      const out = people.filter(({ id }) => !all.includes(id));
      for (const one of out) for (const other of out) expect(mayMeet(one, other)).toBe(false);
      expect(match(people.toReversed(), met, seed), 'whichever way they come').toEqual(groups);
    }),
    { numRuns: 300 },
  );
});

test('as many as can be, whoever was left out before first, then the most worth, then the fewest repeats', () => {
  fc.assert(
    fc.property(pools(7), histories(7), fc.string(), (people, met, seed) => {
      const byId = new Map(people.map((one) => [one.id, one]));
      const groups = match(people, met, seed).map((group) => group.map((id) => byId.get(id) as Candidate));
      const best = bestPairs(people, met);
      const got = groups
        .map(([one, other]) => [one, other] as [Candidate, Candidate])
        .reduce((sum, [one, other]) => plus(sum, one, other, met), {
          introduced: 0,
          leftOutBefore: 0,
          worth: 0,
          repeats: 0,
        });
      expect(got).toEqual(best);
      // Nobody twice running who could be among pairs; those who join one come on top.
      const before = groups.flat().filter(({ wasLeftOut }) => wasLeftOut).length;
      expect(before).toBeGreaterThanOrEqual(best.leftOutBefore);
    }),
    { numRuns: 300 },
  );
});

describe('few people', () => {
  test.each([
    ['nobody', []],
    ['one alone', [somebody('a')]],
    ['two, of whom one would rather not', [somebody('a'), somebody('b', { avoids: ['a'] })]],
    [
      'somebody who avoids everyone',
      [somebody('a', { avoids: ['b', 'c'] }), somebody('b', { avoids: ['c'] }), somebody('c')],
    ],
  ])('%s: nobody is introduced', (_what, people) => {
    expect(match(people, new Map(), 'seed')).toEqual([]);
  });

  test('all of one agency are introduced all the same, three of them together, and again when there is nobody new', () => {
    const three = ['a', 'b', 'c'].map((id) => somebody(id, { agency: 'one', profession: 'same' }));
    const [group] = match(three, new Map(), 'seed');
    expect(group?.toSorted()).toEqual(['a', 'b', 'c']);
    const two = three.slice(0, 2);
    expect(
      match(two, new Map([[pairKey('a', 'b'), 5]]), 'seed')
        .flat()
        .toSorted(),
    ).toEqual(['a', 'b']);
  });

  test('of two ways that are worth the same, the one that is new', () => {
    const four = [
      somebody('a', { agency: 'one' }),
      somebody('b', { agency: 'one' }),
      somebody('c', { agency: 'two' }),
      somebody('d', { agency: 'two' }),
    ];
    const met = new Map([[pairKey('a', 'c'), 1]]);
    for (const seed of ['1', '2', '3', '4', '5'])
      expect(
        match(four, met, seed)
          .map((pair) => pair.toSorted().join(''))
          .toSorted(),
      ).toEqual(['ad', 'bc']);
  });

  test('what is not known is neither the same nor different', () => {
    const [a, b, c] = [somebody('a', { agency: 'one' }), somebody('b', { agency: 'two' }), somebody('c')];
    expect(worthOf(a, b)).toBeGreaterThan(worthOf(a, c));
    expect(worthOf(a, c)).toBeGreaterThan(worthOf(a, somebody('d', { agency: 'one' })));
  });
});

test('three hundred are matched in another thread, so that others are answered meanwhile', async () => {
  const people = Array.from({ length: 300 }, (_, nth) =>
    somebody(`p${nth}`, { agency: `a${nth % 12}`, profession: `x${nth % 7}` }),
  );
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 1);
  const groups = await drawApart<typeof draw>(
    new URL('../../../src/features/introductions/matching/draw.ts', import.meta.url),
    people,
    [],
    'seed',
  );
  clearInterval(turning);
  expect(groups).toHaveLength(150);
  expect(turns).toBeGreaterThan(0);
});

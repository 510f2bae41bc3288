import quantile from '@stdlib/stats-base-dists-t-quantile';
import { describe, expect, test } from 'vitest';
import {
  detailOf,
  type Figure,
  mayJoin,
  type Shape,
  showChange,
  spreadOf,
  summarise,
} from '../../src/community/suppress.ts';

const smallest = 5;

/** Every way in which so many people can be spread over so many cells. */
function* ways(people: number, cells: number): Generator<number[]> {
  if (cells === 1) {
    yield [people];
    return;
  }
  for (let count = 0; count <= people; count += 1)
    for (const rest of ways(people - count, cells - 1)) yield [count, ...rest];
}

const valuesOf = ({ from, to }: Shape): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const isOne = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0;

/** What is shown of people who answered both times. */
function shownOf(shape: Shape, pairs: readonly [number, number][], t: number): string {
  const detail = detailOf({ answered: pairs.length, readers: 0 }, smallest);
  if (detail === 'nothing') return '';
  const how = { detail, leftOut: 0, smallest };
  const before = summarise(
    shape,
    pairs.map(([one]) => one),
    how,
  );
  const after = summarise(
    shape,
    pairs.map(([, one]) => one),
    how,
  );
  if (before.kind !== 'average' || after.kind !== 'average') return JSON.stringify([before, after]);
  const people = pairs.length;
  const mean = pairs.reduce((sum, [x, y]) => sum + y - x, 0) / people;
  const variance = pairs.reduce((sum, [x, y]) => sum + (y - x - mean) ** 2, 0) / (people - 1);
  return JSON.stringify([
    before,
    after,
    showChange({ before: before.value, after: after.value }, mean, t * Math.sqrt(variance / people)),
  ]);
}

describe('the same people before and after: whatever comes out, nobody’s answer or change is told', () => {
  const scale: Shape = { kind: 'scale', from: 1, to: 3 };
  test.each<[string, Shape, number[]]>([
    ['a scale of three, roughly', scale, [5, 6, 7, 8]],
    ['a scale of three, with how sure the change is', scale, [12]],
    ['a scale of five, roughly', { kind: 'scale', from: 1, to: 5 }, [5]],
    ['a scale of two', { kind: 'scale', from: 0, to: 1 }, [5, 8, 11, 12, 15]],
    ['yes or no', { kind: 'choice', from: 0, to: 1 }, [5, 8, 11, 12, 15]],
    ['three choices', { kind: 'choice', from: 0, to: 2 }, [5, 7]],
  ])('%s', (_name, shape, groups) => {
    const values = valuesOf(shape);
    const cells = values.flatMap((x) => values.map((y): [number, number] => [x, y]));
    for (const people of groups) {
      const t = quantile(0.975, people - 1);
      // Which answers before, which afterwards, and which changes somebody can have.
      const possible = new Map<string, [number, number, number]>();
      for (const counts of ways(people, cells.length)) {
        const pairs = counts.flatMap((count, at) => Array<[number, number]>(count).fill(cells[at] ?? [0, 0]));
        const shown = shownOf(shape, pairs, t);
        const known = possible.get(shown) ?? [0, 0, 0];
        for (const [at, count] of counts.entries()) {
          const [x = 0, y = 0] = cells[at] ?? [];
          if (count === 0) continue;
          known[0] |= 1 << x;
          known[1] |= 1 << y;
          known[2] |= 1 << (y - x + shape.to);
        }
        possible.set(shown, known);
      }
      expect(possible.size).toBeGreaterThan(3);
      for (const [shown, bits] of possible) expect(bits.some(isOne), `${people}: ${shown}`).toBe(false);
    }
  });
});

test.each([
  // What it may be off goes outward to halves.
  [{ before: 4.5, after: 6 }, 1.3, 0.4, { by: 1.5, from: 0.5, to: 2 }],
  // Everybody changed alike, and nearly so.
  [{ before: 4, after: 6 }, 2, 0, { by: 2, from: 1.5, to: 2.5 }],
  [{ before: 4, after: 6 }, 2.1, 0.2, { by: 2, from: 1.5, to: 2.5 }],
  [{ before: 5, after: 5 }, 0, 0, { by: 0, from: -0.5, to: 0.5 }],
  // Rounded one by one, the averages are further apart than what was answered.
  [{ before: 4, after: 5.5 }, 1.02, 0.1, { by: 1.5, from: 0.5, to: 2 }],
  [{ before: 6, after: 5 }, -1.2, 3.1, { by: -1, from: -4.5, to: 2 }],
])('a change between %j, of %d, give or take %d', (shown, mean, margin, change) => {
  expect(showChange(shown, mean, margin)).toEqual(change);
});

test.each([
  [{ kind: 'scale', from: 1, to: 5 } as const, [12, 13, 14, 15]],
  [{ kind: 'scale', from: 0, to: 6 } as const, [12, 13, 14]],
])('an average and how many are in each third of %j: nobody’s answer is told', (shape, groups) => {
  const values = valuesOf(shape);
  for (const people of groups) {
    const possible = new Map<string, number>();
    for (const counts of ways(people, values.length)) {
      const given = counts.flatMap((count, at) => Array<number>(count).fill(values[at] ?? 0));
      const how = { leftOut: 0, smallest };
      const shown = JSON.stringify([
        summarise(shape, given, { ...how, detail: 'fine' }),
        spreadOf(shape, given, how),
      ]);
      const bits = counts.reduce((sum, count, at) => (count > 0 ? sum | (1 << at) : sum), 0);
      possible.set(shown, (possible.get(shown) ?? 0) | bits);
    }
    for (const [shown, bits] of possible) expect(isOne(bits), `${people}: ${shown}`).toBe(false);
  }
});

describe('a figure beside those that are shown of the same question', () => {
  const scale: Shape = { kind: 'scale', from: 0, to: 10 };
  const set = (from: number, to: number): ReadonlySet<string> =>
    new Set(Array.from({ length: to - from }, (_, nth) => `p${from + nth}`));
  const figure = (from: number, to: number, detail: Figure['detail']): Figure => ({
    of: set(from, to),
    detail,
  });
  test.each<[string, Figure, Figure[], boolean]>([
    ['the first', figure(0, 6, 'rough'), [], true],
    ['of the same people', figure(0, 14, 'fine'), [figure(0, 14, 'exact')], true],
    ['one more', figure(0, 15, 'fine'), [figure(0, 14, 'exact')], false],
    ['one more, roughly', figure(0, 7, 'rough'), [figure(0, 6, 'rough')], false],
    ['four more, roughly', figure(0, 10, 'rough'), [figure(0, 6, 'rough')], false],
    ['five more, roughly', figure(0, 11, 'rough'), [figure(0, 6, 'rough')], true],
    ['one of the few is another', figure(1, 7, 'rough'), [figure(0, 6, 'rough')], false],
    // A change and its interval can tell more of a sum than its average does.
    ['many more, beside a change', figure(0, 40, 'fine'), [figure(0, 14, 'exact')], false],
    ['many more, roughly, beside a change', figure(0, 40, 'rough'), [figure(0, 14, 'exact')], false],
    ['of others altogether', figure(20, 40, 'fine'), [figure(0, 14, 'exact')], true],
    // Each two may stand beside each other, and from all three the sum of two people would follow.
    ['a third set', figure(0, 12, 'rough'), [figure(0, 6, 'rough'), figure(6, 12, 'rough')], false],
    ['one of two again', figure(0, 6, 'rough'), [figure(0, 6, 'rough'), figure(0, 11, 'rough')], true],
  ])('%s', (_what, one, shown, may) => {
    expect(mayJoin(scale, one, shown, smallest)).toBe(may);
  });

  test('without the rule: a change beside an average of more people tells what the others answered', () => {
    // Of twelve with a change, and of them and five more, on a scale of two steps.
    const shape: Shape = { kind: 'scale', from: 0, to: 2 };
    const values = valuesOf(shape);
    const cells = values.flatMap((x) => values.map((y): [number, number] => [x, y]));
    const t = quantile(0.975, 11);
    const possible = new Map<string, number>();
    for (const counts of ways(12, cells.length)) {
      const pairs = counts.flatMap((count, at) => Array<[number, number]>(count).fill(cells[at] ?? [0, 0]));
      const x = pairs.map(([one]) => one);
      // Where the twelve are low, as they must be for this.
      if (x.reduce((sum, one) => sum + one, 0) > 6) continue;
      const shown = shownOf(shape, pairs, t);
      for (const more of ways(5, 3)) {
        const others = more.flatMap((count, value) => Array<number>(count).fill(value));
        const all = summarise(shape, [...x, ...others], { detail: 'fine', leftOut: 0, smallest });
        const key = `${shown}${JSON.stringify(all)}`;
        const bits = more.reduce((sum, count, value) => (count > 0 ? sum | (1 << value) : sum), 0);
        possible.set(key, (possible.get(key) ?? 0) | bits);
      }
    }
    expect([...possible.values()].some(isOne)).toBe(true);
  });
});

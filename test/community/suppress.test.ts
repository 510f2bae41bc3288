import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Detail,
  detailOf,
  mayBothBeRead,
  mayStandBeside,
  partsOf,
  recount,
  type Shape,
  saySoFar,
  sayTally,
  summarise,
  type Tally,
} from '../../src/community/suppress.ts';

const smallest = 5;

/** What a group answered: how many gave each value, and at the end how many left it out. */
type Vector = readonly number[];

/** Every way in which so many people can answer. @param mayLeaveOut or all of them answer. */
function ways(people: number, values: number, mayLeaveOut: boolean): Vector[] {
  if (values === 0) return mayLeaveOut || people === 0 ? [[people]] : [];
  return Array.from({ length: people + 1 }, (_, count) =>
    ways(people - count, values - 1, mayLeaveOut).map((rest) => [count, ...rest]),
  ).flat();
}

const plus = (one: Vector, other: Vector): Vector => one.map((count, index) => count + (other[index] ?? 0));

/** What is shown of it. Undefined: nothing. @param readers in it. */
function shownOf(shape: Shape, vector: Vector, readers = 0, most: Detail = 'fine'): string | undefined {
  const leftOut = vector.at(-1) ?? 0;
  const given = vector.slice(0, -1).flatMap((count, index) => Array<number>(count).fill(shape.from + index));
  let detail = detailOf({ answered: given.length, readers }, smallest);
  if (detail === 'nothing') return undefined;
  if (most === 'rough') detail = 'rough';
  const values = shape.kind === 'choices' ? given.map((value) => [value]) : given;
  return JSON.stringify(summarise(shape, values, { detail, leftOut, smallest }));
}

/** Which answers (as bits; leaving it out is one too) somebody of these people can have given. */
const given = (vector: Vector): number =>
  vector.reduce((bits, count, at) => (count > 0 ? bits | (1 << at) : bits), 0);
const isOne = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0;

const shapes: [string, Shape][] = [
  ['a scale of two', { kind: 'scale', from: 0, to: 1 }],
  ['a scale of three', { kind: 'scale', from: 1, to: 3 }],
  ['a scale of five', { kind: 'scale', from: 1, to: 5 }],
  ['yes or no', { kind: 'choice', from: 0, to: 1 }],
  ['three choices', { kind: 'choice', from: 0, to: 2 }],
  ['four choices', { kind: 'choice', from: 0, to: 3 }],
];
const valuesOf = ({ from, to }: Shape): number => to - from + 1;

describe('one result: whatever comes out, at least two answers remain possible for everybody', () => {
  describe.each(shapes)('%s', (_name, shape) => {
    // Every way in which up to 16 can answer, or 13 where there are many.
    const largest = valuesOf(shape) > 3 ? 13 : 16;

    test.each([false, true])('may be left out: %s', (mayLeaveOut) => {
      let results = 0;
      for (let people = smallest; people <= largest; people += 1) {
        const possible = new Map<string, number>();
        for (const vector of ways(people, valuesOf(shape), mayLeaveOut)) {
          const shown = shownOf(shape, vector);
          if (shown !== undefined) possible.set(shown, (possible.get(shown) ?? 0) | given(vector));
        }
        results += possible.size;
        for (const [shown, bits] of possible) expect(isOne(bits), `${people}: ${shown}`).toBe(false);
      }
      expect(results).toBeGreaterThan(20);
    });

    test('beside readers who know what they gave, and tell each other', () => {
      for (let others = smallest; others <= Math.min(largest, 14); others += 1)
        for (let readers = 1; readers <= (valuesOf(shape) > 3 ? 2 : 5); readers += 1)
          for (const known of ways(readers, valuesOf(shape), false)) {
            const possible = new Map<string, number>();
            for (const vector of ways(others, valuesOf(shape), false)) {
              const shown = shownOf(shape, plus(vector, known), readers);
              if (shown !== undefined) possible.set(shown, (possible.get(shown) ?? 0) | given(vector));
            }
            for (const [shown, bits] of possible)
              expect(isOne(bits), `${others} and ${known.join()}: ${shown}`).toBe(false);
          }
    });
  });

  test('four who can read the results and one who cannot: nothing is shown', () => {
    expect(detailOf({ answered: 5, readers: 4 }, smallest)).toBe('nothing');
    expect(detailOf({ answered: 9, readers: 5 }, smallest)).toBe('nothing');
  });

  test.each([
    [4, 0, 'nothing'],
    [5, 0, 'rough'],
    [11, 0, 'rough'],
    [12, 0, 'fine'],
    [6, 1, 'rough'],
    [12, 1, 'rough'],
    [30, 1, 'rough'],
  ])('%i answered, %i of them readers: %s', (answered, readers, detail) => {
    expect(detailOf({ answered, readers }, smallest)).toBe(detail);
  });
});

/** All that two results can tell of those in both, in one only, and in the other only. */
function attackTwo(
  shape: Shape,
  parts: { both: number; one: number; other: number },
  details: { one: Detail; other: Detail },
  mayLeaveOut: boolean,
): { pairs: number; told: string[] } {
  const waysOf = (people: number) => ways(people, valuesOf(shape), mayLeaveOut);
  const possible = new Map<string, [number, number, number]>();
  const results = (both: Vector, alone: readonly Vector[], most: Detail) => {
    const found = new Map<string, number>();
    for (const vector of alone) {
      const shown = shownOf(shape, plus(both, vector), 0, most);
      if (shown !== undefined) found.set(shown, (found.get(shown) ?? 0) | given(vector));
    }
    return found;
  };
  const [ones, others] = [waysOf(parts.one), waysOf(parts.other)];
  for (const both of waysOf(parts.both)) {
    const byOther = results(both, others, details.other);
    for (const [first, bitsOne] of results(both, ones, details.one))
      for (const [second, bitsOther] of byOther) {
        const key = `${first} ${second}`;
        const known = possible.get(key) ?? [0, 0, 0];
        possible.set(key, [known[0] | given(both), known[1] | bitsOne, known[2] | bitsOther]);
      }
  }
  const told = [...possible].filter(([, bits]) => bits.some(isOne)).map(([key]) => key);
  return { pairs: possible.size, told };
}

describe('two results of groups that share people', () => {
  const detailNow = (people: number): Detail => detailOf({ answered: people, readers: 0 }, smallest);

  const groupsOf = (both: number, one: number, other: number, most: 'rough' | 'fine') => {
    const [first, second] = [detailNow(both + one), detailNow(both + other)];
    if (first === 'nothing' || second === 'nothing') return undefined;
    return [
      { people: both + one, detail: first },
      // A result in detail may also be shown roughly.
      { people: both + other, detail: most === 'rough' ? most : second },
    ] as const;
  };

  test('what may stand beside each other never pins anybody down, whoever answered what', () => {
    const seen = { allowed: 0, refused: 0, pairs: 0 };
    const part = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes.map(([, shape]) => shape).filter((shape) => valuesOf(shape) <= 3)),
        fc.integer({ min: 1, max: 8 }),
        part,
        part,
        fc.constantFrom('fine' as const, 'rough' as const),
        fc.boolean(),
        (shape, both, one, other, most, mayLeaveOut) => {
          const groups = groupsOf(both, one, other, most);
          if (!groups) return;
          if (!mayStandBeside(shape, ...groups, both, smallest)) {
            seen.refused += 1;
            return;
          }
          // Of a scale it is reckoned that everybody answered.
          if (shape.kind === 'scale' && mayLeaveOut) return;
          const [{ detail: first }, { detail: second }] = groups;
          const found = attackTwo(shape, { both, one, other }, { one: first, other: second }, mayLeaveOut);
          seen.allowed += 1;
          seen.pairs += found.pairs;
          expect(found.told, JSON.stringify({ both, one, other, groups })).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
    expect(seen.allowed).toBeGreaterThan(30);
    expect(seen.refused).toBeGreaterThan(30);
    expect(seen.pairs).toBeGreaterThan(300);
  });

  test('the attack finds what it should: without the rule, people are pinned down', () => {
    const scale: Shape = { kind: 'scale', from: 1, to: 3 };
    const yesNo: Shape = { kind: 'choice', from: 0, to: 1 };
    const fine = { one: 'fine', other: 'fine' } as const;
    expect(attackTwo(scale, { both: 5, one: 0, other: 1 }, fine, false).told).not.toEqual([]);
    expect(attackTwo(yesNo, { both: 12, one: 0, other: 1 }, fine, false).told).not.toEqual([]);
    expect(attackTwo(yesNo, { both: 12, one: 0, other: 6 }, fine, false).told).not.toEqual([]);
  });

  const five: Shape = { kind: 'scale', from: 1, to: 5 };
  test.each([
    ['one person more', 6, 0, 1, false],
    ['four people more', 6, 0, 4, false],
    ['two people changed', 6, 2, 2, false],
    ['the same people', 7, 0, 0, false],
    ['few on one side', 6, 1, 6, false],
    ['five people more', 5, 0, 5, true],
    ['one person in both', 1, 6, 7, true],
    ['nobody in both', 0, 6, 7, true],
    ['two in both of larger groups', 2, 12, 13, true],
    ['most of a larger group', 12, 0, 30, false],
  ])('%s: %i in both, %i and %i besides, both shown: %s', (_what, both, one, other, expected) => {
    const groups = groupsOf(both, one, other, 'fine');
    expect(groups && mayStandBeside(five, ...groups, both, smallest)).toBe(expected);
  });

  test('of a larger group that holds another, still roughly where it stands', () => {
    const groups = groupsOf(12, 0, 30, 'rough');
    expect(groups && mayStandBeside(five, ...groups, 12, smallest)).toBe(true);
  });

  test.each([
    ['one wrote in both groups', 6, 7, 1, false],
    ['one is in one of them only', 6, 7, 6, false],
    ['five and more in each part', 11, 12, 6, true],
    ['nobody in both', 6, 7, 0, true],
  ])('words: %s', (_what, one, other, shared, expected) => {
    expect(mayBothBeRead(one, other, shared)).toBe(expected);
  });
});

describe('how it reads', () => {
  const given = (...counts: number[]) => counts.flatMap((count, value) => Array<number>(count).fill(value));
  const choice = (to: number): Shape => ({ kind: 'choice', from: 0, to });
  const how = (detail: 'rough' | 'fine', leftOut = 0) => ({ detail, leftOut, smallest });

  test.each([
    ['a plain majority', given(4, 2), [0]],
    ['everybody', given(6, 0), [0]],
    ['half and half', given(3, 3), []],
    ['of three, none over half', given(3, 2, 2), []],
  ])('roughly, a choice: %s', (_what, answers, values) => {
    expect(summarise(choice(2), answers, how('rough'))).toEqual({ kind: 'most', values });
  });

  test('roughly, several choices: each that more than half took', () => {
    const answers = [[0, 1], [0, 1], [0], [1], [0, 1, 2]];
    expect(summarise({ ...choice(2), kind: 'choices' }, answers, how('rough'))).toEqual({
      kind: 'most',
      values: [0, 1],
    });
  });

  test.each([
    [[1, 1, 1, 1, 1], 'low'],
    [[2, 3, 3, 3, 4], 'middle'],
    [[5, 5, 5, 5, 5], 'high'],
    [[1, 1, 5, 5, 3], 'middle'],
  ])('roughly, a scale: %j is %s', (answers, third) => {
    expect(summarise({ kind: 'scale', from: 1, to: 5 }, answers, how('rough'))).toEqual({
      kind: 'third',
      third,
    });
  });

  test('in detail, a scale: the average in halves', () => {
    const answers = [1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5];
    expect(summarise({ kind: 'scale', from: 1, to: 5 }, answers, how('fine'))).toEqual({
      kind: 'average',
      value: 3.5,
    });
  });

  test.each<[string, number[], number, (number | string)[]]>([
    ['none is few', [7, 5], 0, [7, 5]],
    ['one is few, so the next is not said', [8, 5, 1], 0, [8, 'few', 'few']],
    ['what is left is few', [10, 3], 0, ['most', 'few']],
    ['everybody', [12, 0], 0, ['most', 'few']],
    ['nobody took one', [6, 6, 0], 0, ['few', 6, 'few']],
    ['few left it out', [7, 5], 1, [7, 'few']],
    ['two are few, and enough together', [6, 3, 3], 0, [6, 'few', 'few']],
  ])('in detail, a choice: %s', (_what, counts, leftOut, shown) => {
    expect(summarise(choice(counts.length - 1), given(...counts), how('fine', leftOut))).toEqual({
      kind: 'counts',
      counts: shown,
    });
  });

  test('in detail, several choices: neither those who took one nor those who did not are few', () => {
    const answers = Array.from({ length: 12 }, (_, index) => [
      0,
      ...(index < 6 ? [1] : []),
      ...(index < 2 ? [2] : []),
    ]);
    expect(summarise({ ...choice(2), kind: 'choices' }, answers, how('fine'))).toEqual({
      kind: 'counts',
      counts: ['most', 6, 'few'],
    });
  });

  test.each([
    [{ answered: 11, silent: 5, readers: 0 }, '11 have answered.'],
    // Of a group of twelve whose names are known, the number would tell how few are silent.
    [{ answered: 11, silent: 1, readers: 0 }, 'More than half have answered.'],
    [{ answered: 8, silent: 4, readers: 0 }, 'More than half have answered.'],
    [{ answered: 12, silent: 0, readers: 0 }, 'More than half have answered.'],
    [{ answered: 4, silent: 8, readers: 0 }, 'Fewer than five have answered.'],
    [{ answered: 4, silent: 0, readers: 0 }, 'Fewer than five have answered.'],
    [{ answered: 0, silent: 12, readers: 0 }, 'Fewer than five have answered.'],
    [
      { answered: 6, silent: 6, readers: 2 },
      'Fewer than five have answered, besides those who can read the results.',
    ],
  ])('%j: %s', (tally, said) => {
    expect(sayTally(tally, smallest)).toBe(said);
  });

  test.each([
    [undefined, 'How many have answered is counted once a day, for the first time tomorrow.'],
    [{ answered: 0, silent: 12, readers: 0 }, 'At the last count, fewer than five had answered.'],
    [{ answered: 5, silent: 7, readers: 0 }, 'At the last count, five or more had answered.'],
    [{ answered: 9, silent: 7, readers: 0 }, 'At the last count, five or more had answered.'],
    [{ answered: 9, silent: 3, readers: 0 }, 'At the last count, more than half had answered.'],
    [{ answered: 31, silent: 9, readers: 0 }, 'At the last count, 30 or more had answered.'],
    [
      { answered: 6, silent: 6, readers: 2 },
      'At the last count, fewer than five had answered, besides those who can read the results.',
    ],
  ])('while it is open, %j: %s', (counted, said) => {
    expect(saySoFar(counted, smallest)).toBe(said);
  });
});

test('whoever watches an open round learns of no change that fewer than five people made', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 40 }),
      fc.array(fc.integer({ min: -3, max: 8 }), { minLength: 1, maxLength: 20 }),
      (people, days) => {
        let answered = 0;
        let counted: Tally | undefined;
        // How many had answered when what is said changed last.
        let then = 0;
        let said = saySoFar({ answered: 0, readers: 0, silent: people }, smallest);
        for (const more of days) {
          answered = Math.min(people, Math.max(0, answered + more));
          counted = recount(counted, { answered, readers: 0, silent: people - answered }, smallest);
          const now = saySoFar(counted, smallest);
          if (now === said) continue;
          expect(Math.abs(answered - then)).toBeGreaterThanOrEqual(smallest);
          [said, then] = [now, answered];
        }
      },
    ),
  );
});

describe('parts of a group whose size is known', () => {
  test.each<[string, number[], (number | string)[]]>([
    ['all can be said', [12, 8, 6, 5], [12, 8, 6, 5]],
    ['one is few: another goes with it', [12, 8, 6, 1], [12, 8, 'few', 'few']],
    ['two are few, and enough together', [12, 8, 3, 3], [12, 8, 'few', 'few']],
    ['an empty one is few', [12, 8, 0, 0], [12, 'few', 'few', 'few']],
    ['all in one', [9, 0, 0, 0], ['most', 'few', 'few', 'few']],
    ['a group of few', [4, 0, 0, 0], ['few', 'few', 'few', 'few']],
    ['nobody', [0, 0, 0, 0], ['few', 'few', 'few', 'few']],
  ])('%s', (_, counts, shown) => {
    expect(partsOf(counts)).toEqual(shown);
  });

  test('of any group of up to 24 in four parts: no part of fewer than five is seen, or is all that is left', () => {
    for (let a = 0; a <= 24; a += 1)
      for (let b = 0; a + b <= 24; b += 1)
        for (let c = 0; a + b + c <= 24; c += 1)
          for (const d of [0, 1, 4, 5, 24 - a - b - c]) {
            const counts = [a, b, c, d];
            const shown = partsOf(counts);
            const hidden = counts.filter((_, part) => typeof shown[part] !== 'number');
            for (const one of shown)
              if (typeof one === 'number') expect(one).toBeGreaterThanOrEqual(smallest);
            const left = hidden.reduce((sum, one) => sum + one, 0);
            if (hidden.length > 0 && hidden.length < counts.length) {
              expect(left).toBeGreaterThanOrEqual(smallest);
              expect(hidden.length).toBeGreaterThan(1);
            }
          }
  });
});

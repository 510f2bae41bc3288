import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countAgain, type Standing } from '../../../src/features/evaluation/report/counted.ts';
import type { Counted } from '../../../src/features/evaluation/report/store.ts';

const groupsOf = (people: readonly string[]) =>
  [...Map.groupBy(people, (one) => one)].map(([id, all]) => ({ id, label: id, people: all.length }));

/** Each person by their profession and their organisation. */
const standing = (people: readonly (readonly [string, string])[], on = '2026-03-03'): Standing => ({
  on,
  people: people.length,
  professions: groupsOf(people.map(([profession]) => profession)),
  organisations: groupsOf(people.map(([, organisation]) => organisation)),
});
const many = (count: number, profession: string, organisation = 'hospital') =>
  Array.from({ length: count }, () => [profession, organisation] as const);

const told = (counted: Counted | undefined) =>
  counted && {
    on: counted.on,
    people: counted.people,
    ...Object.fromEntries(
      counted.professions.filter(({ isShown }) => isShown).map(({ id, people }) => [id, people]),
    ),
    rest: counted.professions.reduce((sum, { isShown, people }) => sum + (isShown ? 0 : people), 0),
  };

describe('who took part', () => {
  test.each([
    ['four are not counted', many(4, 'midwife'), undefined],
    ['five of one kind', many(5, 'midwife'), { people: 5, midwife: 5, rest: 0 }],
    [
      'a few go with the smallest of the others, so that they cannot be worked out',
      [...many(7, 'midwife'), ...many(5, 'visitor'), ...many(2, 'gp')],
      { people: 14, midwife: 7, rest: 7 },
    ],
    [
      'several few are enough for each other',
      [...many(8, 'midwife'), ...many(3, 'visitor'), ...many(3, 'gp')],
      { people: 14, midwife: 8, rest: 6 },
    ],
    ['all different', ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((id) => many(1, id)), { people: 6, rest: 6 }],
  ])('%s', (_what, people, expected) => {
    expect(told(countAgain(undefined, standing(people)))).toEqual(
      expected && { on: '2026-03-03', ...expected },
    );
  });

  test('it stays until five are others, however often somebody looks', () => {
    const before = countAgain(undefined, standing([...many(8, 'midwife'), ...many(6, 'visitor')]));
    const later = (people: readonly (readonly [string, string])[]) =>
      told(countAgain(before, standing(people, '2026-05-05')))?.on;
    const [joined, left, moved] = [
      [...many(12, 'midwife'), ...many(6, 'visitor')],
      [...many(8, 'midwife'), ...many(2, 'visitor')],
      [...many(4, 'midwife'), ...many(10, 'visitor')],
    ];
    expect([later(joined), later(left), later(moved), later([])]).toEqual(Array(4).fill('2026-03-03'));
    expect(later([...many(13, 'midwife'), ...many(6, 'visitor')])).toBe('2026-05-05');
    expect(later(many(4, 'midwife')), 'nearly all gone').toBe('2026-03-03');
  });

  test('what moved by a few beside the count before is not shown anew', () => {
    const before = countAgain(undefined, standing([...many(8, 'midwife'), ...many(6, 'visitor')]));
    const now = standing([...many(8, 'midwife'), ...many(7, 'visitor'), ...many(5, 'gp')], '2026-05-05');
    // Five came as GPs and one as a visitor: neither the visitors nor the rest may tell of that one.
    expect(told(countAgain(before, now))).toEqual({ on: '2026-05-05', people: 20, midwife: 8, rest: 12 });
  });
});

const people = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', 'y', 'z')), {
  maxLength: 30,
});

/** What somebody can add and take away of two tables of the same group. */
function derived(one: Counted, other: Counted, which: 'professions' | 'organisations'): number[] {
  const shown = (counted: Counted) =>
    new Map(counted[which].flatMap(({ id, people: count, isShown }) => (isShown ? [[id, count]] : [])));
  const hasRest = (counted: Counted) => counted[which].some(({ isShown }) => !isShown);
  const [before, now] = [shown(one), shown(other)];
  // Where there is no rest, whatever is not shown is nobody.
  const inBoth = [...new Set([...before.keys(), ...now.keys()])].filter(
    (id) => (before.has(id) || !hasRest(one)) && (now.has(id) || !hasRest(other)),
  );
  const moved = inBoth.map((id) => (now.get(id) ?? 0) - (before.get(id) ?? 0));
  return [...moved, other.people - one.people - moved.reduce((sum, by) => sum + by, 0)];
}

test('no table, and no two of them, tell of one to four people', () => {
  fc.assert(
    fc.property(fc.array(people, { minLength: 1, maxLength: 4 }), (days) => {
      let before: Counted | undefined;
      for (const day of days) {
        const now = countAgain(before, standing(day));
        if (!now) continue;
        for (const which of ['professions', 'organisations'] as const) {
          const rest = now[which].reduce((sum, { isShown, people: count }) => sum + (isShown ? 0 : count), 0);
          expect(rest === 0 || rest >= 5).toBe(true);
          for (const { isShown, people: count } of now[which])
            if (isShown) expect(count).toBeGreaterThanOrEqual(5);
          if (!before) continue;
          const moved = derived(before, now, which);
          const shown = now[which].some(({ isShown }) => isShown);
          if (shown) for (const by of moved) expect(by === 0 || Math.abs(by) >= 5).toBe(true);
        }
        before = now;
      }
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  groupSizes,
  type Mixable,
  mixedGroups,
  sizesOf,
} from '../../../src/features/training/pack/mixing.ts';

const kind = (of: readonly string[]) => fc.option(fc.constantFrom(...of), { nil: undefined });
const people = (
  maxLength: number,
  professions = ['m', 'h', 'g', 't', 's'],
  organisations = ['a', 'b', 'c', 'd'],
) =>
  fc.uniqueArray(
    fc.record({ id: fc.uuid(), profession: kind(professions), organisation: kind(organisations) }),
    { maxLength, selector: ({ id }) => id },
  );
const size = fc.constantFrom(...groupSizes);
const seed = fc.string({ maxLength: 8 });

/** How often two people of one kind sit together. */
const pairs = (groups: readonly (readonly Mixable[])[], of: (person: Mixable) => string | undefined) =>
  groups.reduce(
    (sum, group) =>
      sum +
      [...Map.groupBy(group, of).values()].reduce(
        (all, same) => all + (same.length * (same.length - 1)) / 2,
        0,
      ),
    0,
  );
const professions = (groups: readonly (readonly Mixable[])[]) =>
  pairs(groups, ({ profession }) => profession);
const agencies = (groups: readonly (readonly Mixable[])[]) =>
  pairs(groups, ({ organisation, id }) => organisation ?? id);

describe('mixed groups', () => {
  test('everybody is in one group, and no group is two people larger than another', () => {
    fc.assert(
      fc.property(people(40), size, seed, (all, about, from) => {
        const groups = mixedGroups(all, about, from);
        expect(
          groups
            .flat()
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(all.map(({ id }) => id).toSorted());
        const sizes = groups.map((group) => group.length);
        expect(sizes).toEqual(sizesOf(all.length, about));
        expect(Math.max(...sizes, 0) - Math.min(...sizes, Infinity)).toBeLessThanOrEqual(1);
        if (all.length > 1) expect(Math.min(...sizes)).toBeGreaterThan(1);
      }),
    );
  });

  test('each profession is spread as evenly as can be, and so are those of whom none is known', () => {
    fc.assert(
      fc.property(people(40), size, seed, (all, about, from) => {
        const groups = mixedGroups(all, about, from);
        for (const profession of new Set(all.map((one) => one.profession))) {
          const counts = groups.map((group) => group.filter((one) => one.profession === profession).length);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('where professions say nothing, each agency is spread as evenly as can be', () => {
    fc.assert(
      fc.property(people(30, ['m']), size, seed, (all, about, from) => {
        const same = all.map((one) => ({ ...one, profession: 'm', organisation: one.organisation ?? 'e' }));
        const groups = mixedGroups(same, about, from);
        for (const organisation of new Set(same.map((one) => one.organisation))) {
          const counts = groups.map(
            (group) => group.filter((one) => one.organisation === organisation).length,
          );
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('no two people could change places and leave the groups more mixed', () => {
    fc.assert(
      fc.property(people(14), size, seed, (all, about, from) => {
        const groups = mixedGroups(all, about, from);
        const [ofOneProfession, ofOneAgency] = [professions(groups), agencies(groups)];
        for (const a of groups.flat())
          for (const b of groups.flat()) {
            const swapped = groups.map((group) => group.map((one) => (one === a ? b : one === b ? a : one)));
            const moreOfProfessions = professions(swapped) - ofOneProfession;
            expect(moreOfProfessions).toBeGreaterThanOrEqual(0);
            if (moreOfProfessions === 0) expect(agencies(swapped)).toBeGreaterThanOrEqual(ofOneAgency);
          }
      }),
      { numRuns: 40 },
    );
  });

  test('the same seed gives the same groups, in whichever order people booked', () => {
    fc.assert(
      fc.property(people(20), size, seed, (all, about, from) => {
        expect(mixedGroups(all.toReversed(), about, from)).toEqual(mixedGroups(all, about, from));
      }),
    );
  });

  test('another seed gives other groups, where there are any', () => {
    const all = Array.from({ length: 12 }, (_, at) => ({
      id: `p${at}`,
      profession: 'mhg'[at % 3],
      organisation: undefined,
    }));
    const ids = (group: readonly Mixable[]) =>
      group
        .map(({ id }) => id)
        .toSorted()
        .join('+');
    const together = (from: string) => mixedGroups(all, 4, from).map(ids).toSorted().join(' ');
    expect(new Set(['a', 'b', 'c', 'd'].map(together)).size).toBeGreaterThan(1);
  });

  test.each([
    [0, 4, []],
    [1, 4, [1]],
    [2, 4, [2]],
    [3, 4, [3]],
    [3, 2, [3]],
    [5, 2, [3, 2]],
    [5, 4, [5]],
    [6, 4, [3, 3]],
    [7, 4, [4, 3]],
    [10, 4, [4, 3, 3]],
    [60, 8, [8, 8, 8, 8, 7, 7, 7, 7]],
  ])('%i people in groups of about %i', (many, about, sizes) => {
    expect(sizesOf(many, about)).toEqual(sizes);
  });

  test('sixty people of one agency and of no known role are mixed at once', () => {
    const sixty = Array.from({ length: 60 }, (_, at) => ({
      id: `p${at}`,
      profession: undefined,
      organisation: 'homerton',
    }));
    expect(mixedGroups(sixty, 5, 'a').map((group) => group.length)).toEqual(Array(12).fill(5));
  });
});

import { numbersFrom, shuffled } from '../../../lib/random.ts';

/** Somebody who comes, as far as it matters for whom they sit with. */
export type Mixable = {
  id: string;
  /** Id of a profession group; undefined: not known. */
  profession: string | undefined;
  /** Id of an organisation; undefined: not known, and so nobody's colleague. */
  organisation: string | undefined;
};

export const groupSizes: readonly number[] = [2, 3, 4, 5, 6, 8];
export const usualGroupSize = 4;

/**
 * How many people are in each group: as near to `size` as can be, no two groups further apart than one, and nobody alone
 * unless nobody else comes.
 */
export function sizesOf(people: number, size: number): number[] {
  if (people === 0) return [];
  const groups = Math.max(1, Math.min(Math.round(people / size), Math.floor(people / 2)));
  return Array.from({ length: groups }, (_, group) => Math.floor((people + groups - 1 - group) / groups));
}

/**
 * Groups that bring professions together, and agencies as far as that leaves a choice. Each profession, and those of whom
 * none is known, is spread as evenly as can be; of all ways that two people could then change places, none brings fewer
 * from one agency together.
 * @param size of a group, about. @param seed the same one gives the same groups, whichever way the people come.
 */
export function mixedGroups<Person extends Mixable>(
  people: readonly Person[],
  size: number,
  seed: string,
): Person[][] {
  const sizes = sizesOf(people.length, size);
  const inOrder = people.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const chance = numbersFrom(seed);
  const placed = shuffled(inOrder, chance);
  const places = {
    profession: placesOf(placed, ({ profession }) => profession),
    organisation: placesOf(placed, ({ organisation }) => organisation),
  };
  // Dealt out like cards that lie in order: each run of the same falls into as many groups as it can.
  const dealt = placed.toSorted(
    (a, b) => places.profession(a) - places.profession(b) || places.organisation(a) - places.organisation(b),
  );
  const groups = sizes.map((_, group) => dealt.filter((_one, at) => at % sizes.length === group));

  while (changePlaces(groups));
  return groups.map((group) => shuffled(group, chance));
}

/** In which order what people have in common lies, the one that came first lying first. */
function placesOf<Person>(people: readonly Person[], of: (person: Person) => string | undefined) {
  const order = [...new Set(people.map(of))];
  return (person: Person) => order.indexOf(of(person));
}

/** Lets people change places where that makes the groups more mixed. @returns whether anybody did. */
function changePlaces<Person extends Mixable>(groups: readonly Person[][]): boolean {
  let isChanged = false;
  for (const [g, group] of groups.entries())
    for (const other of groups.slice(g + 1))
      for (let i = 0; i < group.length; i += 1)
        for (let j = 0; j < other.length; j += 1) {
          const [one, two] = [group[i], other[j]];
          if (!one || !two) continue;
          const here = group.toSpliced(i, 1);
          const there = other.toSpliced(j, 1);
          const saved = alike(one, here) + alike(two, there) - alike(two, here) - alike(one, there);
          if (saved <= 0) continue;
          [group[i], other[j]] = [two, one];
          isChanged = true;
        }
  return isChanged;
}

/** A profession weighs more than all agencies together, in sessions of any size that meets. */
const professionWeighs = 10_000;

/** How much somebody has in common with these. */
const alike = (one: Mixable, others: readonly Mixable[]): number =>
  others.reduce(
    (sum, other) =>
      sum +
      (one.profession === other.profession ? professionWeighs : 0) +
      (one.organisation !== undefined && one.organisation === other.organisation ? 1 : 0),
    0,
  );

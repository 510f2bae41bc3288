import blossom from 'edmonds-blossom';
import { numbersFrom, shuffled } from '../../../lib/random.ts';

/** Somebody who may be introduced this time. */
export type Candidate = {
  id: string;
  /** By what they are counted as of one organisation, or one profession; undefined: not known. */
  agency: string | undefined;
  profession: string | undefined;
  /** Ids of those they would rather not meet, or have just been introduced to. */
  avoids: readonly string[];
  wasLeftOut: boolean;
};

/** How often two people were introduced to each other; see `pairKey`. */
export type Met = ReadonlyMap<string, number>;

/** The same whichever of the two comes first. */
export const pairKey = (one: string, other: string): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`;

type Kinship = 'other' | 'unknown' | 'same';
/** What is not known is neither the same nor different. */
export const compare = (one: string | undefined, other: string | undefined): Kinship =>
  one === undefined || other === undefined ? 'unknown' : one === other ? 'same' : 'other';

/** What it is worth to somebody to meet another. Agencies weigh more: there are fewer who work across them. */
const weights = { agency: 3, profession: 2 };

/**
 * What it is worth that these two meet, from 0 to 10: so much for each of them of whom it is known, unless they are the same.
 * So of four people, two of them unknown, it is worth the same whoever meets whom, and the unknown do not keep to themselves.
 */
export const worthOf = (one: Candidate, other: Candidate): number =>
  (['agency', 'profession'] as const).reduce((sum, what) => {
    const known = [one[what], other[what]].filter((value) => value !== undefined).length;
    return compare(one[what], other[what]) === 'same' ? sum : sum + known * weights[what];
  }, 0);

export const mayMeet = (one: Candidate, other: Candidate): boolean =>
  one.id !== other.id && !one.avoids.includes(other.id) && !other.avoids.includes(one.id);

/** Past this many times one more makes no difference. */
const mostRepeats = 99;

/**
 * Pairs, and trios where the numbers are odd, so that
 * 1. nobody meets whom they would rather not, either way;
 * 2. as many as possible are introduced, first of them those who were left out the last time;
 * 3. of those ways, the one that is worth most: across agencies and professions;
 * 4. of those, the one with the fewest repeats.
 * Whoever is in none of the groups is left out this time.
 * @param seed the same one gives the same groups, whichever way the people come.
 */
export function match(candidates: readonly Candidate[], met: Met, seed: string): string[][] {
  const people = shuffled(
    candidates.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    numbersFrom(seed),
  );
  // Each of these outweighs all that comes after it together.
  const perWorth = people.length * mostRepeats + 1;
  const perLeftOut = people.length * 3 * 10 * perWorth + 1;
  const repeats = (one: Candidate, other: Candidate) =>
    Math.min(met.get(pairKey(one.id, other.id)) ?? 0, mostRepeats);
  const value = (one: Candidate, other: Candidate) => worthOf(one, other) * perWorth - repeats(one, other);
  const first = ({ wasLeftOut }: Candidate) => (wasLeftOut ? perLeftOut : 0);

  const edges: [number, number, number][] = [];
  for (const [i, one] of people.entries())
    for (const [j, other] of people.entries())
      if (i < j && mayMeet(one, other)) edges.push([i, j, value(one, other) + first(one) + first(other)]);
  const groups: Candidate[][] = [];
  const alone: Candidate[] = [];
  const mates = matched(edges);
  for (const [i, one] of people.entries()) {
    const mate = mates[i] ?? -1;
    const other = people[mate];
    if (other === undefined) alone.push(one);
    else if (i < mate) groups.push([one, other]);
  }

  // Each of those who are left joins a pair in which nobody minds, no two of them the same.
  const joins: [number, number, number][] = [];
  for (const [i, one] of alone.entries())
    for (const [at, group] of groups.entries())
      if (group.every((other) => mayMeet(one, other)))
        joins.push([i, alone.length + at, group.reduce((sum, other) => sum + value(one, other), first(one))]);
  for (const [i, at] of matched(joins).slice(0, alone.length).entries()) {
    const one = alone[i];
    if (one && at >= 0) groups[at - alone.length]?.push(one);
  }
  return groups.map((group) => group.map(({ id }) => id));
}

const matched = (edges: readonly [number, number, number][]): number[] =>
  edges.length === 0 ? [] : blossom(edges, true);

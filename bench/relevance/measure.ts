/** 3: the right page, 2: good, 1: related. What is not graded is none of it. */
export const grades = [3, 2, 1] as const;
export type Grade = (typeof grades)[number];

/** What was found, best first, as grades; 0 for what has none. */
export const gradesOfHits = (hits: readonly string[], judged: ReadonlyMap<string, Grade>): number[] =>
  hits.map((id) => judged.get(id) ?? 0);

/**
 * Normalised discounted cumulative gain: 1 where the best `depth` entries that there are come first and in the right order.
 * A right page counts 7, a good one 3, a related one 1, each the less the lower it stands.
 * Järvelin and Kekäläinen, 2002, with the gains of Burges and others, 2005.
 * @param available the grades of everything that could have been found
 * @returns undefined where there is nothing to find
 */
export function ndcg(found: readonly number[], available: readonly number[], depth = 5): number | undefined {
  const best = gainOf(
    available.toSorted((a, b) => b - a),
    depth,
  );
  return best === 0 ? undefined : gainOf(found, depth) / best;
}

const gainOf = (found: readonly number[], depth: number): number =>
  found.slice(0, depth).reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);

/**
 * Whether a page that helps stands among the first `depth`.
 * @returns undefined where there is none to find
 */
export function succeeds(
  found: readonly number[],
  available: readonly number[],
  depth = 3,
): boolean | undefined {
  if (!available.some(helps)) return undefined;
  return found.slice(0, depth).some(helps);
}

const helps = (grade: number): boolean => grade >= 2;

/** Of the numbers that there are. */
export function mean(numbers: readonly (number | undefined)[]): number {
  const known = numbers.filter((number) => number !== undefined);
  return known.reduce((sum, number) => sum + number, 0) / known.length;
}

/** The package has no types of its own. */
declare module 'edmonds-blossom' {
  /**
   * A matching of the greatest weight, by Edmonds.
   * @param edges between vertices numbered from 0, with whole weights.
   * @param maxCardinality of the greatest number of pairs first.
   * @returns with whom each vertex is matched, -1 for nobody; vertices after the last with an edge are missing.
   */
  export default function blossom(
    edges: readonly (readonly [number, number, number])[],
    maxCardinality: boolean,
  ): number[];
}

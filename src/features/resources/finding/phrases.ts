import { stemOf } from '../../../content/stem.ts';
import type { TellingStems } from './telling-stems.ts';

/** Something that people say, and what it leads to. */
export type Said<Target> = { say: string; target: Target };

export type Phrases<Target> = {
  /**
   * What a question says, stem by stem and without small words: most of a phrase, and two of its words or its only one.
   * `fit`, up to 1, is how much of the phrase was said, and of the question is said by it.
   */
  match(words: readonly string[]): { target: Target; fit: number }[];
};

/** So much of a phrase's weight has to be said. */
const leastShare = 0.7;

export function createPhrases<Target>(said: readonly Said<Target>[], stemsIn: TellingStems): Phrases<Target> {
  const having = new Map<string, number[]>();
  const stems = said.map(({ say }, index) => {
    const own = new Set(stemsIn(say));
    for (const stem of own) {
      const places = having.get(stem) ?? [];
      places.push(index);
      having.set(stem, places);
    }
    return own;
  });
  const tells = (stem: string): number => Math.log((1 + said.length) / (1 + (having.get(stem)?.length ?? 0)));
  const weigh = (own: Iterable<string>) => new Map([...own].map((stem) => [stem, tells(stem)]));
  const phrases = said.map(({ target }, index) => {
    const weights = weigh(stems[index] ?? []);
    return { target, size: weights.size, whole: sum(weights) };
  });
  return {
    match(words) {
      const asked = weigh(words.map(stemOf));
      const whole = sum(asked);
      // By their places: a word that many phrases have would make very many small things.
      const weights = new Float64Array(said.length);
      const counts = new Uint8Array(said.length);
      for (const [stem, weight] of asked)
        for (const index of having.get(stem) ?? []) {
          weights[index] = (weights[index] ?? 0) + weight;
          counts[index] = (counts[index] ?? 0) + 1;
        }
      const matches: { target: Target; fit: number }[] = [];
      phrases.forEach((phrase, index) => {
        const weight = weights[index] ?? 0;
        if (
          (counts[index] ?? 0) < Math.max(1, Math.min(2, phrase.size)) ||
          weight < leastShare * phrase.whole
        )
          return;
        matches.push({
          target: phrase.target,
          fit: (weight / phrase.whole) * (0.4 + (0.6 * weight) / whole),
        });
      });
      return matches;
    },
  };
}

const sum = (weights: ReadonlyMap<string, number>): number => {
  let all = 0;
  for (const weight of weights.values()) all += weight;
  return all;
};

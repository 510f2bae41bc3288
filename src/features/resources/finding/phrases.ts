import { stemmer } from 'stemmer';
import { tellingWords } from '../../../content/words.ts';

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

export function createPhrases<Target>(said: readonly Said<Target>[]): Phrases<Target> {
  const having = new Map<string, number[]>();
  const stems = said.map(({ say }, index) => {
    const words = tellingWords(say);
    for (const stem of new Set(words.map(stemmer))) {
      const places = having.get(stem) ?? [];
      places.push(index);
      having.set(stem, places);
    }
    return words;
  });
  const tells = (stem: string): number => Math.log((1 + said.length) / (1 + (having.get(stem)?.length ?? 0)));
  const weigh = (words: readonly string[]) => new Map(words.map(stemmer).map((stem) => [stem, tells(stem)]));
  const phrases = stems.map((words) => {
    const weights = weigh(words);
    return { size: weights.size, whole: sum(weights) };
  });
  return {
    match(words) {
      const asked = weigh(words);
      const whole = sum(asked);
      const common = new Map<number, { weight: number; count: number }>();
      for (const [stem, weight] of asked)
        for (const index of having.get(stem) ?? []) {
          const soFar = common.get(index) ?? { weight: 0, count: 0 };
          common.set(index, { weight: soFar.weight + weight, count: soFar.count + 1 });
        }
      return [...common].flatMap(([index, { weight, count }]) => {
        const { target } = said[index] ?? {};
        const phrase = phrases[index];
        if (target === undefined || !phrase || count < Math.min(2, phrase.size)) return [];
        const share = weight / phrase.whole;
        return share < leastShare ? [] : [{ target, fit: share * (0.4 + (0.6 * weight) / whole) }];
      });
    },
  };
}

const sum = (weights: ReadonlyMap<string, number>): number => {
  let all = 0;
  for (const weight of weights.values()) all += weight;
  return all;
};

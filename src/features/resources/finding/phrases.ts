import { stemOf } from '../../../content/stem.ts';
import { tells as tellsOfTalk } from './everyday.ts';
import { Tally } from './marks.ts';
import type { TellingStems } from './telling-stems.ts';

/** Something that people say, and what it leads to. */
export type Said<Target> = { say: string; target: Target };

export type Phrases<Target> = {
  /**
   * What a question says, stem by stem and without small words: most of a phrase, and two of its words or its only one.
   * `fit`, up to 1, is how much of the phrase was said, and of the question is said by it. In the order of the phrases.
   */
  match(words: readonly string[]): { target: Target; fit: number }[];
};

/** So much of a phrase's weight has to be said. */
const leastShare = 0.7;
/** What people say all day tells less, and not so much less. */
const talkCounts = 0.4;

export function createPhrases<Target>(said: readonly Said<Target>[], stemsIn: TellingStems): Phrases<Target> {
  const having = new Map<string, number[]>();
  let stems: readonly ReadonlySet<string>[] = said.map(({ say }, index) => {
    const own = new Set(stemsIn(say));
    for (const stem of own) {
      const places = having.get(stem) ?? [];
      places.push(index);
      having.set(stem, places);
    }
    return own;
  });
  /** The rarer it is among the phrases, and a little in everyday talk. */
  const telling = (stem: string, many: number): number =>
    Math.log((1 + said.length) / (1 + many)) * tellsOfTalk(stem) ** talkCounts;
  // Weighed when somebody asks: a start need not read how people talk.
  let weighed: { known: ReadonlyMap<string, number>; wholes: Float64Array } | undefined;
  const weigh = (): NonNullable<typeof weighed> => {
    if (weighed) return weighed;
    const known = new Map([...having].map(([stem, places]) => [stem, telling(stem, places.length)]));
    const sumOf = (own: Iterable<string>): number =>
      [...own].reduce((all, stem) => all + (known.get(stem) ?? 0), 0);
    weighed = { known, wholes: Float64Array.from(stems, sumOf) };
    stems = [];
    return weighed;
  };
  const leastWords = Uint8Array.from(stems, ({ size }) => Math.max(1, Math.min(2, size)));
  const weights = new Tally(said.length);
  const counts = new Tally(said.length);
  return {
    match(words) {
      const { known, wholes } = weigh();
      const asked = new Set(words.map(stemOf));
      let whole = 0;
      for (const stem of asked) {
        const weight = known.get(stem) ?? telling(stem, 0);
        whole += weight;
        for (const index of having.get(stem) ?? []) {
          weights.add(index, weight);
          counts.add(index, 1);
        }
      }
      const matches = counts.places
        .filter(
          (index) =>
            counts.of(index) >= (leastWords[index] ?? 0) &&
            weights.of(index) >= leastShare * (wholes[index] ?? 0),
        )
        .sort((a, b) => a - b)
        .flatMap((index) => {
          const weight = weights.of(index);
          const target = said[index]?.target;
          return target === undefined
            ? []
            : { target, fit: (weight / (wholes[index] ?? 0)) * (0.4 + (0.6 * weight) / whole) };
        });
      weights.empty();
      counts.empty();
      return matches;
    },
  };
}

import type { Vocabulary } from '../../src/content/vocabulary.ts';
import { type Catalogue, type Resource, toCatalogue } from '../../src/features/resources/content.ts';
import { chance } from '../chance.ts';

/** Of ten words of a text so many become others, as one entry differs from the next. */
const changed = 4;
/** Of a hundred changed words so many are new ones: a catalogue that grows gets new words, fewer and fewer. */
const coined = 10;

/**
 * The catalogue multiplied: each copy has other words in the same places, by the same chance at each run, and some other
 * topics. For times only; it says nothing that somebody could judge.
 */
export function grown({ shown }: Catalogue, vocabulary: Vocabulary, count: number): Catalogue {
  const { one, below } = chance(11);
  const words = [
    ...new Set(shown.flatMap(({ title, summary }) => `${title} ${summary}`.match(longWord) ?? [])),
  ];
  const topics = vocabulary.topics.map(({ id }) => id);
  const another = (): string =>
    below(100) < coined ? one(words).slice(0, 3) + one(words).slice(-4) : one(words);
  const varied = (text: string, limit: number): string =>
    text.replace(longWord, (word) => (below(10) < changed ? another() : word)).slice(0, limit);
  const copy = (resource: Resource, number: number): Resource => ({
    ...resource,
    id: `${resource.id}-${number}`,
    title: varied(resource.title, 150),
    summary: varied(resource.summary, 300),
    topics: [...new Set(resource.topics.map((topic) => (below(10) < changed ? one(topics) : topic)))],
  });
  return toCatalogue([
    ...shown,
    ...Array.from({ length: count - shown.length }, (_, index) => copy(one(shown), index)),
  ]);
}

const longWord = /\p{L}{4,}/gu;

import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { isSmallWord, tellingWords, wordsOf } from '../../../content/words.ts';
import { Remembered } from '../../../lib/remembered.ts';
import type { Catalogue } from '../content.ts';
import type { Lexicon } from './lexicon.ts';
import type { KnownWords } from './spelling.ts';

/** Where words stand in the catalogue, whatever their endings. */
export type TextIndex = {
  /** How much it tells of an entry that it has this word: 1 for a word that none has, next to nothing for one that all have. */
  weight(word: string): number;
  /**
   * How well each entry fits any of the phrases, by its place in `catalogue.shown`: 1 is all of one in its title, most
   * have 0. `isPrefix`: the last word may go on.
   */
  match(phrases: readonly (readonly string[])[], isPrefix: boolean): Float64Array;
  has(word: string, isPrefix: boolean): boolean;
  words: KnownWords;
};

/** What a word counts by where it stands; in a long title a little less. */
const fields = { title: 1, topics: 0.6, publisher: 0.6, summary: 0.55, asked: 0.5 } as const;
/** A word in which people speak of one of its topics. */
export const ofTopic = 0.1;

type Marks = Map<number, number>;

export function createTextIndex(catalogue: Catalogue, lexicon: Lexicon, vocabulary: Vocabulary): TextIndex {
  const size = catalogue.shown.length;
  const byStem = new Map<string, Marks>();
  const put = (stem: string, place: number, mark: number): void => {
    const marks: Marks = byStem.get(stem) ?? new Map();
    byStem.set(stem, marks.set(place, Math.max(marks.get(place) ?? 0, mark)));
  };
  const stemsOfTopics = new Map(vocabulary.topics.map((topic) => [topic.id, stemsOf(topic)]));
  const words = new Map<string, number>();
  catalogue.shown.forEach(({ title, topics, summary, publisher, asked_as }, place) => {
    const texts: Record<keyof typeof fields, string> = {
      title,
      topics: topics.map(lexicon.labelOfTopic).join(' '),
      publisher,
      summary,
      asked: asked_as.map(({ say }) => say).join(' '),
    };
    const seen = new Set<string>();
    for (const [field, mark] of Object.entries(fields) as [keyof typeof fields, number][]) {
      const inField = wordsOf(texts[field]);
      const length = field === 'title' ? inField.filter((word) => !isSmallWord(word)).length : 0;
      for (const word of inField) {
        seen.add(word);
        put(stemOf(word), place, mark * (length > 3 ? 0.7 + 0.3 / Math.sqrt(length / 3) : 1));
      }
    }
    for (const topic of topics) for (const stem of stemsOfTopics.get(topic) ?? []) put(stem, place, ofTopic);
    for (const word of seen) words.set(word, (words.get(word) ?? 0) + 1);
  });
  for (const word of lexicon.words) if (!words.has(word)) words.set(word, 0);
  const all = [...words.keys()].filter((word) => (words.get(word) ?? 0) > 0);

  const none: Marks = new Map();
  const begun = new Remembered<Marks>(500);
  /** Of every word that begins so. */
  const beginning = (word: string): Marks =>
    begun.get(word, () => {
      const marks: Marks = new Map();
      for (const stem of new Set(all.filter((one) => one.startsWith(word)).map(stemOf)))
        for (const [place, mark] of byStem.get(stem) ?? none)
          marks.set(place, Math.max(marks.get(place) ?? 0, mark));
      return marks;
    });
  const marksOf = (word: string, isPrefix: boolean): Marks => {
    const exact = byStem.get(stemOf(word));
    return exact ?? (isPrefix && word.length >= 3 ? beginning(word) : none);
  };
  return {
    weight(word) {
      const having = byStem.get(stemOf(word))?.size ?? 0;
      return Math.max(0.1, 1 - Math.log(1 + having) / Math.log(1 + size));
    },
    match(phrases, isPrefix) {
      const best = new Float64Array(size);
      for (const phrase of phrases) {
        const stems = phrase.filter((word) => phrase.length === 1 || !isSmallWord(word));
        const [first, ...others] = stems.map((word, nth) =>
          marksOf(word, isPrefix && nth === stems.length - 1),
        );
        if (!first) continue;
        for (const [place, mark] of first) {
          let least = mark;
          for (const other of others) least = Math.min(least, other.get(place) ?? 0);
          if (least > (best[place] ?? 0)) best[place] = least;
        }
      }
      return best;
    },
    has: (word, isPrefix) => marksOf(word, isPrefix).size > 0,
    words,
  };
}

/** The words in which a topic is spoken of. */
const stemsOf = ({ description, synonyms, asked_as }: Vocabulary['topics'][number]): Set<string> =>
  new Set([description, ...synonyms, ...asked_as.map(({ say }) => say)].flatMap(tellingWords).map(stemOf));

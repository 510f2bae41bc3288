import { endingOff, familyOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { isSmallWord, tellingWords, wordsOf } from '../../../content/words.ts';
import { Remembered } from '../../../lib/remembered.ts';
import { type Catalogue, saidOf } from '../content.ts';
import { initialsOf } from './initials.ts';
import type { Lexicon } from './lexicon.ts';
import { both, each, type Marks, none, Tally, toMarks } from './marks.ts';
import type { Names } from './names.ts';
import type { KnownWords } from './spelling.ts';

/** Where words stand in the catalogue, whatever their endings. */
export type TextIndex = {
  /** How much it tells of an entry that it has this word: 1 for a word that none has, next to nothing for one that all have. */
  weight(word: string): number;
  /** How well entries fit any of the phrases: 1 is all of one in the title. `isPrefix`: the last word may go on. */
  match(phrases: readonly (readonly string[])[], isPrefix: boolean): Marks;
  has(word: string, isPrefix: boolean): boolean;
  words: KnownWords;
};

/** What a word counts by where it stands; in a long title a little less. */
const fields = { title: 1, before: 0.7, topics: 0.6, publisher: 0.6, summary: 0.55, asked: 0.5 } as const;
/** What another word of the same family counts by: "mothers" where "mum" was asked for. */
const otherForm = 0.85;
/** So many letters may begin a word. */
const shortestBeginning = 3;
/** A word in which people speak of one of its topics. */
export const ofTopic = 0.1;

/** Where each stem stands, and in how many entries each word. What was needed to find that out is let go of. */
function readEntries(
  catalogue: Catalogue,
  lexicon: Lexicon,
  { vocabulary, names }: { vocabulary: Vocabulary; names: Names },
): { byStem: Map<string, Marks>; words: Map<string, number> } {
  const read = new Map<string, Map<number, number>>();
  const put = (stem: string, place: number, mark: number): void => {
    const marks = read.get(stem) ?? new Map<number, number>();
    read.set(stem, marks.set(place, Math.max(marks.get(place) ?? 0, mark)));
  };
  const stemsOfTopics = new Map(vocabulary.topics.map((topic) => [topic.id, stemsOf(topic)]));
  const words = new Map<string, number>();
  catalogue.shown.forEach((resource, place) => {
    const { id, title, topics, publisher } = resource;
    const before = catalogue.predecessors.get(id) ?? [];
    const said = [resource, ...before].flatMap(({ asked_as }) => asked_as.map(({ say }) => say));
    const texts: Record<keyof typeof fields, string> = {
      title,
      before: before.map((old) => old.title).join(' '),
      topics: topics.map(lexicon.labelOfTopic).join(' '),
      publisher: [publisher, initialsOf(publisher)].join(' '),
      summary: saidOf(resource),
      asked: said.join(' '),
    };
    const seen = new Set<string>();
    for (const [field, mark] of Object.entries(fields) as [keyof typeof fields, number][]) {
      const inField = wordsOf(texts[field]);
      const length = field === 'title' ? inField.filter((word) => !isSmallWord(word)).length : 0;
      for (const word of new Set([...inField, ...names.join(inField)])) {
        seen.add(word);
        put(endingOff(word), place, mark * (length > 3 ? 0.7 + 0.3 / Math.sqrt(length / 3) : 1));
      }
    }
    for (const topic of topics) for (const stem of stemsOfTopics.get(topic) ?? []) put(stem, place, ofTopic);
    for (const word of seen) words.set(word, (words.get(word) ?? 0) + 1);
  });
  const ofTopics = vocabulary.topics.flatMap((topic) => textsOf(topic).flatMap(wordsOf));
  for (const word of [...lexicon.words, ...ofTopics]) if (!words.has(word)) words.set(word, 0);
  return { byStem: new Map([...read].map(([stem, marks]) => [stem, toMarks(marks)])), words };
}

export function createTextIndex(
  catalogue: Catalogue,
  lexicon: Lexicon,
  vocabulary: Vocabulary,
  names: Names,
): TextIndex {
  const size = catalogue.shown.length;
  const { byStem, words } = readEntries(catalogue, lexicon, { vocabulary, names });
  const tally = new Tally(size);
  /** What has one of them, the best mark of each. */
  const anyOf = (all: readonly Marks[]): Marks => {
    const [only, another] = all;
    if (!another) return only ?? none;
    for (const marks of all) each(marks, (place, mark) => tally.raise(place, mark));
    return tally.take();
  };
  const inFamily = [...byStem.keys()].filter((stem) => familyOf(stem) !== undefined);
  const ofFamily = new Map(
    [...Map.groupBy(inFamily, familyOf)].map(([family, stems]) => {
      const { places, marks } = anyOf(stems.map((stem) => byStem.get(stem) ?? none));
      return [family, { places, marks: marks.map((mark) => otherForm * mark) }];
    }),
  );
  const forms = new Map<string, Marks>();
  /** What has this word itself, or after it another of its family. */
  const ofWord = (word: string): Marks => {
    const stem = endingOff(word);
    const own = byStem.get(stem);
    const kin = ofFamily.get(familyOf(stem));
    if (!own || !kin) return own ?? kin ?? none;
    const known = forms.get(stem);
    if (known) return known;
    const marks = anyOf([own, kin]);
    forms.set(stem, marks);
    return marks;
  };
  const inEntries = [...words.keys()].filter((word) => (words.get(word) ?? 0) > 0);
  const byBeginning = Map.groupBy(inEntries, (word) => word.slice(0, shortestBeginning));
  const begun = new Remembered<Marks>(500);
  /** Of every word that begins so. */
  const beginning = (word: string): Marks =>
    begun.get(word, () => {
      const begunSo = byBeginning.get(word.slice(0, shortestBeginning)) ?? [];
      const stems = new Set(begunSo.filter((one) => one.startsWith(word)).map(endingOff));
      return anyOf([...stems].map((stem) => byStem.get(stem) ?? none));
    });
  const marksOf = (word: string, isPrefix: boolean): Marks => {
    const exact = ofWord(word);
    return exact.places.length === 0 && isPrefix && word.length >= shortestBeginning
      ? beginning(word)
      : exact;
  };
  return {
    weight(word) {
      const having = (byStem.get(endingOff(word)) ?? ofWord(word)).places.length;
      return Math.max(0.1, 1 - Math.log(1 + having) / Math.log(1 + size));
    },
    match: (phrases, isPrefix) =>
      anyOf(
        phrases.flatMap((phrase) => {
          const stems = phrase.filter((word) => phrase.length === 1 || !isSmallWord(word));
          const [first, ...others] = stems.map((word, nth) =>
            marksOf(word, isPrefix && nth === stems.length - 1),
          );
          return first ? others.reduce(both, first) : [];
        }),
      ),
    has: (word, isPrefix) => marksOf(word, isPrefix).places.length > 0,
    words,
  };
}

/** All in which a topic is spoken of. */
const textsOf = ({ description, synonyms, words, asked_as }: Vocabulary['topics'][number]): string[] => [
  description,
  words,
  ...synonyms,
  ...asked_as.map(({ say }) => say),
];

const stemsOf = (topic: Vocabulary['topics'][number]): Set<string> =>
  new Set(textsOf(topic).flatMap(tellingWords).map(endingOff));

import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { isLinking, isWeak } from '../../../content/words.ts';
import type { Catalogue } from '../content.ts';
import { tells } from './everyday.ts';
import type { TellingStems } from './telling-stems.ts';

export type Like = {
  /** By its place in `catalogue.shown`, how like the question is to all that is said of an entry and of its topics. */
  marks: Float64Array;
  /** How like it is to the topic it is most like, up to 1. */
  toTopic: number;
};

/**
 * For questions that say no phrase of ours: every word counts, the more the rarer it is here and in everyday talk, and the
 * more often it stands there. Okapi BM25 over the fields of an entry together (Robertson and others, 2004), as a share of
 * what could be had, so that words nobody knows count against it.
 */
export type Likeness = {
  of(words: readonly string[]): Like;
  /** Which entries have one of the telling words: 2 in their own text, 1 where only what is said of their topics has it. */
  having(words: readonly string[]): Uint8Array;
};

/** A text, and how often it counts. */
type Field = readonly [text: string, weight: number];

/** What is like the entry itself counts half of what is like its topic, which more was written about. */
const ofEntry = 0.5;
/** Rare words count more, but less than twice as rare is not twice as much. */
const talkCounts = 0.3;
const rarityCounts = 0.75;
/** What everybody says all day, or holds words together, is not what somebody asks for. */
const isTelling = (word: string): boolean => !isWeak(word) && !isLinking(word) && tells(stemOf(word)) >= 0.3;
/** A topic's own phrases count twice as much as the title or summary of an entry that is mainly about it. */
const ofPhrase = 1;
/** An entry speaks for the first two of its topics as for itself. */
const mainly = 0.9;

/** @param topics how much each entry is about a topic, up to 1. */
export function createLikeness(
  { shown, predecessors }: Catalogue,
  vocabulary: Vocabulary,
  topics: ReadonlyMap<string, Float64Array>,
  stemsIn: TellingStems,
): Likeness {
  const labels = new Map(vocabulary.topics.map(({ id, label }) => [id, label]));
  const toEntries = compare(
    shown.map((resource): Field[] => {
      const { id, title, summary, publisher, topics: own } = resource;
      const before = predecessors.get(id) ?? [];
      return [
        [title, 2.5],
        [summary, 1],
        [publisher, 0.5],
        ...before.map((old): Field => [old.title, 1]),
        ...[resource, ...before].flatMap(({ asked_as }) => asked_as.map(({ say }): Field => [say, 1.5])),
        ...own.map((topic): Field => [labels.get(topic) ?? '', 1]),
      ];
    }),
    { damping: 2, byLength: 0.4, stemsIn },
  );
  const toTopics = compare(
    vocabulary.topics.map(({ id, label, description, synonyms, asked_as }): Field[] => [
      ...[label, description, ...synonyms, ...asked_as.map(({ say }) => say)].map(
        (text): Field => [text, ofPhrase],
      ),
      ...shown.flatMap(({ topics: own, title, summary, asked_as: said }) => {
        const nth = own.indexOf(id);
        if (nth < 0) return [];
        return [title, summary, ...said.map(({ say }) => say)].map((text): Field => [text, 0.5 / (1 + nth)]);
      }),
    ]),
    { damping: 3, byLength: 0.6, stemsIn },
  );
  const saying = placesByStem(shown, stemsIn);
  const entriesOf = vocabulary.topics.map(({ id }) =>
    [...(topics.get(id) ?? [])].flatMap((about, place) => (about > 0 ? [{ place, about }] : [])),
  );
  const of = (words: readonly string[]): Like => {
    const asked = new Map(words.map(stemOf).map((stem) => [stem, tells(stem) ** talkCounts]));
    const near = toTopics.marks(asked);
    let most = 0;
    for (const one of near) most = Math.max(most, one);
    const best = new Float64Array(shown.length);
    // Of one word alone, what people say in it of a topic tells more than how often they do: see topicsNear.
    const isOne = new Set(words.filter(isTelling).map(stemOf)).size === 1;
    near.forEach((fit, topic) => {
      if (fit === 0 || isOne) return;
      // What is half as near is far.
      const counts = fit * (fit / most) ** 2;
      for (const { place, about } of entriesOf[topic] ?? [])
        best[place] = withAnother(best[place] ?? 0, about * counts);
    });
    const marks = toEntries.marks(asked);
    best.forEach((one, place) => {
      marks[place] = ofEntry * (marks[place] ?? 0) + one;
    });
    return { marks, toTopic: most };
  };
  const having = (words: readonly string[]): Uint8Array => {
    const has = new Uint8Array(shown.length);
    for (const word of words) {
      if (!isTelling(word)) continue;
      const stem = stemOf(word);
      for (const { place: topic, weight } of toTopics.having(stem)) {
        if (weight < ofPhrase) continue;
        for (const { place, about } of entriesOf[topic] ?? [])
          if (about >= mainly && has[place] === 0) has[place] = 1;
      }
      for (const place of saying.get(stem) ?? []) has[place] = 2;
    }
    return has;
  };
  return { of, having };
}

/** Where each stem stands in what an entry says itself, without its topics' names and its publisher's. */
function placesByStem(shown: Catalogue['shown'], stemsIn: TellingStems): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { title, summary, asked_as }] of shown.entries())
    for (const stem of new Set([title, summary, ...asked_as.map(({ say }) => say)].flatMap(stemsIn))) {
      const list = places.get(stem) ?? [];
      list.push(place);
      places.set(stem, list);
    }
  return places;
}

/** What is about two of the topics goes before what is about one as much. */
const withAnother = (one: number, other: number): number => Math.max(one, other) + 0.3 * Math.min(one, other);

/** What a word counts that stands nowhere here, compared with one that stands in one place. */
const unknown = 0.5;

/** @returns by document, the share of what was asked that it has: stems with how much each tells. */
function compare(
  documents: readonly (readonly Field[])[],
  { damping, byLength, stemsIn }: { damping: number; byLength: number; stemsIn: TellingStems },
): { marks(asked: ReadonlyMap<string, number>): Float64Array; having(stem: string): readonly Had[] } {
  const counted = documents.map((fields) => counts(fields, stemsIn));
  const lengths = counted.map((one) => [...one.values()].reduce((all, weight) => all + weight, 0));
  const usual = lengths.reduce((all, length) => all + length, 0) / documents.length;
  const having = new Map<string, Had[]>();
  counted.forEach((document, place) => {
    const damped = damping * (1 - byLength + byLength * ((lengths[place] ?? 0) / usual));
    for (const [stem, weight] of document) {
      const list = having.get(stem) ?? [];
      list.push({ place, mark: weight / (weight + damped), weight });
      having.set(stem, list);
    }
  });
  const rarity = (many: number): number => Math.log(1 + (documents.length - many + 0.5) / (many + 0.5));
  return {
    having: (stem) => having.get(stem) ?? [],
    marks(asked) {
      const marks = new Float64Array(documents.length);
      let whole = 0;
      for (const [stem, telling] of asked) {
        const list = having.get(stem);
        const weight = telling * rarity(list?.length ?? 0) ** rarityCounts;
        whole += list ? weight : unknown * weight;
        for (const { place, mark } of list ?? []) marks[place] = (marks[place] ?? 0) + weight * mark;
      }
      for (let place = 0; whole > 0 && place < marks.length; place += 1)
        marks[place] = (marks[place] ?? 0) / whole;
      return marks;
    },
  };
}

type Had = { place: number; mark: number; weight: number };

/** How often each stem stands there, by the weight of its field. */
function counts(fields: readonly Field[], stemsIn: TellingStems): Map<string, number> {
  const found = new Map<string, number>();
  for (const [text, weight] of fields)
    for (const stem of stemsIn(text)) found.set(stem, (found.get(stem) ?? 0) + weight);
  return found;
}

import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
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
export type Likeness = (words: readonly string[]) => Like;

/** A text, and how often it counts. */
type Field = readonly [text: string, weight: number];

/** What is like the topic counts so much, beside what is like the entry itself. */
const ofTopic = 0.6;

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
      ...[label, description, ...synonyms, ...asked_as.map(({ say }) => say)].map((text): Field => [text, 1]),
      ...shown.flatMap(({ topics: own, title, summary, asked_as: said }) => {
        const nth = own.indexOf(id);
        if (nth < 0) return [];
        return [title, summary, ...said.map(({ say }) => say)].map((text): Field => [text, 0.5 / (1 + nth)]);
      }),
    ]),
    { damping: 3, byLength: 0.6, stemsIn },
  );
  const entriesOf = vocabulary.topics.map(({ id }) =>
    [...(topics.get(id) ?? [])].flatMap((about, place) => (about > 0 ? [{ place, about }] : [])),
  );
  return (words) => {
    const asked = new Map(words.map(stemOf).map((stem) => [stem, tells(stem)]));
    const near = toTopics(asked);
    let most = 0;
    for (const one of near) most = Math.max(most, one);
    const best = new Float64Array(shown.length);
    near.forEach((fit, topic) => {
      if (fit === 0) return;
      // What is half as near is far.
      const counts = (fit * fit) / most;
      for (const { place, about } of entriesOf[topic] ?? [])
        best[place] = Math.max(best[place] ?? 0, about * counts);
    });
    const marks = toEntries(asked);
    best.forEach((one, place) => {
      marks[place] = (marks[place] ?? 0) + ofTopic * one;
    });
    return { marks, toTopic: most };
  };
}

/** What a word counts that stands nowhere here, compared with one that stands in one place. */
const unknown = 0.5;

/** @returns by document, the share of what was asked that it has: stems with how much each tells. */
function compare(
  documents: readonly (readonly Field[])[],
  { damping, byLength, stemsIn }: { damping: number; byLength: number; stemsIn: TellingStems },
): (asked: ReadonlyMap<string, number>) => Float64Array {
  const counted = documents.map((fields) => counts(fields, stemsIn));
  const lengths = counted.map((one) => [...one.values()].reduce((all, weight) => all + weight, 0));
  const usual = lengths.reduce((all, length) => all + length, 0) / documents.length;
  const having = new Map<string, { place: number; mark: number }[]>();
  counted.forEach((document, place) => {
    const damped = damping * (1 - byLength + byLength * ((lengths[place] ?? 0) / usual));
    for (const [stem, weight] of document) {
      const list = having.get(stem) ?? [];
      list.push({ place, mark: weight / (weight + damped) });
      having.set(stem, list);
    }
  });
  const rarity = (many: number): number => Math.log(1 + (documents.length - many + 0.5) / (many + 0.5));
  return (asked) => {
    const marks = new Float64Array(documents.length);
    let whole = 0;
    for (const [stem, telling] of asked) {
      const list = having.get(stem);
      const weight = telling * rarity(list?.length ?? 0);
      whole += list ? weight : unknown * weight;
      for (const { place, mark } of list ?? []) marks[place] = (marks[place] ?? 0) + weight * mark;
    }
    for (let place = 0; whole > 0 && place < marks.length; place += 1)
      marks[place] = (marks[place] ?? 0) / whole;
    return marks;
  };
}

/** How often each stem stands there, by the weight of its field. */
function counts(fields: readonly Field[], stemsIn: TellingStems): Map<string, number> {
  const found = new Map<string, number>();
  for (const [text, weight] of fields)
    for (const stem of stemsIn(text)) found.set(stem, (found.get(stem) ?? 0) + weight);
  return found;
}

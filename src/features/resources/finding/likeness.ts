import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { isLinking, isWeak } from '../../../content/words.ts';
import { type Catalogue, saidOf } from '../content.ts';
import { tells } from './everyday.ts';
import { createLatent, type Latent } from './latent.ts';
import { Tally } from './marks.ts';
import type { TellingStems } from './telling-stems.ts';
import type { Topics } from './topics.ts';

/** How like a question is to all that is said of the entry at this place and of its topics. */
export type Like = (place: number) => number;

/**
 * For questions that say no phrase of ours: every word counts, the more the rarer it is here and in everyday talk, and the
 * more often it stands there. Okapi BM25 over the fields of an entry together (Robertson and others, 2004), as a share of
 * what could be had, so that words nobody knows count against it. What says the same in other words counts as well.
 */
export type Likeness = {
  /** @param reads `as-said`: by the words alone; else by what says the same in other words as well. */
  of(words: readonly string[], reads?: 'as-said'): Like;
  /** Which entries have one of the telling words: 2 in their own text, 1 where only what is said of their topics has it. */
  having(words: readonly string[]): Pick<Tally, 'of' | 'places'>;
};

/** A text, and how often it counts. */
type Field = readonly [text: string, weight: number];

/** Rare words count more, but less than twice as rare is not twice as much. */
const talkCounts = 0.3;
const rarityCounts = 0.75;
/** What everybody says all day, or holds words together, is not what somebody asks for. */
const isTelling = (word: string): boolean => !isWeak(word) && !isLinking(word) && tells(stemOf(word)) >= 0.3;
/** A topic's own phrases count as much as what is said by and of an entry that is mainly about it. */
const ofPhrase = 1;
/** A word that was written down for a topic says more than one that stands in a phrase about it. */
const ofWords = 2;
/** An entry speaks for the first two of its topics as for itself. */
const mainly = 0.9;
/** In so many directions texts differ: with 48 or 128 it finds as well. */
const directions = 64;
/** What is near in other words counts for more than half of what has the words themselves. */
const inOtherWords = 0.6;

/** What it answers about a question is good until the next one. */
export function createLikeness(
  { shown, predecessors }: Catalogue,
  vocabulary: Vocabulary,
  topics: Topics,
  stemsIn: TellingStems,
): Likeness {
  const labels = new Map(vocabulary.topics.map(({ id, label }) => [id, label]));
  const toEntries = compare(
    shown.map((resource): Field[] => {
      const { id, title, publisher, topics: own } = resource;
      const before = predecessors.get(id) ?? [];
      return [
        [title, 2.5],
        [saidOf(resource), 1],
        [publisher, 0.5],
        ...before.map((old): Field => [old.title, 1]),
        ...[resource, ...before].flatMap(({ asked_as }) => asked_as.map(({ say }): Field => [say, 2.5])),
        ...own.map((topic): Field => [labels.get(topic) ?? '', 1]),
      ];
    }),
    { damping: 2, byLength: 0.4, stemsIn },
  );
  const toTopics = compare(
    vocabulary.topics.map(({ id, label, description, synonyms, words, asked_as }): Field[] => [
      [words, ofWords],
      ...[label, description, ...synonyms, ...asked_as.map(({ say }) => say)].map(
        (text): Field => [text, ofPhrase],
      ),
      ...shown.flatMap((resource) => {
        const { topics: own, title, asked_as: said } = resource;
        const nth = own.indexOf(id);
        if (nth < 0) return [];
        return [title, saidOf(resource), ...said.map(({ say }) => say)].map(
          (text): Field => [text, ofPhrase / (1 + nth)],
        );
      }),
    ]),
    { damping: 3, byLength: 0.6, stemsIn },
  );
  // Made when somebody asks: most starts need not wait for it.
  let latent: Latent | undefined;
  const nearInOtherWords = (stems: Iterable<string>): Like => {
    latent ??= createLatent(
      [
        ...shown.map((resource): Field[] => [
          [resource.title, 2],
          ...[saidOf(resource), ...resource.asked_as.map(({ say }) => say)].map((text): Field => [text, 1]),
        ]),
        // Behind the entries: nothing is asked of them, but they say which words belong together.
        ...vocabulary.topics.map(({ label, description, synonyms, words, asked_as }) =>
          [label, description, words, ...synonyms, ...asked_as.map(({ say }) => say)].map(
            (text): Field => [text, 1],
          ),
        ),
      ].map((fields) => counts(fields, stemsIn)),
      { directions, tells: (stem) => tells(stem) ** talkCounts },
    );
    return latent.of(stems);
  };
  const saying = placesByStem(shown, stemsIn);
  const mainlyAbout = topics.entries.map(({ places, marks }) =>
    places.filter((_, at) => (marks[at] ?? 0) >= mainly),
  );
  const of = (words: readonly string[], reads?: 'as-said'): Like => {
    const asked = new Map(words.map(stemOf).map((stem) => [stem, tells(stem) ** talkCounts]));
    // Of one word alone, what people say in it of a topic tells more than how often they do: see topicsNear.
    const isOne = new Set(words.filter(isTelling).map(stemOf)).size === 1;
    const toTopic = toTopics.marks(asked);
    const near = vocabulary.topics.map((_, topic) => toTopic(topic));
    const most = Math.max(0, ...near);
    // What is half as near is far.
    const counted = near.map((fit) => {
      const share = fit / most;
      return fit === 0 || isOne ? 0 : fit * share * share * share;
    });
    const toEntry = toEntries.marks(asked);
    // One word alone is meant as it was said.
    const nearly = asked.size > 1 && reads !== 'as-said' ? nearInOtherWords(asked.keys()) : () => 0;
    return (place) => {
      const end = topics.starts[place + 1] ?? 0;
      let best = 0;
      for (let at = topics.starts[place] ?? 0; at < end; at += 1) {
        const counts = counted[topics.topic[at] ?? 0] ?? 0;
        if (counts > 0) best = withAnother(best, (topics.about[at] ?? 0) * counts);
      }
      return toEntry(place) + best + inOtherWords * nearly(place);
    };
  };
  const has = new Tally(shown.length);
  const having = (words: readonly string[]): Tally => {
    has.empty();
    for (const word of words) {
      if (!isTelling(word)) continue;
      const stem = stemOf(word);
      const { places, weights } = toTopics.having(stem);
      places.forEach((topic, nth) => {
        if ((weights[nth] ?? 0) < ofPhrase) return;
        for (const place of mainlyAbout[topic] ?? []) has.raise(place, 1);
      });
      for (const place of saying.get(stem) ?? []) has.raise(place, 2);
    }
    return has;
  };
  return { of, having };
}

/** Where each stem stands in what an entry says itself, without its topics' names and its publisher's. */
function placesByStem(shown: Catalogue['shown'], stemsIn: TellingStems): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, resource] of shown.entries())
    for (const stem of new Set(
      [resource.title, saidOf(resource), ...resource.asked_as.map(({ say }) => say)].flatMap(stemsIn),
    )) {
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

type Compared = {
  /** @returns by document, the share of what was asked that it has: stems with how much each tells. */
  marks(asked: ReadonlyMap<string, number>): (place: number) => number;
  having(stem: string): Had;
};

/** Documents that have a stem, how much they fit it, and how often it stands there, by the weight of its fields. */
type Had = { places: number[]; marks: number[]; weights: number[] };

function compare(
  documents: readonly (readonly Field[])[],
  { damping, byLength, stemsIn }: { damping: number; byLength: number; stemsIn: TellingStems },
): Compared {
  const counted = documents.map((fields) => counts(fields, stemsIn));
  const lengths = counted.map((one) => [...one.values()].reduce((all, weight) => all + weight, 0));
  const usual = lengths.reduce((all, length) => all + length, 0) / documents.length;
  const having = new Map<string, Had>();
  counted.forEach((document, place) => {
    const damped = damping * (1 - byLength + byLength * ((lengths[place] ?? 0) / usual));
    for (const [stem, weight] of document) {
      const had = having.get(stem) ?? { places: [], marks: [], weights: [] };
      having.set(stem, had);
      had.places.push(place);
      had.marks.push(weight / (weight + damped));
      had.weights.push(weight);
    }
  });
  const nowhere: Had = { places: [], marks: [], weights: [] };
  const rarity = (many: number): number => Math.log(1 + (documents.length - many + 0.5) / (many + 0.5));
  const tally = new Tally(documents.length);
  return {
    having: (stem) => having.get(stem) ?? nowhere,
    marks(asked) {
      tally.empty();
      let whole = 0;
      for (const [stem, telling] of asked) {
        const { places, marks } = having.get(stem) ?? nowhere;
        const weight = telling * rarity(places.length) ** rarityCounts;
        whole += places.length > 0 ? weight : unknown * weight;
        for (let at = 0; at < places.length; at += 1) tally.add(places[at] ?? 0, weight * (marks[at] ?? 0));
      }
      return (place) => (whole > 0 ? tally.of(place) / whole : 0);
    },
  };
}

/** How often each stem stands there, by the weight of its field. */
function counts(fields: readonly Field[], stemsIn: TellingStems): Map<string, number> {
  const found = new Map<string, number>();
  for (const [text, weight] of fields)
    for (const stem of stemsIn(text)) found.set(stem, (found.get(stem) ?? 0) + weight);
  return found;
}

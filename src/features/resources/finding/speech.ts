import type { AskedAs } from '../../../content/asked-as.ts';
import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { isWeak, tellingWords } from '../../../content/words.ts';
import type { Catalogue } from '../content.ts';
import { createPhrases } from './phrases.ts';
import type { TellingStems } from './telling-stems.ts';

/** What a phrase says of who it is about, who would read the answer, and what for. */
export type Hints = Omit<AskedAs, 'say'>;

export type Spoken = {
  /** How well each entry fits what was said, by its place in `catalogue.shown`, as people speak of it and of its topics. */
  marks: Float64Array;
  /** Those of the one phrase that fits best. */
  hints: Hints | undefined;
};

export type Speech = (words: readonly string[]) => Spoken;

/** What is said of one entry tells less than what is said of a topic, which more people wrote. */
const ofEntry = 0.6;

/** @param topics how much each entry is about a topic, up to 1. */
export function createSpeech(
  catalogue: Catalogue,
  vocabulary: Vocabulary,
  topics: ReadonlyMap<string, Float64Array>,
  stemsIn: TellingStems,
): Speech {
  const ofTopics = createPhrases(
    vocabulary.topics.flatMap(({ id, asked_as }) =>
      asked_as.map(({ say, ...hints }) => ({ say, target: { topic: id, hints } })),
    ),
    stemsIn,
  );
  const ofEntries = createPhrases(
    catalogue.shown.flatMap((resource, place) =>
      [resource, ...(catalogue.predecessors.get(resource.id) ?? [])].flatMap(({ asked_as }) =>
        asked_as.map(({ say, ...hints }) => ({ say, target: { place, hints } })),
      ),
    ),
    stemsIn,
  );
  const entriesOf = new Map(
    [...topics].map(([topic, marks]) => [topic, [...marks.entries()].filter(([, about]) => about > 0)]),
  );
  const near = topicsNear(vocabulary);
  return (words) => {
    const fits = near(words);
    let best: { fit: number; hints: Hints } | undefined;
    const isBest = (fit: number, hints: Hints): void => {
      if (fit > (best?.fit ?? 0)) best = { fit, hints };
    };
    for (const { target, fit } of ofTopics.match(words)) {
      fits.set(target.topic, Math.max(fits.get(target.topic) ?? 0, fit));
      isBest(fit, target.hints);
    }
    const marks = new Float64Array(catalogue.shown.length);
    for (const [topic, fit] of fits)
      for (const [place, about] of entriesOf.get(topic) ?? [])
        marks[place] = Math.max(marks[place] ?? 0, about * fit);
    for (const { target, fit } of ofEntries.match(words)) {
      marks[target.place] = (marks[target.place] ?? 0) + ofEntry * fit;
      isBest(fit, target.hints);
    }
    return { marks, hints: best?.hints };
  };
}

/**
 * Which topics a question seems to be about where it says no phrase of theirs: by topic, how much of what was said is
 * among the words in which people speak of it. A word alone leads to the topics of which it says all: "sleep" to "baby
 * won't sleep" rather than to "rough sleeping", if there are such.
 */
function topicsNear({ topics }: Vocabulary): (words: readonly string[]) => Map<string, number> {
  const spoken = new Map<string, Map<string, number>>();
  const alone = new Map<string, Map<string, number>>();
  const count = (by: typeof spoken, stem: string, topic: string): void => {
    const counts = by.get(stem) ?? new Map<string, number>();
    by.set(stem, counts.set(topic, (counts.get(topic) ?? 0) + 1));
  };
  for (const { id, label, description, synonyms, asked_as } of topics)
    for (const phrase of [label, description, ...synonyms, ...asked_as.map(({ say }) => say)]) {
      const words = tellingWords(phrase);
      for (const stem of new Set(words.map(stemOf))) count(spoken, stem, id);
      const [strong, ...others] = new Set(words.filter((word) => !isWeak(word)).map(stemOf));
      if (strong !== undefined && others.length === 0) count(alone, strong, id);
    }
  const tells = (stem: string): number =>
    1 - Math.log(1 + (spoken.get(stem)?.size ?? 0)) / Math.log(1 + topics.length);
  return (words) => {
    const near = new Map<string, number>();
    let whole = 0;
    const stems = new Set(words.map(stemOf));
    const strong = new Set(
      words
        .filter((word) => !isWeak(word))
        .map(stemOf)
        .filter((stem) => spoken.has(stem)),
    );
    for (const stem of stems) {
      const weight = tells(stem);
      whole += weight;
      // The more of its phrases have the word, the more it belongs to the topic.
      for (const [topic, many] of (strong.size === 1 && strong.has(stem) && alone.get(stem)) ||
        (spoken.get(stem) ?? []))
        near.set(topic, (near.get(topic) ?? 0) + weight * (many / (many + 1)));
    }
    for (const [topic, weight] of near) near.set(topic, weight / (whole || 1));
    return near;
  };
}

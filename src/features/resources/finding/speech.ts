import type { AskedAs } from '../../../content/asked-as.ts';
import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { isWeak, tellingWords } from '../../../content/words.ts';
import type { Catalogue } from '../content.ts';
import { each, type Marks, toMarks } from './marks.ts';
import { createPhrases } from './phrases.ts';
import type { TellingStems } from './telling-stems.ts';
import type { Topics } from './topics.ts';

/** What a phrase says of who it is about, who would read the answer, and what for. */
export type Hints = Omit<AskedAs, 'say'>;

export type Spoken = {
  /** How well the entry at this place fits what was said, as people speak of it and of its topics. */
  of(place: number): number;
  /** Those of the one phrase that fits best. */
  hints: Hints | undefined;
};

export type Speech = (words: readonly string[]) => Spoken;

export function createSpeech(
  catalogue: Catalogue,
  vocabulary: Vocabulary,
  { topic, about, starts }: Topics,
  stemsIn: TellingStems,
): Speech {
  const ofTopics = createPhrases(
    vocabulary.topics.flatMap(({ asked_as }, nth) =>
      asked_as.map(({ say, ...hints }) => ({ say, target: { topic: nth, hints } })),
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
  const near = topicsNear(vocabulary);
  return (words) => {
    const fits = near(words);
    let best: { fit: number; hints: Hints } | undefined;
    const isBest = (fit: number, hints: Hints): void => {
      if (fit > (best?.fit ?? 0)) best = { fit, hints };
    };
    for (const { target, fit } of ofTopics.match(words)) {
      fits[target.topic] = Math.max(fits[target.topic] ?? 0, fit);
      isBest(fit, target.hints);
    }
    const own = new Map<number, number[]>();
    for (const { target, fit } of ofEntries.match(words)) {
      own.set(target.place, [...(own.get(target.place) ?? []), fit]);
      isBest(fit, target.hints);
    }
    return {
      hints: best?.hints,
      of(place) {
        const end = starts[place + 1] ?? 0;
        let fitsBest = 0;
        for (let at = starts[place] ?? 0; at < end; at += 1)
          fitsBest = Math.max(fitsBest, (about[at] ?? 0) * (fits[topic[at] ?? 0] ?? 0));
        return own.get(place)?.reduce((sum, fit) => sum + fit, fitsBest) ?? fitsBest;
      },
    };
  };
}

/**
 * Which topics a question seems to be about where it says no phrase of theirs: by topic, how much of what was said is
 * among the words in which people speak of it. A word alone leads to the topics of which it says all: "sleep" to "baby
 * won't sleep" rather than to "rough sleeping", if there are such.
 */
function topicsNear({ topics }: Vocabulary): (words: readonly string[]) => Float64Array {
  const spoken = new Map<string, Map<number, number>>();
  const alone = new Map<string, Map<number, number>>();
  const count = (by: typeof spoken, stem: string, topic: number): void => {
    const counts = by.get(stem) ?? new Map<number, number>();
    by.set(stem, counts.set(topic, (counts.get(topic) ?? 0) + 1));
  };
  for (const [topic, { label, description, synonyms, words: own, asked_as }] of topics.entries()) {
    for (const stem of new Set(tellingWords(own).map(stemOf))) count(spoken, stem, topic);
    for (const phrase of [label, description, ...synonyms, ...asked_as.map(({ say }) => say)]) {
      const words = tellingWords(phrase);
      for (const stem of new Set(words.map(stemOf))) count(spoken, stem, topic);
      const [strong, ...others] = new Set(words.filter((word) => !isWeak(word)).map(stemOf));
      if (strong !== undefined && others.length === 0) count(alone, strong, topic);
    }
  }
  // The more of its phrases have the word, the more it belongs to the topic.
  const shares = (by: typeof spoken): Map<string, Marks> =>
    new Map(
      [...by].map(([stem, counts]) => {
        const { places, marks } = toMarks(counts);
        return [stem, { places, marks: marks.map((many) => many / (many + 1)) }];
      }),
    );
  const [ofSpoken, ofAlone] = [shares(spoken), shares(alone)];
  const tells = (stem: string): number =>
    1 - Math.log(1 + (ofSpoken.get(stem)?.places.length ?? 0)) / Math.log(1 + topics.length);
  return (words) => {
    const near = new Float64Array(topics.length);
    let whole = 0;
    const stems = new Set(words.map(stemOf));
    const strong = new Set(
      words
        .filter((word) => !isWeak(word))
        .map(stemOf)
        .filter((stem) => ofSpoken.has(stem)),
    );
    for (const stem of stems) {
      const weight = tells(stem);
      whole += weight;
      const share = (strong.size === 1 && strong.has(stem) && ofAlone.get(stem)) || ofSpoken.get(stem);
      if (share) each(share, (topic, mark) => (near[topic] = (near[topic] ?? 0) + weight * mark));
    }
    // What is further from it than the nearest topic is a little further still.
    const nearest = Math.max(...near);
    return near.map((weight) => (weight === 0 ? 0 : (weight / whole) * Math.sqrt(weight / nearest)));
  };
}

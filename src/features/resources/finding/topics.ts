import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Catalogue } from '../content.ts';
import { type Marks, none, toMarks } from './marks.ts';

/** How much entries are about topics, up to 1: the first ones of each are what it is mainly about. */
export type Topics = {
  of(id: string): Marks;
  /** By topic, in the vocabulary's order, the entries about it. */
  entries: readonly Marks[];
  /** The topics of all entries, one after the other, and how much the entry is about each. */
  topic: Uint16Array;
  about: Float64Array;
  /** By place, where those of the entry begin; the next one's are behind them. */
  starts: Uint32Array;
};

export function createTopics({ shown }: Catalogue, { topics }: Vocabulary): Topics {
  const nth = new Map(topics.map(({ id }, at) => [id, at]));
  const ofEntry = shown.map((resource) =>
    toMarks(
      new Map(
        resource.topics.flatMap((id, place): [number, number][] => {
          const topic = nth.get(id);
          const about = 1 - place * 0.08;
          return topic === undefined || about <= 0 ? [] : [[topic, about]];
        }),
      ),
    ),
  );
  const byTopic = new Map<number, Map<number, number>>();
  for (const [place, { places, marks }] of ofEntry.entries())
    places.forEach((topic, at) => {
      const entries = byTopic.get(topic) ?? new Map<number, number>();
      byTopic.set(topic, entries.set(place, marks[at] ?? 0));
    });
  const entries = topics.map((_, topic) => toMarks(byTopic.get(topic) ?? new Map()));
  const starts = new Uint32Array(shown.length + 1);
  for (const [place, { places }] of ofEntry.entries())
    starts[place + 1] = (starts[place] ?? 0) + places.length;
  return {
    of: (id) => entries[nth.get(id) ?? -1] ?? none,
    entries,
    topic: Uint16Array.from(ofEntry.flatMap(({ places }) => places)),
    about: Float64Array.from(ofEntry.flatMap(({ marks }) => marks)),
    starts,
  };
}

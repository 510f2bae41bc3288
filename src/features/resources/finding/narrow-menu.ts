import type { StaticSelect } from '@slack/types';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { option, plain } from '../../../slack/blocks.ts';
import { resourceTypes } from '../content.ts';
import { ids } from '../ids.ts';
import { publisherName } from './narrowing.ts';
import { packedPlace } from './place.ts';
import type { Found } from './search.ts';

/** Who knows what the filters are called types them: one menu of these is enough on a phone. */
const mostOfEach = 5;
/** Slack's own limit for the value of an option. */
const longestValue = 150;

const kinds = Object.entries(resourceTypes).map(([id, { label }]) => ({ id, label }));

type Values = readonly { id: string; label: string }[];

/** Of a hundred topics an answer is about ten: to look for those is quicker than to look through all. */
const places = new WeakMap<Values, ReadonlyMap<string, number>>();

function placesOf(values: Values): ReadonlyMap<string, number> {
  const known = places.get(values) ?? new Map(values.map(({ id }, place) => [id, place]));
  places.set(values, known);
  return known;
}

/**
 * What of the answer to keep: one kind, age group, topic or publisher of those that are in it, the most frequent first; and
 * which part of the question to leave out. In one menu, since on a phone each button takes a line from the answer.
 */
export function narrowMenu(
  { question, understood, hits }: Found,
  { age_groups, topics }: Pick<Vocabulary, 'age_groups' | 'topics'>,
): StaticSelect | undefined {
  const group = (label: string, field: string, known: Values, of: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const id of of) counts.set(id, (counts.get(id) ?? 0) + 1);
    const placeOf = placesOf(known);
    const options = [...counts]
      .flatMap(([id, count]) => {
        const place = count < hits.length ? placeOf.get(id) : undefined;
        return place === undefined ? [] : [{ id, count, place }];
      })
      .toSorted((a, b) => b.count - a.count || a.place - b.place)
      .slice(0, mostOfEach)
      .map(({ id, place }) => {
        const value = packedPlace.pack({ list: 'find', of: `${question} ${field}:${id}`, from: 0 });
        return option(known[place]?.label ?? id, value);
      })
      .filter(({ value }) => value.length <= longestValue);
    return { label: plain(label, 75), options };
  };
  const publishers = hits.map(({ publisher }) => publisherName(publisher));
  // Who says a word twice leaves out either.
  const parts = new Map(understood.map((part) => [`${part.label} ${part.without}`, part]));
  const withoutPart = [...parts.values()]
    .slice(0, mostOfEach)
    .map(({ label, kind, without }) => {
      const value = packedPlace.pack({ list: 'find', of: without, from: 0 });
      return option(kind === 'narrowing' ? `Leave out the filter ${label}` : `Leave out ${label}`, value);
    })
    .filter(({ value }) => value.length <= longestValue);
  const option_groups = [
    group(
      'Only one kind',
      'type',
      kinds,
      hits.map(({ type }) => type),
    ),
    group(
      'Only one age group',
      'age',
      age_groups,
      hits.flatMap((one) => one.age_groups),
    ),
    group(
      'Only one topic',
      'topic',
      topics,
      hits.flatMap((one) => one.topics),
    ),
    group(
      'Only one publisher',
      'from',
      [...new Set(publishers)].map((name) => ({ id: `"${name}"`, label: name })),
      publishers.map((name) => `"${name}"`),
    ),
    { label: plain('Ask for less', 75), options: understood.length > 1 ? withoutPart : [] },
  ].filter(({ options }) => options.length > 0);
  if (option_groups.length === 0) return undefined;
  return {
    type: 'static_select',
    action_id: `${ids.pick}narrow`,
    placeholder: plain('Narrow down', 150),
    option_groups,
  };
}

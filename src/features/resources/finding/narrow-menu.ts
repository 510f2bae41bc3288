import type { StaticSelect } from '@slack/types';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { option, plain } from '../../../slack/blocks.ts';
import { type Resource, resourceTypes } from '../content.ts';
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
  const before = places.get(values);
  if (before) return before;
  const made = new Map(values.map(({ id }, place) => [id, place]));
  places.set(values, made);
  return made;
}

type Group = {
  label: string;
  field: string;
  of(hit: Resource): readonly string[];
  /** In the order in which equally frequent ones stand; left out: every value there is, as the answer has them. */
  values?: Values;
};

/**
 * What of the answer to keep: one kind, age group, topic or publisher of those that are in it, the most frequent first; and
 * which part of the question to leave out. In one menu, since on a phone each button takes a line from the answer.
 */
export function narrowMenu(
  { question, understood, hits }: Found,
  { age_groups, topics }: Pick<Vocabulary, 'age_groups' | 'topics'>,
): StaticSelect | undefined {
  const group = ({ label, field, of, values }: Group) => {
    const counts = new Map<string, number>();
    for (const hit of hits) for (const id of of(hit)) counts.set(id, (counts.get(id) ?? 0) + 1);
    const placeOf = values && placesOf(values);
    const options = [...counts]
      .flatMap(([id, count]) => {
        const place = placeOf ? placeOf.get(id) : 0;
        return count === hits.length || place === undefined ? [] : { id, count, place };
      })
      .sort((a, b) => b.count - a.count || a.place - b.place)
      .slice(0, mostOfEach)
      .map(({ id, place }) => {
        const value = packedPlace.pack({
          list: 'find',
          of: `${question} ${field}:${values ? id : `"${id}"`}`,
          from: 0,
        });
        return option(values?.[place]?.label ?? id, value);
      })
      .filter(({ value }) => value.length <= longestValue);
    return { label: plain(label, 75), options };
  };
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
    group({ label: 'Only one kind', field: 'type', of: ({ type }) => [type], values: kinds }),
    group({ label: 'Only one age group', field: 'age', of: (hit) => hit.age_groups, values: age_groups }),
    group({ label: 'Only one topic', field: 'topic', of: (hit) => hit.topics, values: topics }),
    group({
      label: 'Only one publisher',
      field: 'from',
      of: ({ publisher }) => [publisherName(publisher)],
    }),
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

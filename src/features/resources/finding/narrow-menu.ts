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
export const longestValue = 150;

const groups = [
  { name: 'type', label: 'Only one kind' },
  { name: 'age', label: 'Only one age group' },
  { name: 'topic', label: 'Only one topic' },
  { name: 'from', label: 'Only one publisher' },
] as const;
type GroupName = (typeof groups)[number]['name'];

/** Something that an answer can be narrowed down to. `rank`: where it stands among equally frequent ones of its group. */
type Value = { group: GroupName; id: string; label: string; rank: number };

/**
 * What each entry has, by numbers in `values`: worked out once for all answers that it is in, and sixty entries are counted
 * by numbers in a third of the time.
 */
type Numbering = { values: Value[]; of(hit: Resource): readonly number[] };

/** By their topics, of which there are others where curators have changed them. */
const numberings = new WeakMap<object, Numbering>();

function numberingOf({ age_groups, topics }: Listed): Numbering {
  const before = numberings.get(topics);
  if (before) return before;
  const kinds = Object.entries(resourceTypes).map(([id, { label }]) => ({ id, label }));
  const values: Value[] = [];
  const numbers = new Map<string, number>();
  const add = (value: Value): number => {
    const number = values.push(value) - 1;
    numbers.set(`${value.group}:${value.id}`, number);
    return number;
  };
  for (const [group, listed] of [
    ['type', kinds],
    ['age', age_groups],
    ['topic', topics],
  ] as const)
    for (const [rank, { id, label }] of listed.entries()) add({ group, id, label, rank });
  /** Publishers are not listed: equally frequent ones stand as they come in the answer. */
  const publisher = (name: string): number =>
    numbers.get(`from:${name}`) ?? add({ group: 'from', id: name, label: name, rank: 0 });
  const known = new WeakMap<Resource, readonly number[]>();
  const made: Numbering = {
    values,
    of(hit) {
      const already = known.get(hit);
      if (already) return already;
      const keys = [
        `type:${hit.type}`,
        ...hit.age_groups.map((id) => `age:${id}`),
        ...hit.topics.map((id) => `topic:${id}`),
      ];
      const own = [...keys.flatMap((key) => numbers.get(key) ?? []), publisher(publisherName(hit.publisher))];
      known.set(hit, own);
      return own;
    },
  };
  numberings.set(topics, made);
  return made;
}

/** Of each group the values that most hits have, without those that all of them have. */
function mostFrequent(hits: readonly Resource[], { values, of }: Numbering): (group: GroupName) => Value[] {
  // With room for publishers that come for the first time.
  const counts = new Uint16Array(values.length + hits.length);
  const seen: number[] = [];
  for (const hit of hits)
    for (const number of of(hit)) {
      const count = counts[number] ?? 0;
      if (count === 0) seen.push(number);
      counts[number] = count + 1;
    }
  const counted = seen.flatMap((number) => {
    const [value, count = 0] = [values[number], counts[number]];
    return value && count < hits.length ? { value, count } : [];
  });
  return (group) =>
    counted
      .filter(({ value }) => value.group === group)
      .sort((a, b) => b.count - a.count || a.value.rank - b.value.rank)
      .slice(0, mostOfEach)
      .map(({ value }) => value);
}

type Listed = Pick<Vocabulary, 'age_groups' | 'topics'>;

/**
 * What of the answer to keep: one kind, age group, topic or publisher of those that are in it, the most frequent first; and
 * which part of the question to leave out. In one menu, since on a phone each button takes a line from the answer.
 */
export function narrowMenu(
  { question, understood, hits }: Found,
  vocabulary: Listed,
): StaticSelect | undefined {
  const most = mostFrequent(hits, numberingOf(vocabulary));
  const optionFor = ({ group, id, label }: Value) => {
    const of = `${question} ${group}:${group === 'from' ? `"${id}"` : id}`;
    return option(label, packedPlace.pack({ list: 'find', of, from: 0 }));
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
    ...groups.map(({ name, label }) => ({
      label: plain(label, 75),
      options: most(name)
        .map(optionFor)
        .filter(({ value }) => value.length <= longestValue),
    })),
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

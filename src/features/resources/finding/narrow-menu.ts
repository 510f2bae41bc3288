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

type Value = { id: string; label: string };
type Of = (hit: Resource) => readonly string[];

/** What entries can be kept by, each a number: counted by these, an answer is counted in a third of the time. */
type Field = { values: readonly Value[]; of(hit: Resource): readonly number[] };

/** @param given in the order in which equally frequent ones stand; left out: every value there is, as the answer has them. */
function createField(of: Of, given?: readonly Value[]): Field {
  const values = [...(given ?? [])];
  const numbers = new Map(values.map(({ id }, number) => [id, number]));
  const numberOf = (id: string): number | [] => {
    const known = numbers.get(id);
    if (known !== undefined || given) return known ?? [];
    numbers.set(id, values.length);
    return values.push({ id, label: id }) - 1;
  };
  const before = new WeakMap<Resource, readonly number[]>();
  return {
    values,
    of(hit) {
      const known = before.get(hit);
      if (known) return known;
      const made = of(hit).flatMap(numberOf);
      before.set(hit, made);
      return made;
    },
  };
}

const kinds = createField(
  ({ type }) => [type],
  Object.entries(resourceTypes).map(([id, { label }]) => ({ id, label })),
);
const publishers = createField(({ publisher }) => [publisherName(publisher)]);

/** The vocabulary's own: another one where curators have changed it. */
const fields = new WeakMap<readonly Value[], Field>();

function fieldOf(of: Of, values: readonly Value[]): Field {
  const before = fields.get(values);
  if (before) return before;
  const made = createField(of, values);
  fields.set(values, made);
  return made;
}

/** The numbers of the values that most hits have, without those that all of them have. */
function mostFrequent({ of, values }: Field, hits: readonly Resource[], isInOrder: boolean): number[] {
  const counts = new Uint16Array(values.length + hits.length);
  const seen: number[] = [];
  for (const hit of hits)
    for (const number of of(hit)) {
      if (counts[number] === 0) seen.push(number);
      counts[number] = (counts[number] ?? 0) + 1;
    }
  return seen
    .filter((number) => counts[number] !== hits.length)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (isInOrder ? a - b : 0))
    .slice(0, mostOfEach);
}

/**
 * What of the answer to keep: one kind, age group, topic or publisher of those that are in it, the most frequent first; and
 * which part of the question to leave out. In one menu, since on a phone each button takes a line from the answer.
 */
export function narrowMenu(
  { question, understood, hits }: Found,
  { age_groups, topics }: Pick<Vocabulary, 'age_groups' | 'topics'>,
): StaticSelect | undefined {
  const group = (label: string, name: string, field: Field) => {
    const isNamed = field !== publishers;
    const options = mostFrequent(field, hits, isNamed)
      .flatMap((number) => {
        const value = field.values[number];
        return value ? option(value.label, askAlso(`${name}:${isNamed ? value.id : `"${value.id}"`}`)) : [];
      })
      .filter(({ value }) => value.length <= longestValue);
    return { label: plain(label, 75), options };
  };
  const askAlso = (filter: string) =>
    packedPlace.pack({ list: 'find', of: `${question} ${filter}`, from: 0 });
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
    group('Only one kind', 'type', kinds),
    group(
      'Only one age group',
      'age',
      fieldOf((hit) => hit.age_groups, age_groups),
    ),
    group(
      'Only one topic',
      'topic',
      fieldOf((hit) => hit.topics, topics),
    ),
    group('Only one publisher', 'from', publishers),
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

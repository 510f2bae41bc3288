import type { StaticSelect } from '@slack/types';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { option, plain } from '../../../slack/blocks.ts';
import { resourceTypes } from '../content.ts';
import { ids } from '../ids.ts';
import { packedPlace } from './place.ts';
import type { Found } from './search.ts';

/** Who knows what the filters are called types them: one menu of these is enough on a phone. */
const mostOfEach = 5;
/** Slack's own limit for the value of an option. */
const longestValue = 150;

const kinds = Object.entries(resourceTypes).map(([id, { label }]) => ({ id, label }));

/** What of the answer to keep: one kind, one age group or one topic of those that are in it, the most frequent first. */
export function narrowMenu(
  { question, hits }: Found,
  { age_groups, topics }: Pick<Vocabulary, 'age_groups' | 'topics'>,
): StaticSelect | undefined {
  const group = (
    label: string,
    field: string,
    known: readonly { id: string; label: string }[],
    of: readonly string[],
  ) => {
    const counts = new Map<string, number>();
    for (const id of of) counts.set(id, (counts.get(id) ?? 0) + 1);
    const isSome = (many: number | undefined) => many !== undefined && many < hits.length;
    const options = known
      .filter(({ id }) => isSome(counts.get(id)))
      .toSorted((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0))
      .slice(0, mostOfEach)
      .map(({ id, label: name }) => {
        const value = packedPlace.pack({ list: 'find', of: `${question} ${field}:${id}`, from: 0 });
        return option(name, value);
      })
      .filter(({ value }) => value.length <= longestValue);
    return { label: plain(label, 75), options };
  };
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
  ].filter(({ options }) => options.length > 0);
  if (option_groups.length === 0) return undefined;
  return {
    type: 'static_select',
    action_id: `${ids.pick}narrow`,
    placeholder: plain('Narrow down', 150),
    option_groups,
  };
}

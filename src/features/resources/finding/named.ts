import { keyOf, wordsOf } from '../../../content/words.ts';
import { resourceTypes } from '../content.ts';
import type { Deps } from '../deps.ts';
import type { Place } from './place.ts';

/** The lists that are no topic, age group or kind. */
export const otherLists = [
  {
    list: 'start',
    label: 'Start here',
    names: ['start', 'start here', 'begin', 'where to start', 'where do I start'],
  },
  {
    list: 'new',
    label: 'New this month',
    names: ['new', 'new this month', 'what is new', 'latest', 'new resources'],
  },
  { list: 'helped', label: 'Most helpful', names: ['most helpful', 'helpful', 'helped', 'best'] },
] as const;

/** Whether a line is the name of such a list. "Start" is a command, and what is "best" or "helpful" may be asked of anything. */
export const namesList = (line: string): boolean =>
  otherLists.some(({ names }) =>
    names.some(
      (name) =>
        (name === 'new' || name === 'latest' || name.includes(' ')) &&
        keyOf(wordsOf(name)) === keyOf(wordsOf(line)),
    ),
  );

/** The list that a line names, for "browse new", "browse 0-5", "browse videos", "browse domestic abuse". */
export function placeNamed({ vocabulary, live, startHere }: Deps, asked: string): Place | undefined {
  const key = keyOf(wordsOf(asked));
  const isNamed = (names: readonly string[]) => names.some((name) => keyOf(wordsOf(name)) === key);
  const other = otherLists.find(({ names }) => isNamed(names));
  if (other) return { list: other.list, of: '', from: 0 };
  const part = startHere.groups.find(({ label }) => isNamed([label]));
  if (part) return { list: 'start', of: part.id, from: 0 };
  const age = vocabulary.age_groups.find(({ id, label }) => isNamed([id, id.replace('-', ' to '), label]));
  if (age) return { list: 'age', of: age.id, from: 0 };
  const topic = live.search.topicNamed(asked);
  if (topic !== undefined) return { list: 'topic', of: topic, from: 0 };
  const wider = vocabulary.age_groups.find(({ synonyms }) => isNamed(synonyms));
  if (wider) return { list: 'age', of: wider.id, from: 0 };
  const kind = Object.entries(resourceTypes).find(([id, { label, words }]) => isNamed([id, label, ...words]));
  return kind && { list: 'type', of: kind[0], from: 0 };
}

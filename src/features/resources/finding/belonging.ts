import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Catalogue } from '../content.ts';
import { shareOfTalk } from './everyday.ts';
import type { TellingStems } from './telling-stems.ts';

/**
 * Whether a question is of this field at all: above 0 where its words are said here more than in everyday talk, below where
 * they are said less. "Racist" is said here a hundred times as often, "printer" never. The logarithm of the ratio of the
 * two likelihoods, word by word.
 */
export type Belonging = (words: readonly string[]) => number;

/** How often a word was said here that was never said. */
const unsaid = 0.3;

export function createBelonging(
  { shown }: Catalogue,
  { topics }: Vocabulary,
  stemsIn: TellingStems,
): Belonging {
  const counts = new Map<string, number>();
  let all = 0;
  for (const text of [
    ...topics.flatMap(({ label, description, synonyms }) => [label, description, ...synonyms]),
    ...shown.flatMap(({ title, summary }) => [title, summary]),
    ...[...topics, ...shown].flatMap(({ asked_as }) => asked_as.map(({ say }) => say)),
  ])
    for (const stem of stemsIn(text)) {
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
      all += 1;
    }
  return (words) => {
    let sum = 0;
    for (const stem of new Set(words.map(stemOf)))
      sum += Math.log(((counts.get(stem) ?? 0) + unsaid) / all) - Math.log(shareOfTalk(stem) + 1 / all);
    return sum;
  };
}

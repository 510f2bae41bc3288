import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { type Catalogue, saidOf } from '../content.ts';
import { shareOfTalk } from './everyday.ts';
import type { TellingStems } from './telling-stems.ts';

/**
 * Whether a question is of this field at all: how much more its words are said here than in everyday talk. "Racist" is said
 * here a hundred times as often. The logarithm of the ratio of the two likelihoods, word by word; what is said less here
 * counts nothing, since people tell of a need in words of every day.
 */
export type Belonging = (words: readonly string[]) => number;

export function createBelonging(
  { shown }: Catalogue,
  { topics }: Vocabulary,
  stemsIn: TellingStems,
): Belonging {
  const counts = new Map<string, number>();
  let all = 0;
  for (const text of [
    ...topics.flatMap(({ label, description, synonyms, words }) => [
      label,
      description,
      words,
      words,
      ...synonyms,
    ]),
    ...shown.flatMap((resource) => [resource.title, saidOf(resource)]),
    ...[...topics, ...shown].flatMap(({ asked_as }) => asked_as.map(({ say }) => say)),
  ])
    for (const stem of stemsIn(text)) {
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
      all += 1;
    }
  return (words) => {
    let sum = 0;
    for (const stem of new Set(words.map(stemOf))) {
      const said = counts.get(stem) ?? 0;
      sum += Math.max(0, Math.log(said / all) - Math.log(shareOfTalk(stem) + 1 / all));
    }
    return sum;
  };
}

import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Catalogue } from '../content.ts';
import type { TellingStems } from './telling-stems.ts';

/** Whether anything here says these two words one after the other, whatever their endings and the small words between them. */
export type Neighbours = (word: string, next: string) => boolean;

export function createNeighbours(
  { shown }: Catalogue,
  { topics, abbreviations }: Vocabulary,
  stemsIn: TellingStems,
): Neighbours {
  const following = new Map<string, Set<string>>();
  for (const text of [
    ...topics.flatMap(({ label, description, synonyms }) => [label, description, ...synonyms]),
    ...abbreviations.map(({ means }) => means),
    ...shown.flatMap(({ title, summary }) => [title, summary]),
    ...[...topics, ...shown].flatMap(({ asked_as }) => asked_as.map(({ say }) => say)),
  ]) {
    const stems = stemsIn(text);
    for (const [at, stem] of stems.entries()) {
      const next = stems[at + 1];
      if (next === undefined) continue;
      const known = following.get(stem);
      if (known) known.add(next);
      else following.set(stem, new Set([next]));
    }
  }
  return (word, next) => following.get(stemOf(word))?.has(stemOf(next)) ?? false;
}

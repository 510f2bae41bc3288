import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { TellingStems } from './telling-stems.ts';

/** The topics that are known by a word, as ids: "autism" is one of SEND, and "dad" not. */
export type Field = (word: string) => ReadonlySet<string>;

export function createField({ topics }: Vocabulary, stemsIn: TellingStems): Field {
  const known = new Map<string, Set<string>>();
  for (const { id, label, synonyms, words } of topics)
    for (const stem of [label, words, ...synonyms].flatMap(stemsIn)) {
      const ids = known.get(stem);
      if (ids) ids.add(id);
      else known.set(stem, new Set([id]));
    }
  return (word) => known.get(stemOf(word)) ?? none;
}

const none: ReadonlySet<string> = new Set();

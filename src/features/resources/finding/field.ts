import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { TellingStems } from './telling-stems.ts';

/** Whether a word is one of those by which any of these topics is known: "autism" of SEND, and "dad" not. */
export type Field = (topics: readonly string[], word: string) => boolean;

export function createField({ topics }: Vocabulary, stemsIn: TellingStems): Field {
  const known = new Map(
    topics.map(({ id, label, synonyms, words }) => [
      id,
      new Set([label, words, ...synonyms].flatMap(stemsIn)),
    ]),
  );
  return (ids, word) => {
    const stem = stemOf(word);
    return ids.some((id) => known.get(id)?.has(stem));
  };
}

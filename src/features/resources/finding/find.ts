import { type Actor, may } from '../../../community/permissions.ts';
import { isSmallWord } from '../../../content/words.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import type { Found } from './search.ts';

export type FindOutcome =
  | { kind: 'not-allowed' }
  /** Nothing was asked. */
  | { kind: 'no-question' }
  /** Look at `found.hits`; where there are none, at its choices and near topics. */
  | { kind: 'found'; found: Found };

/** Looks something up. What was not found is kept as single words, nobody's, so that the curators see what is missing. */
export async function find(deps: Deps, actor: Actor, text: string): Promise<FindOutcome> {
  if (!may(actor, 'community.use')) return { kind: 'not-allowed' };
  const found = deps.live.search.find(text);
  if (found.question === '') return { kind: 'no-question' };
  void deps.did(actor.person.id, { kind: found.hits.length > 0 ? 'looked-up' : 'found-nothing' });
  const missed = wordsToKeep(text, found, deps.looksIdentifiable);
  if (missed.length > 0)
    await deps.db
      .transaction()
      .execute((trx) => store.recordMisses(trx, missed, deps.clock.now().toISOString().slice(0, 10)));
  return { kind: 'found', found };
}

/**
 * The unknown words of a question that found nothing, without anything that looks as if it points to a person: nothing
 * at all when the question does, no digits, no word that begins with a capital, plain letters only. A name typed in small letters passes; so curators see
 * a word only after five misses.
 */
export function wordsToKeep(
  text: string,
  { hits, unknown }: Pick<Found, 'hits' | 'unknown'>,
  looksIdentifiable: (text: string) => boolean,
): string[] {
  if (hits.length > 0) return [];
  const capitals = new Set((text.match(/\p{Lu}\p{Ll}+/gu) ?? []).map((word) => word.toLowerCase()));
  const words = [...new Set(unknown)]
    .filter((word) => /^\p{Ll}{3,24}$/u.test(word) && !isSmallWord(word) && !capitals.has(word))
    .slice(0, 8)
    .toSorted();
  // Asked last, since it takes longest.
  return words.length === 0 || seemsIdentifiable(text, looksIdentifiable) ? [] : words;
}

/** If the check itself fails, nothing is kept: these words are for us, nobody loses them. */
function seemsIdentifiable(text: string, looksIdentifiable: (text: string) => boolean): boolean {
  try {
    return looksIdentifiable(text);
  } catch {
    return true;
  }
}

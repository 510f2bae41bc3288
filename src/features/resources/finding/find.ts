import { type Actor, may } from '../../../community/permissions.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import { wordsToKeep } from './missed.ts';
import type { Found } from './search.ts';

export type FindOutcome =
  | { kind: 'not-allowed' }
  /** Nothing was asked. */
  | { kind: 'no-question' }
  /** Look at `found.hits`; where there are none, at its choices and near topics. */
  | { kind: 'found'; found: Found };

/** Looks something up. What was not found is kept as single English words, nobody's, so that the curators see what is missing. */
export async function find(
  deps: Deps,
  actor: Actor,
  text: string,
  keeps: 'words' | 'nothing' = 'words',
): Promise<FindOutcome> {
  if (!may(actor, 'community.use')) return { kind: 'not-allowed' };
  const found = deps.live.search.find(text);
  if (found.question === '') return { kind: 'no-question' };
  void deps.did(actor.person.id, { kind: found.hits.length > 0 ? 'looked-up' : 'found-nothing' });
  const day = deps.clock.now().toISOString().slice(0, 10);
  const words = keeps === 'nothing' ? [] : wordsToKeep(text, found, deps.looksIdentifiable);
  const missed = words.filter((word) => deps.misses.isFirst({ personId: actor.person.id, word, day }));
  if (missed.length > 0) await deps.db.transaction().execute((trx) => store.recordMisses(trx, missed, day));
  return { kind: 'found', found };
}

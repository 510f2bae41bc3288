import type { Db } from '../../../db/schema.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { reopenExampleOf } from '../examples/store.ts';
import { reopenSuggestionOf } from '../store.ts';

/** Of what is told to whoever sent something in. */
export const sentInTopic = (what: 'suggestion' | 'example', id: string): string => `${what}:${id}`;

/**
 * What an entry was made of waits in the queue again, as if nobody had decided, once the entry is taken back. What was to
 * be told of it is not, unless it was on its way. @returns whether something waits again.
 */
export async function waitAgain(trx: Db, entryId: string): Promise<boolean> {
  const [example, suggestion] = [await reopenExampleOf(trx, entryId), await reopenSuggestionOf(trx, entryId)];
  for (const [what, id] of [
    ['example', example],
    ['suggestion', suggestion],
  ] as const)
    if (id !== undefined) await cancelQueued(trx, { topic: sentInTopic(what, id) }, 'decided-again');
  return example !== undefined || suggestion !== undefined;
}

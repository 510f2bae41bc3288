import type { Db } from '../../../db/schema.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { reopenExampleOf } from '../examples/store.ts';
import { reopenSuggestionsOf } from '../store.ts';

/** Of what is told to whoever sent something in. */
export const sentInTopic = (what: 'suggestion' | 'example', id: string): string => `${what}:${id}`;

/**
 * What an entry was made of waits in the queue again, as if nobody had decided, once the entry is taken back. What was to
 * be told of it is not, unless it was on its way. @returns whether something waits again.
 */
export async function waitAgain(trx: Db, entryId: string): Promise<boolean> {
  const example = await reopenExampleOf(trx, entryId);
  const suggestions = await reopenSuggestionsOf(trx, entryId);
  const topics = [
    ...(example === undefined ? [] : [sentInTopic('example', example)]),
    ...suggestions.map((id) => sentInTopic('suggestion', id)),
  ];
  for (const topic of topics) await cancelQueued(trx, { topic }, 'decided-again');
  return topics.length > 0;
}

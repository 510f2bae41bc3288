import type { Db } from '../../../db/schema.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { isLatestUnsaid } from '../../../outbox/sent.ts';
import type { Told } from '../curating/reasons.ts';
import { reopenExampleOf } from '../examples/store.ts';
import * as store from '../store.ts';

/** Of what is told to whoever sent something in. */
export const sentInTopic = (what: 'suggestion' | 'example', id: string): string => `${what}:${id}`;

/** Of what was decided and waits again: what each of its people has heard by now, without those who have heard nothing. */
export type Heard = Told[];

/**
 * What an entry was made of waits in the queue again, as if nobody had decided, once the entry is taken back. What was to
 * be told of it is not, unless it was on its way. @returns undefined where nothing waits again.
 */
export async function waitAgain(trx: Db, entryId: string): Promise<Heard | undefined> {
  const example = await reopenExampleOf(trx, entryId);
  // It waits no longer once its author is told.
  if (example !== undefined) await takeBackMessage(trx, sentInTopic('example', example));
  const suggestions = await store.listSuggestionsOf(trx, entryId);
  const heard = await reopenSuggestions(trx, suggestions);
  return example === undefined && suggestions.length === 0 ? undefined : heard;
}

/** They wait again, and what their people have heard of the decision is known from here on. */
export async function reopenSuggestions(trx: Db, suggestions: readonly store.Suggestion[]): Promise<Heard> {
  const all: Heard = [];
  for (const { id, personId, said, heard: before } of suggestions) {
    const topic = sentInTopic('suggestion', id);
    const isUnsaid = (await takeBackMessage(trx, topic)) || (await isLatestUnsaid(trx, { personId, topic }));
    const heard = isUnsaid ? before : (said ?? before);
    await store.reopenSuggestion(trx, id, heard);
    if (heard !== undefined) all.push(heard);
  }
  return all;
}

/** @returns whether it had not gone out. */
const takeBackMessage = async (trx: Db, topic: string): Promise<boolean> =>
  (await cancelQueued(trx, { topic }, 'decided-again')) > 0;

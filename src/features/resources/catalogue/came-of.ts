import type { Db } from '../../../db/schema.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { isLatestUnsaid, listAbout } from '../../../outbox/sent.ts';
import type { Told } from '../curating/reasons.ts';
import { reopenExampleOf } from '../examples/store.ts';
import * as store from '../store.ts';

/** Of what is told to whoever sent something in. */
export const sentInTopic = (what: 'suggestion' | 'example' | 'question', id: string): string =>
  `${what}:${id}`;

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
  for (const one of suggestions) {
    await takeBackMessage(trx, decisionTopic(one));
    const heard = await heardOf(trx, one);
    await store.reopenSuggestion(trx, one.id, heard);
    if (heard !== undefined) all.push(heard);
  }
  return all;
}

/** Of what is told of a decision: one message may be about all of somebody's that were declined at once. */
export const decisionTopic = ({ decision, id }: Pick<store.Suggestion, 'decision' | 'id'>): string =>
  sentInTopic('suggestion', decision ?? id);

/** What whoever suggested it knows by now: a message that waits, or did not reach them, told them nothing. */
async function heardOf(db: Db, one: store.Suggestion): Promise<Told | undefined> {
  const { personId, said, heard } = one;
  return (await isLatestUnsaid(db, { personId, topic: decisionTopic(one) })) ? heard : (said ?? heard);
}

/** How many of those whose suggestions became this entry have been told so. */
export async function countToldOf(db: Db, entryId: string): Promise<number> {
  let many = 0;
  for (const one of await store.listSuggestionsOf(db, entryId))
    if ((await heardOf(db, one)) === 'accepted') many += 1;
  return many;
}

/**
 * What answers words that were not found, as it is kept with them: what it added to a topic, or a version of an entry.
 * Otherwise it is 'not-ours'.
 */
export const ledBy = (by: { topicKey: string } | { entryId: string; version: number }): string =>
  'topicKey' in by ? `topic/${by.topicKey}` : `entry/${by.entryId}/${by.version}`;

/** Of what was looked for and not found: that it waits again. */
export type AskedAgain = {
  /** Somebody was told of the answer that was taken back. Who it was is not kept. */
  isTold: boolean;
};

/** What was not found and led here waits again once that is taken back. @returns undefined where nothing does. */
export async function askAgain(trx: Db, answer: string): Promise<AskedAgain | undefined> {
  const { questionIds, words } = await store.reopenAnswered(trx, answer);
  const told = [];
  for (const id of questionIds) told.push(await keepWaiting(trx, id));
  return questionIds.length + words === 0 ? undefined : { isTold: told.includes(true) };
}

/** Whoever was to be told of an answer and has not been yet waits for the next one. @returns whether others were. */
export async function keepWaiting(trx: Db, questionId: string): Promise<boolean> {
  const topic = sentInTopic('question', questionId);
  const about = await listAbout(trx, topic);
  await takeBackMessage(trx, topic);
  for (const { personId } of about.filter(({ isQueued }) => isQueued))
    await store.insertWaiting(trx, questionId, personId);
  return about.some(({ isQueued }) => !isQueued);
}

const takeBackMessage = async (trx: Db, topic: string): Promise<void> => {
  await cancelQueued(trx, { topic }, 'decided-again');
};

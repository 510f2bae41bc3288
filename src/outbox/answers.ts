import { findPersonBySlackId } from '../community/people.ts';
import type { Db } from '../db/schema.ts';
import type { Clock } from '../lib/clock.ts';
import type { Vault } from '../lib/crypto.ts';
import { newId } from '../lib/random.ts';
import type { OutboxClient } from './client.ts';
import { enqueue, type Message, sealMessage } from './outbox.ts';
import type { Sender } from './sender.ts';

export type AnswerDeps = { db: Db; clock: Clock; vault: Vault; sender: Pick<Sender, 'sendNow'> };

/**
 * Answers somebody in their conversation with the bot, where there is no message or window to answer in. It may show what
 * they keep, so it is sealed while it waits.
 */
export function createAnswers({ db, clock, vault, sender }: AnswerDeps) {
  /** @param occasion what is answered; of two answers to the same the first is said. Left out: each is said. */
  return async (slackId: string, message: Message, occasion?: string): Promise<void> => {
    const person = await findPersonBySlackId(db, slackId);
    if (!person) return;
    const about = { to: { personId: person.id }, idempotencyKey: `answer:${occasion ?? newId(clock)}` };
    await enqueue(db, clock, {
      ...about,
      kind: 'slack.answer',
      message: sealMessage(vault, about, message),
      sendAfter: clock.now(),
    });
    await sender.sendNow(about.idempotencyKey);
  };
}

/** That something failed. It is said past the outbox, since it may be the database that failed: once, come or not. */
export async function postNotice(client: OutboxClient, slackId: string, text: string): Promise<void> {
  await client.chat.postMessage({ channel: slackId, text });
}

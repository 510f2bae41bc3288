import type { Db } from '../../../db/schema.ts';
import { describeError } from '../../../lib/log.ts';
import { cancelQueued, type Message } from '../../../outbox/outbox.ts';
import { listSent } from '../../../outbox/sent.ts';
import type { CheckInDeps } from '../deps.ts';

/** Idempotency keys: what is said, to whom, on which occasion. */
export const keys = {
  prompt: (roundId: string, personId: string) => `checkin-prompt:${roundId}:${personId}`,
  reminder: (roundId: string, personId: string) => `checkin-reminder:${roundId}:${personId}`,
  later: (roundId: string, personId: string, time: number) => `checkin-later:${roundId}:${personId}:${time}`,
  closed: (roundId: string, personId: string) => `checkin-closed:${roundId}:${personId}`,
  missed: (roundId: string, personId: string) => `checkin-missed:${roundId}:${personId}`,
};

/** One person in one round. */
type About = { roundId: string; personId: string; laterCount: number };

/** Everything that may still be waiting for one person in one round, or has been sent to them about it. */
const keysOf = ({ roundId, personId, laterCount }: About): string[] => [
  keys.prompt(roundId, personId),
  keys.reminder(roundId, personId),
  ...Array.from({ length: laterCount }, (_, index) => keys.later(roundId, personId, index + 1)),
];

/** Whatever has not been sent to them yet. */
export async function takeBack(db: Db, about: About, reason: string): Promise<void> {
  for (const idempotencyKey of keysOf(about)) await cancelQueued(db, { idempotencyKey }, reason);
}

/** Puts other words in the place of what has been sent to them, so that no prompt asks for what is done. */
export async function updateSent(
  { db, client, log }: Pick<CheckInDeps, 'db' | 'client' | 'log'>,
  about: About,
  { text, blocks }: Message,
): Promise<void> {
  for (const { channel, ts } of await listSent(db, keysOf(about)))
    try {
      await client.chat.update({ channel, ts, text, blocks });
    } catch (error) {
      // The answer is saved; a message that somebody deleted need not be changed.
      log.warn(describeError(error), 'A check-in prompt could not be updated');
    }
}

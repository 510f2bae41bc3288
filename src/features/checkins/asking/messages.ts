import type { Db } from '../../../db/schema.ts';
import '../../../outbox/tables.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { listSent } from '../../../outbox/sent.ts';
import type { Round } from '../store.ts';
import { listEarlier } from './store.ts';

/** Idempotency keys: what is said, to whom, on which occasion. */
export const keys = {
  prompt: (roundId: string, personId: string) => `checkin-prompt:${roundId}:${personId}`,
  reminder: (roundId: string, personId: string) => `checkin-reminder:${roundId}:${personId}`,
  later: (roundId: string, personId: string, time: number) => `checkin-later:${roundId}:${personId}:${time}`,
  offer: (checkinId: string, personId: string) => `checkin-offer:${checkinId}:${personId}`,
  closed: (roundId: string, personId: string) => `checkin-closed:${roundId}:${personId}`,
  /** Said once of a check-in, not of each of its rounds. */
  tooSmall: (checkinId: string, personId: string) => `checkin-too-small:${checkinId}:${personId}`,
  unfinished: (roundId: string, personId: string) => `checkin-unfinished:${roundId}:${personId}`,
  /** Said once of each session that a check-in hung on. */
  lost: (checkinId: string, sessionId: string, personId: string) =>
    `checkin-lost:${checkinId}:${sessionId}:${personId}`,
  missed: (roundId: string, personId: string) => `checkin-missed:${roundId}:${personId}`,
};

/** One person in one round. */
type About = { roundId: string; personId: string; laterCount: number };

/** Everything that may still be waiting for one person in one round, or has been sent to them about it. */
export const keysOf = ({ roundId, personId, laterCount }: About): string[] => [
  keys.prompt(roundId, personId),
  keys.reminder(roundId, personId),
  ...Array.from({ length: laterCount }, (_, index) => keys.later(roundId, personId, index + 1)),
];

/** Whatever has not been sent to them yet. */
export async function takeBack(db: Db, about: About, reason: string): Promise<void> {
  for (const idempotencyKey of keysOf(about)) await cancelQueued(db, { idempotencyKey }, reason);
}

/** Whether they had a prompt of this check-in before, or did something about one. */
export async function hasBeenAsked(
  db: Db,
  round: Pick<Round, 'id' | 'checkinId' | 'dueAt'>,
  personId: string,
): Promise<boolean> {
  const earlier = await listEarlier(db, round, personId);
  if (earlier.some(({ status }) => status !== 'asked')) return true;
  const prompts = earlier.map(({ roundId }) => keys.prompt(roundId, personId));
  return (await listSent(db, prompts)).length > 0;
}

import { sql } from 'kysely';
import './tables.ts';
import type { Db } from '../db/schema.ts';
import { days, later } from '../lib/clock.ts';

/**
 * How long it is kept that a message was sent. It has to be for as long as
 * - something asks whom was written to when: the weekly cap (7 days), notes to facilitators (hours);
 * - its key could be enqueued again by a job that looks back: 30 days at most (`cohorts.unled`). Every other key names an
 *   occasion that its own table knows to be over;
 * - the message is changed where it stands: a check-in's until its round is over, and a day longer.
 */
const keptForDays = 90;
/** A step or the agreement may be answered long after it was sent, and then the message asks no longer. */
const changedForDays = 365;
/** Words that could not be delivered are for somebody to look at. Then what is left is that it failed. */
const wordsKeptForDays = 14;

const over = ['sent', 'expired', 'cancelled', 'failed', 'gathered'] as const;
/** Small, so that nobody waits for it. What is left comes with the next hour. */
const batch = 500;
const batches = 20;

/** Job: removes what is over, in small parts. @returns how many messages are forgotten. */
export async function forgetMessages(db: Db, now: Date, atOnce = batch): Promise<number> {
  await db
    .updateTable('outbox')
    .set({ message: '{}' })
    .where('status', '=', 'failed')
    .where('created_at', '<', later(now, -days(wordsKeptForDays)).toISOString())
    .where('message', '!=', '{}')
    .execute();
  let forgotten = 0;
  for (let count = 0; count < batches; count += 1) {
    const ids = await listForgettable(db, now, atOnce);
    if (ids.length > 0) await db.deleteFrom('outbox').where('id', 'in', ids).execute();
    forgotten += ids.length;
    if (ids.length < atOnce) break;
  }
  return forgotten;
}

async function listForgettable(db: Db, now: Date, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (const status of over)
    for (const isOnboarding of [false, true])
      if (ids.length < limit) {
        const rows = await forgettableQuery(db, {
          status,
          isOnboarding,
          now,
          limit: limit - ids.length,
        }).execute();
        ids.push(...rows.map(({ id }) => id));
      }
  return ids;
}

type Forgettable = { status: (typeof over)[number]; isOnboarding: boolean; now: Date; limit: number };

/** In the words of the two indexes, which lead to the old ones. A message may have waited: what counts is when it was sent. */
export function forgettableQuery(db: Db, { status, isOnboarding, now, limit }: Forgettable) {
  const before = later(now, -days(isOnboarding ? changedForDays : keptForDays)).toISOString();
  return db
    .selectFrom('outbox')
    .select('id')
    .where('status', '=', status)
    .where('created_at', '<', before)
    .where(isOnboarding ? sql<boolean>`kind like 'onboarding.%'` : sql<boolean>`kind not like 'onboarding.%'`)
    .where((eb) => eb.or([eb('sent_at', 'is', null), eb('sent_at', '<', before)]))
    .limit(limit);
}

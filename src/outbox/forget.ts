import { sql } from 'kysely';
import './tables.ts';
import type { Retention } from '../content/retention.ts';
import { compiledOnce } from '../db/compiled.ts';
import type { Db } from '../db/schema.ts';
import { days, later } from '../lib/clock.ts';

const over = ['sent', 'expired', 'cancelled', 'failed', 'gathered'] as const;
/** Small, so that nobody waits for it. What is left comes with the next hour. */
const batch = 500;
const batches = 20;

type Rules = Pick<Retention, 'messages' | 'first-steps-messages' | 'refused-words'>;

/**
 * Job: removes what is over, in small parts. Words that could not be delivered are for somebody to look at; then what is
 * left is that it failed.
 * @param atOnce no more than in a small part.
 * @returns how many messages are forgotten.
 */
export async function forgetMessages(db: Db, rules: Rules, now: Date, atOnce = batch): Promise<number> {
  await db
    .updateTable('outbox')
    .set({ message: '{}' })
    .where('status', '=', 'failed')
    .where('created_at', '<', later(now, -days(rules['refused-words'].days)).toISOString())
    .where('message', '!=', '{}')
    .execute();
  let forgotten = 0;
  for (let count = 0; count < batches; count += 1) {
    const ids = await listForgettable(db, rules, now, atOnce);
    if (ids.length > 0) await db.deleteFrom('outbox').where('id', 'in', ids).execute();
    forgotten += ids.length;
    if (ids.length < atOnce) break;
  }
  return forgotten;
}

async function listForgettable(db: Db, rules: Rules, now: Date, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (const { rule, list } of forgettable)
    if (ids.length < limit) {
      const rows = await list(db, later(now, -days(rules[rule].days)).toISOString());
      ids.push(...rows.slice(0, limit - ids.length).map(({ id }) => id));
    }
  return ids;
}

type Forgettable = { status: (typeof over)[number]; isOnboarding: boolean; before: string; limit: number };

/** In the words of the two indexes, which lead to the old ones. A message may have waited: what counts is when it was sent. */
export function forgettableQuery(db: Db, { status, isOnboarding, before, limit }: Forgettable) {
  return db
    .selectFrom('outbox')
    .select('id')
    .where('status', '=', status)
    .where('created_at', '<', before)
    .where(isOnboarding ? sql<boolean>`kind like 'onboarding.%'` : sql<boolean>`kind not like 'onboarding.%'`)
    .where((eb) => eb.or([eb('sent_at', 'is', null), eb('sent_at', '<', before)]))
    .limit(limit);
}

/** Each hour asks all of them. */
const forgettable = over.flatMap((status) =>
  [false, true].map((isOnboarding) => ({
    rule: isOnboarding ? ('first-steps-messages' as const) : ('messages' as const),
    list: compiledOnce((db, before: string) =>
      forgettableQuery(db, { status, isOnboarding, before, limit: batch }),
    ),
  })),
);

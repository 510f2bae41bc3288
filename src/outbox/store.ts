import type { Selectable } from 'kysely';
import './tables.ts';
import { findRule, waitsAtMostDays } from '../community/messages.ts';
import type { Db } from '../db/schema.ts';
import { days, later } from '../lib/clock.ts';
import { RECALLED } from './outbox.ts';
import type { OutboxTable } from './tables.ts';

export type Delivery = Selectable<OutboxTable>;

/** A call was begun and its end is not written down. */
const underWay = ['sending', 'unclear'];

/** To whom: exactly one of the two. */
export type Recipient = { personId: string; channelId?: never } | { channelId: string; personId?: never };

/**
 * Who has something due, whoever waits longest first. Left out is who has a delivery of unclear outcome: what comes after
 * it must wait, or the order would be lost.
 */
export async function listRecipientsDue(db: Db, now: Date, limit: number): Promise<Recipient[]> {
  const rows = await recipientsDueQuery(db, now, limit).execute();
  return rows.flatMap((row): Recipient[] => {
    if (row.person_id !== null) return [{ personId: row.person_id }];
    return row.channel_id === null ? [] : [{ channelId: row.channel_id }];
  });
}

export function recipientsDueQuery(db: Db, now: Date, limit: number) {
  return db
    .selectFrom('outbox')
    .select(['outbox.person_id', 'outbox.channel_id'])
    .where('outbox.status', '=', 'queued')
    .where('outbox.send_after', '<=', now.toISOString())
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('outbox as open')
            .select('open.id')
            .where('open.status', 'in', underWay)
            .where((on) =>
              on.or([
                on('open.person_id', '=', on.ref('outbox.person_id')),
                on('open.channel_id', '=', on.ref('outbox.channel_id')),
              ]),
            ),
        ),
      ),
    )
    .groupBy(['outbox.person_id', 'outbox.channel_id'])
    .orderBy((eb) => eb.fn.min('outbox.send_after'))
    .limit(limit);
}

/**
 * What may be next for one recipient, in the order in which it goes: first what was due before and had to wait, oldest
 * first, then what is due, earliest first. The places of prompts, of which there are few in a week, go first to those
 * that close, the soonest on top.
 */
export async function listNextFor(db: Db, recipient: Recipient, now: Date): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('status', '=', 'queued')
    .where(...ofRecipient(recipient))
    .where((eb) => eb.or([eb('send_after', '<=', now.toISOString()), eb('reason', 'like', 'held:%')]))
    .execute();
  const rank = (row: Delivery): string =>
    row.reason?.startsWith('held:') ? `0 ${row.created_at} ${row.id}` : `1 ${row.send_after} ${row.id}`;
  const inLine = rows.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  const isPrompt = ({ weight }: Delivery) => weight === 'prompt';
  const prompts = inLine.filter(isPrompt).toSorted((one, other) => urgency(one, now) - urgency(other, now));
  return inLine.map((row) => (isPrompt(row) ? (prompts.shift() ?? row) : row));
}

/** When it closes. What ends only because it grows stale never does, and has waited long enough after some days. */
function urgency({ kind, expires_at, created_at }: Delivery, now: Date): number {
  if (expires_at !== null && findRule(kind)?.expires === 'given') return Date.parse(expires_at);
  return Date.parse(created_at) <= later(now, -days(waitsAtMostDays)).getTime() ? 0 : Number.MAX_VALUE;
}

/** One that waits, whatever for, unless its time is over. */
export async function findQueued(db: Db, idempotencyKey: string, now: Date): Promise<Delivery | undefined> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('idempotency_key', '=', idempotencyKey)
    .where('status', '=', 'queued')
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now.toISOString())]))
    .executeTakeFirst();
}

export async function findStatus(db: Db, idempotencyKey: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('status')
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
  return row?.status;
}

const ofRecipient = (recipient: Recipient): ['person_id' | 'channel_id', '=', string] =>
  recipient.personId !== undefined
    ? ['person_id', '=', recipient.personId]
    : ['channel_id', '=', recipient.channelId];

/**
 * Committed before the call is made: a crash from here on leaves a row to look up, not a guess.
 * @returns false when it was cancelled in the meantime, or somebody else has it.
 */
export async function claim(db: Db, delivery: Delivery, channel: string, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set({
      status: 'sending',
      attempts: delivery.attempts + 1,
      attempt_at: at.toISOString(),
      sent_channel: channel,
      reason: null,
    })
    .where('id', '=', delivery.id)
    .where('status', '=', 'queued')
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** The message itself is not kept: Slack has it now. */
export async function recordSent(db: Db, id: string, ts: string, at: Date): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ status: 'sent', sent_ts: ts, sent_at: at.toISOString(), message: '{}', reason: null })
    .where('id', '=', id)
    .where('status', 'in', underWay)
    .execute();
}

/** It did not go. `send_after` stays, and with it the place in the line; what was recalled in the meantime is over. */
export async function recordNotSent(db: Db, id: string): Promise<void> {
  const attempt = db.updateTable('outbox').where('id', '=', id).where('status', 'in', underWay);
  await attempt.set({ status: 'cancelled', message: '{}' }).where('reason', '=', RECALLED).execute();
  await attempt.set({ status: 'queued', sent_channel: null, reason: null }).execute();
}

export async function recordUnclear(db: Db, id: string, reason: string): Promise<void> {
  const attempt = db.updateTable('outbox').where('id', '=', id).where('status', '=', 'sending');
  await attempt.set({ reason }).where('reason', 'is', null).execute();
  await attempt.set({ status: 'unclear' }).execute();
}

/** Final. The message stays for a person to look at and post again. */
export async function recordFailed(db: Db, id: string, reason: string): Promise<void> {
  await db.updateTable('outbox').set({ status: 'failed', reason }).where('id', '=', id).execute();
}

export async function recordHeld(db: Db, id: string, until: Date, reason: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ send_after: until.toISOString(), reason })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .execute();
}

export async function recordDropped(db: Db, id: string, reason: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ status: 'cancelled', reason, message: '{}' })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .execute();
}

/** @returns how many went past their end before they could be sent. */
export async function expirePast(db: Db, now: Date): Promise<number> {
  const result = await db
    .updateTable('outbox')
    .set({ status: 'expired', message: '{}' })
    .where('status', '=', 'queued')
    .where('expires_at', '<=', now.toISOString())
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** The prompts that went to somebody after an instant, latest first. */
export async function listAskedAfter(
  db: Db,
  personId: string,
  after: Date,
): Promise<{ at: Date; kind: string }[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['sent_at', 'kind'])
    .where('person_id', '=', personId)
    .where('status', '=', 'sent')
    .where('weight', 'in', ['prompt', 'reminder'])
    .where('sent_at', '>', after.toISOString())
    .orderBy('sent_at', 'desc')
    .execute();
  return rows.flatMap(({ sent_at: at, kind }) => (at === null ? [] : [{ at: new Date(at), kind }]));
}

/** The kinds of what else waits for somebody and may go by an instant. */
export async function listOtherKinds(
  db: Db,
  { id, person_id: personId }: Pick<Delivery, 'id' | 'person_id'>,
  until: Date,
): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('kind')
    .where('person_id', '=', personId)
    .where('status', '=', 'queued')
    .where('send_after', '<', until.toISOString())
    .where('id', '!=', id)
    .execute();
  return rows.map(({ kind }) => kind);
}

/** Attempts from before an instant whose outcome nobody wrote down, oldest first. */
export async function listUnresolved(db: Db, attemptedBefore: Date, limit: number): Promise<Delivery[]> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('status', 'in', underWay)
    .where('attempt_at', '<=', attemptedBefore.toISOString())
    .orderBy('attempt_at')
    .limit(limit)
    .execute();
}

export async function findNextSendAfter(db: Db): Promise<Date | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('send_after')
    .where('status', '=', 'queued')
    .orderBy('send_after')
    .limit(1)
    .executeTakeFirst();
  return row && new Date(row.send_after);
}

export async function findOldestAttempt(db: Db): Promise<Date | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('attempt_at').as('at'))
    .where('status', 'in', underWay)
    .executeTakeFirst();
  return row?.at ? new Date(row.at) : undefined;
}

import type { KnownBlock } from '@slack/types';
import type { Selectable } from 'kysely';
import {
  type EndingKind,
  isStoppedByNoMessages,
  type MessageKind,
  messageKinds,
  ruleOf,
} from '../community/messages.ts';
import { type Preferences, writePreferences } from '../community/preferences.ts';
import type { SealedColumn } from '../db/reseal.ts';
import type { Db } from '../db/schema.ts';
import { type Clock, days, later } from '../lib/clock.ts';
import { DecryptionError, type Owner, type Vault } from '../lib/crypto.ts';
import { newId } from '../lib/random.ts';
import type { OutboxTable } from './tables.ts';

/**
 * `text` is the notification and what screen readers read: bland where the content is private.
 * @property thread Slack's `ts` of the message in whose thread it goes.
 */
export type Message = { text: string; blocks: KnownBlock[]; thread?: string };

/** A message that stands in nobody's file in clear while it waits. @property by whose words it brings to somebody else. */
export type SealedMessage = { sealed: string; by?: string };
export type Unsealing = Pick<Vault, 'openFor'>;

/**
 * Seals what only its reader may see, such as an answer that shows what they keep.
 * @param by whoever typed what is in it: it is theirs, not the reader's.
 */
export function sealMessage(
  vault: Pick<Vault, 'sealFor'>,
  { to, idempotencyKey }: Pick<NewDelivery, 'to' | 'idempotencyKey'>,
  message: Message,
  by?: string,
): SealedMessage {
  const owner = ownerOf(by ?? ('personId' in to ? to.personId : null));
  const sealed = vault.sealFor(owner, JSON.stringify(message), idempotencyKey);
  return { sealed, ...(by !== undefined && { by }) };
}

/** Where sealed messages lie. */
export const sealedMessages: SealedColumn = {
  table: 'outbox',
  column: 'message',
  inside: 'sealed',
  by: ['id'],
  owner: (row) => ownerIn(JSON.parse(row.message), row),
  place: (row) => row.idempotency_key,
};

const ownerOf = (personId: string | null): Owner => (personId === null ? 'programme' : { person: personId });

export type NewDelivery = {
  idempotencyKey: string;
  to: { personId: string } | { channelId: string };
  message: Message | SealedMessage;
  sendAfter: Date;
  topic?: string;
} & OfKind;

/** What it weighs and how long it is worth sending comes from the table of kinds; some end with what they are about. */
type OfKind =
  | {
      kind: EndingKind;
      /** After this instant it is not sent any more, and is marked expired. */
      expiresAt: Date | undefined;
    }
  | { kind: Exclude<MessageKind, EndingKind>; expiresAt?: never };

/**
 * Puts a message in the outbox, inside the caller's transaction. Saying the same thing twice (same key) keeps the first.
 * @returns the new delivery's id, or undefined when the key was known already.
 * @throws RangeError for a kind that is not in `community/messages.ts`.
 */
export async function enqueue(db: Db, clock: Clock, delivery: NewDelivery): Promise<string | undefined> {
  const id = newId(clock);
  const { weight, expires, weekly } = ruleOf(delivery.kind);
  const expiresAt =
    typeof expires === 'number' ? later(delivery.sendAfter, days(expires)) : delivery.expiresAt;
  const inserted = await db
    .insertInto('outbox')
    .values({
      id,
      idempotency_key: delivery.idempotencyKey,
      kind: delivery.kind,
      person_id: 'personId' in delivery.to ? delivery.to.personId : null,
      channel_id: 'channelId' in delivery.to ? delivery.to.channelId : null,
      topic: delivery.topic ?? null,
      weight,
      message: JSON.stringify(delivery.message),
      send_after: delivery.sendAfter.toISOString(),
      expires_at: expiresAt?.toISOString() ?? null,
      status: weekly === undefined ? 'queued' : 'gathering',
      attempts: 0,
      attempt_at: null,
      sent_at: null,
      sent_channel: null,
      sent_ts: null,
      reason: null,
      created_at: clock.now().toISOString(),
    })
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id;
}

type Stored = Pick<Selectable<OutboxTable>, 'message' | 'person_id' | 'idempotency_key'>;

const ownerIn = (stored: unknown, { person_id: reader }: Pick<Stored, 'person_id'>): Owner =>
  ownerOf(isRecord(stored) && typeof stored.by === 'string' ? stored.by : reader);

/** A stored message, or undefined when it cannot be read back: somebody changed the row, or it was sealed by another key. */
export function readMessage(row: Stored, vault?: Unsealing): Message | undefined {
  try {
    const stored: unknown = JSON.parse(row.message);
    const value: unknown =
      isRecord(stored) && typeof stored.sealed === 'string'
        ? JSON.parse(vault?.openFor(ownerIn(stored, row), stored.sealed, row.idempotency_key) ?? '{}')
        : stored;
    if (!isRecord(value)) return undefined;
    const { text, blocks, thread } = value;
    return typeof text === 'string' && Array.isArray(blocks)
      ? { text, blocks: blocks as KnownBlock[], ...(typeof thread === 'string' && { thread }) }
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DecryptionError) return undefined;
    throw error;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export type Recall = { personId?: string; topic?: string; idempotencyKey?: string; kind?: MessageKind };

/** Why an attempt under way shall not be repeated, should it turn out that it failed. */
export const RECALLED = 'recalled';

/**
 * Takes back what has not been sent yet: someone left, answered already, or paused. What is on its way at this moment
 * cannot be called back, but is not tried again.
 * At least one of the fields must be given; all that are given must match.
 * @returns how many deliveries were cancelled.
 */
export async function cancelQueued(db: Db, recall: Recall, reason: string): Promise<number> {
  const { personId, topic, idempotencyKey, kind } = recall;
  if (!personId && !topic && !idempotencyKey && !kind) throw new RangeError('Say what to cancel.');
  let matching = db.updateTable('outbox');
  if (personId) matching = matching.where('person_id', '=', personId);
  if (topic) matching = matching.where('topic', '=', topic);
  if (idempotencyKey) matching = matching.where('idempotency_key', '=', idempotencyKey);
  if (kind) matching = matching.where('kind', '=', kind);
  const result = await matching
    .set({ status: 'cancelled', reason, message: '{}' })
    .where('status', 'in', ['queued', 'gathering'])
    .executeTakeFirst();
  await matching.set({ reason: RECALLED }).where('status', 'in', ['sending', 'unclear']).execute();
  return Number(result.numUpdatedRows);
}

/**
 * Writes only what is given of somebody's preferences, in the caller's transaction. What was waiting for the old ones (a
 * pause, a day away) is looked at anew with the next beat; "No messages" takes back what nobody had asked for, from this
 * moment on. @param now when it is a pause, its beginning.
 */
export async function changePreferences(
  db: Db,
  personId: string,
  change: Partial<Preferences>,
  now: Date,
): Promise<Preferences> {
  const next = await writePreferences(db, personId, change, now);
  if (!next.wantsMessages)
    for (const kind of messageKinds)
      if (isStoppedByNoMessages(ruleOf(kind))) await cancelQueued(db, { personId, kind }, 'no messages');
  await lookAgain(db, personId, now);
  return next;
}

/** What is held for somebody (a pause, an agreement they had not given) is looked at anew with the next beat. */
export async function lookAgain(db: Db, personId: string, now: Date): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ send_after: now.toISOString() })
    .where('person_id', '=', personId)
    .where('status', '=', 'queued')
    .where('reason', 'like', 'held:%')
    .execute();
}

/**
 * What a message that waits says is not so any more: it says this instead, and is worth sending until then. What is on its
 * way, or there, stays.
 */
export async function rewriteQueued(
  db: Db,
  idempotencyKey: string,
  { message, expiresAt }: { message: Message; expiresAt: Date },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ message: JSON.stringify(message), expires_at: expiresAt.toISOString() })
    .where('idempotency_key', '=', idempotencyKey)
    .where('status', '=', 'queued')
    .execute();
}

/**
 * Puts a message that failed back in the queue: the "post again" of a facilitator, after somebody has looked.
 * @returns false when it is not one that failed, so that a second click posts nothing.
 */
export async function requeueFailed(db: Db, deliveryId: string, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set({ status: 'queued', send_after: now.toISOString(), expires_at: null, reason: null })
    .where('id', '=', deliveryId)
    .where('status', '=', 'failed')
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

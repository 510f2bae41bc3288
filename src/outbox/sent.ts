import type { Selectable } from 'kysely';
import type { MessageKind } from '../community/messages.ts';
import type { Db } from '../db/schema.ts';
import type { OutboxTable } from './tables.ts';

/** A message that stands in Slack, by what it was about. */
export type SentMessage = { idempotencyKey: string; sentAt: Date; channel: string; ts: string };

/** Which of these have been sent, and where they stand. @param idempotencyKeys as they were enqueued. */
export async function listSent(db: Db, idempotencyKeys: readonly string[]): Promise<SentMessage[]> {
  if (idempotencyKeys.length === 0) return [];
  const rows = await db
    .selectFrom('outbox')
    .select(['idempotency_key', 'sent_at', 'sent_channel', 'sent_ts'])
    .where('idempotency_key', 'in', idempotencyKeys)
    .where('status', '=', 'sent')
    .execute();
  return rows.flatMap(({ idempotency_key, sent_at, sent_channel: channel, sent_ts: ts }) =>
    sent_at === null || channel === null || ts === null
      ? []
      : { idempotencyKey: idempotency_key, sentAt: new Date(sent_at), channel, ts },
  );
}

/** What of some kinds was sent to somebody about a topic, and where it stands; the oldest first. */
export type SentAbout = { kind: string; createdAt: Date; channel: string; ts: string };

type About = { personId: string; topic: string; kinds: readonly MessageKind[] };

export async function listSentAbout(db: Db, { topic, ...about }: About): Promise<SentAbout[]> {
  return standing(await sentOf(db, about).where('topic', '=', topic).orderBy('created_at').execute());
}

/** What of some kinds was sent to somebody, and where it stands; what was sent first on top. */
export async function listSentOf(db: Db, about: Omit<About, 'topic'>): Promise<SentAbout[]> {
  return standing(await sentOf(db, about).orderBy('sent_at').execute());
}

const sentOf = (db: Db, { personId, kinds }: Omit<About, 'topic'>) =>
  db
    .selectFrom('outbox')
    .select(['kind', 'created_at', 'sent_channel', 'sent_ts'])
    .where('person_id', '=', personId)
    .where('kind', 'in', kinds)
    .where('status', '=', 'sent');

type SentRow = Pick<Selectable<OutboxTable>, 'kind' | 'created_at' | 'sent_channel' | 'sent_ts'>;

const standing = (rows: readonly SentRow[]): SentAbout[] =>
  rows.flatMap(({ kind, created_at, sent_channel: channel, sent_ts: ts }) =>
    channel === null || ts === null ? [] : [{ kind, createdAt: new Date(created_at), channel, ts }],
  );

/**
 * Every message by its key, for whoever keeps the keys of what they wrote to join: `said_at` is when it was sent, or is to be,
 * and null where it will not be (taken back, or too old); `waits_until` is null where it does not wait.
 */
export const deliveriesQuery = (db: Db) =>
  db
    .selectFrom('outbox')
    .select((eb) => [
      'idempotency_key',
      eb
        .case()
        .when('status', 'not in', ['cancelled', 'expired'])
        .then(eb.fn.coalesce('sent_at', 'send_after'))
        .end()
        .as('said_at'),
      eb
        .case()
        .when('status', 'in', ['queued', 'sending', 'unclear'])
        .then(eb.ref('send_after'))
        .end()
        .as('waits_until'),
    ]);

/** When something of these kinds was written for somebody about a topic, sent or still to be. */
export async function listEnqueued(db: Db, { personId, topic, kinds }: About): Promise<Date[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('created_at')
    .where('person_id', '=', personId)
    .where('topic', '=', topic)
    .where('kind', 'in', kinds)
    .where('status', 'in', ['queued', 'sending', 'unclear', 'sent'])
    .execute();
  return rows.map(({ created_at }) => new Date(created_at));
}

/** To whom something about a topic was sent, is on its way, or waits to be (`isQueued`). */
export async function listAbout(db: Db, topic: string): Promise<{ personId: string; isQueued: boolean }[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['person_id', 'status'])
    .where('topic', '=', topic)
    .where('status', 'in', ['queued', 'gathering', 'sending', 'unclear', 'sent'])
    .execute();
  return rows.flatMap(({ person_id: personId, status }) =>
    personId === null ? [] : [{ personId, isQueued: status === 'queued' || status === 'gathering' }],
  );
}

/** Whether a call was begun for one of these whose end is not written down. */
export async function isUnderWayAbout(db: Db, { personId, topic, kinds }: About): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('person_id', '=', personId)
    .where('topic', '=', topic)
    .where('kind', 'in', kinds)
    .where('status', 'in', ['sending', 'unclear'])
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Whether the latest that was written for somebody about a topic has not reached them. What is on its way, or so old that it
 * is forgotten, has.
 */
export async function isLatestUnsaid(db: Db, { personId, topic }: Omit<About, 'kinds'>): Promise<boolean> {
  const latest = await db
    .selectFrom('outbox')
    .select('status')
    .where('person_id', '=', personId)
    .where('topic', '=', topic)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return latest !== undefined && unsaid.includes(latest.status);
}

const unsaid = ['queued', 'gathering', 'cancelled', 'expired', 'failed'];

/** Which of these were enqueued, whatever became of them. */
export async function listKnownKeys(
  db: Db,
  idempotencyKeys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (idempotencyKeys.length === 0) return new Set();
  const rows = await db
    .selectFrom('outbox')
    .select('idempotency_key')
    .where('idempotency_key', 'in', idempotencyKeys)
    .execute();
  return new Set(rows.map((row) => row.idempotency_key));
}

/** Whether a call was begun for one of these whose end is not written down: it may stand in Slack, or not. */
export async function isUnderWay(db: Db, idempotencyKeys: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('idempotency_key', 'in', idempotencyKeys)
    .where('status', 'in', ['sending', 'unclear'])
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether one of these never went, or has not yet, since its person had as many prompts in that week as anybody gets. */
export async function isCrowdedOut(db: Db, idempotencyKeys: readonly string[]): Promise<boolean> {
  if (idempotencyKeys.length === 0) return false;
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('idempotency_key', 'in', idempotencyKeys)
    .where('status', 'in', ['queued', 'expired'])
    .where('reason', '=', 'held:weekly-cap')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whom the last message of a topic did not reach: what failed once and came through later is no trouble. */
export async function listUndelivered(
  db: Db,
  personIds: readonly string[],
  topic: string,
): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('outbox')
    .select('person_id')
    .where('person_id', 'in', personIds)
    .where('topic', '=', topic)
    .where('status', '=', 'failed')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('outbox as later')
            .select('later.id')
            .whereRef('later.person_id', '=', 'outbox.person_id')
            .where('later.topic', '=', topic)
            .where('later.status', '=', 'sent')
            .whereRef('later.created_at', '>', 'outbox.created_at'),
        ),
      ),
    )
    .execute();
  return new Set(rows.flatMap(({ person_id: id }) => id ?? []));
}

/** Whether somebody was written to about something after an instant, or is about to be. */
export async function wasToldSince(
  db: Db,
  personId: string,
  kind: MessageKind,
  since: Date,
): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .where('created_at', '>', since.toISOString())
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether one of a kind has come to somebody within a time, or is to come. @param until excluded. */
export async function comesWithin(
  db: Db,
  personId: string,
  kind: MessageKind,
  { from, until }: { from: Date; until: Date },
): Promise<boolean> {
  const [first, end] = [from.toISOString(), until.toISOString()];
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .where((eb) =>
      eb.or([
        eb.and([eb('status', '=', 'sent'), eb('sent_at', '>=', first), eb('sent_at', '<', end)]),
        eb.and([
          eb('status', 'in', ['queued', 'sending', 'unclear']),
          eb('send_after', '>=', first),
          eb('send_after', '<', end),
        ]),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** The messages of a kind that wait to be sent to somebody, by their keys. */
export async function listQueued(db: Db, personId: string, kind: string): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('idempotency_key')
    .where('person_id', '=', personId)
    .where('status', '=', 'queued')
    .where('kind', '=', kind)
    .execute();
  return rows.map((row) => row.idempotency_key);
}

/** How many messages of a kind wait to be sent. */
export async function countQueued(db: Db, kind: MessageKind): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('kind', '=', kind)
    .where('status', '=', 'queued')
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

/** Whether a message was cancelled before it was sent. */
export async function isTakenBack(db: Db, idempotencyKey: string): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('status')
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
  return row?.status === 'cancelled';
}

/** Why a message failed for good: Slack's error code, or a short word of ours. */
export async function findFailure(db: Db, idempotencyKey: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('reason')
    .where('idempotency_key', '=', idempotencyKey)
    .where('status', '=', 'failed')
    .executeTakeFirst();
  return row?.reason ?? undefined;
}

/** Until when one waits to be sent. @returns undefined when it does not. */
export async function findQueuedUntil(db: Db, idempotencyKey: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('send_after')
    .where('idempotency_key', '=', idempotencyKey)
    .where('status', '=', 'queued')
    .executeTakeFirst();
  return row && new Date(row.send_after);
}

/** How far a message has come, whatever became of it. */
export async function findDelivery(
  db: Db,
  idempotencyKey: string,
): Promise<{ id: string; status: string; reason: string | undefined } | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select(['id', 'status', 'reason'])
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
  return row && { ...row, reason: row.reason ?? undefined };
}

import './tables.ts';
import type { Db } from '../db/schema.ts';

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

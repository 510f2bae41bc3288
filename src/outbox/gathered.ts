import './tables.ts';
import type { Db } from '../db/schema.ts';
import type { Message } from './outbox.ts';

/** A message of a kind that comes with others, once a week. */
export type Gathered = {
  id: string;
  personId: string;
  kind: string;
  topic: string | undefined;
  message: Message;
};

/** What was gathered before an instant and is not sent yet, the oldest first. */
export async function listGathered(db: Db, before: Date): Promise<Gathered[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'person_id', 'kind', 'topic', 'message'])
    .where('status', '=', 'gathering')
    .where('created_at', '<', before.toISOString())
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, person_id: personId, kind, topic, message }) =>
    personId === null
      ? []
      : [{ id, personId, kind, topic: topic ?? undefined, message: JSON.parse(message) as Message }],
  );
}

/** They have gone out with others, or are not worth it any more: that they were said stays, as with what was sent. */
export async function recordGathered(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ status: 'gathered', message: '{}' })
    .where('id', 'in', ids)
    .where('status', '=', 'gathering')
    .execute();
}

import '../tables.ts';
import type { Db } from '../../../db/schema.ts';

/** Something that was passed on to a person. Its id is the occasion on which it was. */
export type Share = { id: string; by: string; to: string; resourceId: string; at: Date };

/** Changes of what this person shares come one after the other until the transaction ends. */
export async function lockSharer(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('people')
    .set((eb) => ({ slack_id: eb.ref('slack_id') }))
    .where('id', '=', personId)
    .execute();
}

export async function findShare(db: Db, id: string): Promise<Share | undefined> {
  const row = await db.selectFrom('resource_shares').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toShare(row);
}

export async function listSharedSince(db: Db, personId: string, since: Date): Promise<Share[]> {
  const rows = await db
    .selectFrom('resource_shares')
    .selectAll()
    .where('person_id', '=', personId)
    .where('shared_at', '>', since.toISOString())
    .execute();
  return rows.map(toShare);
}

const toShare = (row: {
  id: string;
  person_id: string;
  receiver_id: string;
  resource_id: string;
  shared_at: string;
}): Share => ({
  id: row.id,
  by: row.person_id,
  to: row.receiver_id,
  resourceId: row.resource_id,
  at: new Date(row.shared_at),
});

export async function insertShare(db: Db, { id, by, to, resourceId, at }: Share): Promise<void> {
  await db
    .insertInto('resource_shares')
    .values({
      id,
      person_id: by,
      receiver_id: to,
      resource_id: resourceId,
      shared_at: at.toISOString(),
    })
    .execute();
}

/** Until then somebody can say that it was unkind. */
export async function deleteOldShares(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('resource_shares').where('shared_at', '<', before.toISOString()).execute();
}

export async function isStopped(db: Db, { by, to }: Pick<Share, 'by' | 'to'>): Promise<boolean> {
  const row = await db
    .selectFrom('share_stops')
    .select('since')
    .where('person_id', '=', to)
    .where('sharer_id', '=', by)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertStop(db: Db, { by, to }: Pick<Share, 'by' | 'to'>, at: Date): Promise<void> {
  await db
    .insertInto('share_stops')
    .values({ person_id: to, sharer_id: by, since: at.toISOString() })
    .onConflict((conflict) => conflict.columns(['person_id', 'sharer_id']).doNothing())
    .execute();
}

/** Whose shares somebody has stopped. */
export async function listStopped(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('share_stops')
    .select('sharer_id')
    .where('person_id', '=', personId)
    .orderBy('since')
    .execute();
  return rows.map((row) => row.sharer_id);
}

/** @param sharerId left out: of everybody. */
export async function deleteStops(db: Db, personId: string, sharerId?: string): Promise<void> {
  let stops = db.deleteFrom('share_stops').where('person_id', '=', personId);
  if (sharerId !== undefined) stops = stops.where('sharer_id', '=', sharerId);
  await stops.execute();
}

/** What somebody who has left, or said no, passed on and stopped. */
export async function deleteSharing(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('resource_shares').where('person_id', '=', personId).execute();
  await deleteStops(db, personId);
}

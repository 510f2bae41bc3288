import './tables.ts';
import type { Db } from '../../../db/schema.ts';

export type Feed = { personId: string; mark: string; madeAt: Date };

/** In the place of the one they had, which is dead from then on. */
export async function saveFeed(db: Db, { personId, mark, madeAt }: Feed): Promise<void> {
  const values = { mark, made_at: madeAt.toISOString() };
  await db
    .insertInto('calendar_feeds')
    .values({ person_id: personId, ...values })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(values))
    .execute();
}

export async function findFeed(
  db: Db,
  by: { personId: string } | { mark: string },
): Promise<Feed | undefined> {
  const query = db.selectFrom('calendar_feeds').selectAll();
  const row = await ('mark' in by
    ? query.where('mark', '=', by.mark)
    : query.where('person_id', '=', by.personId)
  ).executeTakeFirst();
  return row && { personId: row.person_id, mark: row.mark, madeAt: new Date(row.made_at) };
}

export async function deleteFeed(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('calendar_feeds').where('person_id', '=', personId).execute();
}

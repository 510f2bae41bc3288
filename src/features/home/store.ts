import './tables.ts';
import type { Db } from '../../db/schema.ts';
import type { Turned } from '../feature.ts';

export async function findTurned(db: Db, personId: string): Promise<(Turned & { at: Date }) | undefined> {
  const row = await db
    .selectFrom('home_pages')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && { page: row.page, value: row.value, at: new Date(row.turned_at) };
}

export async function writeTurned(
  db: Db,
  personId: string,
  { page, value }: Turned,
  at: Date,
): Promise<void> {
  const row = { page, value, turned_at: at.toISOString() };
  await db
    .insertInto('home_pages')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

export async function deleteTurned(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('home_pages').where('person_id', '=', personId).execute();
}

/** Whoever does not look at the front page. */
export async function listTurned(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('home_pages').select('person_id').execute();
  return rows.map((row) => row.person_id);
}

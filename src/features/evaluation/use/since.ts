import type { Db } from '../../../db/schema.ts';

const key = 'use.since';

/** From which local date on it is counted what people do: the day on which this is asked first. */
export async function countedSince(db: Db, today: string): Promise<string> {
  await db
    .insertInto('settings')
    .values({ key, value: today })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return row.value;
}

import type { Db, Schema } from '../db/schema.ts';
import './tables.ts';

/** One line of what is kept about somebody: how much of it, never what it says. */
export type Holding = { what: string; count: number };

type TableOfPeople = {
  [Table in keyof Schema]: Schema[Table] extends { person_id: unknown } ? Table : never;
}[keyof Schema];

/** How many rows of a table are about somebody. */
export async function countRows(db: Db, table: TableOfPeople, personId: string): Promise<number> {
  const row = await db
    .selectFrom(table as 'consents')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

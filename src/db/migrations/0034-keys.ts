import { type Kysely, sql } from 'kysely';

/** In no order; STRICT is SQLite's, PostgreSQL checks types anyway. */
const tidy = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict, without rowid`) : table;
};

/** What the key file has forgotten, and which keys are still to end. The file is beside the database, not in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const unordered = tidy(db);
  await unordered(
    db.schema.createTable('forgotten').addColumn('mark', 'text', (c) => c.primaryKey()),
  ).execute();
  await unordered(
    db.schema.createTable('ending_keys').addColumn('owner', 'text', (c) => c.primaryKey()),
  ).execute();
}

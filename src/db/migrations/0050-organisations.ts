import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Where people work: what curators add to the list, and names that stand for one of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = strict(db);
  await table(
    db.schema
      .createTable('added_organisations')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('sector', 'text', (c) => c.notNull())
      .addColumn('boroughs', 'text', (c) => c.notNull())
      .addColumn('added_by', 'text', (c) => c.notNull())
      .addColumn('added_at', 'text', (c) => c.notNull()),
  ).execute();
  await table(
    db.schema
      .createTable('organisation_names')
      .addColumn('mark', 'text', (c) => c.primaryKey())
      .addColumn('sealed', 'text')
      .addColumn('suggested_on', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('organisation_id', 'text')
      .addColumn('decided_by', 'text'),
  ).execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What visits to the catalogue's links found, and lists of entries that wait for a curator's word. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  const { schema } = db;

  await tidy(
    schema
      .createTable('link_checks')
      .addColumn('url', 'text', (c) => c.primaryKey())
      .addColumn('next_at', 'text', (c) => c.notNull())
      .addColumn('outcome', 'text')
      .addColumn('status', 'integer')
      .addColumn('moved_to', 'text')
      .addColumn('checked_at', 'text')
      .addColumn('fine_on', 'text')
      .addColumn('failures', 'integer', (c) => c.notNull())
      .addColumn('failed_on', 'text')
      .addColumn('redirects', 'text'),
  ).execute();
  await schema.createIndex('link_checks_next').on('link_checks').column('next_at').execute();

  await tidy(
    schema
      .createTable('catalogue_imports')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('rows', 'text', (c) => c.notNull()),
  ).execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Files that lie in Slack because somebody asked for them, until they are removed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db)(
    db.schema
      .createTable('given_files')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('slack_file_id', 'text')
      .addColumn('goes_at', 'text', (c) => c.notNull())
      .addColumn('next_try_at', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema.createIndex('given_files_due').on('given_files').column('next_try_at').execute();
}

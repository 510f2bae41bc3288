import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What curators write to somebody. It is read in a window: a message in Slack would keep it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db)(
    db.schema
      .createTable('curators_words')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('said_at', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema.createIndex('curators_words_to').on('curators_words').column('person_id').execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Words that are to stand in a report. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db)(
    db.schema
      .createTable('quotes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('round_id', 'text', (c) => c.notNull().references('checkin_rounds.id').onDelete('cascade'))
      .addColumn('mark', 'text', (c) => c.notNull())
      .addColumn('asked_of', 'text')
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('asked_on', 'text', (c) => c.notNull())
      .addColumn('question', 'text', (c) => c.notNull())
      .addColumn('kept', 'text', (c) => c.notNull())
      .addUniqueConstraint('quotes_words', ['round_id', 'mark']),
  ).execute();
  await db.schema.createIndex('quotes_asked_of').on('quotes').column('asked_of').execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** At which secret address somebody's own calendar asks for their sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db)(
    db.schema
      .createTable('calendar_feeds')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('mark', 'text', (c) => c.notNull().unique())
      .addColumn('made_at', 'text', (c) => c.notNull()),
  ).execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What a group's words are about, and which words are about what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db)(
    db.schema
      .createTable('group_themes')
      .addColumn('cohort_id', 'text', (c) => c.primaryKey().references('cohorts.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await strict(db)(
    db.schema
      .createTable('tagged_words')
      .addColumn('round_id', 'text', (c) =>
        c.primaryKey().references('checkin_rounds.id').onDelete('cascade'),
      )
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
}

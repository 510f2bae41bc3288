import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Answers before and after of the same people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const round = 'checkin_rounds.id';
  await strict(db)(
    db.schema
      .createTable('round_comparisons')
      .addColumn('round_id', 'text', (c) => c.primaryKey().references(round).onDelete('cascade'))
      .addColumn('before_id', 'text', (c) => c.notNull().references(round).onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema
    .createIndex('round_comparisons_before')
    .on('round_comparisons')
    .column('before_id')
    .execute();
  await db.schema.alterTable('checkin_rounds').addColumn('held_back', 'text').execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Which sentences of the pathways a safeguarding lead has read, and which curator noted it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('pathway_readings')
      .addColumn('pathway_id', 'text', (c) => c.notNull())
      .addColumn('sentence_mark', 'text', (c) => c.notNull())
      .addColumn('noted_by', 'text', (c) => c.notNull())
      .addColumn('noted_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('pathway_readings_pk', ['pathway_id', 'sentence_mark']),
  ).execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Groups within which people are introduced, and what is told of introductions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('introduction_groups')
      .addColumn('cohort_id', 'text', (c) => c.primaryKey().references('cohorts.id'))
      .addColumn('switched_on_by', 'text', (c) => c.notNull())
      .addColumn('switched_on_at', 'text', (c) => c.notNull()),
  ).execute();
  await tidy(
    db.schema
      .createTable('introduction_counts')
      .addColumn('pool', 'text', (c) => c.notNull())
      .addColumn('quarter', 'text', (c) => c.notNull())
      .addColumn('counted_on', 'text', (c) => c.notNull())
      .addColumn('counted', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('introduction_counts_pk', ['pool', 'quarter']),
  ).execute();
}

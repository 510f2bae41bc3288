import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/**
 * Reports of groups as they were closed; who is in a group, counted by profession and organisation; and which check-ins were
 * scheduled for which stage of an evaluation.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = strict(db);
  await table(
    db.schema
      .createTable('closed_reports')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('cohort_id', 'text', (c) => c.notNull().references('cohorts.id').onDelete('cascade'))
      .addColumn('nth', 'integer', (c) => c.notNull())
      .addColumn('from_on', 'text', (c) => c.notNull())
      .addColumn('until_on', 'text', (c) => c.notNull())
      .addColumn('closed_by', 'text', (c) => c.notNull())
      .addColumn('closed_at', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addUniqueConstraint('closed_reports_nth', ['cohort_id', 'nth']),
  ).execute();
  await table(
    db.schema
      .createTable('group_counts')
      .addColumn('cohort_id', 'text', (c) => c.primaryKey().references('cohorts.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await table(
    db.schema
      .createTable('evaluation_stages')
      .addColumn('checkin_id', 'text', (c) => c.primaryKey().references('checkins.id').onDelete('cascade'))
      .addColumn('stage', 'text', (c) => c.notNull()),
  ).execute();
}

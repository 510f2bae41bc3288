import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/**
 * How often a group or the programme looked something up, without who did; who was among them, until that is counted; and
 * what each month of the programme came to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = strict(db);
  await table(
    db.schema
      .createTable('use_marks')
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('period', 'text', (c) => c.notNull())
      .addColumn('cohort_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('use_marks_key', ['person_id', 'kind', 'period']),
  ).execute();
  await db.schema
    .createIndex('use_marks_period')
    .on('use_marks')
    .columns(['kind', 'period', 'cohort_id'])
    .execute();
  await table(
    db.schema
      .createTable('use_counts')
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('period', 'text', (c) => c.notNull())
      .addColumn('cohort_id', 'text', (c) => c.notNull())
      .addColumn('uses', 'integer', (c) => c.notNull())
      .addColumn('missed', 'integer', (c) => c.notNull())
      .addColumn('is_counted', 'integer', (c) => c.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('use_counts_key', ['kind', 'period', 'cohort_id']),
  ).execute();
  await table(
    db.schema
      .createTable('programme_months')
      .addColumn('month', 'text', (c) => c.primaryKey())
      .addColumn('counted', 'text', (c) => c.notNull()),
  ).execute();
}

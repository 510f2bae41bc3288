import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** How far somebody is in the core module, and what is told of a group. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('module_parts')
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('part_id', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('is_latest', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('done_on', 'text')
      .addColumn('label', 'text')
      .addColumn('minutes', 'integer')
      .addPrimaryKeyConstraint('module_parts_pk', ['person_id', 'part_id']),
  ).execute();
  await tidy(
    db.schema
      .createTable('module_counts')
      .addColumn('cohort_id', 'text', (c) => c.primaryKey().references('cohorts.id').onDelete('cascade'))
      .addColumn('counted_on', 'text', (c) => c.notNull())
      .addColumn('counted', 'text', (c) => c.notNull()),
  ).execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** A pilot that was planned in one act, and the parts that it was put together from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = strict(db);
  await table(
    db.schema
      .createTable('pilots')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('template_id', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('cohort_id', 'text', (c) => c.notNull().references('cohorts.id').onDelete('cascade'))
      .addColumn('has_made_group', 'integer', (c) => c.notNull())
      .addColumn('prepares', 'text')
      .addColumn('undo', 'text')
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema.createIndex('pilots_cohort').on('pilots').column('cohort_id').execute();
  await table(
    db.schema
      .createTable('pilot_parts')
      .addColumn('pilot_id', 'text', (c) => c.notNull().references('pilots.id').onDelete('cascade'))
      .addColumn('part', 'text', (c) => c.notNull())
      .addColumn('place', 'integer', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('ref', 'text')
      .addColumn('hangs_on', 'text')
      .addColumn('wanted_on', 'text')
      .addColumn('is_on', 'text')
      .addPrimaryKeyConstraint('pilot_parts_pk', ['pilot_id', 'part']),
  ).execute();
}

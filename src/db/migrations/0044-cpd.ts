import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What somebody chose and added for a record of their learning. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('cpd_choices')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id'))
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await tidy(
    db.schema
      .createTable('cpd_answers')
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('entry_id', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('cpd_answers_pk', ['person_id', 'entry_id']),
  ).execute();
}

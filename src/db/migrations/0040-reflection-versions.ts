import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** How the words of a reflection were before their last change: one for each, gone with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db)(
    db.schema
      .createTable('reflection_versions')
      .addColumn('reflection_id', 'text', (c) =>
        c.primaryKey().references('reflections.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('framework', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('written_at', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema
    .createIndex('reflection_versions_person')
    .on('reflection_versions')
    .column('person_id')
    .execute();
}

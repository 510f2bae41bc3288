import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  const { schema } = db;

  await tidy(
    schema
      .createTable('reflections')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('framework', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('written_at', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .addColumn('deleted_at', 'text'),
  ).execute();
  await schema
    .createIndex('reflections_person')
    .on('reflections')
    .columns(['person_id', 'written_at'])
    .execute();

  await tidy(
    schema
      .createTable('reflection_drafts')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('framework', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('changes', 'text')
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .addColumn('deleted_at', 'text'),
  ).execute();
  await schema.createIndex('reflection_drafts_person').on('reflection_drafts').column('person_id').execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What a session's hosts have settled for it, and what would make taking part in it easier for those who booked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('training_packs')
      .addColumn('session_id', 'text', (c) =>
        c.primaryKey().references('training_sessions.id').onDelete('cascade'),
      )
      .addColumn('group_size', 'integer', (c) => c.notNull())
      .addColumn('seed', 'text', (c) => c.notNull())
      .addColumn('case_id', 'text')
      .addColumn('counted', 'text'),
  ).execute();
  await tidy(
    db.schema
      .createTable('training_needs')
      .addColumn('session_id', 'text', (c) =>
        c.notNull().references('training_sessions.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('training_needs_pk', ['session_id', 'person_id']),
  ).execute();
  await db.schema.createIndex('training_needs_person').on('training_needs').column('person_id').execute();
}

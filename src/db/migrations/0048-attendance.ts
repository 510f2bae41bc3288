import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Who was at a session. Of whoever was not there is no row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('training_registers')
      .addColumn('session_id', 'text', (c) =>
        c.primaryKey().references('training_sessions.id').onDelete('cascade'),
      )
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('taken_at', 'text')
      .addColumn('taken_by', 'text')
      .addColumn('others', 'integer', (c) => c.notNull().defaultTo(0)),
  ).execute();
  await tidy(
    db.schema
      .createTable('training_attendance')
      .addColumn('session_id', 'text', (c) =>
        c.notNull().references('training_sessions.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('said_at', 'text')
      .addColumn('confirmed_at', 'text')
      .addPrimaryKeyConstraint('training_attendance_pk', ['session_id', 'person_id']),
  ).execute();
  await db.schema
    .createIndex('training_attendance_person')
    .on('training_attendance')
    .column('person_id')
    .execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Dated sessions, who hosts them, and who has a place or waits for one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('training_sessions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('series_id', 'text', (c) => c.notNull())
      .addColumn('definition', 'text', (c) => c.notNull())
      .addColumn('cohort_id', 'text', (c) => c.references('cohorts.id'))
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('starts_at', 'text', (c) => c.notNull())
      .addColumn('minutes', 'integer', (c) => c.notNull())
      .addColumn('place', 'text')
      .addColumn('link', 'text')
      .addColumn('places', 'integer')
      .addColumn('mix', 'text')
      .addColumn('mix_until', 'text')
      .addColumn('asks_access', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('sequence', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('cancelled_at', 'text')
      .addColumn('told', 'text')
      .addColumn('tell_at', 'text')
      .addColumn('reminded', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('changed_at', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema
    .createIndex('training_sessions_starts')
    .on('training_sessions')
    .column('starts_at')
    .execute();
  await db.schema
    .createIndex('training_sessions_cohort')
    .on('training_sessions')
    .column('cohort_id')
    .execute();
  await tidy(
    db.schema
      .createTable('training_hosts')
      .addColumn('session_id', 'text', (c) =>
        c.notNull().references('training_sessions.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('training_hosts_pk', ['session_id', 'person_id']),
  ).execute();
  await db.schema.createIndex('training_hosts_person').on('training_hosts').column('person_id').execute();
  await tidy(
    db.schema
      .createTable('training_bookings')
      .addColumn('session_id', 'text', (c) =>
        c.notNull().references('training_sessions.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('profession', 'text')
      .addColumn('since', 'text', (c) => c.notNull())
      .addColumn('offered_until', 'text')
      .addPrimaryKeyConstraint('training_bookings_pk', ['session_id', 'person_id']),
  ).execute();
  await db.schema
    .createIndex('training_bookings_person')
    .on('training_bookings')
    .column('person_id')
    .execute();
  await db.schema
    .createIndex('training_bookings_offered')
    .on('training_bookings')
    .column('offered_until')
    .execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>, more = '') => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql.raw(`strict${more}`)) : table;
};

export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  // No rowid: it counts up, and so would tell in which order people answered.
  const unordered = strict(db, ', without rowid');
  const { schema } = db;

  await tidy(
    schema
      .createTable('checkins')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('cohort_id', 'text', (c) => c.references('cohorts.id').onDelete('cascade'))
      .addColumn('template_id', 'text', (c) => c.notNull())
      .addColumn('mode', 'text', (c) => c.notNull())
      .addColumn('definition', 'text', (c) => c.notNull())
      .addColumn('left_out', 'text', (c) => c.notNull().defaultTo('[]'))
      .addColumn('recurrence', 'text')
      .addColumn('open_days', 'integer', (c) => c.notNull())
      .addColumn('next_at', 'text')
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('checkins_due').on('checkins').columns(['status', 'next_at']).execute();
  await schema.createIndex('checkins_cohort').on('checkins').column('cohort_id').execute();

  await tidy(
    schema
      .createTable('checkin_rounds')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('checkin_id', 'text', (c) => c.notNull().references('checkins.id').onDelete('cascade'))
      .addColumn('due_at', 'text', (c) => c.notNull())
      .addColumn('opened_at', 'text')
      .addColumn('closes_at', 'text')
      .addColumn('remind_at', 'text')
      .addColumn('closed_at', 'text')
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('reason', 'text')
      .addColumn('definition', 'text', (c) => c.notNull())
      .addUniqueConstraint('checkin_rounds_once', ['checkin_id', 'due_at']),
  ).execute();
  await schema
    .createIndex('checkin_rounds_open')
    .on('checkin_rounds')
    .columns(['status', 'closes_at'])
    .execute();

  await tidy(
    schema
      .createTable('participations')
      .addColumn('round_id', 'text', (c) => c.notNull().references('checkin_rounds.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('later_count', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('shared', 'integer', (c) => c.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('participations_pk', ['round_id', 'person_id']),
  ).execute();
  await schema.createIndex('participations_person').on('participations').column('person_id').execute();

  await unordered(
    schema
      .createTable('answers')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('round_id', 'text', (c) => c.notNull().references('checkin_rounds.id').onDelete('cascade'))
      .addColumn('question_id', 'text', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.references('people.id').onDelete('cascade'))
      .addColumn('random_key', 'text')
      .addColumn('words_use', 'text')
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('answers_round').on('answers').columns(['round_id', 'question_id']).execute();

  await unordered(
    schema
      .createTable('answer_keys')
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('family', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('answer_keys_pk', ['person_id', 'family']),
  ).execute();

  await unordered(
    schema
      .createTable('answer_drafts')
      .addColumn('round_id', 'text', (c) => c.notNull().references('checkin_rounds.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('answer_drafts_pk', ['round_id', 'person_id']),
  ).execute();

  await tidy(
    schema
      .createTable('checkin_optouts')
      .addColumn('checkin_id', 'text', (c) => c.notNull().references('checkins.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('checkin_optouts_pk', ['checkin_id', 'person_id']),
  ).execute();
}

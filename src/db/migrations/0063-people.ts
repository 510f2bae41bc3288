import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** How people are listed, what somebody asks colleagues, and whom it was put to: no row tells who said no. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('listings')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('takes_questions', 'integer', (c) => c.notNull())
      .addColumn('asked_on', 'text'),
  ).execute();
  await tidy(
    db.schema
      .createTable('people_questions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('asked_at', 'text', (c) => c.notNull())
      .addColumn('offer_at', 'text', (c) => c.notNull())
      .addColumn('offered_at', 'text')
      .addColumn('posted_at', 'text')
      .addColumn('ends_at', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'text'),
  ).execute();
  await db.schema
    .createIndex('people_questions_of')
    .on('people_questions')
    .columns(['person_id', 'ended_at'])
    .execute();
  await db.schema
    .createIndex('people_questions_end')
    .on('people_questions')
    .columns(['ended_at', 'ends_at'])
    .execute();
  await tidy(
    db.schema
      .createTable('people_asked')
      .addColumn('question_id', 'text', (c) =>
        c.notNull().references('people_questions.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('passed_on', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('people_asked_pk', ['question_id', 'person_id']),
  ).execute();
  await db.schema.createIndex('people_asked_of').on('people_asked').column('person_id').execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql.raw('strict')) : table;
};

/** Check-ins with questions of their own, an end, and a question before the first; plans that are not finished. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  const { schema } = db;
  // 1: asked as it was written here, whatever the template says later.
  await schema
    .alterTable('checkins')
    .addColumn('is_own', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('checkins').addColumn('times_left', 'integer').execute();
  await schema
    .alterTable('checkins')
    .addColumn('reminds', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  await schema
    .alterTable('checkins')
    .addColumn('asks_first', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  // JSON: how many days after which date of its group it comes.
  await schema.alterTable('checkins').addColumn('counted_from', 'text').execute();

  await tidy(
    schema
      .createTable('checkin_wishes')
      .addColumn('checkin_id', 'text', (c) => c.notNull().references('checkins.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('wish', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('checkin_wishes_pk', ['checkin_id', 'person_id']),
  ).execute();
  await schema.createIndex('checkin_wishes_person').on('checkin_wishes').column('person_id').execute();

  await tidy(
    schema
      .createTable('checkin_plans')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('plan', 'text', (c) => c.notNull())
      .addColumn('changed_at', 'text', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('checkin_plans_person').on('checkin_plans').column('person_id').execute();
}

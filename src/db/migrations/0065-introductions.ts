import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Who wants to be introduced how, who was introduced to whom, and what is told of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('introduction_wishes')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id'))
      .addColumn('pool', 'text', (c) => c.notNull())
      .addColumn('every_weeks', 'integer', (c) => c.notNull())
      .addColumn('is_paused', 'integer', (c) => c.notNull())
      .addColumn('standing', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await tidy(
    db.schema
      .createTable('introduction_rounds')
      .addColumn('pool', 'text', (c) => c.notNull())
      .addColumn('number', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('introduction_rounds_pk', ['pool', 'number']),
  ).execute();
  await tidy(
    db.schema
      .createTable('introductions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('pool', 'text', (c) => c.notNull())
      .addColumn('made_on', 'text', (c) => c.notNull())
      .addColumn('made_at', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('go_at', 'text', (c) => c.notNull())
      .addColumn('ask_at', 'text')
      .addColumn('prompt_id', 'text'),
  ).execute();
  await db.schema
    .createIndex('introductions_by_state')
    .on('introductions')
    .columns(['state', 'go_at'])
    .execute();
  await db.schema.createIndex('introductions_to_ask').on('introductions').column('ask_at').execute();
  await tidy(
    db.schema
      .createTable('introduction_members')
      .addColumn('introduction_id', 'text', (c) => c.notNull().references('introductions.id'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('other_agency', 'integer', (c) => c.notNull())
      .addColumn('other_profession', 'integer', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('introduction_members_pk', ['introduction_id', 'person_id']),
  ).execute();
  await db.schema
    .createIndex('introduction_members_by_person')
    .on('introduction_members')
    .column('person_id')
    .execute();
}

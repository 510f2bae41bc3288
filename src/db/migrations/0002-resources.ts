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
      .createTable('saved_resources')
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('resource_id', 'text', (c) => c.notNull())
      .addColumn('saved_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('saved_resources_pk', ['person_id', 'resource_id']),
  ).execute();

  await tidy(
    schema
      .createTable('resource_feedback')
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('resource_id', 'text', (c) => c.notNull())
      .addColumn('helped', 'integer')
      .addColumn('link_problem_at', 'text')
      .addColumn('changed_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('resource_feedback_pk', ['person_id', 'resource_id']),
  ).execute();
  await schema
    .createIndex('resource_feedback_resource')
    .on('resource_feedback')
    .column('resource_id')
    .execute();

  await tidy(
    schema
      .createTable('resource_suggestions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('url', 'text', (c) => c.notNull())
      .addColumn('why', 'text')
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('suggested_at', 'text', (c) => c.notNull())
      .addColumn('decided_by', 'text')
      .addColumn('decided_at', 'text')
      .addUniqueConstraint('resource_suggestions_once', ['person_id', 'address']),
  ).execute();
  await schema
    .createIndex('resource_suggestions_status')
    .on('resource_suggestions')
    .columns(['status', 'suggested_at'])
    .execute();

  await tidy(
    schema
      .createTable('search_misses')
      .addColumn('word', 'text', (c) => c.primaryKey())
      .addColumn('misses', 'integer', (c) => c.notNull())
      .addColumn('last_on', 'text', (c) => c.notNull()),
  ).execute();
}

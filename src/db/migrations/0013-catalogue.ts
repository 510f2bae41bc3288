import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What curators change of the catalogue, over the content files. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  const { schema } = db;

  await tidy(
    schema
      .createTable('catalogue_versions')
      .addColumn('entry_id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('entry', 'text')
      .addColumn('is_retired', 'integer', (c) => c.notNull())
      .addColumn('seed', 'text')
      .addColumn('changed_by', 'text', (c) => c.notNull())
      .addColumn('changed_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('catalogue_versions_pk', ['entry_id', 'version']),
  ).execute();

  await tidy(
    schema
      .createTable('catalogue_seed')
      .addColumn('entry_id', 'text', (c) => c.primaryKey())
      .addColumn('entry', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('catalogue_state')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('changes', 'integer', (c) => c.notNull())
      .addColumn('seed_hash', 'text'),
  ).execute();
  await (db as Kysely<{ catalogue_state: { id: number; changes: number } }>)
    .insertInto('catalogue_state')
    .values({ id: 1, changes: 0 })
    .execute();

  await tidy(
    schema
      .createTable('topic_phrases')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .addColumn('phrase', 'text', (c) => c.notNull())
      .addColumn('added_by', 'text', (c) => c.notNull())
      .addColumn('added_at', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('contact_checks')
      .addColumn('contact_id', 'text', (c) => c.primaryKey())
      .addColumn('checked_on', 'text', (c) => c.notNull())
      .addColumn('is_wrong', 'integer', (c) => c.notNull())
      .addColumn('checked_by', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('asked_questions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('key', 'text', (c) => c.notNull().unique())
      .addColumn('words', 'text', (c) => c.notNull())
      .addColumn('asked_on', 'text', (c) => c.notNull()),
  ).execute();
  await tidy(
    schema
      .createTable('question_waiting')
      .addColumn('question_id', 'text', (c) =>
        c.notNull().references('asked_questions.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('question_waiting_pk', ['question_id', 'person_id']),
  ).execute();

  await schema.alterTable('search_misses').addColumn('answer', 'text').execute();
  await schema.alterTable('resource_suggestions').addColumn('entry_id', 'text').execute();
}

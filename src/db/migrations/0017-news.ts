import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Who wants to hear what is new in the catalogue, and the channels that are told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('followed_topics')
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .addColumn('since', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('followed_topics_pk', ['person_id', 'topic_id']),
  ).execute();
  await tidy(
    db.schema
      .createTable('channel_news')
      .addColumn('channel_id', 'text', (c) => c.primaryKey())
      .addColumn('turned_on_by', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('since', 'text', (c) => c.notNull()),
  ).execute();
}

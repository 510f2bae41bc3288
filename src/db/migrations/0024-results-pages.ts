import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What was last counted of an open round, and on which day; and the page of App Home that somebody has turned to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await db.schema.alterTable('checkin_rounds').addColumn('counted', 'text').execute();
  await db.schema.alterTable('checkin_rounds').addColumn('counted_on', 'text').execute();
  await tidy(
    db.schema
      .createTable('home_pages')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('page', 'text', (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('turned_at', 'text', (c) => c.notNull()),
  ).execute();
}

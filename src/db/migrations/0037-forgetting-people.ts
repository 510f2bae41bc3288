import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/**
 * People can be deleted: what is left to do of it. A channel keeps its news when whoever turned them on is gone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('forgettings')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('begun_at', 'text', (c) => c.notNull())
      .addColumn('next_at', 'text', (c) => c.notNull()),
  ).execute();
  await tidy(
    db.schema
      .createTable('channel_news_anew')
      .addColumn('channel_id', 'text', (c) => c.primaryKey())
      .addColumn('turned_on_by', 'text', (c) => c.notNull())
      .addColumn('since', 'text', (c) => c.notNull()),
  ).execute();
  await sql`insert into channel_news_anew (channel_id, turned_on_by, since)
    select channel_id, turned_on_by, since from channel_news`.execute(db);
  await db.schema.dropTable('channel_news').execute();
  await db.schema.alterTable('channel_news_anew').renameTo('channel_news').execute();
}

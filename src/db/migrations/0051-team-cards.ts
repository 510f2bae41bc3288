import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What teams offer each other. Whoever keeps a card most likely works there, so what it says is sealed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strict(db)(
    db.schema
      .createTable('team_cards')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('owner_id', 'text', (c) => c.references('people.id').onDelete('set null'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('checked_on', 'text', (c) => c.notNull())
      .addColumn('due_on', 'text', (c) => c.notNull())
      .addColumn('asked_on', 'text')
      .addColumn('made_at', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema.createIndex('team_cards_of').on('team_cards').column('owner_id').execute();
  await db.schema.createIndex('team_cards_due').on('team_cards').column('due_on').execute();
}

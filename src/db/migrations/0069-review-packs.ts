import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What is taken to young people, and what they say of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('review_packs')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .addColumn('made_at', 'text', (c) => c.notNull())
      .addColumn('reviewed_on', 'text'),
  ).execute();
  await tidy(
    db.schema
      .createTable('review_items')
      .addColumn('pack_id', 'text', (c) => c.notNull().references('review_packs.id'))
      .addColumn('item', 'text', (c) => c.notNull())
      .addColumn('nth', 'integer', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('mark', 'text', (c) => c.notNull())
      .addColumn('verdict', 'text')
      .addColumn('became', 'text')
      .addColumn('sealed', 'text')
      .addPrimaryKeyConstraint('review_items_pk', ['pack_id', 'item']),
  ).execute();
  await db.schema.createIndex('review_items_of').on('review_items').column('item').execute();
}

import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/**
 * What people noted that they will try, and when it comes back to them. Days only, and no id that holds the time: they note
 * it right after they have answered, of which no time is kept.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  const ofPerson = (table: string) =>
    db.schema
      .createTable(table)
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'));
  await tidy(
    db.schema
      .createTable('intentions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('occasion', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('noted_on', 'text', (c) => c.notNull())
      .addColumn('returns', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('next_at', 'text')
      .addColumn('outcome', 'text'),
  ).execute();
  await db.schema.createIndex('intentions_person').on('intentions').column('person_id').execute();
  await db.schema.createIndex('intentions_next').on('intentions').column('next_at').execute();
  await db.schema.createIndex('intentions_occasion').on('intentions').column('occasion').execute();
  await tidy(
    ofPerson('intention_offers')
      .addColumn('occasion', 'text', (c) => c.notNull())
      .addColumn('offered_on', 'text', (c) => c.notNull())
      .addColumn('is_wanted', 'integer', (c) => c.notNull().defaultTo(1)),
  ).execute();
  await tidy(ofPerson('intention_drafts').addColumn('sealed', 'text', (c) => c.notNull())).execute();
}

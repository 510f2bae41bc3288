import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What was passed on to whom, for its limits, and whose shares somebody does not want. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('resource_shares')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('receiver_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('resource_id', 'text', (c) => c.notNull())
      .addColumn('shared_at', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema
    .createIndex('resource_shares_of')
    .on('resource_shares')
    .columns(['person_id', 'shared_at'])
    .execute();
  await tidy(
    db.schema
      .createTable('share_stops')
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('sharer_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('since', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('share_stops_pk', ['person_id', 'sharer_id']),
  ).execute();
}

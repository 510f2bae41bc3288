import { type Kysely, sql } from 'kysely';

/** How many noted something after a check-in, and have tried it: counted once each, and then as they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  const table = db.schema
    .createTable('intention_counts')
    .addColumn('occasion', 'text', (c) => c.primaryKey())
    .addColumn('people', 'integer', (c) => c.notNull())
    .addColumn('noted', 'integer', (c) => c.notNull())
    .addColumn('tried', 'integer');
  await (isSqlite ? table.modifyEnd(sql`strict`) : table).execute();
}

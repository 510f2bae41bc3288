import type { Kysely } from 'kysely';

/** A practice example that was published can be put back into the queue until its author is told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('practice_examples').addColumn('entry_id', 'text').execute();
  await db.schema.alterTable('practice_examples').addColumn('kept_until', 'text').execute();
}

import type { Kysely } from 'kysely';

/** A sealed note of one's own on a saved resource, and removing with a way back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('saved_resources').addColumn('note', 'text').execute();
  await db.schema.alterTable('saved_resources').addColumn('removed_at', 'text').execute();
}

import type { Kysely } from 'kysely';

/** That a page is out of date is said apart from a link that does not work. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('resource_feedback').addColumn('out_of_date_at', 'text').execute();
}

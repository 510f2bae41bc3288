import type { Kysely } from 'kysely';

/** The day from which checks that nobody has made yet are spread. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('catalogue_state').addColumn('began_on', 'text').execute();
}

import type { Kysely } from 'kysely';

/** What somebody typed of their work is sealed, whoever sees it; by a mark those who say the same are counted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('profiles').addColumn('organisation_mark', 'text').execute();
  await db.schema.createIndex('profiles_organisation').on('profiles').column('organisation_mark').execute();
}

import { type Kysely, sql } from 'kysely';

/**
 * What whoever suggested something was told of it: a decision that is taken back and made otherwise refers to what they have
 * heard. Why earlier ones were declined was not kept.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['said', 'heard'])
    await db.schema.alterTable('resource_suggestions').addColumn(column, 'text').execute();
  await sql`update resource_suggestions set said = 'accepted' where status = 'accepted'`.execute(db);
}

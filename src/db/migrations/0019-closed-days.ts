import type { Kysely } from 'kysely';

/** Days on which nothing of a group's check-ins goes out, besides those of the programme: JSON. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('cohorts').addColumn('closed_days', 'text').execute();
}

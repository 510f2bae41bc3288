import type { Kysely } from 'kysely';

/**
 * First names, for greetings; Slack tells them when somebody is next looked up. Whoever counted as from elsewhere may be
 * of another workspace of the same organisation, and a member here: Slack is asked about them again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('people').addColumn('first_name', 'text').execute();
  await (db as Kysely<{ people: { kind: string } }>)
    .updateTable('people')
    .set({ kind: 'unknown' })
    .where('kind', '=', 'external')
    .execute();
}

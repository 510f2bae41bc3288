import type { Kysely } from 'kysely';

/** Which prompts were left out of a channel, so that they come after the others and a slip can be undone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('prompt_plans')
    .addColumn('skipped', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
}

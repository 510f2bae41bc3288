import type { Kysely } from 'kysely';

/** How many did what they had noted, beside those who tried it. Null: counted before this was, or not yet. */
export const up = (db: Kysely<unknown>): Promise<void> =>
  db.schema.alterTable('intention_counts').addColumn('done', 'integer').execute();

import type { Kysely } from 'kysely';

/** How many were at a session, counted once after nobody can put attendance right any more. Null: not counted. */
export const up = (db: Kysely<unknown>): Promise<void> =>
  db.schema.alterTable('training_registers').addColumn('counted', 'integer').execute();

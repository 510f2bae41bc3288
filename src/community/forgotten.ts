import type { Db } from '../db/schema.ts';
import type { Forgotten, Vault } from '../lib/crypto.ts';
import './tables.ts';

/**
 * Whoever was forgotten and is here all the same: an old copy of the database was brought back, or a deletion was broken
 * off. They are to be deleted again before anybody is served.
 */
export async function listForgottenHere(db: Db, vault: Vault): Promise<Forgotten[]> {
  const rows = await db.selectFrom('people').select(['id as personId', 'slack_id as slackId']).execute();
  return rows.filter(({ personId }) => vault.isForgotten({ personId }));
}

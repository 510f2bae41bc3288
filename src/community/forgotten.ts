import type { Db } from '../db/schema.ts';
import type { Forgotten, Vault } from '../lib/crypto.ts';
import './tables.ts';
import { findPersonBySlackId } from './people.ts';

/**
 * Whoever was forgotten and is here all the same: an old copy of the database was brought back, or a deletion was broken
 * off. They are to be deleted again before anybody is served.
 */
export async function listForgottenHere(db: Db, vault: Pick<Vault, 'isForgotten'>): Promise<Forgotten[]> {
  const rows = await db.selectFrom('people').select(['id as personId', 'slack_id as slackId']).execute();
  return rows.filter(({ personId }) => vault.isForgotten({ personId }));
}

/**
 * Whether somebody had everything about them deleted and has not come back since. Nobody but they themselves brings them
 * back: not a channel they are in, nor a list, nor a colleague.
 */
export const isForgotten = async (
  db: Db,
  vault: Pick<Vault, 'isForgotten'>,
  slackId: string,
): Promise<boolean> =>
  vault.isForgotten({ slackId }) && (await findPersonBySlackId(db, slackId)) === undefined;

/** Stands in the audit log for somebody whose data was deleted. Without the key it tells nothing of who that is. */
export const forgottenMark = (vault: Pick<Vault, 'markOf'>, slackId: string): string =>
  vault.markOf(`forgotten:${slackId}`);

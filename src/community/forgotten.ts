import type { Db } from '../db/schema.ts';
import type { Vault } from '../lib/crypto.ts';
import './tables.ts';
import { findPersonBySlackId } from './people.ts';

type Marking = Pick<Vault, 'markOf'>;

/** Stands for somebody whose data was deleted. Without the key it tells nothing of who that is. */
export const forgottenMark = (vault: Marking, slackId: string): string =>
  vault.markOf(`forgotten:${slackId}`);

export async function markForgotten(db: Db, vault: Marking, slackId: string, at: Date): Promise<void> {
  const forgotten_at = at.toISOString();
  await db
    .insertInto('forgotten_people')
    .values({ mark: forgottenMark(vault, slackId), forgotten_at })
    .onConflict((conflict) => conflict.column('mark').doUpdateSet({ forgotten_at }))
    .execute();
}

/**
 * Whether somebody had everything about them deleted and has not come back since. Nobody but they themselves brings them
 * back: not a channel they are in, nor a list, nor a colleague.
 */
export async function isForgotten(db: Db, vault: Marking, slackId: string): Promise<boolean> {
  const row = await db
    .selectFrom('forgotten_people')
    .select('mark')
    .where('mark', '=', forgottenMark(vault, slackId))
    .executeTakeFirst();
  return row !== undefined && (await findPersonBySlackId(db, slackId)) === undefined;
}

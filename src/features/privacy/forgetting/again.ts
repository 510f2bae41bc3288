import { listForgottenHere } from '../../../community/forgotten.ts';
import type { HeldDeps } from '../deps.ts';
import { destroyWaitingKeys } from './finish.ts';
import { forgetPerson } from './forget.ts';

/**
 * Before anybody is served: where an older copy of the database was brought back, whoever was deleted since is deleted
 * again, and where the program was stopped between the rows and the keys, those are destroyed.
 * @returns how many were here again.
 */
export async function forgetAgain(deps: HeldDeps): Promise<number> {
  await destroyWaitingKeys(deps);
  const back = await listForgottenHere(deps.db, deps.vault);
  for (const { personId } of back) await forgetPerson(deps, personId, 'restore');
  return back.length;
}

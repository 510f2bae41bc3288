import type { Actor } from '../../../community/permissions.ts';
import type { PackDeps } from './deps.ts';
import { findHosted } from './hosted.ts';
import { groupSizes } from './mixing.ts';
import { findSettled, holdSettled, type Settled, saveSettled } from './store.ts';

/** Changes what the hosts have settled. Whoever hosts it not changes nothing, and is told so by what they read next. */
async function settle(
  deps: PackDeps,
  actor: Actor,
  sessionId: string,
  change: Partial<Settled>,
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    if (!(await findHosted({ db: trx }, actor, sessionId))) return;
    await holdSettled(trx, sessionId);
    await saveSettled(trx, sessionId, { ...(await findSettled(trx, sessionId)), ...change });
  });
}

/** Other groups of the same people. */
export const mixAgain = (deps: PackDeps, actor: Actor, sessionId: string): Promise<void> =>
  settle(deps, actor, sessionId, { seed: deps.random.bytes(8).toString('hex') });

/** Sizes that are not offered are left alone: they come from people's own computers. */
export async function chooseSize(
  deps: PackDeps,
  actor: Actor,
  { sessionId, size }: { sessionId: string; size: number },
): Promise<void> {
  if (groupSizes.includes(size)) await settle(deps, actor, sessionId, { groupSize: size });
}

export const chooseCase = (
  deps: PackDeps,
  actor: Actor,
  { sessionId, caseId }: { sessionId: string; caseId: string },
): Promise<void> => settle(deps, actor, sessionId, { caseId });

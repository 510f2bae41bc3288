import { audit } from '../../../community/audit.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { closeAndTell } from '../asking/close-round.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { findCheckIn, findRound } from '../store.ts';

/** Closes a round before its time, so that its results can be seen. */
export async function closeNow(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<{ kind: 'closed' } | { kind: 'not-allowed' }> {
  const round = await findRound(deps.db, roundId);
  const checkin = round && (await findCheckIn(deps.db, round.checkinId));
  if (!round || !checkin?.cohortId || !may(actor, 'checkins.schedule', { cohortId: checkin.cohortId }))
    return { kind: 'not-allowed' };
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    if (!(await closeAndTell(trx, deps, round, checkin, now))) return;
    await audit(trx, deps.clock, { actor: actor.person.id, action: 'checkins.close', subject: round.id });
  });
  await facilitatorsSeeChange(deps, checkin.cohortId);
  return { kind: 'closed' };
}

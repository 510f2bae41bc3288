import { audit } from '../../../community/audit.ts';
import { leaveAllCohorts, listCohortsOf } from '../../../community/cohorts.ts';
import { withdrawConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { cancelQueued, changePreferences } from '../../../outbox/outbox.ts';
import type { Answerer } from '../../../slack/answer.ts';
import type { Core } from '../../feature.ts';
import type { HeldDeps } from '../deps.ts';
import { leaveAnswer } from './views.ts';

export async function showLeave(
  { db, areas }: Pick<HeldDeps, 'db' | 'areas'>,
  actor: Actor,
  answer: Answerer,
): Promise<void> {
  const groups = await listCohortsOf(db, actor.person.id);
  const ends: string[] = [];
  for (const { endsOnLeaving } of areas.flatMap(({ holdings }) => holdings)) {
    const said = await endsOnLeaving?.(db, actor.person.id);
    if (said !== undefined) ends.push(said);
  }
  await answer(
    leaveAnswer(
      groups.map(({ name }) => name),
      ends,
    ),
  );
}

export type LeaveOutcome = { kind: 'left'; groups: number } | { kind: 'not-allowed' };

/**
 * Leaves the programme: everything queued is taken back, nothing more is sent, the groups are left and the extras are
 * withdrawn. What was written stays until it is asked to be deleted.
 */
export async function leave(deps: Core, actor: Actor): Promise<LeaveOutcome> {
  const { db, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const groups = await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const cohorts = await listCohortsOf(trx, personId);
    await leaveAllCohorts(trx, personId, now);
    await cancelQueued(trx, { personId }, 'left the programme');
    await changePreferences(trx, personId, { isPaused: true, awayUntil: undefined }, now);
    for (const kind of ['listed', 'introduced'] as const) await withdrawConsent(trx, clock, personId, kind);
    await audit(trx, clock, { actor: personId, action: 'preferences.leave', subject: personId });
    return cohorts.length;
  });
  await deps.did(personId, { kind: 'left-programme' });
  deps.homeChanged(personId);
  return { kind: 'left', groups };
}

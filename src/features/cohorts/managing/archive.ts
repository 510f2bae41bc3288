import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort, listCohortMembers } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import type { CohortsDeps } from '../deps.ts';
import { cohortTopic, pagesChanged } from '../members/membership.ts';
import { setArchived } from './store.ts';

export type ArchiveOutcome = { kind: 'not-allowed' } | { kind: 'archived' | 'restored'; cohort: Cohort };

/** Puts a cohort away: nobody is asked anything more, nothing is lost, and it can be brought back. */
export async function archiveCohort(
  deps: CohortsDeps,
  request: { actor: Actor; cohortId: string },
): Promise<ArchiveOutcome> {
  return change(deps, request, 'archived');
}

/** Brings an archived cohort back with everybody who was in it. */
export async function restoreCohort(
  deps: CohortsDeps,
  request: { actor: Actor; cohortId: string },
): Promise<ArchiveOutcome> {
  return change(deps, request, 'restored');
}

async function change(
  deps: CohortsDeps,
  { actor, cohortId }: { actor: Actor; cohortId: string },
  kind: 'archived' | 'restored',
): Promise<ArchiveOutcome> {
  const { db, clock } = deps;
  let isChanged = false;
  const outcome = await db.transaction().execute(async (trx): Promise<ArchiveOutcome> => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
    if (cohort.isArchived === (kind === 'archived')) return { kind, cohort };
    await setArchived(trx, cohortId, kind === 'archived' ? clock.now() : undefined);
    if (kind === 'archived')
      await cancelQueued(trx, { topic: cohortTopic(cohortId) }, 'the cohort was archived');
    const action = kind === 'archived' ? 'cohorts.archive' : 'cohorts.restore';
    await audit(trx, clock, { actor: actor.person.id, action, subject: cohortId });
    isChanged = true;
    return { kind, cohort: { ...cohort, isArchived: kind === 'archived' } };
  });
  if (isChanged) await deps.did(actor.person.id, { kind: `${kind}-cohort`, cohortId });
  if (outcome.kind !== 'not-allowed') {
    const members = await listCohortMembers(db, cohortId);
    await pagesChanged(deps, cohortId, [actor.person.id, ...members.map(({ id }) => id)]);
  }
  return outcome;
}

import { findCohort } from '../../../community/cohorts.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import type { Deed } from '../../feature.ts';
import type { SessionDeps } from './deps.ts';
import { releaseOne } from './jobs.ts';
import { archivedMessage } from './messages.ts';
import { deleteHostOf, listComing, listInOf } from './store.ts';

/** What people do elsewhere that concerns their places, or the sessions they run. */
export async function hearOfSessions(deps: SessionDeps, personId: string, deed: Deed): Promise<void> {
  const { db, clock } = deps;
  switch (deed.kind) {
    // Whoever is not in a group any more has no place at what is for it.
    case 'left-cohort':
      return releaseAll(deps, personId, deed.cohortId);
    case 'declined':
    case 'left-programme':
      await deleteHostOf(db, personId, clock.now());
      return releaseAll(deps, personId);
    case 'archived-cohort':
      return askAboutArchived(deps, personId, deed.cohortId);
    default:
      return;
  }
}

async function releaseAll(deps: SessionDeps, personId: string, cohortId?: string): Promise<void> {
  for (const one of await listInOf(deps.db, deps.clock.now(), { personId }))
    if (cohortId === undefined || one.cohortId === cohortId) await releaseOne(deps, one);
}

/** Its sessions are cancelled only when somebody says so, since others expect to come. */
async function askAboutArchived(deps: SessionDeps, personId: string, cohortId: string): Promise<void> {
  const { db, clock } = deps;
  const now = clock.now();
  const cohort = await findCohort(db, cohortId);
  const coming = await listComing(db, now, { cohortIds: [cohortId] });
  if (!cohort || coming.length === 0) return;
  const idempotencyKey = `sessions.archived:${cohortId}:${now.toISOString()}`;
  await enqueue(db, clock, {
    idempotencyKey,
    kind: 'sessions.archived',
    to: { personId },
    message: archivedMessage(cohort, coming.length),
    sendAfter: now,
  });
  await deps.sendNow(idempotencyKey);
}

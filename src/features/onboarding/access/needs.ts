import { findCohort, listCohortFacilitators, listCohortsOf } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { pageOf } from '../../../slack/paging.ts';
import { type OnboardingDeps, zoneOf } from '../deps.ts';
import { findProfile } from '../profile/store.ts';
import { listNeedsIn, type Needs, recordOpened } from './store.ts';
import { needsNote } from './views.ts';

const perPage = 15;

/** Opens what makes taking part easier for the people of a group; whose is shown, sees who has opened it. */
export async function openNeeds(
  deps: OnboardingDeps,
  actor: Actor,
  cohortId: string,
  wanted: number,
): Promise<Needs | undefined> {
  const { db, vault, clock } = deps;
  const cohort = await findCohort(db, cohortId);
  if (!cohort || !may(actor, 'cohorts.progress', { cohortId })) return undefined;
  const { shown, page, pages } = pageOf(await listNeedsIn(db, vault, cohortId), wanted, perPage);
  const others = shown.map(({ person }) => person.id).filter((id) => id !== actor.person.id);
  const on = localDate(clock.now(), zoneOf(actor.person, deps.timeZone));
  for (const id of others) {
    await db
      .transaction()
      .execute((trx) => recordOpened(trx, vault, id, { by: actor.person.id, on, at: clock.now() }));
    deps.homeChanged(id);
  }
  return { cohortId, cohortName: cohort.name, shown, page, pages };
}

/**
 * Tells those who run somebody's groups that there is something to open: once when it is said or changed, and again where
 * they come into a group later. What it says never stands in a message.
 * @param cohortId only this group.
 */
export async function tellOfNeeds(deps: OnboardingDeps, personId: string, cohortId?: string): Promise<void> {
  const { db, vault, clock } = deps;
  if (!(await findProfile(db, vault, personId))?.accessNeeds) return;
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    for (const cohort of await listCohortsOf(trx, personId)) {
      if (cohortId !== undefined && cohort.id !== cohortId) continue;
      for (const facilitator of await listCohortFacilitators(trx, cohort.id)) {
        if (facilitator.id === personId) continue;
        await enqueue(trx, clock, {
          // Without whose it is: nothing outside the seal tells who has said something.
          idempotencyKey: `access:${cohort.id}:${facilitator.id}:${now.toISOString()}`,
          kind: 'onboarding.access',
          to: { personId: facilitator.id },
          message: needsNote(cohort),
          sendAfter: await deps.reach.nextAllowed(trx, facilitator.id, now),
          topic: `cohort:${cohort.id}`,
        });
      }
    }
  });
}

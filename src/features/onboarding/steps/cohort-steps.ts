import { getPerson } from '../../../community/people.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { addWorkingDays, localDate } from '../../../scheduler/calendar.ts';
import { type OnboardingDeps, zoneOf } from '../deps.ts';
import { changeJourney, claimStatus, findJourney, readVersion } from '../store.ts';
import { stepsFor } from './audience.ts';
import { isOver, newDueDates, waitingSteps } from './journey.ts';
import { viewJourney } from './journey-view.ts';
import { closeStep, insertSteps } from './store.ts';

/** A cohort may bring steps of its own: those of the version the person began with. */
export async function addCohortSteps(
  deps: OnboardingDeps,
  personId: string,
  cohortAgeGroup: string | undefined,
): Promise<void> {
  const { db, clock } = deps;
  const journey = await findJourney(db, personId);
  if (cohortAgeGroup === undefined || journey?.versionId === undefined) return;
  const { versionId } = journey;
  await db.transaction().execute(async (trx) => {
    const person = await getPerson(trx, personId);
    const version = await readVersion(trx, versionId);
    const view = await viewJourney(trx, deps, person);
    const has = new Set(view?.steps.map(({ step }) => step.id));
    const fresh = version.filter((step) => step.audience === `cohort:${cohortAgeGroup}` && !has.has(step.id));
    if (fresh.length === 0) return;
    const from = addWorkingDays(localDate(clock.now(), zoneOf(person, deps.timeZone)), 1);
    const dates = newDueDates(fresh, { from, pace: journey.pace });
    await insertSteps(trx, journey.id, waitingSteps(fresh, version, dates, from));
    await claimStatus(trx, clock, journey.id, ['finished'], 'active');
    await changeJourney(trx, clock, journey.id, { next_at: clock.now().toISOString() });
  });
  deps.homeChanged(personId);
}

/** Steps that only this cohort brought and that are still to come go with it; what is queued of them is taken back. */
export async function dropCohortSteps(
  deps: OnboardingDeps,
  personId: string,
  cohortAgeGroup: string | undefined,
): Promise<void> {
  const { db, clock } = deps;
  if (cohortAgeGroup === undefined) return;
  await db.transaction().execute(async (trx) => {
    const person = await getPerson(trx, personId);
    const view = await viewJourney(trx, deps, person);
    if (!view) return;
    const steps = view.steps.map(({ step }) => step);
    const mine = new Set((await stepsFor(trx, steps, person)).map(({ id }) => id));
    for (const { step, held } of view.steps) {
      if (step.audience !== `cohort:${cohortAgeGroup}` || mine.has(step.id) || isOver(held.status)) continue;
      if (held.offerKey) await cancelQueued(trx, { idempotencyKey: held.offerKey }, 'left');
      await closeStep(trx, clock, { journeyId: view.journey.id, stepId: step.id, as: 'skipped' });
    }
    await changeJourney(trx, clock, view.journey.id, { next_at: clock.now().toISOString() });
  });
  deps.homeChanged(personId);
}

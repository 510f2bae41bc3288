import { getPerson } from '../../../community/people.ts';
import { getPreferences } from '../../../community/preferences.ts';
import type { Db } from '../../../db/schema.ts';
import { hours, later } from '../../../lib/clock.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import { forEach } from '../../../scheduler/each.ts';
import { isOpenable, type OnboardingDeps, zoneOf } from '../deps.ts';
import { tellHomes } from '../lead/greetings.ts';
import { changeJourney, claimStatus, findJourney, readVersion } from '../store.ts';
import { addDays, decide } from './journey.ts';
import { changeStep, closeStep, listDueJourneys, listSteps } from './store.ts';
import { restMessage, stepMessage } from './views.ts';

/** Job: for everybody something may be due for, decides what, and enqueues it. One message a person at a time. */
export async function advanceJourneys(deps: OnboardingDeps, now: Date): Promise<void> {
  const due = await listDueJourneys(deps.db, now, 200);
  await forEach(deps.log, 'onboarding.steps', due, async ({ personId }) => {
    const isChanged = await deps.db.transaction().execute((trx) => advance(trx, deps, personId, now));
    if (!isChanged) return;
    deps.homeChanged(personId);
    // Facilitators see who finished, and who fell silent.
    await tellHomes(deps, personId);
  });
}

async function advance(trx: Db, deps: OnboardingDeps, personId: string, now: Date): Promise<boolean> {
  const { clock } = deps;
  const journey = await findJourney(trx, personId);
  if (journey?.status !== 'active' || journey.versionId === undefined) return false;
  const person = await getPerson(trx, personId);
  const zone = zoneOf(person, deps.timeZone);
  const today = localDate(now, zone);
  const lookAgain = (at: Date | null) =>
    changeJourney(trx, clock, journey.id, { next_at: at === null ? null : at.toISOString() });

  const preferences = await getPreferences(trx, personId);
  if (preferences.isPaused) {
    await lookAgain(later(now, hours(1)));
    return false;
  }
  // Decided when they are back, not now: what is due may have been done by then.
  if (preferences.awayUntil !== undefined && preferences.awayUntil >= today) {
    await lookAgain(atLocalTime(addDays(preferences.awayUntil, 1), '00:00', zone));
    return false;
  }

  const version = await readVersion(trx, journey.versionId);
  const steps = await listSteps(trx, journey.id, version, zone);
  const decision = decide({
    today,
    pace: journey.pace,
    wantsReminders: preferences.wantsReminders,
    // What is left there is the last time they were away.
    backOn: preferences.awayUntil === undefined ? undefined : addDays(preferences.awayUntil, 1),
    steps,
  });
  const sendAfter = await deps.reach.nextAllowed(trx, person.id, now);
  const common = { to: { personId }, sendAfter, topic: 'onboarding' };
  switch (decision.kind) {
    case 'wait': {
      const queuedUntil = steps.find((step) => step.queuedUntil)?.queuedUntil;
      if (decision.until !== undefined) await lookAgain(atLocalTime(decision.until, '00:00', zone));
      // The outbox may hold it for days, for the weekly cap: nothing changes before, but by the person, who wakes us.
      else if (queuedUntil) await lookAgain(later(queuedUntil > now ? queuedUntil : now, hours(1)));
      else await lookAgain(null);
      return false;
    }
    case 'finish':
      await claimStatus(trx, clock, journey.id, ['active'], 'finished');
      return true;
    case 'rest':
      await claimStatus(trx, clock, journey.id, ['active'], 'paused');
      await changeJourney(trx, clock, journey.id, {
        rest_reason: 'silence',
        rests: journey.rests + 1,
        next_at: null,
      });
      await enqueue(trx, clock, {
        ...common,
        idempotencyKey: `onboarding:${journey.id}:rest${journey.rests === 0 ? '' : `:${journey.rests}`}`,
        kind: 'onboarding.rest',
        message: restMessage(),
      });
      return true;
    case 'offer':
    case 'remind': {
      const step = version.find((one) => one.id === decision.stepId);
      const held = steps.find((one) => one.stepId === decision.stepId);
      if (!step || !held || !isOpenable(deps, step)) {
        // What it opens is not there any more: nobody is sent to a closed door.
        await closeStep(trx, clock, { journeyId: journey.id, stepId: decision.stepId, as: 'skipped' });
        return true;
      }
      const again = held.offers === 0 ? '' : `:${held.offers}`;
      const isReminder = decision.kind === 'remind';
      const key = isReminder
        ? `${held.offerKey ?? `onboarding:${journey.id}:${step.id}`}:reminder`
        : `onboarding:${journey.id}:${step.id}${again}`;
      await enqueue(trx, clock, {
        ...common,
        idempotencyKey: key,
        kind: isReminder ? 'onboarding.reminder' : 'onboarding.step',
        message: stepMessage(deps, step, { isReminder }),
      });
      await changeStep(
        trx,
        journey.id,
        step.id,
        isReminder
          ? { reminder_key: key }
          : { status: 'offered', offers: held.offers + 1, offer_key: key, reacted_at: null },
      );
      await lookAgain(later(sendAfter, hours(1)));
      return true;
    }
  }
}

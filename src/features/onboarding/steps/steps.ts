import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { addWorkingDays, localDate } from '../../../scheduler/calendar.ts';
import type { JourneyStep } from '../content.ts';
import { type OnboardingDeps, zoneOf } from '../deps.ts';
import { changeJourney, claimStatus, type Journey } from '../store.ts';
import { isOver, snoozeWorkingDays } from './journey.ts';
import { type JourneyView, viewJourney } from './journey-view.ts';
import { changeStep, closeStep, type HeldStep, hasOpenStep, listMessageKeys } from './store.ts';

export type StepOutcome =
  | { kind: 'closed'; as: 'done' | 'skipped'; step: JourneyStep; view: JourneyView }
  | { kind: 'over-already'; step: JourneyStep; view: JourneyView }
  | { kind: 'snoozed'; step: JourneyStep; until: string }
  | { kind: 'reopened'; step: JourneyStep }
  /** Of another version of the journey, or of no journey of theirs. */
  | { kind: 'gone' };

export const closeByHand = (
  deps: OnboardingDeps,
  actor: Actor,
  request: { stepId: string; as: 'done' | 'skipped' },
  /** What belongs to closing it, in the same transaction. */
  together?: (trx: Db) => Promise<void>,
): Promise<StepOutcome> =>
  onStep(deps, actor, request.stepId, async (trx, { journey, step }) => {
    const isClosed = await closeStep(trx, deps.clock, { journeyId: journey.id, ...request });
    if (isClosed) await afterReaction(trx, deps, journey, request.stepId);
    if (isClosed) await together?.(trx);
    const view = await viewJourney(trx, deps, actor.person);
    if (!view) return { kind: 'gone' };
    return isClosed ? { kind: 'closed', as: request.as, step, view } : { kind: 'over-already', step, view };
  });

/** "Not now": it comes again in a week. */
export const snooze = (deps: OnboardingDeps, actor: Actor, stepId: string): Promise<StepOutcome> =>
  onStep(deps, actor, stepId, async (trx, { journey, step, held }) => {
    const view = await viewJourney(trx, deps, actor.person);
    if (isOver(held.status) && view) return { kind: 'over-already', step, view };
    const today = localDate(deps.clock.now(), zoneOf(actor.person, deps.timeZone));
    const until = addWorkingDays(today, snoozeWorkingDays);
    await afterReaction(trx, deps, journey, stepId);
    await changeStep(trx, journey.id, stepId, {
      // The keys stay: what was sent today still counts for when the next message may come.
      status: 'waiting',
      due_on: until,
      reacted_at: deps.clock.now().toISOString(),
    });
    return { kind: 'snoozed', step, until };
  });

/** The way back from done or skipped: it is open again, and stays where it is until they turn to it. */
export const reopen = (deps: OnboardingDeps, actor: Actor, stepId: string): Promise<StepOutcome> =>
  onStep(deps, actor, stepId, async (trx, { journey, step, held }) => {
    if (isOver(held.status)) {
      // "Offered", since they look at it right now: it is not sent once more.
      await changeStep(trx, journey.id, stepId, {
        status: held.offer ? 'offered' : 'waiting',
        reacted_at: deps.clock.now().toISOString(),
      });
      await claimStatus(trx, deps.clock, journey.id, ['finished'], 'active');
      await changeJourney(trx, deps.clock, journey.id, { next_at: deps.clock.now().toISOString() });
    }
    return { kind: 'reopened', step };
  });

type Found = { journey: Journey; step: JourneyStep; held: HeldStep };

async function onStep(
  deps: OnboardingDeps,
  actor: Actor,
  stepId: string,
  work: (trx: Db, found: Found) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  // A step is always looked for in the journey of whoever clicked, so nobody reaches another person's.
  if (!may(actor, 'own.write', { ownerId: actor.person.id })) return { kind: 'gone' };
  const outcome = await deps.db.transaction().execute(async (trx): Promise<StepOutcome> => {
    const view = await viewJourney(trx, deps, actor.person);
    const found = view?.steps.find((one) => one.step.id === stepId);
    return view && found ? work(trx, { journey: view.journey, ...found }) : { kind: 'gone' };
  });
  deps.homeChanged(actor.person.id);
  return outcome;
}

/** What is queued about the step is taken back, a journey that had fallen silent wakes, and the next step may come. */
export async function afterReaction(
  trx: Db,
  deps: OnboardingDeps,
  journey: Journey,
  stepId: string,
): Promise<void> {
  const { clock } = deps;
  for (const key of await listMessageKeys(trx, journey.id, stepId))
    await cancelQueued(trx, { idempotencyKey: key }, 'answered');
  const isSilent = journey.status === 'paused' && journey.restReason === 'silence';
  await changeJourney(trx, clock, journey.id, {
    next_at: clock.now().toISOString(),
    ...(isSilent && { status: 'active', rest_reason: null }),
  });
  if (!(await hasOpenStep(trx, journey.id)))
    await claimStatus(trx, clock, journey.id, ['active', 'paused'], 'finished');
}

import { audit } from '../../../community/audit.ts';
import { listHumansFor } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { cancelQueued, changePreferences, enqueue } from '../../../outbox/outbox.ts';
import { addWorkingDays, atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import type { JourneyStep } from '../content.ts';
import { type OnboardingDeps, zoneOf } from '../deps.ts';
import {
  changeJourney,
  changeStep,
  claimStatus,
  closeStep,
  findJourney,
  type HeldStep,
  type Journey,
  listSteps,
  readVersion,
} from '../store.ts';
import { welcomeMessage } from '../welcome/views.ts';
import { resumeFrom } from '../welcome/welcome.ts';
import { isOver, type Pace, snoozeWorkingDays } from './journey.ts';

/** A person's journey as they see it. */
export type JourneyView = {
  journey: Journey;
  /** In order; only steps of their own version. */
  steps: { step: JourneyStep; held: HeldStep }[];
  /** The first that is not over. */
  next: { step: JourneyStep; held: HeldStep } | undefined;
  left: number;
};

export async function viewJourney(
  db: Db,
  deps: OnboardingDeps,
  person: Person,
): Promise<JourneyView | undefined> {
  const journey = await findJourney(db, person.id);
  if (!journey) return undefined;
  const version = journey.versionId === undefined ? [] : await readVersion(db, journey.versionId);
  const held = await listSteps(db, journey.id, version, zoneOf(person, deps.timeZone));
  const byId = new Map(version.map((step) => [step.id, step]));
  const steps = held.flatMap((one) => {
    const step = byId.get(one.stepId);
    return step ? [{ step, held: one }] : [];
  });
  const open = steps.filter((one) => !isOver(one.held.status));
  return { journey, steps, next: open[0], left: open.length };
}

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
): Promise<StepOutcome> =>
  onStep(deps, actor, request.stepId, async (trx, { journey, step }) => {
    const isClosed = await closeStep(trx, deps.clock, { journeyId: journey.id, ...request });
    if (isClosed) await afterReaction(trx, deps, journey, request.stepId);
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
  const row = await trx
    .selectFrom('journey_steps')
    .select(['offer_key', 'reminder_key'])
    .where('journey_id', '=', journey.id)
    .where('step_id', '=', stepId)
    .executeTakeFirst();
  for (const key of [row?.offer_key, row?.reminder_key])
    if (key) await cancelQueued(trx, { idempotencyKey: key }, 'answered');
  const isSilent = journey.status === 'paused' && journey.restReason === 'silence';
  await changeJourney(trx, clock, journey.id, {
    next_at: clock.now().toISOString(),
    ...(isSilent && { status: 'active', rest_reason: null }),
  });
  const open = await trx
    .selectFrom('journey_steps')
    .select('step_id')
    .where('journey_id', '=', journey.id)
    .where('status', 'in', ['waiting', 'offered'])
    .executeTakeFirst();
  if (!open) await claimStatus(trx, clock, journey.id, ['active', 'paused'], 'finished');
}

export type PaceOutcome =
  | { kind: 'paced'; pace: Pace; nextOn: string | undefined }
  | { kind: 'not-begun'; pace: Pace }
  | { kind: 'gone' };

/** Honours the pace question at any time: before agreeing it is remembered, afterwards the dates move. */
export async function setPace(deps: OnboardingDeps, actor: Actor, pace: Pace): Promise<PaceOutcome> {
  const { db, clock } = deps;
  const { person } = actor;
  const outcome = await db.transaction().execute(async (trx): Promise<PaceOutcome> => {
    const journey = await findJourney(trx, person.id);
    if (!journey || journey.status === 'declined') return { kind: 'gone' };
    const now = clock.now();
    await cancelQueued(trx, { personId: person.id, kind: 'onboarding.step' }, 'another pace');
    await cancelQueued(trx, { personId: person.id, kind: 'onboarding.reminder' }, 'another pace');
    await changeJourney(trx, clock, journey.id, { pace, next_at: now.toISOString() });
    if (journey.versionId === undefined) {
      await remindNextWeek(trx, deps, { ...journey, pace }, person);
      return { kind: 'not-begun', pace };
    }
    await claimStatus(trx, clock, journey.id, ['paused', 'stopped'], 'active');
    await changeJourney(trx, clock, journey.id, { rest_reason: null });
    await resumeFrom(trx, deps, { ...journey, pace }, person, pace === 'next-week' ? snoozeWorkingDays : 1);
    const next = (await viewJourney(trx, deps, person))?.steps.find((one) => one.held.status === 'waiting');
    return { kind: 'paced', pace, nextOn: pace === 'none' ? undefined : next?.held.dueOn };
  });
  deps.homeChanged(person.id);
  return outcome;
}

/** "Remind me next week" before agreeing: the welcome once more, in a week, and then never again. */
async function remindNextWeek(
  trx: Db,
  deps: OnboardingDeps,
  journey: Journey,
  person: Person,
): Promise<void> {
  const { clock } = deps;
  const idempotencyKey = `onboarding:${journey.id}:welcome-again`;
  if (journey.pace !== 'next-week') {
    await cancelQueued(trx, { personId: person.id, kind: 'onboarding.welcome' }, 'another pace');
    return;
  }
  const zone = zoneOf(person, deps.timeZone);
  const on = addWorkingDays(localDate(clock.now(), zone), snoozeWorkingDays);
  await enqueue(trx, clock, {
    idempotencyKey,
    kind: 'onboarding.welcome',
    to: { personId: person.id },
    message: welcomeMessage(deps.journey, person, await listHumansFor(trx, person.id)),
    sendAfter: await deps.reach.nextAllowed(trx, person.id, atLocalTime(on, '00:00', zone)),
    topic: 'onboarding',
    weight: 'note',
  });
}

/** Carries on where it was, with dates from tomorrow. */
export async function carryOn(deps: OnboardingDeps, actor: Actor): Promise<PaceOutcome> {
  const journey = await findJourney(deps.db, actor.person.id);
  // Whoever wanted no messages and carries on reads at their own time: that choice stays.
  return setPace(
    deps,
    actor,
    journey?.pace === 'none' ? 'none' : journey?.pace === 'today' ? 'today' : 'days',
  );
}

/** Ends the journey, or leaves it for now; nothing of it is lost. */
export async function halt(
  deps: OnboardingDeps,
  actor: Actor,
  as: 'stopped' | 'paused',
): Promise<{ kind: 'halted' } | { kind: 'gone' }> {
  return haltFor(deps, actor.person.id, as, actor.person.id);
}

export async function haltFor(
  deps: OnboardingDeps,
  personId: string,
  as: 'stopped' | 'paused',
  by: string,
): Promise<{ kind: 'halted' } | { kind: 'gone' }> {
  const { db, clock } = deps;
  const outcome = await db.transaction().execute(async (trx) => {
    const journey = await findJourney(trx, personId);
    if (!journey) return { kind: 'gone' } as const;
    await cancelQueued(trx, { personId, topic: 'onboarding' }, as);
    const isHalted = await claimStatus(
      trx,
      clock,
      journey.id,
      ['expected', 'met', 'active', 'paused'],
      journey.versionId === undefined ? 'met' : as,
    );
    if (isHalted) {
      await changeJourney(trx, clock, journey.id, { rest_reason: 'asked', next_at: null });
      await audit(trx, clock, { actor: by, action: `onboarding.${as}`, subject: personId });
    }
    return { kind: 'halted' } as const;
  });
  deps.homeChanged(personId);
  return outcome;
}

/** "Pause all messages" from a step's menu: what the bot would send unasked waits in the outbox until they start again. */
export async function pauseAll(deps: OnboardingDeps, actor: Actor): Promise<void> {
  const { db, clock } = deps;
  await db.transaction().execute(async (trx) => {
    await changePreferences(trx, actor.person.id, { isPaused: true }, clock.now());
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'preferences.pause',
      subject: actor.person.id,
    });
  });
  deps.homeChanged(actor.person.id);
}

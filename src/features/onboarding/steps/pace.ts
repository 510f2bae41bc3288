import { audit } from '../../../community/audit.ts';
import { getPerson, type Person } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { cancelQueued, changePreferences, enqueue } from '../../../outbox/outbox.ts';
import { isTakenBack } from '../../../outbox/sent.ts';
import { addWorkingDays, atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import { type OnboardingDeps, zoneOf } from '../deps.ts';
import { changeJourney, claimStatus, findJourney, type Journey, readVersion } from '../store.ts';
import { welcomeAgainMessage } from '../welcome/views.ts';
import { welcomeKinds } from '../welcome/welcomed.ts';
import { newDueDates, type Pace, snoozeWorkingDays } from './journey.ts';
import { viewJourney } from './journey-view.ts';
import { changeStep, listSteps } from './store.ts';

export type PaceOutcome =
  | { kind: 'paced'; pace: Pace; nextOn: string | undefined }
  | { kind: 'not-begun'; pace: Pace }
  | { kind: 'gone' };

/** Honours the pace question at any time: before agreeing it is remembered, afterwards the dates move. */
export async function setPace(deps: OnboardingDeps, actor: Actor, pace: Pace): Promise<PaceOutcome> {
  const { db, clock } = deps;
  const { person } = actor;
  let wasQuiet = false;
  const outcome = await db.transaction().execute(async (trx): Promise<PaceOutcome> => {
    const journey = await findJourney(trx, person.id);
    if (!journey || journey.status === 'declined') return { kind: 'gone' };
    const now = clock.now();
    wasQuiet = journey.pace === 'none';
    await cancelQueued(trx, { personId: person.id, kind: 'onboarding.step' }, 'another pace');
    await cancelQueued(trx, { personId: person.id, kind: 'onboarding.reminder' }, 'another pace');
    // "No messages" is more than a pace: from this moment on nothing unasked is sent, and the pace of before stays.
    await changePreferences(trx, person.id, { wantsMessages: pace !== 'none' }, now);
    await changeJourney(trx, clock, journey.id, {
      ...(pace !== 'none' && { pace }),
      next_at: now.toISOString(),
    });
    if ((pace === 'none') !== wasQuiet)
      await audit(trx, clock, {
        actor: person.id,
        action: pace === 'none' ? 'preferences.no-messages' : 'preferences.start',
        subject: person.id,
      });
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
  if (wasQuiet && outcome.kind !== 'gone' && pace !== 'none')
    await deps.did(person.id, { kind: 'wants-messages' });
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
    for (const kind of welcomeKinds) await cancelQueued(trx, { personId: person.id, kind }, 'another pace');
    return;
  }
  const zone = zoneOf(person, deps.timeZone);
  const on = addWorkingDays(localDate(clock.now(), zone), snoozeWorkingDays);
  const welcome = {
    idempotencyKey,
    kind: 'onboarding.welcome-again' as const,
    to: { personId: person.id },
    message: welcomeAgainMessage(deps.journey),
    sendAfter: await deps.reach.nextAllowed(trx, person.id, atLocalTime(on, '00:00', zone)),
    topic: 'onboarding',
  };
  if ((await enqueue(trx, clock, welcome)) !== undefined) return;
  // Taken back by "No messages", and now wanted after all. What was sent once does not come again.
  if (!(await isTakenBack(trx, idempotencyKey))) return;
  for (const kind of welcomeKinds) await cancelQueued(trx, { personId: person.id, kind }, 'another day');
  await enqueue(trx, clock, { ...welcome, idempotencyKey: `${idempotencyKey}:${newId(clock)}` });
}

/** They want messages again: what fell due in the meantime does not come all at once. */
export async function goOn(deps: OnboardingDeps, personId: string): Promise<void> {
  const { db, clock } = deps;
  await db.transaction().execute(async (trx) => {
    const journey = await findJourney(trx, personId);
    if (journey?.status !== 'active') return;
    await changeJourney(trx, clock, journey.id, { next_at: clock.now().toISOString() });
    const person = await getPerson(trx, personId);
    const zone = zoneOf(person, deps.timeZone);
    const today = localDate(clock.now(), zone);
    const version = journey.versionId === undefined ? [] : await readVersion(trx, journey.versionId);
    const held = await listSteps(trx, journey.id, version, zone);
    if (held.some(({ status, dueOn }) => status === 'waiting' && dueOn <= today))
      await resumeFrom(trx, deps, journey, person, 1);
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

/** New dates for what is still to come, so that nothing piles up. @param inDays working days until the next one. */
export async function resumeFrom(
  trx: Db,
  deps: OnboardingDeps,
  journey: Journey,
  person: Person,
  inDays: number,
): Promise<void> {
  if (journey.versionId === undefined) return;
  const zone = zoneOf(person, deps.timeZone);
  const version = await readVersion(trx, journey.versionId);
  const days = new Map(version.map((step) => [step.id, step.day]));
  const held = await listSteps(trx, journey.id, version, zone);
  // What they left unanswered before is no silence any more.
  for (const step of held)
    if (step.status === 'offered')
      await changeStep(trx, journey.id, step.stepId, { reacted_at: deps.clock.now().toISOString() });
  const waiting = held.filter((step) => step.status === 'waiting');
  if (waiting.length === 0) return;
  const from = addWorkingDays(localDate(deps.clock.now(), zone), inDays);
  const dates = newDueDates(
    waiting.map((step) => ({ id: step.stepId, day: days.get(step.stepId) ?? 0 })),
    { from, pace: journey.pace },
  );
  for (const [stepId, dueOn] of dates)
    await changeStep(trx, journey.id, stepId, { due_on: dueOn, status: 'waiting' });
}

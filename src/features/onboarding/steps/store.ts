import type { Updateable } from 'kysely';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import { deliveriesQuery } from '../../../outbox/sent.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { JourneyStep } from '../content.ts';
import { type Journey, toJourney } from '../store.ts';
import type { JourneyStepsTable } from '../tables.ts';
import type { StepState, StepStatus } from './journey.ts';

export type HeldStep = StepState & {
  offers: number;
  offerKey: string | undefined;
  /** Until when the outbox holds a message about it; undefined when none waits. */
  queuedUntil: Date | undefined;
};

/** Who may have something due, earliest first. */
export async function listDueJourneys(db: Db, now: Date, limit: number): Promise<Journey[]> {
  const rows = await db
    .selectFrom('journeys')
    .innerJoin('people', 'people.id', 'journeys.person_id')
    .selectAll('journeys')
    .where('journeys.status', '=', 'active')
    .where('journeys.next_at', '<=', now.toISOString())
    .where('journeys.away_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .orderBy('journeys.next_at')
    .orderBy('journeys.id')
    .limit(limit)
    .execute();
  return rows.map(toJourney);
}

/**
 * Somebody's steps with what the outbox knows about them, in order.
 * @param zone IANA, in which the days are told.
 */
export async function listSteps(
  db: Db,
  journeyId: string,
  version: readonly JourneyStep[],
  zone: string,
): Promise<HeldStep[]> {
  const rows = await db
    .selectFrom('journey_steps')
    .leftJoin(deliveriesQuery(db).as('offer'), 'offer.idempotency_key', 'journey_steps.offer_key')
    .leftJoin(deliveriesQuery(db).as('reminder'), 'reminder.idempotency_key', 'journey_steps.reminder_key')
    .selectAll('journey_steps')
    .select([
      'offer.said_at as offer_said_at',
      'offer.waits_until as offer_waits_until',
      'reminder.said_at as reminder_said_at',
      'reminder.waits_until as reminder_waits_until',
    ])
    .where('journey_steps.journey_id', '=', journeyId)
    .orderBy('position')
    .execute();
  const after = new Map(version.map((step) => [step.id, step.after]));
  return rows.map((row) => {
    const messageOf = (saidAt: string | null, waitsUntil: string | null) =>
      saidAt === null ? undefined : { isQueued: waitsUntil !== null, on: localDate(new Date(saidAt), zone) };
    const queuedUntil = row.offer_waits_until ?? row.reminder_waits_until;
    const offer = messageOf(row.offer_said_at, row.offer_waits_until);
    const reminder = messageOf(row.reminder_said_at, row.reminder_waits_until);
    // Taken back unsent (a pause, a cohort left): it is to be offered again.
    const isTakenBack = row.status === 'offered' && offer === undefined;
    return {
      stepId: row.step_id,
      position: row.position,
      dueOn: row.due_on,
      status: isTakenBack ? 'waiting' : (row.status as StepStatus),
      after: after.get(row.step_id),
      offer,
      reminder,
      offers: row.offers,
      offerKey: row.offer_key ?? undefined,
      queuedUntil: queuedUntil === null ? undefined : new Date(queuedUntil),
      hasEcho: row.reacted_at !== null,
      echoOn: row.reacted_at === null ? undefined : localDate(new Date(row.reacted_at), zone),
    };
  });
}

export async function insertSteps(
  db: Db,
  journeyId: string,
  steps: readonly { stepId: string; position: number; dueOn: string; status: StepStatus }[],
): Promise<void> {
  if (steps.length === 0) return;
  await db
    .insertInto('journey_steps')
    .values(
      steps.map((step) => ({
        journey_id: journeyId,
        step_id: step.stepId,
        position: step.position,
        due_on: step.dueOn,
        status: step.status,
        offer_key: null,
        reminder_key: null,
        reacted_at: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['journey_id', 'step_id']).doNothing())
    .execute();
}

export async function changeStep(
  db: Db,
  journeyId: string,
  stepId: string,
  change: Updateable<JourneyStepsTable>,
): Promise<void> {
  await db
    .updateTable('journey_steps')
    .set(change)
    .where('journey_id', '=', journeyId)
    .where('step_id', '=', stepId)
    .execute();
}

/** @returns false when it was over already. */
export async function closeStep(
  db: Db,
  clock: Clock,
  { journeyId, stepId, as }: { journeyId: string; stepId: string; as: 'done' | 'noticed' | 'skipped' },
): Promise<boolean> {
  const closed = await db
    .updateTable('journey_steps')
    .set({ status: as, reacted_at: clock.now().toISOString() })
    .where('journey_id', '=', journeyId)
    .where('step_id', '=', stepId)
    .where('status', 'in', ['waiting', 'offered'])
    .returning('step_id')
    .executeTakeFirst();
  return closed !== undefined;
}

/** Of those that were not done: those a new version leaves out. */
export async function deleteStep(db: Db, journeyId: string, stepId: string): Promise<void> {
  await db
    .deleteFrom('journey_steps')
    .where('journey_id', '=', journeyId)
    .where('step_id', '=', stepId)
    .execute();
}

/** The outbox's keys of what was last written about a step. */
export async function listMessageKeys(db: Db, journeyId: string, stepId: string): Promise<string[]> {
  const row = await db
    .selectFrom('journey_steps')
    .select(['offer_key', 'reminder_key'])
    .where('journey_id', '=', journeyId)
    .where('step_id', '=', stepId)
    .executeTakeFirst();
  return [row?.offer_key, row?.reminder_key].filter((key) => typeof key === 'string');
}

export async function hasOpenStep(db: Db, journeyId: string): Promise<boolean> {
  const row = await db
    .selectFrom('journey_steps')
    .select('step_id')
    .where('journey_id', '=', journeyId)
    .where('status', 'in', ['waiting', 'offered'])
    .executeTakeFirst();
  return row !== undefined;
}

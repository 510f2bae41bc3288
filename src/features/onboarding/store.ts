import { createHash } from 'node:crypto';
import type { Selectable, Updateable } from 'kysely';
import './tables.ts';
import '../../outbox/tables.ts';
import type { Db } from '../../db/schema.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/random.ts';
import { localDate } from '../../scheduler/calendar.ts';
import type { JourneyStep } from './content.ts';
import type { Pace, StepState, StepStatus } from './steps/journey.ts';
import type { JourneyStepsTable, JourneysTable } from './tables.ts';

export type JourneyStatus = 'expected' | 'met' | 'declined' | 'active' | 'paused' | 'stopped' | 'finished';

export type Journey = {
  id: string;
  personId: string;
  status: JourneyStatus;
  metHow: string;
  pace: Pace;
  versionId: string | undefined;
  anchorOn: string | undefined;
  agreementVersion: string | undefined;
  agreementAsked: string | undefined;
  noticed: string[];
  restReason: 'asked' | 'silence' | undefined;
  rests: number;
  isAway: boolean;
};

export type HeldStep = StepState & {
  offers: number;
  offerKey: string | undefined;
  /** Until when the outbox holds a message about it; undefined when none waits. */
  queuedUntil: Date | undefined;
  /** The outbox says that the last message about it failed for good. */
  hasFailed: boolean;
};

export async function findJourney(db: Db, personId: string): Promise<Journey | undefined> {
  const row = await db
    .selectFrom('journeys')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toJourney(row);
}

/** @returns false when this person has a journey already: the database lets each have one. */
export async function insertJourney(
  db: Db,
  clock: Clock,
  { personId, status, how }: { personId: string; status: JourneyStatus; how: string },
): Promise<boolean> {
  const now = clock.now().toISOString();
  const inserted = await db
    .insertInto('journeys')
    .values({
      id: newId(clock),
      person_id: personId,
      status,
      met_how: how,
      met_at: now,
      pace: 'days',
      version_id: null,
      anchor_on: null,
      agreement_version: null,
      agreement_asked: null,
      rest_reason: null,
      away_at: null,
      next_at: null,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('person_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function changeJourney(
  db: Db,
  clock: Clock,
  journeyId: string,
  change: Updateable<JourneysTable>,
): Promise<void> {
  await db
    .updateTable('journeys')
    .set({ ...change, updated_at: clock.now().toISOString() })
    .where('id', '=', journeyId)
    .execute();
}

/** Moves a journey on only if it still stands where the caller saw it: two clicks at once do one thing. */
export async function claimStatus(
  db: Db,
  clock: Clock,
  journeyId: string,
  from: readonly JourneyStatus[],
  to: JourneyStatus,
): Promise<boolean> {
  const claimed = await db
    .updateTable('journeys')
    .set({ status: to, updated_at: clock.now().toISOString() })
    .where('id', '=', journeyId)
    .where('status', 'in', from)
    .returning('id')
    .executeTakeFirst();
  return claimed !== undefined;
}

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

/** Who waits to be welcomed and is known to be one of us, in the order they came. */
export async function listExpected(db: Db, limit: number): Promise<Journey[]> {
  const rows = await db
    .selectFrom('journeys')
    .innerJoin('people', 'people.id', 'journeys.person_id')
    .selectAll('journeys')
    .where('journeys.status', '=', 'expected')
    .where('journeys.away_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'in', ['member', 'guest'])
    .orderBy('journeys.id')
    .limit(limit)
    .execute();
  return rows.map(toJourney);
}

export async function countQueued(db: Db, kind: string): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('kind', '=', kind)
    .where('status', '=', 'queued')
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

/** Keeps the steps as they are worded now. The same wording twice is one version. */
export async function saveVersion(db: Db, clock: Clock, steps: readonly JourneyStep[]): Promise<string> {
  const json = JSON.stringify(steps);
  const id = versionIdOf(steps);
  await db
    .insertInto('journey_versions')
    .values({ id, steps: json, created_at: clock.now().toISOString() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return id;
}

export const versionIdOf = (steps: readonly JourneyStep[]): string =>
  createHash('sha256').update(JSON.stringify(steps)).digest('hex').slice(0, 24);

/** The steps of a version. They were checked when they were read from the file, so they are taken as they are. */
export async function readVersion(db: Db, versionId: string): Promise<JourneyStep[]> {
  const row = await db
    .selectFrom('journey_versions')
    .select('steps')
    .where('id', '=', versionId)
    .executeTakeFirst();
  return row ? (JSON.parse(row.steps) as JourneyStep[]) : [];
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
    .leftJoin('outbox as offer', 'offer.idempotency_key', 'journey_steps.offer_key')
    .leftJoin('outbox as reminder', 'reminder.idempotency_key', 'journey_steps.reminder_key')
    .selectAll('journey_steps')
    .select([
      'offer.status as offer_status',
      'offer.sent_at as offer_sent_at',
      'offer.send_after as offer_send_after',
      'reminder.status as reminder_status',
      'reminder.sent_at as reminder_sent_at',
      'reminder.send_after as reminder_send_after',
    ])
    .where('journey_steps.journey_id', '=', journeyId)
    .orderBy('position')
    .execute();
  const after = new Map(version.map((step) => [step.id, step.after]));
  return rows.map((row) => {
    const offer = messageOf(row.offer_status, row.offer_sent_at, row.offer_send_after, zone);
    const reminder = messageOf(row.reminder_status, row.reminder_sent_at, row.reminder_send_after, zone);
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
      queuedUntil: [offer, reminder].find((one) => one?.isQueued)?.sendAfter,
      hasEcho: row.reacted_at !== null,
      hasFailed: row.offer_status === 'failed',
    };
  });
}

function messageOf(
  status: string | null,
  sentAt: string | null,
  sendAfter: string | null,
  zone: string,
): { isQueued: boolean; on: string; sendAfter: Date } | undefined {
  if (status === null || sendAfter === null || status === 'cancelled' || status === 'expired')
    return undefined;
  const isQueued = status === 'queued' || status === 'sending' || status === 'unclear';
  return { isQueued, on: localDate(new Date(sentAt ?? sendAfter), zone), sendAfter: new Date(sendAfter) };
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

function toJourney(row: Selectable<JourneysTable>): Journey {
  return {
    id: row.id,
    personId: row.person_id,
    status: row.status as JourneyStatus,
    metHow: row.met_how,
    pace: row.pace as Pace,
    versionId: row.version_id ?? undefined,
    anchorOn: row.anchor_on ?? undefined,
    agreementVersion: row.agreement_version ?? undefined,
    agreementAsked: row.agreement_asked ?? undefined,
    noticed: JSON.parse(row.noticed) as string[],
    restReason: (row.rest_reason as Journey['restReason'] | null) ?? undefined,
    rests: row.rests,
    isAway: row.away_at !== null,
  };
}

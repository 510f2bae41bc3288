import { createHash } from 'node:crypto';
import type { Selectable, Updateable } from 'kysely';
import './tables.ts';
import type { Db } from '../../db/schema.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/random.ts';
import type { JourneyStep } from './content.ts';
import type { Pace } from './steps/journey.ts';
import type { JourneysTable } from './tables.ts';

export type JourneyStatus = 'expected' | 'met' | 'declined' | 'active' | 'paused' | 'stopped' | 'finished';

export type Journey = {
  id: string;
  personId: string;
  status: JourneyStatus;
  metHow: string;
  pace: Pace;
  versionId: string | undefined;
  agreementVersion: string | undefined;
  agreementAsked: string | undefined;
  noticed: string[];
  restReason: 'asked' | 'silence' | undefined;
  rests: number;
  isAway: boolean;
};

export async function findJourney(db: Db, personId: string): Promise<Journey | undefined> {
  const row = await db
    .selectFrom('journeys')
    .leftJoin('preferences', 'preferences.person_id', 'journeys.person_id')
    .selectAll('journeys')
    .select('preferences.no_messages_at')
    .where('journeys.person_id', '=', personId)
    .executeTakeFirst();
  // "No messages" is said of everything, not of the first steps alone.
  return row && { ...toJourney(row), ...(row.no_messages_at !== null && { pace: 'none' as const }) };
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

/** Which of these have left the community. */
export async function listAway(db: Db, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('journeys')
    .select('person_id')
    .where('person_id', 'in', personIds)
    .where('away_at', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.person_id));
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

export function toJourney(row: Selectable<JourneysTable>): Journey {
  return {
    id: row.id,
    personId: row.person_id,
    status: row.status as JourneyStatus,
    metHow: row.met_how,
    pace: row.pace as Pace,
    versionId: row.version_id ?? undefined,
    agreementVersion: row.agreement_version ?? undefined,
    agreementAsked: row.agreement_asked ?? undefined,
    noticed: JSON.parse(row.noticed) as string[],
    restReason: (row.rest_reason as Journey['restReason'] | null) ?? undefined,
    rests: row.rests,
    isAway: row.away_at !== null,
  };
}

import type { ExpressionBuilder } from 'kysely';
import { type Person, toPerson } from '../../../community/people.ts';
import type { Db, Schema } from '../../../db/schema.ts';
import type { Pace } from '../steps/journey.ts';
import type { JourneyStatus } from '../store.ts';

/** From now on they wait for a hello. Somebody who begins a second time waits no second time. */
export async function insertGreeting(db: Db, personId: string, at: Date): Promise<void> {
  await db
    .insertInto('greetings')
    .values({
      person_id: personId,
      arrived_at: at.toISOString(),
      noted_at: null,
      remind_after: null,
      reminded_at: null,
      greeted_by: null,
      greeted_at: null,
    })
    .onConflict((conflict) => conflict.column('person_id').doNothing())
    .execute();
}

/** Which newcomers: of some groups, and perhaps those who are in none that runs. */
export type Greetable = 'everybody' | { inCohorts: readonly string[]; inNone: boolean };

const isAmong = (greetable: Greetable) => (eb: ExpressionBuilder<Schema, 'people'>) => {
  if (greetable === 'everybody') return eb.lit(true);
  const running = eb
    .selectFrom('cohort_members')
    .innerJoin('cohorts', 'cohorts.id', 'cohort_members.cohort_id')
    .select('cohorts.id')
    .whereRef('cohort_members.person_id', '=', 'people.id')
    .where('cohort_members.left_at', 'is', null)
    .where('cohorts.archived_at', 'is', null);
  const { inCohorts, inNone } = greetable;
  return eb.or([
    ...(inCohorts.length > 0 ? [eb.exists(running.where('cohorts.id', 'in', inCohorts))] : []),
    ...(inNone ? [eb.not(eb.exists(running))] : []),
  ]);
};

export async function isGreetable(db: Db, personId: string, greetable: Greetable): Promise<boolean> {
  const row = await db
    .selectFrom('people')
    .select('id')
    .where('id', '=', personId)
    .where(isAmong(greetable))
    .executeTakeFirst();
  return row !== undefined;
}

/** Whom a colleague has taken on waits for that colleague. */
const waitingFor = (db: Db, greeterId: string, greetable: Greetable) =>
  waitingQuery(db)
    .where('people.id', '!=', greeterId)
    .where((eb) =>
      eb.or([eb('greetings.greeted_by', 'is', null), eb('greetings.greeted_by', '=', greeterId)]),
    )
    .where(isAmong(greetable));

/** Who waits for a hello of this person, who came first on top; `isTaken`: they have taken it on. */
export async function listWaiting(
  db: Db,
  greeterId: string,
  greetable: Greetable,
): Promise<{ person: Person; isTaken: boolean }[]> {
  const rows = await waitingFor(db, greeterId, greetable)
    .selectAll('people')
    .select('greetings.greeted_by')
    .orderBy('greetings.arrived_at')
    .limit(500)
    .execute();
  return rows.map((row) => ({ person: toPerson(row), isTaken: row.greeted_by !== null }));
}

export async function countWaiting(db: Db, greeterId: string, greetable: Greetable): Promise<number> {
  const row = await waitingFor(db, greeterId, greetable)
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

/** Of all who wait, and whom nobody has taken on, those of whom no facilitator has heard, who came before `at`. */
export const listUnannounced = async (db: Db, at: Date): Promise<Person[]> =>
  people(
    waitingQuery(db)
      .where('greetings.noted_at', 'is', null)
      .where('greetings.greeted_by', 'is', null)
      .where('greetings.arrived_at', '<=', at.toISOString()),
  );

/** Of all who wait, taken on or not, those about whom the one reminder is due. */
export const listLate = async (db: Db, now: Date): Promise<Person[]> =>
  people(
    waitingQuery(db)
      .where('greetings.remind_after', '<=', now.toISOString())
      .where('greetings.reminded_at', 'is', null)
      .orderBy('greetings.remind_after'),
  );

const waitingQuery = (db: Db) =>
  db
    .selectFrom('greetings')
    .innerJoin('people', 'people.id', 'greetings.person_id')
    .where('greetings.greeted_at', 'is', null)
    .where('people.deactivated_at', 'is', null);

const people = async (query: ReturnType<typeof waitingQuery>): Promise<Person[]> =>
  (await query.selectAll('people').orderBy('greetings.arrived_at').limit(500).execute()).map(toPerson);

export async function recordAnnounced(
  db: Db,
  personIds: readonly string[],
  { at, remindAfter }: { at: Date; remindAfter: Date },
): Promise<void> {
  await db
    .updateTable('greetings')
    .set({ noted_at: at.toISOString(), remind_after: remindAfter.toISOString() })
    .where('person_id', 'in', personIds)
    .execute();
}

/** Whoever had taken one on and said nothing of it has had their time: it is anybody's again. */
export async function recordReminded(db: Db, personIds: readonly string[], at: Date): Promise<void> {
  await db
    .updateTable('greetings')
    .set({ reminded_at: at.toISOString(), greeted_by: null })
    .where('person_id', 'in', personIds)
    .execute();
}

/** @returns false when somebody has taken it before, or nobody waits. */
export async function claimGreeting(db: Db, newcomerId: string, by: string): Promise<boolean> {
  const claimed = await db
    .updateTable('greetings')
    .set({ greeted_by: by })
    .where('person_id', '=', newcomerId)
    .where('greeted_by', 'is', null)
    .where('greeted_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** They have said something. Whoever did so without having taken it on has done it all the same. @returns false when a colleague has it, or did it. */
export async function recordGreeted(
  db: Db,
  newcomerId: string,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const done = await db
    .updateTable('greetings')
    .set({ greeted_by: by, greeted_at: at.toISOString() })
    .where('person_id', '=', newcomerId)
    .where('greeted_at', 'is', null)
    .where((eb) => eb.or([eb('greeted_by', 'is', null), eb('greeted_by', '=', by)]))
    .returning('person_id')
    .executeTakeFirst();
  return done !== undefined;
}

/** @returns false when it was not theirs. */
export async function freeGreeting(db: Db, newcomerId: string, by: string): Promise<boolean> {
  const freed = await db
    .updateTable('greetings')
    .set({ greeted_by: null, greeted_at: null })
    .where('person_id', '=', newcomerId)
    .where('greeted_by', '=', by)
    .returning('person_id')
    .executeTakeFirst();
  return freed !== undefined;
}

/** Who says hello to them, and whether they say that they have. */
export async function findGreeter(
  db: Db,
  newcomerId: string,
): Promise<{ id: string; isDone: boolean } | undefined> {
  const row = await db
    .selectFrom('greetings')
    .select(['greeted_by', 'greeted_at'])
    .where('person_id', '=', newcomerId)
    .executeTakeFirst();
  return row?.greeted_by ? { id: row.greeted_by, isDone: row.greeted_at !== null } : undefined;
}

/** Somebody of a group, and where their first steps stand; no status before the bot has met them. */
export type MemberJourney = {
  person: Person;
  status: JourneyStatus | undefined;
  versionId: string | undefined;
};

/** Who was met first on top: of whoever said no no name is kept. Whoever is in several of the groups comes several times. */
export async function listMemberJourneys(db: Db, cohortIds: readonly string[]): Promise<MemberJourney[]> {
  if (cohortIds.length === 0) return [];
  const rows = await db
    .selectFrom('cohort_members')
    .innerJoin('people', 'people.id', 'cohort_members.person_id')
    .leftJoin('journeys', 'journeys.person_id', 'people.id')
    .selectAll('people')
    .select(['journeys.status', 'journeys.version_id'])
    .where('cohort_members.cohort_id', 'in', cohortIds)
    .where('cohort_members.left_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .orderBy('people.id')
    .execute();
  return rows.map((row) => ({
    person: toPerson(row),
    status: (row.status as JourneyStatus | null) ?? undefined,
    versionId: row.version_id ?? undefined,
  }));
}

/** Who of a group goes by other steps than those of this version, and is not through. */
export async function listOnOtherVersion(
  db: Db,
  cohortId: string,
  versionId: string,
): Promise<{ person: Person; journeyId: string; pace: Pace }[]> {
  const rows = await db
    .selectFrom('journeys')
    .innerJoin('cohort_members', 'cohort_members.person_id', 'journeys.person_id')
    .innerJoin('people', 'people.id', 'journeys.person_id')
    .selectAll('people')
    .select(['journeys.id as journey_id', 'journeys.pace'])
    .where('cohort_members.cohort_id', '=', cohortId)
    .where('cohort_members.left_at', 'is', null)
    .where('journeys.status', 'in', ['active', 'paused'])
    .where('journeys.version_id', '!=', versionId)
    .execute();
  return rows.map((row) => ({ person: toPerson(row), journeyId: row.journey_id, pace: row.pace as Pace }));
}

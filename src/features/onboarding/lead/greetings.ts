import {
  type Cohort,
  listCohortsOf,
  listHumansFor,
  listLeadFacilitators,
} from '../../../community/cohorts.ts';
import { findPerson, getPerson, type Person, toPerson } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { hours, later, minutes } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { addWorkingDays, atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import type { OnboardingDeps } from '../deps.ts';
import { arrivalsNote } from './views.ts';

/** People often come in groups: one note for all who came within this time. */
const gatherMinutes = 10;
/** Between two notes to the same facilitator. */
const quietHoursBetweenNotes = 4;
const remindAfterWorkingDays = 2;

type Waiting = { person: Person; arrivedAt: string };

/**
 * Job: facilitators hear of newcomers nobody has greeted, one note for many; after two working days without a hello,
 * once more and never again.
 */
export async function announceArrivals(deps: OnboardingDeps, now: Date): Promise<void> {
  const fresh = await listWaiting(deps.db, (query) =>
    query
      .where('greetings.noted_at', 'is', null)
      .where('greetings.arrived_at', '<=', later(now, -minutes(gatherMinutes)).toISOString()),
  );
  if (fresh.length > 0) await tellFacilitators(deps, fresh, now, 'note');
  const late = await listWaiting(deps.db, (query) =>
    query.where('greetings.remind_after', '<=', now.toISOString()).where('greetings.reminded_at', 'is', null),
  );
  if (late.length > 0) await tellFacilitators(deps, late, now, 'reminder');
}

type GreetingQuery = ReturnType<typeof waitingQuery>;
const waitingQuery = (db: Db) =>
  db
    .selectFrom('greetings')
    .innerJoin('people', 'people.id', 'greetings.person_id')
    .selectAll('people')
    .select('greetings.arrived_at')
    .where('greetings.greeted_at', 'is', null)
    .where('people.deactivated_at', 'is', null);

async function listWaiting(db: Db, only: (query: GreetingQuery) => GreetingQuery): Promise<Waiting[]> {
  const rows = await only(waitingQuery(db)).orderBy('greetings.arrived_at').limit(500).execute();
  return rows.map((row) => ({ person: toPerson(row), arrivedAt: row.arrived_at }));
}

async function tellFacilitators(
  deps: OnboardingDeps,
  waiting: readonly Waiting[],
  now: Date,
  weight: 'note' | 'reminder',
): Promise<void> {
  const { db, clock } = deps;
  await db.transaction().execute(async (trx) => {
    const groups = new Map<string, { facilitator: Person; newcomers: Person[] }>();
    const told = new Set<string>();
    const canHear = new Map<string, boolean>();
    // In quiet hours newcomers gather: Monday morning brings one note, not one for each who came at the weekend.
    const hears = async (facilitator: Person): Promise<boolean> =>
      (await deps.reach.nextAllowed(trx, facilitator.id, now)) <= now &&
      (weight === 'reminder' || !(await wasToldLately(trx, facilitator.id, now)));
    for (const { person } of waiting)
      for (const facilitator of await listHumansFor(trx, person.id)) {
        const isOpen = canHear.get(facilitator.id) ?? (await hears(facilitator));
        canHear.set(facilitator.id, isOpen);
        if (!isOpen) continue;
        const group = groups.get(facilitator.id) ?? { facilitator, newcomers: [] };
        group.newcomers.push(person);
        groups.set(facilitator.id, group);
        told.add(person.id);
      }
    // Nobody to tell, or all of them heard from us a moment ago: the next run tries again.
    if (told.size === 0) return;
    const batch = newId(clock);
    for (const { facilitator, newcomers } of groups.values())
      await enqueue(trx, clock, {
        idempotencyKey: `onboarding:greet:${batch}:${facilitator.id}`,
        kind: weight === 'note' ? 'onboarding.greet' : 'onboarding.greet-reminder',
        to: { personId: facilitator.id },
        message: arrivalsNote(newcomers, { isReminder: weight === 'reminder' }),
        sendAfter: now,
        weight,
      });
    const today = localDate(now, deps.timeZone);
    const remindAfter = atLocalTime(addWorkingDays(today, remindAfterWorkingDays), '12:00', deps.timeZone);
    await trx
      .updateTable('greetings')
      .set(
        weight === 'note'
          ? { noted_at: now.toISOString(), remind_after: remindAfter.toISOString() }
          : { reminded_at: now.toISOString() },
      )
      .where('person_id', 'in', [...told])
      .execute();
  });
}

async function wasToldLately(db: Db, facilitatorId: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('person_id', '=', facilitatorId)
    .where('kind', '=', 'onboarding.greet')
    .where('created_at', '>', later(now, -hours(quietHoursBetweenNotes)).toISOString())
    .executeTakeFirst();
  return row !== undefined;
}

export type GreetOutcome =
  | { kind: 'yours'; newcomer: Person; isMine: boolean }
  | { kind: 'taken'; newcomer: Person; by: Person }
  | { kind: 'gone' }
  | { kind: 'not-allowed' };

/** Takes the hello on: one facilitator for each newcomer, whoever presses first. */
export async function greet(deps: OnboardingDeps, actor: Actor, newcomerId: string): Promise<GreetOutcome> {
  const { db, clock } = deps;
  if (!(await mayGreet(db, actor, newcomerId))) return { kind: 'not-allowed' };
  const outcome = await db.transaction().execute(async (trx): Promise<GreetOutcome> => {
    const newcomer = await findPerson(trx, newcomerId);
    if (!newcomer || newcomer.isDeactivated) return { kind: 'gone' };
    const claimed = await trx
      .updateTable('greetings')
      .set({ greeted_by: actor.person.id, greeted_at: clock.now().toISOString() })
      .where('person_id', '=', newcomerId)
      .where('greeted_at', 'is', null)
      .returning('person_id')
      .executeTakeFirst();
    if (claimed) return { kind: 'yours', newcomer, isMine: true };
    const row = await trx
      .selectFrom('greetings')
      .select('greeted_by')
      .where('person_id', '=', newcomerId)
      .executeTakeFirst();
    if (!row?.greeted_by) return { kind: 'gone' };
    if (row.greeted_by === actor.person.id) return { kind: 'yours', newcomer, isMine: true };
    return { kind: 'taken', newcomer, by: await getPerson(trx, row.greeted_by) };
  });
  await tellHomes(deps, newcomerId);
  return outcome;
}

/** Gives it back, so that a colleague can take it. */
export async function ungreet(deps: OnboardingDeps, actor: Actor, newcomerId: string): Promise<boolean> {
  const { db } = deps;
  if (!(await mayGreet(db, actor, newcomerId))) return false;
  const freed = await db
    .updateTable('greetings')
    .set({ greeted_by: null, greeted_at: null })
    .where('person_id', '=', newcomerId)
    .where('greeted_by', '=', actor.person.id)
    .returning('person_id')
    .executeTakeFirst();
  await tellHomes(deps, newcomerId);
  return freed !== undefined;
}

/** Somebody waits for a hello, or does so no more: whoever could say it sees that in Home. */
export async function tellHomes(
  { db, homeChanged }: Pick<OnboardingDeps, 'db' | 'homeChanged'>,
  newcomerId: string,
): Promise<void> {
  for (const facilitator of await listHumansFor(db, newcomerId)) homeChanged(facilitator.id);
}

/** A facilitator of one of the newcomer's groups, or of the programme. */
async function mayGreet(db: Db, actor: Actor, newcomerId: string): Promise<boolean> {
  if (!may(actor, 'cohorts.progress')) return false;
  const cohorts = await listCohortsOf(db, newcomerId);
  return (
    actor.roles.some(({ role, cohortId }) => role === 'facilitator' && cohortId === undefined) ||
    cohorts.some((cohort: Cohort) => may(actor, 'cohorts.progress', { cohortId: cohort.id })) ||
    (cohorts.length === 0 && (await isLead(db, actor.person.id)))
  );
}

const isLead = async (db: Db, personId: string): Promise<boolean> =>
  (await listLeadFacilitators(db)).some((one) => one.id === personId);

/** Newcomers this facilitator could say hello to, who came first. */
export async function listArrivals(db: Db, actor: Actor): Promise<Person[]> {
  if (!may(actor, 'cohorts.progress')) return [];
  const waiting = await listWaiting(db, (query) => query);
  const mine: Person[] = [];
  for (const { person } of waiting)
    if (person.id !== actor.person.id && (await mayGreet(db, actor, person.id))) mine.push(person);
  return mine;
}

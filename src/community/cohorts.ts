import type { Selectable } from 'kysely';
import type { Db } from '../db/schema.ts';
import { tidyTitle } from '../lib/title.ts';
import type { Closed } from '../scheduler/days-off.ts';
import { type Person, toPerson, workspaceAdmins } from './people.ts';
import { type Actor, type CohortIds, cohortsFor } from './permissions.ts';
import type { CohortsTable } from './tables.ts';

export type Cohort = {
  id: string;
  name: string;
  ageGroup: string | undefined;
  /** Local dates `YYYY-MM-DD`. */
  startsOn: string | undefined;
  endsOn: string | undefined;
  channelId: string | undefined;
  followsChannel: boolean;
  /** Days on which nothing of its check-ins goes out, soonest first. */
  closed: Closed[];
  isArchived: boolean;
  archivedAt?: Date | undefined;
  createdBy: string;
};

export async function findCohort(db: Db, id: string): Promise<Cohort | undefined> {
  const row = await db.selectFrom('cohorts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toCohort(row);
}

/** By their ids, archived or not. */
export async function findCohorts(db: Db, ids: readonly string[]): Promise<Map<string, Cohort>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('cohorts')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, toCohort(row)]));
}

/** Archived ones only when asked for. */
type Which = { archived?: boolean; among?: CohortIds };

function cohortsQuery(db: Db, { archived = false, among = 'all' }: Which) {
  const query = db.selectFrom('cohorts').where('archived_at', archived ? 'is not' : 'is', null);
  return among === 'all' ? query : query.where('id', 'in', among);
}

/** By name. @param page left out: all of them. */
export async function listCohorts(
  db: Db,
  which: Which = {},
  page?: { offset: number; limit: number },
): Promise<Cohort[]> {
  if (which.among?.length === 0) return [];
  const query = cohortsQuery(db, which).selectAll().orderBy('name').orderBy('id');
  const rows = await (page ? query.limit(page.limit).offset(page.offset) : query).execute();
  return rows.map(toCohort);
}

export async function countCohorts(db: Db, which: Which = {}): Promise<number> {
  if (which.among?.length === 0) return 0;
  const row = await cohortsQuery(db, which)
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

/** The running cohorts that somebody may manage, by name. */
export const listManagedCohorts = (db: Db, actor: Actor): Promise<Cohort[]> =>
  listCohorts(db, { among: cohortsFor(actor, 'cohorts.manage') });

/** The running cohorts somebody belongs to, by name. */
export async function listCohortsOf(db: Db, personId: string): Promise<Cohort[]> {
  const rows = await db
    .selectFrom('cohorts')
    .innerJoin('cohort_members', 'cohort_members.cohort_id', 'cohorts.id')
    .selectAll('cohorts')
    .where('cohort_members.person_id', '=', personId)
    .where('cohort_members.left_at', 'is', null)
    .where('cohorts.archived_at', 'is', null)
    .orderBy('cohorts.name')
    .execute();
  return rows.map(toCohort);
}

/** Left by themselves: a channel that a group follows does not bring them back. */
export async function leaveAllCohorts(db: Db, personId: string, at: Date): Promise<void> {
  await db
    .updateTable('cohort_members')
    .set({ left_at: at.toISOString(), left_by: personId })
    .where('person_id', '=', personId)
    .where('left_at', 'is', null)
    .execute();
}

/** Who belongs to it now and can be written to: nobody who left, was deactivated, is a bot or is from elsewhere. */
export async function listCohortMembers(db: Db, cohortId: string): Promise<Person[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('cohort_members', 'cohort_members.person_id', 'people.id')
    .selectAll('people')
    .where('cohort_members.cohort_id', '=', cohortId)
    .where('cohort_members.left_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .orderBy('people.display_name')
    .execute();
  return rows.map(toPerson);
}

export async function isCohortMember(db: Db, cohortId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('cohort_members')
    .select('person_id')
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', personId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Facilitators of this cohort, and of all cohorts when it has none of its own. Without the deactivated. */
export async function listCohortFacilitators(db: Db, cohortId: string): Promise<Person[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('roles', 'roles.person_id', 'people.id')
    .selectAll('people')
    .select('roles.cohort_id')
    .where('roles.role', '=', 'facilitator')
    .where('roles.revoked_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where((eb) => eb.or([eb('roles.cohort_id', '=', cohortId), eb('roles.cohort_id', 'is', null)]))
    .orderBy('people.display_name')
    .execute();
  const own = rows.filter((row) => row.cohort_id === cohortId);
  const people = (own.length > 0 ? own : rows).map(toPerson);
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/**
 * Running cohorts that had facilitators of their own and have none now: roles were taken back, or the people were
 * deactivated. A cohort that never had any is looked after by the facilitators of all. By name.
 * @param among only these. @returns also since when nobody is there.
 */
export async function listUnledCohorts(
  db: Db,
  among?: readonly string[],
): Promise<{ cohort: Cohort; since: Date }[]> {
  if (among?.length === 0) return [];
  let query = db
    .selectFrom('cohorts')
    .innerJoin('roles', 'roles.cohort_id', 'cohorts.id')
    .innerJoin('people', 'people.id', 'roles.person_id')
    .selectAll('cohorts')
    .select(['roles.revoked_at', 'people.deactivated_at'])
    .where('cohorts.archived_at', 'is', null)
    .where('roles.role', '=', 'facilitator')
    .orderBy('cohorts.name');
  if (among) query = query.where('roles.cohort_id', 'in', among);
  const rows = await query.execute();
  const unled: { cohort: Cohort; since: Date }[] = [];
  for (const roles of Map.groupBy(rows, ({ id }) => id).values()) {
    const [cohort] = roles;
    // A role ends when it is taken back or its holder goes, whichever comes first.
    const ends = roles.map(({ revoked_at, deactivated_at }) =>
      [revoked_at, deactivated_at].filter((at) => at !== null).reduce<string | undefined>(earlier, undefined),
    );
    if (!cohort || ends.includes(undefined)) continue;
    const since = ends.reduce((last, end) => ((end ?? '') > (last ?? '') ? end : last));
    unled.push({ cohort: toCohort(cohort), since: new Date(since ?? 0) });
  }
  return unled;
}

const earlier = (one: string | undefined, other: string): string =>
  one === undefined || other < one ? other : one;

/** Whoever can be named as the human to turn to: facilitators of all cohorts, else administrators. By name. */
export async function listLeadFacilitators(db: Db): Promise<Person[]> {
  const held = db.selectFrom('roles').select('roles.person_id as id').where('roles.revoked_at', 'is', null);
  const people = db
    .selectFrom('people')
    .selectAll()
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external', 'guest'])
    .orderBy('people.display_name');
  const leads = await people
    .where('people.id', 'in', held.where('role', '=', 'facilitator').where('cohort_id', 'is', null))
    .execute();
  if (leads.length > 0) return leads.map(toPerson);
  const others = workspaceAdmins(db).union(held.where('role', 'in', ['facilitator', 'administrator']));
  return (await people.where('people.id', 'in', others).execute()).map(toPerson);
}

/** The humans somebody can turn to: the facilitators of their groups, else those of the programme; never oneself. */
export async function listHumansFor(db: Db, personId: string): Promise<Person[]> {
  const found = new Map<string, Person>();
  for (const cohort of await listCohortsOf(db, personId))
    for (const person of await listCohortFacilitators(db, cohort.id)) found.set(person.id, person);
  if (found.size === 0) for (const person of await listLeadFacilitators(db)) found.set(person.id, person);
  found.delete(personId);
  return [...found.values()];
}

export function toCohort(row: Selectable<CohortsTable>): Cohort {
  return {
    id: row.id,
    name: tidyTitle(row.name) || 'Group without a name',
    ageGroup: row.age_group ?? undefined,
    startsOn: row.starts_on ?? undefined,
    endsOn: row.ends_on ?? undefined,
    channelId: row.channel_id ?? undefined,
    followsChannel: row.follows_channel === 1,
    closed: row.closed_days === null ? [] : (JSON.parse(row.closed_days) as Closed[]),
    isArchived: row.archived_at !== null,
    archivedAt: row.archived_at === null ? undefined : new Date(row.archived_at),
    createdBy: row.created_by,
  };
}

import {
  type Cohort,
  countCohorts,
  findCohort,
  listCohorts,
  listCohortsOf,
  listLeadFacilitators,
  listUnledCohorts,
} from '../../community/cohorts.ts';
import type { Person } from '../../community/people.ts';
import { type Actor, cohortsFor, may } from '../../community/permissions.ts';
import { listOwnFacilitators } from '../../community/roles.ts';
import { type Turn, turnTo } from '../../slack/paging.ts';
import type { CohortsDeps } from './deps.ts';
import { countMembers, listMembers } from './members/store.ts';
import { countPeople } from './store.ts';
import type { CohortDetails, CohortSummary, Groups } from './views.ts';

export const groupsAPage = 5;
export const peopleAPage = 10;

type ReadDeps = Pick<CohortsDeps, 'db'>;

/** A page of the groups somebody runs, and the groups they are in. */
export async function readGroups({ db }: ReadDeps, actor: Actor, wanted: number): Promise<Groups> {
  const among = cohortsFor(actor, 'cohorts.manage');
  const { shown, total, ...turn } = await pageOfCohorts(db, { among }, wanted);
  return {
    ...turn,
    lead: await summarise(db, shown),
    leadTotal: total,
    own: await listCohortsOf(db, actor.person.id),
    mayManage: may(actor, 'cohorts.manage'),
    mayCreate: may(actor, 'cohorts.create'),
    archivedTotal: await countCohorts(db, { among, archived: true }),
  };
}

export async function readArchived(
  { db }: ReadDeps,
  actor: Actor,
  wanted: number,
): Promise<Turn & { shown: CohortSummary[]; total: number }> {
  const which = { among: cohortsFor(actor, 'cohorts.manage'), archived: true };
  const { shown, ...turn } = await pageOfCohorts(db, which, wanted);
  return { ...turn, shown: await summarise(db, shown) };
}

export async function pageOfCohorts(
  db: CohortsDeps['db'],
  which: Parameters<typeof countCohorts>[1],
  wanted: number,
): Promise<Turn & { shown: Cohort[]; total: number }> {
  const total = await countCohorts(db, which);
  const { offset, ...turn } = turnTo(wanted, total, groupsAPage);
  return { ...turn, total, shown: await listCohorts(db, which, { offset, limit: groupsAPage }) };
}

export async function summarise(db: CohortsDeps['db'], cohorts: readonly Cohort[]): Promise<CohortSummary[]> {
  if (cohorts.length === 0) return [];
  const cohortIds = cohorts.map(({ id }) => id);
  const counts = await countPeople(db, cohortIds);
  const unled = new Set((await listUnledCohorts(db, cohortIds)).map(({ cohort }) => cohort.id));
  return cohorts.map((cohort) => ({
    cohort,
    ...(counts.get(cohort.id) ?? { members: 0, expected: 0 }),
    isUnled: unled.has(cohort.id),
  }));
}

/** One group as its facilitators see it; undefined when it is not theirs. */
export async function readDetails(
  { db }: ReadDeps,
  actor: Actor,
  cohortId: string,
): Promise<CohortDetails | undefined> {
  const cohort = await findCohort(db, cohortId);
  if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return undefined;
  const [summary] = await summarise(db, [cohort]);
  if (!summary) return undefined;
  const facilitators = await listOwnFacilitators(db, cohortId);
  const leads = facilitators.length > 0 ? [] : await listLeadFacilitators(db);
  return { ...summary, facilitators, leads };
}

/** A group somebody runs; undefined when it is not theirs. */
export async function readManaged(
  { db }: ReadDeps,
  actor: Actor,
  cohortId: string,
): Promise<Cohort | undefined> {
  const cohort = await findCohort(db, cohortId);
  return cohort && may(actor, 'cohorts.manage', { cohortId }) ? cohort : undefined;
}

export async function readPeople(
  { db }: ReadDeps,
  cohortId: string,
  wanted: number,
): Promise<Turn & { people: Person[]; total: number }> {
  const total = await countMembers(db, cohortId);
  const { offset, ...turn } = turnTo(wanted, total, peopleAPage);
  return { ...turn, total, people: await listMembers(db, cohortId, { offset, limit: peopleAPage }) };
}

import {
  type Cohort,
  findCohort,
  listCohorts,
  listCohortsOf,
  listLeadFacilitators,
  listManagedCohorts,
  listUnledCohorts,
} from '../../community/cohorts.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { listOwnFacilitators } from '../../community/roles.ts';
import type { CohortsDeps } from './deps.ts';
import { listMembersPage } from './members/store.ts';
import { peopleAPage } from './members/views.ts';
import { countPeople } from './store.ts';
import { type CohortDetails, type CohortSummary, groupsAPage, type ListRequest } from './views.ts';

type ReadDeps = Pick<CohortsDeps, 'db'>;

/** A page of the groups somebody runs, and the groups they are in. */
export async function readGroups({ db }: ReadDeps, actor: Actor, wanted: number): Promise<ListRequest> {
  const managed = await listManagedCohorts(db, actor);
  const mayManage = may(actor, 'cohorts.manage');
  const page = clampPage(wanted, managed.length, groupsAPage);
  const archived = mayManage ? await listArchived(db, actor) : [];
  return {
    lead: await summarise(db, managed.slice(page * groupsAPage, (page + 1) * groupsAPage)),
    leadTotal: managed.length,
    page,
    own: await listCohortsOf(db, actor.person.id),
    mayManage,
    mayCreate: may(actor, 'cohorts.create'),
    archivedTotal: archived.length,
  };
}

export async function readArchived(
  { db }: ReadDeps,
  actor: Actor,
  wanted: number,
): Promise<{ shown: CohortSummary[]; total: number; page: number }> {
  const archived = await listArchived(db, actor);
  const page = clampPage(wanted, archived.length, groupsAPage);
  const shown = await summarise(db, archived.slice(page * groupsAPage, (page + 1) * groupsAPage));
  return { shown, total: archived.length, page };
}

async function listArchived(db: CohortsDeps['db'], actor: Actor): Promise<Cohort[]> {
  const archived = await listCohorts(db, { archived: true });
  return archived.filter(({ id }) => may(actor, 'cohorts.manage', { cohortId: id }));
}

export async function summarise(db: CohortsDeps['db'], cohorts: readonly Cohort[]): Promise<CohortSummary[]> {
  if (cohorts.length === 0) return [];
  const counts = await countPeople(db);
  const unled = new Set((await listUnledCohorts(db)).map(({ cohort }) => cohort.id));
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
): Promise<{ people: Awaited<ReturnType<typeof listMembersPage>>['people']; total: number; page: number }> {
  const limit = peopleAPage;
  const { total } = await listMembersPage(db, cohortId, { offset: 0, limit: 1 });
  const page = clampPage(wanted, total, limit);
  return { ...(await listMembersPage(db, cohortId, { offset: page * limit, limit })), page };
}

/** The page asked for, or the last there is: lists shrink while people look at them. */
export function clampPage(wanted: number, total: number, size: number): number {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  return Math.min(Math.max(0, Number.isInteger(wanted) ? wanted : 0), last);
}

import { compiledOnce } from '../db/compiled.ts';
import type { Db } from '../db/schema.ts';
import { hasConsent } from './consents.ts';
import { getPerson, type Person, toPerson } from './people.ts';

export type RoleName = 'facilitator' | 'curator' | 'administrator';

/** Somebody who wants to do something, with what they were given. `cohortId` undefined means all cohorts. */
export type Actor = {
  person: Person;
  roles: { role: RoleName; cohortId: string | undefined }[];
  /** They said no to the community agreement: nothing that they write is kept, so it is not offered either. */
  hasDeclined?: boolean;
};

/** Everything that is not open to each member by itself. What is one's own is asked for with `self`. */
export type Action =
  | 'community.use'
  | 'own.read'
  | 'own.write'
  | 'cohorts.create'
  | 'cohorts.manage'
  | 'cohorts.progress'
  | 'trainees.import'
  | 'checkins.schedule'
  | 'checkins.results'
  /** What the whole programme answered together: for those who lead all of it. */
  | 'programme.results'
  /** Sessions of a group: plan, change and cancel them, and see who comes. */
  | 'sessions.run'
  /** The same of sessions that are for everybody: for those who lead all of it. */
  | 'sessions.run-for-all'
  | 'onboarding.preview'
  | 'resources.curate'
  | 'roles.grant';

export type Target = {
  /** The cohort it is about. For facilitators of single cohorts it must be one of theirs. */
  cohortId?: string;
  /** Whose it is, for `own.*`. */
  ownerId?: string;
};

/**
 * What members are told that the facilitators of their group see. Giving roles is no way to read it by the way: an
 * administrator who is to run a group takes the role of its facilitator, which is written down.
 */
const onlyFacilitators: ReadonlySet<Action> = new Set<Action>([
  'cohorts.progress',
  'checkins.schedule',
  'checkins.results',
  'sessions.run',
  'sessions.run-for-all',
]);

/**
 * The one rule of who may do what; every listener and every read goes through it.
 * Bots, people of other workspaces and deactivated people may do nothing. Guests are members here (many charity workers
 * are invited as guests), but hold no role. Facilitators of single cohorts may do there what facilitators may do
 * everywhere. Administrators look after groups, the catalogue and roles; how a group takes part and what it answered is for
 * its facilitators. Nobody, administrators included, may read what is another person's own.
 */
export function may(actor: Actor, action: Action, target: Target = {}): boolean {
  const { person } = actor;
  if (person.isDeactivated || person.kind === 'bot' || person.kind === 'external') return false;
  if (action === 'community.use') return true;
  if (action === 'own.read' || action === 'own.write') return target.ownerId === person.id;
  if (person.kind === 'guest') return false;
  if (isAdministrator(actor) && !onlyFacilitators.has(action)) return true;
  if (action === 'roles.grant') return false;
  // Whoever runs a group looks after the catalogue too, whichever group it is.
  if (action === 'resources.curate')
    return actor.roles.some(({ role }) => role === 'curator' || role === 'facilitator');
  const facilitates = actor.roles.filter(({ role }) => role === 'facilitator');
  if (action === 'cohorts.create' || action === 'programme.results' || action === 'sessions.run-for-all')
    return facilitates.some(({ cohortId }) => cohortId === undefined);
  if (action === 'onboarding.preview') return facilitates.length > 0;
  // Without a target the question is "anywhere at all?", which decides whether a door is shown.
  if (target.cohortId === undefined) return facilitates.length > 0;
  return facilitates.some(({ cohortId }) => cohortId === undefined || cohortId === target.cohortId);
}

/** Slack's owners and admins, and whoever CHATR_FACILITATORS or another administrator made one. */
export function isAdministrator({ person, roles }: Actor): boolean {
  if (person.isDeactivated || ['guest', 'bot', 'external'].includes(person.kind)) return false;
  return person.isWorkspaceAdmin || roles.some(({ role }) => role === 'administrator');
}

/** Runs at least some cohort: sees the facilitators' part of pages and help. */
export const isFacilitator = (actor: Actor): boolean => may(actor, 'cohorts.manage');

/** @throws NoResultError when there is no such person. */
export async function loadActor(db: Db, personId: string): Promise<Actor> {
  return actorOf(db, await getPerson(db, personId));
}

export async function actorOf(db: Db, person: Person): Promise<Actor> {
  const rows = await db
    .selectFrom('roles')
    .select(['role', 'cohort_id'])
    .where('person_id', '=', person.id)
    .where('revoked_at', 'is', null)
    .execute();
  return {
    person,
    roles: rows.map((row) => ({ role: row.role as RoleName, cohortId: row.cohort_id ?? undefined })),
    hasDeclined: await hasConsent(db, person.id, 'declined'),
  };
}

/** The ids of cohorts, or all of them, those to come included. */
export type CohortIds = readonly string[] | 'all';

/** The cohorts for which something holds that somebody's roles decide, found without looking at every cohort there is. */
export function cohortsWhere({ roles }: Actor, holds: (cohortId: string) => boolean): CohortIds {
  // No cohort has this id: what holds there holds in all of them.
  if (holds('')) return 'all';
  const own = new Set(roles.flatMap(({ cohortId }) => cohortId ?? []));
  return [...own].filter(holds);
}

/** The cohorts in which somebody may do something. */
export const cohortsFor = (actor: Actor, action: Action): CohortIds =>
  cohortsWhere(actor, (cohortId) => may(actor, action, { cohortId }));

const peopleWithRoles = (db: Db) =>
  db
    .selectFrom('people')
    .leftJoin('roles', (join) =>
      join.onRef('roles.person_id', '=', 'people.id').on('roles.revoked_at', 'is', null),
    )
    .selectAll('people')
    .select((eb) => [
      'roles.role',
      'roles.cohort_id',
      eb
        .exists(
          eb
            .selectFrom('consents')
            .select('consents.id')
            .whereRef('consents.person_id', '=', 'people.id')
            .where('consents.kind', '=', 'declined')
            .where('consents.withdrawn_at', 'is', null),
        )
        .as('has_declined'),
    ]);
const withId = compiledOnce((db, id: string) => peopleWithRoles(db).where('people.id', '=', id));
const withSlackId = compiledOnce((db, id: string) => peopleWithRoles(db).where('people.slack_id', '=', id));

export const findActor = async (db: Db, personId: string): Promise<Actor | undefined> =>
  actorFrom(await withId(db, personId));

/** Who acts, as every payload asks. Not remembered from one to the next: a role that is taken back ends at once. */
export const findActorBySlackId = async (db: Db, slackId: string): Promise<Actor | undefined> =>
  actorFrom(await withSlackId(db, slackId));

/** Everybody to whom `may` can allow more than what is open to each member: holders of a role, Slack's owners and admins. */
export async function listWithRoles(db: Db): Promise<Actor[]> {
  const rows = await peopleWithRoles(db)
    .where((eb) => eb.or([eb('people.is_workspace_admin', '=', 1), eb('roles.role', 'is not', null)]))
    .orderBy('people.display_name')
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((held) => actorFrom(held) ?? []);
}

/** @param rows of one person, one for each role. */
function actorFrom(rows: Awaited<ReturnType<typeof withId>>): Actor | undefined {
  const [first] = rows;
  if (!first) return undefined;
  return {
    person: toPerson(first),
    hasDeclined: Boolean(first.has_declined),
    roles: rows.flatMap(({ role, cohort_id: cohortId }) =>
      role === null ? [] : [{ role: role as RoleName, cohortId: cohortId ?? undefined }],
    ),
  };
}

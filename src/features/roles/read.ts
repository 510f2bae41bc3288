import { listCohorts } from '../../community/cohorts.ts';
import type { Person } from '../../community/people.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { type HeldRole, listAdministrators, listHeldRoles } from '../../community/roles.ts';
import type { Core } from '../feature.ts';

/** A line of the list: somebody and one role of theirs. */
export type RoleLine = { person: Person; role: HeldRole | undefined; cohortName: string | undefined };

/**
 * Everyone with a role, who was met first on top, since of whoever said no to the agreement no name is kept. A line without a
 * role is an owner or admin of the Slack workspace.
 */
export async function readRoles({ db }: Pick<Core, 'db'>, actor: Actor): Promise<RoleLine[] | undefined> {
  if (!may(actor, 'roles.grant')) return undefined;
  const names = new Map((await listCohorts(db)).map(({ id, name }) => [id, name]));
  const held: RoleLine[] = (await listHeldRoles(db)).map(({ person, ...role }) => ({
    person,
    role,
    cohortName: role.cohortId === undefined ? undefined : names.get(role.cohortId),
  }));
  const fromSlack: RoleLine[] = (await listAdministrators(db))
    .filter(({ isWorkspaceAdmin }) => isWorkspaceAdmin)
    .map((person) => ({ person, role: undefined, cohortName: undefined }));
  return [...fromSlack, ...held].toSorted((one, other) => one.person.id.localeCompare(other.person.id));
}

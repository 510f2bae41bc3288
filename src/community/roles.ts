import type { Selectable } from 'kysely';
import type { Db } from '../db/schema.ts';
import type { Clock } from '../lib/clock.ts';
import { newId } from '../lib/random.ts';
import { type Person, toPerson } from './people.ts';
import type { RoleName } from './permissions.ts';
import type { RolesTable } from './tables.ts';

/** A role somebody holds now. `cohortId` undefined means all cohorts. */
export type HeldRole = {
  id: string;
  personId: string;
  role: RoleName;
  cohortId: string | undefined;
  /** A person's id, or 'settings'. */
  grantedBy: string;
};

export type NewRole = { personId: string; role: RoleName; cohortId?: string | undefined; by: string };

/** @returns undefined when they hold it already (from the same side: people or settings). */
export async function insertRole(db: Db, clock: Clock, grant: NewRole): Promise<HeldRole | undefined> {
  const row = await db
    .insertInto('roles')
    .values({
      id: newId(clock),
      person_id: grant.personId,
      role: grant.role,
      cohort_id: grant.cohortId ?? null,
      granted_by: grant.by,
      granted_at: clock.now().toISOString(),
      revoked_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && toHeldRole(row);
}

/** @returns false when it had ended before. */
export async function endRole(db: Db, clock: Clock, roleId: string): Promise<boolean> {
  const ended = await db
    .updateTable('roles')
    .set({ revoked_at: clock.now().toISOString() })
    .where('id', '=', roleId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

export async function findHeldRole(db: Db, roleId: string): Promise<HeldRole | undefined> {
  const row = await db
    .selectFrom('roles')
    .selectAll()
    .where('id', '=', roleId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row && toHeldRole(row);
}

/** As if it had not ended. */
export async function reopenRole(db: Db, roleId: string): Promise<void> {
  await db.updateTable('roles').set({ revoked_at: null }).where('id', '=', roleId).execute();
}

/** Roles that CHATR_FACILITATORS gave and that are held now. */
export async function listRolesBySettings(db: Db): Promise<HeldRole[]> {
  const rows = await db
    .selectFrom('roles')
    .selectAll()
    .where('granted_by', '=', 'settings')
    .where('revoked_at', 'is', null)
    .execute();
  return rows.map(toHeldRole);
}

/** Roles held now, by name of the person. Roles in archived cohorts are left out: they wait there. */
export async function listHeldRoles(db: Db): Promise<(HeldRole & { person: Person })[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('roles', 'roles.person_id', 'people.id')
    .leftJoin('cohorts', 'cohorts.id', 'roles.cohort_id')
    .selectAll('people')
    .select([
      'roles.id as role_id',
      'roles.role',
      'roles.cohort_id',
      'roles.granted_by',
      'roles.person_id',
      'cohorts.archived_at',
    ])
    .where('roles.revoked_at', 'is', null)
    .where('cohorts.archived_at', 'is', null)
    .orderBy('people.display_name')
    .orderBy('roles.granted_at')
    .execute();
  return rows.map((row) => ({
    id: row.role_id,
    personId: row.person_id,
    role: row.role as RoleName,
    cohortId: row.cohort_id ?? undefined,
    grantedBy: row.granted_by,
    person: toPerson(row),
  }));
}

/** Who facilitates this cohort by a role of its own, the deactivated and those who may hold no role left out. */
export async function listOwnFacilitators(db: Db, cohortId: string): Promise<Person[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('roles', 'roles.person_id', 'people.id')
    .selectAll('people')
    .where('roles.role', '=', 'facilitator')
    .where('roles.cohort_id', '=', cohortId)
    .where('roles.revoked_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external', 'guest'])
    .orderBy('people.display_name')
    .execute();
  return rows.map(toPerson);
}

/** Everyone who may grant roles: Slack's owners and admins, and whoever holds the role. By name. */
export async function listAdministrators(db: Db): Promise<Person[]> {
  const rows = await db
    .selectFrom('people')
    .selectAll('people')
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external', 'guest'])
    .where((eb) =>
      eb.or([
        eb('people.is_workspace_admin', '=', 1),
        eb.exists(
          eb
            .selectFrom('roles')
            .select('roles.id')
            .whereRef('roles.person_id', '=', 'people.id')
            .where('roles.role', '=', 'administrator')
            .where('roles.revoked_at', 'is', null),
        ),
      ]),
    )
    .orderBy('people.display_name')
    .execute();
  return rows.map(toPerson);
}

function toHeldRole(row: Selectable<RolesTable>): HeldRole {
  return {
    id: row.id,
    personId: row.person_id,
    role: row.role as RoleName,
    cohortId: row.cohort_id ?? undefined,
    grantedBy: row.granted_by,
  };
}

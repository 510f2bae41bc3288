import { isCohortMember } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import { isOurs } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { Session } from './session.ts';
import { listHosts } from './store.ts';

/** Whether somebody may plan sessions for a group, or, without one, for everybody. */
export const mayPlan = (actor: Actor, cohortId: string | undefined): boolean =>
  cohortId === undefined ? may(actor, 'sessions.run-for-all') : may(actor, 'sessions.run', { cohortId });

/** Those who host it, and those who run the group it is for: they change it, cancel it, and see who comes. */
export async function mayRun(
  db: Db,
  actor: Actor,
  session: Pick<Session, 'id' | 'cohortId'>,
): Promise<boolean> {
  return (
    mayPlan(actor, session.cohortId) ||
    (mayHost(actor) && (await listHosts(db, session.id)).some(({ id }) => id === actor.person.id))
  );
}

/** Whether it makes somebody run a session that they are named as its host. */
export const mayHost = (actor: Actor): boolean => isOurs(actor.person) && actor.hasDeclined !== true;

/** Those of its group or, where it is for everybody, all; only those who have agreed to the community agreement. */
export async function mayBook(
  db: Db,
  { person }: Actor,
  session: Pick<Session, 'cohortId'>,
): Promise<boolean> {
  if (!isOurs(person) || !(await hasConsent(db, person.id, 'agreement'))) return false;
  return session.cohortId === undefined || isCohortMember(db, session.cohortId, person.id);
}

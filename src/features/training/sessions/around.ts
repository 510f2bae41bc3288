import { type Cohort, listCohorts } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import type { SessionDeps } from './deps.ts';
import { mayPlan } from './rights.ts';
import type { Around } from './views.ts';

/** The running groups for which somebody may plan sessions, by name. */
export const listManageable = async ({ db }: SessionDeps, actor: Actor): Promise<Cohort[]> =>
  may(actor, 'sessions.run') ? (await listCohorts(db)).filter(({ id }) => mayPlan(actor, id)) : [];

/** Who looks at a screen, and when. */
export async function aroundOf(deps: SessionDeps, actor: Actor): Promise<Around> {
  return {
    zone: usableZone(actor.person.timeZone, deps.timeZone),
    home: deps.timeZone,
    now: deps.clock.now(),
    hasDeclined: actor.hasDeclined === true,
    mayPlan: mayPlan(actor, undefined) || (await listManageable(deps, actor)).length > 0,
  };
}

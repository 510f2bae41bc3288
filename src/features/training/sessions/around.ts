import { type Cohort, countCohorts, listCohorts } from '../../../community/cohorts.ts';
import { type Actor, cohortsFor } from '../../../community/permissions.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import type { SessionDeps } from './deps.ts';
import { mayPlan } from './rights.ts';
import type { Around } from './views.ts';

/** The running groups for which somebody may plan sessions, by name. */
export const listManageable = ({ db }: SessionDeps, actor: Actor): Promise<Cohort[]> =>
  listCohorts(db, { among: cohortsFor(actor, 'sessions.run') });

/** Who looks at a screen, and when. */
export async function aroundOf(deps: SessionDeps, actor: Actor): Promise<Around> {
  return {
    zone: usableZone(actor.person.timeZone, deps.timeZone),
    home: deps.timeZone,
    now: deps.clock.now(),
    hasDeclined: actor.hasDeclined === true,
    mayPlan:
      mayPlan(actor, undefined) ||
      (await countCohorts(deps.db, { among: cohortsFor(actor, 'sessions.run') })) > 0,
  };
}

import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Closed } from '../../../scheduler/days-off.ts';
import type { CohortsDeps } from '../deps.ts';
import { saveClosed } from './store.ts';

/** More would not fit on the window, and nobody plans that far. */
export const mostClosed = 20;

export type ClosedOutcome =
  | { kind: 'changed'; cohort: Cohort }
  | { kind: 'problems'; problems: { from?: string; until?: string } }
  | { kind: 'not-allowed' };

/** @param until left out: that day alone. */
export async function closeDays(
  deps: CohortsDeps,
  {
    actor,
    cohortId,
    from,
    until = from,
    name,
  }: { actor: Actor; cohortId: string; from: string; until: string | undefined; name: string },
): Promise<ClosedOutcome> {
  const today = localDate(deps.clock.now(), deps.timeZone);
  const problems = {
    ...(until < from && {
      until: 'This is before the first day. Please choose the same day or a later one.',
    }),
    ...(until >= from &&
      until < today && { from: 'These days are over. Please choose days that lie ahead.' }),
  };
  if (Object.keys(problems).length > 0) return { kind: 'problems', problems };
  return change(deps, { actor, cohortId }, 'cohorts.close-days', (closed) => {
    const others = closed.filter((one) => one.from !== from || one.until !== until);
    return others.length < mostClosed
      ? [...others, { from, until, name }]
      : { from: `There are ${mostClosed} already. Please open some of them again first.` };
  });
}

/** The way back. */
export const reopenDays = (
  deps: CohortsDeps,
  { actor, cohortId, from, until }: { actor: Actor; cohortId: string; from: string; until: string },
): Promise<ClosedOutcome> =>
  change(deps, { actor, cohortId }, 'cohorts.reopen-days', (closed) =>
    closed.filter((one) => one.from !== from || one.until !== until),
  );

/** Those that are not over yet. */
export const comingClosed = ({ closed }: Cohort, today: string): Closed[] =>
  closed.filter(({ until }) => until >= today);

async function change(
  { db, clock, timeZone }: CohortsDeps,
  { actor, cohortId }: { actor: Actor; cohortId: string },
  action: string,
  to: (closed: readonly Closed[]) => Closed[] | { from: string },
): Promise<ClosedOutcome> {
  return db.transaction().execute(async (trx): Promise<ClosedOutcome> => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
    const changed = to(comingClosed(cohort, localDate(clock.now(), timeZone)));
    if (!Array.isArray(changed)) return { kind: 'problems', problems: changed };
    const closed = changed.toSorted((a, b) => a.from.localeCompare(b.from));
    await saveClosed(trx, cohortId, closed);
    await audit(trx, clock, { actor: actor.person.id, action, subject: cohortId });
    return { kind: 'changed', cohort: { ...cohort, closed } };
  });
}

import type { Cohort } from '../../community/cohorts.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { closedFor, type DaysOff, daysOffIn, nextOpenOccurrence } from '../../scheduler/days-off.ts';
import { firstReached } from './asking/round.ts';
import type { CheckIn } from './store.ts';

/**
 * When people are asked for what is due then, as it is said to them: nothing goes out on a day off or at night. What they
 * start themselves is asked at once.
 */
export const askedAt = ({ recurrence }: Pick<CheckIn, 'recurrence'>, dueAt: Date, daysOff: DaysOff): Date =>
  recurrence ? firstReached(dueAt, recurrence.zone, daysOff) : dueAt;

/** The same of its next one; undefined where none is planned. */
export const nextAskedAt = (
  checkin: Pick<CheckIn, 'recurrence' | 'nextAt'>,
  daysOff: DaysOff,
): Date | undefined => checkin.nextAt && askedAt(checkin, checkin.nextAt, daysOff);

/** A check-in with the next time at which it really comes, should days have been closed since that was worked out. */
export function comingIn(checkin: CheckIn, cohort: Cohort | undefined, daysOff: DaysOff): CheckIn {
  const { nextAt, recurrence } = checkin;
  if (!nextAt || !recurrence || recurrence.rule === 'once') return checkin;
  const off = cohort ? daysOffIn(daysOff, cohort) : daysOff;
  if (closedFor(off, localDate(nextAt, recurrence.zone)) === undefined) return checkin;
  return { ...checkin, nextAt: nextOpenOccurrence(recurrence, nextAt, off) };
}

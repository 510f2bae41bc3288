import type { Cohort } from '../../community/cohorts.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { closedFor, type DaysOff, daysOffIn, nextOpenOccurrence } from '../../scheduler/days-off.ts';
import type { CheckIn } from './store.ts';

/** A check-in with the next time at which it really comes, should days have been closed since that was worked out. */
export function comingIn(checkin: CheckIn, cohort: Cohort | undefined, daysOff: DaysOff): CheckIn {
  const { nextAt, recurrence } = checkin;
  if (!nextAt || !recurrence || recurrence.rule === 'once') return checkin;
  const off = cohort ? daysOffIn(daysOff, cohort) : daysOff;
  if (closedFor(off, localDate(nextAt, recurrence.zone)) === undefined) return checkin;
  return { ...checkin, nextAt: nextOpenOccurrence(recurrence, nextAt, off) };
}

import type { Cohort } from '../../community/cohorts.ts';
import { type DaysOff, daysOffIn, isLeftOut, nextOpenOccurrence } from '../../scheduler/days-off.ts';
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
  if (!isLeftOut(recurrence, nextAt, off)) return checkin;
  return { ...checkin, nextAt: nextOpenOccurrence(recurrence, nextAt, off) };
}

/**
 * Those that were skipped of what comes again, soonest first: what its rhythm has between now and its next one. Each as
 * it is due.
 */
export function skippedOf(
  { status, recurrence, nextAt }: Pick<CheckIn, 'status' | 'recurrence' | 'nextAt'>,
  now: Date,
  daysOff: DaysOff,
): Date[] {
  if (!recurrence || !nextAt || (status !== 'running' && status !== 'paused')) return [];
  const skipped: Date[] = [];
  for (let at = nextOpenOccurrence(recurrence, now, daysOff); at && at < nextAt; ) {
    skipped.push(at);
    at = nextOpenOccurrence(recurrence, at, daysOff);
  }
  return skipped;
}

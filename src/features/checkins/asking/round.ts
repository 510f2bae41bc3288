import { days, later } from '../../../lib/clock.ts';
import { atLocalTime, firstOpenDay, localDate, localTime } from '../../../scheduler/calendar.ts';
import { isOff, noDaysOff } from '../../../scheduler/days-off.ts';
import type { Rhythm } from '../../../scheduler/recurrence.ts';

/**
 * When a round closes: at its time of day, `openDays` later by the calendar, counted from the first working day on, so
 * that a weekend or days off at the start take nothing away from those who get the prompt after them.
 * @param zone IANA; the time on the wall stays when the clocks change.
 */
export function closingTime(dueAt: Date, openDays: number, zone: string, daysOff = noDaysOff): Date {
  const start = firstOpenDay(localDate(dueAt, zone), (date) => isOff(daysOff, date));
  return atLocalTime(plusDays(start, openDays), localTime(dueAt, zone), zone);
}

/**
 * When the one reminder is due: in the middle of the time there is to answer. Undefined where that is too late, as with
 * what is open for a day or two.
 */
export function remindingTime(openedAt: Date, closesAt: Date): Date | undefined {
  const middle = new Date((openedAt.getTime() + closesAt.getTime()) / 2);
  return middle < lastReminder(closesAt, undefined) ? middle : undefined;
}

/** Before when a reminder has to go: on the last day it would be a nudge rather than a help, and beside the next round a chase. */
export const lastReminder = (closesAt: Date, nextAt: Date | undefined): Date =>
  later(nextAt !== undefined && nextAt < closesAt ? nextAt : closesAt, -days(1));

/** After downtime a round still goes out if more than half of its answering time is left (design, "Missed time"). */
export function isWorthOpening(dueAt: Date, closesAt: Date, now: Date): boolean {
  return closesAt.getTime() - now.getTime() > (closesAt.getTime() - dueAt.getTime()) / 2;
}

/** Two rounds of one check-in are never open at once. */
export function longestOpenDays(how: Rhythm): number {
  switch (how) {
    case 'once':
    case 'monthly':
    case 'monthly-last-day':
      return 28;
    case 'fortnightly':
      return 14;
    case 'weekly':
      return 7;
  }
}

/** A local date some days later. */
export function plusDays(date: string, count: number): string {
  return later(new Date(`${date}T12:00:00Z`), days(count))
    .toISOString()
    .slice(0, 10);
}

import { hours, later } from '../../../lib/clock.ts';
import { once } from '../../../lib/once.ts';
import { localDate } from '../../../scheduler/calendar.ts';

/** The Monday of the week of a local date. */
export const weekOf = (date: string): string => {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
};

/** The last day of the week that begins on a Monday. */
export const endOfWeek = (monday: string): string =>
  Temporal.PlainDate.from(monday).add({ days: 6 }).toString();

/** 'YYYY-MM' */
export const monthOf = (date: string): string => date.slice(0, 7);

export const monthAfter = (month: string, count: number): string =>
  monthOf(Temporal.PlainDate.from(`${month}-01`).add({ months: count }).toString());

export const endOfMonth = (month: string): string =>
  Temporal.PlainDate.from(`${monthAfter(month, 1)}-01`)
    .subtract({ days: 1 })
    .toString();

/** "March 2026" */
export const sayMonth = (month: string): string => months().format(new Date(`${month}-01T12:00:00Z`));
/** "Mar 2026" */
export const sayShortMonth = (month: string): string =>
  shortMonths().format(new Date(`${month}-01T12:00:00Z`));
const shortMonths = once(
  () => new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }),
);
const months = once(
  () => new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
);

/** Today, for counting: what somebody did just before midnight may still be on its way. */
export const countingDay = (now: Date, zone: string): string => localDate(later(now, -hours(1)), zone);

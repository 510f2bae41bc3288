import { defaultPreferences } from '../../../community/preferences.ts';
import { days, hours, later } from '../../../lib/clock.ts';
import {
  atLocalTime,
  firstOpenDay,
  lastOpenDay,
  localDate,
  localTime,
  nextAllowed,
} from '../../../scheduler/calendar.ts';
import { type DaysOff, isOff, noDaysOff } from '../../../scheduler/days-off.ts';
import { listOccurrences, type Recurrence } from '../../../scheduler/recurrence.ts';
import { sayDate } from '../../../slack/text.ts';

/** @param next when the check-in comes the next time. */
type Closing = { zone: string; daysOff?: DaysOff; next?: Date | undefined };

/**
 * When a round closes: at its time of day, `openDays` later by the calendar, counted from the first working day on, so
 * that a weekend or days off at the start take nothing away from those who get the prompt after them; not later than the next
 * one comes. It never closes on a day off: as with everything that falls on one the next working day counts instead, to its
 * end; where the next one would have come by then, the last working day before it, to its end.
 * @param zone IANA; the time on the wall stays when the clocks change.
 */
export function closingTime(
  dueAt: Date,
  openDays: number,
  { zone, daysOff = noDaysOff, next }: Closing,
): Date {
  const off = (date: string) => isOff(daysOff, date);
  const endOf = (date: string) => atLocalTime(date, defaultPreferences.quietFrom, zone);
  const start = firstOpenDay(localDate(dueAt, zone), off);
  const planned = earliest(atLocalTime(plusDays(start, openDays), localTime(dueAt, zone), zone), next);
  const day = localDate(planned, zone);
  const open = firstOpenDay(day, off);
  if (open === day) return planned;
  const after = endOf(open);
  if (!next || after <= next) return after;
  const before = endOf(lastOpenDay(day, off));
  // Whoever got it after days off needs time as well.
  return before >= later(firstReached(dueAt, zone, daysOff), hours(shortestAnsweringHours))
    ? before
    : planned;
}

/** A fresh prompt needs no reminder: whoever has had it for less is not reminded. */
export const shortestWait = days(1);
/** A reminder that could not go by then, for somebody who is away or for a bot that was, has missed its moment. */
export const remindableFor = days(1);

/**
 * When the one reminder is due: in the middle of the time there is to answer or, where that is at night or on days off,
 * at the moment nearest to it at which most people may be written to, before it or after. Undefined where there is none, as
 * with what is open for a day or two.
 */
export function remindingTime(
  openedAt: Date,
  closesAt: Date,
  zone: string,
  daysOff = noDaysOff,
): Date | undefined {
  const middle = new Date((openedAt.getTime() + closesAt.getTime()) / 2);
  const distance = (at: Date) => Math.abs(at.getTime() - middle.getTime());
  return [lastReached(middle, openedAt, zone, daysOff), firstReached(middle, zone, daysOff)]
    .filter((at) => at > later(openedAt, shortestWait) && at < lastReminder(closesAt, undefined))
    .toSorted((one, other) => distance(one) - distance(other))[0];
}

/** At the time of day at which it opened, or soon after, on the last working day until then; never before it opened. */
function lastReached(until: Date, openedAt: Date, zone: string, daysOff: DaysOff): Date {
  for (let date = localDate(until, zone); ; date = plusDays(date, -1)) {
    const at = atLocalTime(date, localTime(openedAt, zone), zone);
    if (at <= openedAt) return openedAt;
    const reached = firstReached(at, zone, daysOff);
    if (reached <= until && localDate(reached, zone) === date) return reached;
  }
}

/** Before when a reminder has to go: on the last day it would be a nudge rather than a help, and beside the next round a chase. */
export const lastReminder = (closesAt: Date, nextAt: Date | undefined): Date =>
  later(nextAt !== undefined && nextAt < closesAt ? nextAt : closesAt, -days(1));

/** After downtime a round still goes out if more than half of its answering time is left (design, "Missed time"). */
export function isWorthOpening(dueAt: Date, closesAt: Date, now: Date): boolean {
  return closesAt.getTime() - now.getTime() > (closesAt.getTime() - dueAt.getTime()) / 2;
}

/** The first moment from then on at which most people may be written to. */
export const firstReached = (at: Date, zone: string, daysOff = noDaysOff): Date =>
  nextAllowed(at, {
    ...defaultPreferences,
    zone,
    programmeZone: zone,
    isOff: (date) => isOff(daysOff, date),
  });

/** Whoever gets it must have at least so long before it closes. */
export const shortestAnsweringHours = 4;

/** What says how long a round may still be asked about. @param next when the check-in comes the next time. */
type Asking = {
  round: { dueAt: Date; openedAt: Date | undefined; closesAt: Date };
  next: Date | undefined;
  zone: string;
  daysOff: DaysOff;
};

/**
 * Until when a prompt that waits is worth sending: while half of the time to answer is left, and not within a day of the
 * next one, or two would come in one morning. It stands among the open ones until it closes.
 */
export function promptEnds({ round, next, zone, daysOff }: Asking): Date {
  const { dueAt, openedAt = dueAt, closesAt } = round;
  const left = closesAt.getTime() - firstReached(openedAt, zone, daysOff).getTime();
  return earliest(later(closesAt, -left / 2), beforeNext(next));
}

/** The same of one that somebody put off: they asked for it, so all that counts is whether they could still answer. */
export const laterEnds = ({ round: { closesAt }, next }: Pick<Asking, 'round' | 'next'>): Date =>
  earliest(later(closesAt, -hours(shortestAnsweringHours)), beforeNext(next));

const beforeNext = (next: Date | undefined): Date | undefined => next && later(next, -days(1));
export const earliest = (one: Date, other: Date | undefined): Date => (other && other < one ? other : one);

/**
 * Which of several rounds this is, as people would say it on the day on which they are asked, and by the same name
 * afterwards: "week of 4 January", or that day, "Monday 4 January", where days off have moved it into another week. Undefined where the check-in comes once.
 */
export function occasionOf(
  recurrence: Recurrence | undefined,
  dueAt: Date,
  daysOff: DaysOff,
): string | undefined {
  if (!recurrence || recurrence.rule === 'once') return undefined;
  const { rule, zone } = recurrence;
  const asked = Temporal.PlainDate.from(localDate(firstReached(dueAt, zone, daysOff), zone));
  const week = mondayOf(asked);
  const isMoved = !week.equals(mondayOf(Temporal.PlainDate.from(localDate(dueAt, zone))));
  // Of several in a week each has its day.
  if (isMoved || !rule.includes('WEEKLY') || rule.includes('BYDAY')) return sayDate(asked.toString());
  return `week of ${sayDayOfMonth(week)}`;
}
const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });
const sayDayOfMonth = (day: Temporal.PlainDate): string =>
  day.toLocaleString('en-GB', { day: 'numeric', month: 'long' });

const mostOpenDays = 28;
/** Enough to see every gap between several days of a week. */
const occurrencesSeen = 9;

/** Two rounds of one check-in are never open at once: the fewest days from one to the next, and no more than four weeks. */
export function longestOpenDays(recurrence: Recurrence): number {
  const { startsAt, zone } = recurrence;
  const [date = '', time = ''] = startsAt.split('T');
  const before = later(atLocalTime(date, time, zone), -1);
  const dates = listOccurrences(recurrence, before, occurrencesSeen).map((at) =>
    Temporal.PlainDate.from(localDate(at, zone)),
  );
  return Math.min(
    mostOpenDays,
    ...dates.slice(1).map((day, index) => dates[index]?.until(day).days ?? mostOpenDays),
  );
}

/** A local date some days later. */
export function plusDays(date: string, count: number): string {
  return later(new Date(`${date}T12:00:00Z`), days(count))
    .toISOString()
    .slice(0, 10);
}

import { RRuleTemporal } from 'rrule-temporal';
import { atLocalTime } from './calendar.ts';

/** When something happens, again and again or once. All of it can be stored as text. */
export type Recurrence = {
  /** RFC 5545 RRULE text without the prefix, e.g. `FREQ=WEEKLY;INTERVAL=2`, or 'once'. */
  rule: string;
  /** The first time, local to `zone`: `YYYY-MM-DDTHH:mm`. */
  startsAt: string;
  /** IANA. The time on the wall stays the same there when the clocks change. */
  zone: string;
};

/** 'monthly' keeps the weekday ("the first Tuesday"); the fifth one, which most months lack, becomes the last. */
export const rhythms = ['once', 'weekly', 'fortnightly', 'monthly', 'monthly-last-day'] as const;
export type Rhythm = (typeof rhythms)[number];

export type Timing = {
  how: Rhythm;
  /** `YYYY-MM-DD`. For 'monthly-last-day' any date of the first month. */
  date: string;
  /** `HH:mm`. */
  time: string;
  zone: string;
};

/** @throws RangeError where date, time or zone is none: ask the validators below first. */
export function recurrenceOf({ how, date, time, zone }: Timing): Recurrence {
  const chosen = Temporal.PlainDate.from(date);
  const first = how === 'monthly-last-day' ? chosen.with({ day: chosen.daysInMonth }) : chosen;
  const startsAt = first.toPlainDateTime(Temporal.PlainTime.from(time));
  // Fails here rather than later, when nobody looks.
  startsAt.toZonedDateTime(zone);
  return { rule: ruleOf(how, first), startsAt: startsAt.toString({ smallestUnit: 'minute' }), zone };
}

function ruleOf(how: Rhythm, first: Temporal.PlainDate): string {
  switch (how) {
    case 'once':
      return 'once';
    case 'weekly':
      return 'FREQ=WEEKLY';
    case 'fortnightly':
      return 'FREQ=WEEKLY;INTERVAL=2';
    case 'monthly': {
      const week = Math.ceil(first.day / 7);
      return `FREQ=MONTHLY;BYDAY=${week === 5 ? -1 : week}${weekdayCodes[first.dayOfWeek - 1]}`;
    }
    case 'monthly-last-day':
      return 'FREQ=MONTHLY;BYMONTHDAY=-1';
  }
}

/**
 * The first occurrence strictly after an instant, or undefined when there is none. To go through a series ask again
 * with the last one's instant, never with "tomorrow, same time".
 */
export function nextOccurrence(recurrence: Recurrence, after: Date): Date | undefined {
  const { rule, startsAt, zone } = recurrence;
  if (rule === 'once') {
    const [date = '', time = ''] = startsAt.split('T');
    const only = atLocalTime(date, time, zone);
    return only > after ? only : undefined;
  }
  const next = new RRuleTemporal({ rruleString: icsOf(recurrence) }).next(after, false);
  return next === null ? undefined : new Date(next.epochMilliseconds);
}

/** Up to `count` occurrences strictly after an instant, for previews. */
export function listOccurrences(recurrence: Recurrence, after: Date, count: number): Date[] {
  const found: Date[] = [];
  for (let last = after; found.length < count; ) {
    const next = nextOccurrence(recurrence, last);
    if (next === undefined) break;
    found.push(next);
    last = next;
  }
  return found;
}

const icsOf = ({ rule, startsAt, zone }: Recurrence): string =>
  `DTSTART;TZID=${zone}:${startsAt.replace(/[-:]/g, '')}00\nRRULE:${rule}`;

/**
 * In words: "Every second Tuesday at 09:30 from 3 March".
 * @param thisYear the year that need not be said; without it none is said.
 */
export function sayRecurrence({ rule, startsAt, zone }: Recurrence, thisYear?: number): string {
  const start = Temporal.PlainDateTime.from(startsAt);
  const time = start.toPlainTime().toString({ smallestUnit: 'minute' });
  const date = dayAndMonth(start, thisYear);
  const weekday = weekdays[start.dayOfWeek - 1];
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]));
  const from = `at ${time} from ${date}`;
  if (rule === 'once') return `Once, on ${weekday} ${date} at ${time}`;
  if (parts.get('FREQ') === 'WEEKLY') {
    const interval = Number(parts.get('INTERVAL') ?? 1);
    const every = interval === 1 ? 'Every' : interval === 2 ? 'Every second' : `Every ${interval} weeks on`;
    return `${every} ${weekday} ${from}`;
  }
  if (parts.get('BYMONTHDAY') === '-1') return `On the last day of each month ${from}`;
  const [, week] = /^(-?\d)[A-Z]{2}$/.exec(parts.get('BYDAY') ?? '') ?? [];
  if (parts.get('FREQ') === 'MONTHLY' && week !== undefined)
    return `On the ${ordinals[week]} ${weekday} of each month ${from}`;
  throw new RangeError(`There are no words for the rule ${rule} (${zone}).`);
}

function dayAndMonth(date: Temporal.PlainDateTime, thisYear: number | undefined): string {
  const words = `${date.day} ${months[date.month - 1]}`;
  return thisYear === undefined || thisYear === date.year ? words : `${words} ${date.year}`;
}

const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const ordinals: Record<string, string> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '-1': 'last',
};

/** The hours in which a colleague may be asked for something. */
export const civilHours = { from: '07:00', until: '20:00' } as const;

/**
 * What is wrong with a time of day that somebody typed or chose, in words for beside the field; undefined when it is fine.
 * Civil hours are asked for by default. Without them only the hour is refused in which clocks change: once a year it
 * does not exist, and once it comes twice.
 */
export function problemWithTime(time: string, { civil = true } = {}): string | undefined {
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (civil)
    return isTime && time >= civilHours.from && time <= civilHours.until
      ? undefined
      : `Please give a time between ${civilHours.from} and ${civilHours.until}, for example 09:30.`;
  if (!isTime) return 'Please give a time as hours and minutes, for example 09:30.';
  if (time >= '01:00' && time < '02:00')
    return 'Between 01:00 and 02:00 the clocks change, so a time there can be missing or come twice. Please choose another, for example 09:30.';
  return undefined;
}

/** What is wrong with a local date, or undefined. */
export function problemWithDate(date: string): string | undefined {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(date) && Temporal.PlainDate.from(date)) return undefined;
  } catch {
    // Falls through to the words.
  }
  return 'Please choose a date that exists, for example 3 March 2026.';
}

/** What is wrong with the first moment of a plan that is otherwise fine: it must lie ahead. */
export function problemWithStart({ how, date, time, zone }: Timing, now: Date): string | undefined {
  const { startsAt } = recurrenceOf({ how, date, time, zone });
  const [firstDate = '', firstTime = ''] = startsAt.split('T');
  return atLocalTime(firstDate, firstTime, zone) > now
    ? undefined
    : 'That time has passed already. Please choose one that lies ahead.';
}

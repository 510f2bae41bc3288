import { RRuleTemporal } from 'rrule-temporal';
import { inWords } from '../lib/numbers.ts';
import { atLocalTime, localDate } from './calendar.ts';

/** When something happens, again and again or once. All of it can be stored as text. */
export type Recurrence = {
  /** RFC 5545 RRULE text without the prefix, e.g. `FREQ=WEEKLY;INTERVAL=2`, or 'once'. */
  rule: string;
  /** The first time, local to `zone`: `YYYY-MM-DDTHH:mm`. */
  startsAt: string;
  /** IANA. The time on the wall stays the same there when the clocks change. */
  zone: string;
};

/** How often something comes, by the steps from one to the next. */
const steps = {
  once: undefined,
  weekly: { unit: 'weeks', every: 1 },
  fortnightly: { unit: 'weeks', every: 2 },
  'every-3-weeks': { unit: 'weeks', every: 3 },
  'every-4-weeks': { unit: 'weeks', every: 4 },
  'every-6-weeks': { unit: 'weeks', every: 6 },
  'every-8-weeks': { unit: 'weeks', every: 8 },
  monthly: { unit: 'months', every: 1 },
  'every-2-months': { unit: 'months', every: 2 },
  'every-3-months': { unit: 'months', every: 3 },
  'every-6-months': { unit: 'months', every: 6 },
} as const;
export type Rhythm = keyof typeof steps;
export const rhythms = Object.keys(steps) as Rhythm[];
export const unitOf = (how: Rhythm): 'weeks' | 'months' | undefined => steps[how]?.unit;

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdayCodes)[number];

/** The fifth weekday, which most months lack, becomes the last; a date that a month lacks becomes its last day. */
export const monthlyDays = ['weekday', 'date', 'last-day'] as const;
export type MonthlyDay = (typeof monthlyDays)[number];

export type Timing = {
  how: Rhythm;
  /** `YYYY-MM-DD`. Of several weekdays the first that comes counts; for 'last-day' any date of the first month. */
  date: string;
  /** `HH:mm`. */
  time: string;
  zone: string;
  /** Of weeks; none: that of `date`. */
  days?: readonly Weekday[] | undefined;
  /** Of months; left out: the weekday, as in "the first Tuesday". */
  on?: MonthlyDay | undefined;
  /** The last day on which it may come. */
  until?: string | undefined;
};

/** @throws RangeError where date, time or zone is none: ask the validators below first. */
export function recurrenceOf(timing: Timing): Recurrence {
  const { how, time, zone, until } = timing;
  const first = firstDay(timing);
  const startsAt = first.toPlainDateTime(Temporal.PlainTime.from(time));
  // Fails here rather than later, when nobody looks.
  startsAt.toZonedDateTime(zone);
  const end = how === 'once' || until === undefined ? '' : `;UNTIL=${endOfDay(until, zone)}`;
  return {
    rule: `${ruleOf(timing, first)}${end}`,
    startsAt: startsAt.toString({ smallestUnit: 'minute' }),
    zone,
  };
}

function firstDay({ how, date, days = [], on }: Timing): Temporal.PlainDate {
  const chosen = Temporal.PlainDate.from(date);
  if (steps[how]?.unit === 'months' && on === 'last-day') return chosen.with({ day: chosen.daysInMonth });
  if (steps[how]?.unit !== 'weeks' || days.length === 0) return chosen;
  const week = Array.from({ length: 7 }, (_, index) => chosen.add({ days: index }));
  return week.find((day) => days.includes(weekdayOf(day))) ?? chosen;
}

function ruleOf({ how, days = [], on = 'weekday' }: Timing, first: Temporal.PlainDate): string {
  const step = steps[how];
  if (!step) return 'once';
  const every = step.every === 1 ? '' : `;INTERVAL=${step.every}`;
  if (step.unit === 'weeks') {
    const inOrder = weekdayCodes.filter((day) => days.includes(day));
    return `FREQ=WEEKLY${every}${inOrder.length > 1 ? `;BYDAY=${inOrder.join(',')}` : ''}`;
  }
  return `FREQ=MONTHLY${every};${monthlyPart(on, first)}`;
}

function monthlyPart(on: MonthlyDay, first: Temporal.PlainDate): string {
  if (on === 'last-day' || (on === 'date' && first.day === 31)) return 'BYMONTHDAY=-1';
  if (on === 'date') {
    const upTo = Array.from({ length: Math.max(1, first.day - 27) }, (_, index) => first.day - index);
    return `BYMONTHDAY=${upTo.reverse().join(',')}${upTo.length > 1 ? ';BYSETPOS=-1' : ''}`;
  }
  const week = Math.ceil(first.day / 7);
  return `BYDAY=${week === 5 ? -1 : week}${weekdayOf(first)}`;
}

const weekdayOf = (day: Temporal.PlainDate): Weekday => weekdayCodes[day.dayOfWeek - 1] ?? 'MO';

const endOfDay = (date: string, zone: string): string =>
  atLocalTime(date, '23:59', zone)
    .toISOString()
    .replace(/[-:]|\.\d+/g, '');

const partsOf = (rule: string): Map<string, string> =>
  new Map(rule.split(';').map((part) => part.split('=') as [string, string]));

/** What was chosen, of a stored rule. */
export function timingOf({ rule, startsAt, zone }: Recurrence): Timing {
  const [date = '', time = ''] = startsAt.split('T');
  const parts = partsOf(rule);
  const unit = parts.get('FREQ') === 'WEEKLY' ? 'weeks' : 'months';
  const every = Number(parts.get('INTERVAL') ?? 1);
  const how = rhythms.find((one) => steps[one]?.unit === unit && steps[one].every === every);
  if (rule === 'once' || !how) return { how: 'once', date, time, zone };
  const until = parts.get('UNTIL');
  const byDay = parts.get('BYDAY');
  const monthDay = parts.get('BYMONTHDAY');
  return {
    how,
    date,
    time,
    zone,
    ...(unit === 'weeks' && byDay && { days: byDay.split(',') as Weekday[] }),
    ...(unit === 'months' && {
      on: monthDay === '-1' ? 'last-day' : monthDay === undefined ? 'weekday' : 'date',
    }),
    ...(until && { until: localDate(instantOf(until), zone) }),
  };
}

const instantOf = (until: string): Date =>
  new Date(until.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

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
 * In words: "Every second Tuesday at 09:30 from 3 March, six times".
 * @param thisYear the year that need not be said; without it none is said.
 * @param times how often it comes, where it has an end by number.
 */
export function sayRecurrence(
  { rule, startsAt, zone }: Recurrence,
  thisYear?: number,
  times?: number,
): string {
  const start = Temporal.PlainDateTime.from(startsAt);
  const time = start.toPlainTime().toString({ smallestUnit: 'minute' });
  const date = dayAndMonth(start, thisYear);
  const weekday = weekdays[start.dayOfWeek - 1];
  if (rule === 'once') return `Once, on ${weekday} ${date} at ${time}`;
  const parts = partsOf(rule);
  const until = parts.get('UNTIL');
  const last =
    until && Temporal.PlainDate.from(localDate(instantOf(until), zone)).toPlainDateTime({ hour: 12 });
  const end =
    times !== undefined
      ? `, ${times === 1 ? 'once' : times === 2 ? 'twice' : `${inWords(times)} times`}`
      : last
        ? `, until ${dayAndMonth(last, thisYear)}`
        : '';
  return `${sayRhythm(parts, start, weekday)} at ${time} from ${date}${end}`;
}

function sayRhythm(parts: Map<string, string>, start: Temporal.PlainDateTime, weekday = ''): string {
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const byDay = parts.get('BYDAY');
  if (parts.get('FREQ') === 'WEEKLY') {
    const days = byDay?.split(',').map((code) => weekdays[weekdayCodes.indexOf(code as Weekday)] ?? '');
    const on = days ? `${days.slice(0, -1).join(', ')} and ${days.at(-1)}` : weekday;
    if (interval === 1) return `Every ${on}`;
    return interval === 2 && !days ? `Every second ${on}` : `Every ${inWords(interval)} weeks on ${on}`;
  }
  const month =
    interval === 1 ? 'of each month' : `of every ${stepsInWords[interval] ?? `${interval}th`} month`;
  const monthDay = parts.get('BYMONTHDAY');
  if (monthDay === '-1') return `On the last day ${month}`;
  if (monthDay !== undefined) {
    const shorter = monthDay.includes(',') ? ', or its last day,' : '';
    return `On the ${sayOrdinal(start.day)} ${month}${shorter}`;
  }
  const [, week] = /^(-?\d)[A-Z]{2}$/.exec(byDay ?? '') ?? [];
  if (parts.get('FREQ') === 'MONTHLY' && week !== undefined)
    return `On the ${ordinals[week]} ${weekday} ${month}`;
  throw new RangeError('There are no words for such a rule.');
}

const sayOrdinal = (day: number): string =>
  `${day}${day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th'}`;

const stepsInWords: Record<number, string> = { 2: 'second', 3: 'third', 6: 'sixth' };

function dayAndMonth(date: Temporal.PlainDateTime, thisYear: number | undefined): string {
  const words = `${date.day} ${months[date.month - 1]}`;
  return thisYear === undefined || thisYear === date.year ? words : `${words} ${date.year}`;
}

export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
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
export function problemWithStart(timing: Timing, now: Date): string | undefined {
  const { startsAt, zone } = recurrenceOf(timing);
  const [firstDate = '', firstTime = ''] = startsAt.split('T');
  return atLocalTime(firstDate, firstTime, zone) > now
    ? undefined
    : 'That time has passed already. Please choose one that lies ahead.';
}

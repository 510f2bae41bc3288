import { bankHolidays } from './bank-holidays.ts';

/** When somebody may be written to unasked. Local dates are `YYYY-MM-DD`, local times `HH:mm`. */
export type QuietRules = {
  /** IANA, the person's own. Unknown or misspelt: the programme's is taken. */
  zone: string | undefined;
  programmeZone: string;
  /** Quiet from this time on … */
  quietFrom: string;
  /** … until this one, on the next morning where it is the earlier of the two. The same time twice: never quiet. */
  quietUntil: string;
  /** Nothing up to and including this date. */
  awayUntil?: string | undefined;
  /** Local dates on which nobody is written to besides. */
  isOff?: ((date: string) => boolean) | undefined;
};

/**
 * The earliest instant from `at` on that is outside quiet hours, on a working day (no weekend, no bank holiday of
 * England and Wales, by the person's own date), and after the last day away.
 */
export function nextAllowed(at: Date, rules: QuietRules): Date {
  const zone = usableZone(rules.zone, rules.programmeZone);
  const from = minuteOfDay(rules.quietFrom) ?? defaultQuietFrom;
  const until = minuteOfDay(rules.quietUntil) ?? defaultQuietUntil;
  let moment = zoned(at, zone);
  for (;;) {
    const date = moment.toPlainDate();
    const day = firstDayFrom(date, rules);
    if (!day.equals(date)) moment = day.toZonedDateTime(zone);
    if (!isQuiet(moment.hour * 60 + moment.minute, from, until)) return new Date(moment.epochMilliseconds);
    moment = nextAt(moment, until);
  }
}

export function isAllowed(at: Date, rules: QuietRules): boolean {
  return nextAllowed(at, rules).getTime() === at.getTime();
}

/** Monday to Friday without the bank holidays of England and Wales. */
export function isWorkingDay(date: string): boolean {
  return isWorking(Temporal.PlainDate.from(date));
}

/**
 * The nth working day after a local date. With 0 it is the date itself, or the first working day after it.
 * From a Saturday, both 0 and 1 are Monday.
 */
export function addWorkingDays(fromLocalDate: string, count: number): string {
  if (!Number.isInteger(count) || count < 0) throw new RangeError('Working days are counted from 0 up.');
  let date = Temporal.PlainDate.from(fromLocalDate);
  for (let left = count; left > 0; ) {
    date = date.add({ days: 1 });
    if (isWorking(date)) left -= 1;
  }
  return firstWorkingDayFrom(date).toString();
}

/** The date itself, or the first working day after it that is not off. */
export const firstOpenDay = (date: string, isOff: (date: string) => boolean): string =>
  firstWorkingDayFrom(Temporal.PlainDate.from(date), isOff).toString();

/** The date itself, or the last working day before it that is not off. */
export function lastOpenDay(date: string, isOff: (date: string) => boolean): string {
  let day = Temporal.PlainDate.from(date);
  while (!isWorking(day) || isOff(day.toString())) day = day.subtract({ days: 1 });
  return day.toString();
}

/** `YYYY-MM-DD` as somebody in this zone would say it. */
export function localDate(at: Date, zone: string): string {
  return zoned(at, zone).toPlainDate().toString();
}

/** `HH:mm` as somebody in this zone would say it. */
export function localTime(at: Date, zone: string): string {
  return zoned(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/**
 * The instant of a local date and time. A time that the clocks leave out is taken an hour later, one that comes twice
 * the first time.
 */
export function atLocalTime(date: string, time: string, zone: string): Date {
  const local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  return new Date(local.toZonedDateTime(zone).epochMilliseconds);
}

/** What is odd about a time on a day on which the clocks change: they leave it out, or show it twice. */
export function oddTime(date: string, time: string, zone: string): 'left-out' | 'twice' | undefined {
  const local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.epochMilliseconds === local.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds)
    return undefined;
  return first.toPlainDateTime().equals(local) ? 'twice' : 'left-out';
}

/** The zone itself where it is one, else the other. Slack's `tz` can be missing, null or a name we do not know. */
export function usableZone(zone: string | undefined, otherwise: string): string {
  return zone !== undefined && isZone(zone) ? zone : otherwise;
}

const zones = new Map<string, boolean>();

export function isZone(zone: string): boolean {
  let known = zones.get(zone);
  if (known === undefined) {
    try {
      // A bare offset ("+01:00") is valid for Temporal, but says nothing about clock changes.
      known = /^[A-Za-z]/.test(zone) && new Temporal.ZonedDateTime(0n, zone).timeZoneId !== '';
    } catch {
      known = false;
    }
    zones.set(zone, known);
  }
  return known;
}

const defaultQuietFrom = 18 * 60;
const defaultQuietUntil = 9 * 60;

const zoned = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

function minuteOfDay(time: string): number | undefined {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}

function isQuiet(minute: number, from: number, until: number): boolean {
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** The next instant at which the clock on the wall shows this minute of the day, strictly after `moment`. */
function nextAt(moment: Temporal.ZonedDateTime, minute: number): Temporal.ZonedDateTime {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  for (let date = moment.toPlainDate(); ; date = date.add({ days: 1 })) {
    const local = date.toPlainDateTime(time);
    // In autumn an hour comes twice: the second one counts where the first is over.
    for (const disambiguation of ['compatible', 'later'] as const) {
      const candidate = local.toZonedDateTime(moment.timeZoneId, { disambiguation });
      if (Temporal.ZonedDateTime.compare(candidate, moment) > 0) return candidate;
    }
  }
}

function firstDayFrom(
  date: Temporal.PlainDate,
  { awayUntil, isOff }: Pick<QuietRules, 'awayUntil' | 'isOff'>,
): Temporal.PlainDate {
  const back = awayUntil === undefined ? undefined : dayAfter(awayUntil);
  return firstWorkingDayFrom(back && Temporal.PlainDate.compare(back, date) > 0 ? back : date, isOff);
}

function dayAfter(date: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(date).add({ days: 1 });
  } catch {
    // Not a date: whoever wrote it, nobody shall stop hearing from us for it.
    return undefined;
  }
}

function firstWorkingDayFrom(date: Temporal.PlainDate, isOff?: QuietRules['isOff']): Temporal.PlainDate {
  let day = date;
  while (!isWorking(day) || isOff?.(day.toString())) day = day.add({ days: 1 });
  return day;
}

const isWorking = (date: Temporal.PlainDate): boolean =>
  date.dayOfWeek <= 5 && !bankHolidays(date.year).has(date.toString());

import { atLocalTime, isWorkingDay, localDate, localTime, oddTime } from '../../../scheduler/calendar.ts';
import { closedFor, type DaysOff } from '../../../scheduler/days-off.ts';
import { count, sayDateFrom, sayDay } from '../../../slack/text.ts';
import { endOf, type Kept, type Whereabouts } from './session.ts';

type Span = Pick<Whereabouts, 'startsAt' | 'minutes'>;

/** "London" of "Europe/London". */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/**
 * "Tuesday 3 March, 10:00 to 11:30". Where the clock of whoever reads it shows something else, it says so, and what the
 * programme's shows. @param zone of the reader. @param home of the programme. @param now given: what is not near has its year.
 */
export function sayWhen(span: Span, zone: string, home: string, now?: Date): string {
  const { startsAt } = span;
  const day = now ? sayDateFrom(localDate(startsAt, zone), localDate(now, zone)) : sayDay(startsAt, zone);
  const said = `${day}, ${localTime(startsAt, zone)} to ${localTime(endOf(span), zone)}`;
  if (
    localTime(startsAt, zone) === localTime(startsAt, home) &&
    localDate(startsAt, zone) === localDate(startsAt, home)
  )
    return said;
  const there = `${localTime(startsAt, home)} in ${cityOf(home)}`;
  return localDate(startsAt, zone) === localDate(startsAt, home)
    ? `${said} your time (${there})`
    : `${said} your time (${sayDay(startsAt, home)}, ${there})`;
}

/** "90 minutes", "2 hours". */
export const sayLong = (minutes: number): string =>
  minutes % 60 === 0 ? count(minutes / 60, 'hour', 'hours') : count(minutes, 'minute', 'minutes');

export const shortest = 10;
export const longest = 12 * 60;
export const mostPlaces = 500;
const furthestDays = 730;

type Problems<Name extends string> = { [Field in Name]?: string };

/** The instant of a day and a time in the programme's zone, or why there is none. */
export function startOf(
  { date, time }: { date: string; time: string },
  zone: string,
): { kind: 'at'; startsAt: Date } | { kind: 'problem'; words: string } {
  switch (oddTime(date, time, zone)) {
    case 'left-out':
      return {
        kind: 'problem',
        words: `The clocks go forward that night, and ${time} does not come. Please choose another time.`,
      };
    case 'twice':
      return {
        kind: 'problem',
        words: `The clocks go back that night, and ${time} comes twice. Please choose another time.`,
      };
    case undefined:
      return { kind: 'at', startsAt: atLocalTime(date, time, zone) };
  }
}

/** What cannot be of when it is, by the field of the form. */
export function problemsOfTime(
  span: Span,
  { zone, now }: { zone: string; now: Date },
): Problems<'date' | 'time' | 'minutes'> {
  const { startsAt, minutes } = span;
  if (!Number.isInteger(minutes) || minutes < shortest || minutes > longest)
    return { minutes: `Please give whole minutes, from ${shortest} to ${longest}, for example 90.` };
  const day = localDate(startsAt, zone);
  if (startsAt <= now)
    return day < localDate(now, zone)
      ? { date: 'That day is over. Please choose one that is still to come.' }
      : { time: 'That time is over. Please choose one that is still to come.' };
  if (startsAt.getTime() - now.getTime() > furthestDays * 86_400_000)
    return { date: 'Please choose a day within the next two years.' };
  // Until midnight is still that day.
  if (localDate(new Date(endOf(span).getTime() - 1), zone) !== day)
    return {
      minutes: `It would end at ${localTime(endOf(span), zone)} on the next day. Please let it begin sooner, or be shorter.`,
    };
  return {};
}

/** What cannot be of its places. @param today local date in the programme's zone. @param on the day it is. */
export function problemsOfPlaces(
  {
    places,
    mix,
    mixUntil,
  }: { places: number | undefined; mix: readonly Kept[]; mixUntil: string | undefined },
  { today, on }: { today: string; on: string },
): Problems<'places' | 'kept' | 'until'> {
  if (places !== undefined && (!Number.isInteger(places) || places < 1 || places > mostPlaces))
    return {
      places: `Please give a whole number from 1 to ${mostPlaces}, or leave it empty where there is no limit.`,
    };
  if (mix.length === 0) return {};
  if (places === undefined)
    return { places: 'Places can be kept for a profession only where there is a number of them.' };
  const kept = mix.reduce((sum, one) => sum + one.places, 0);
  if (mix.some((one) => !Number.isInteger(one.places) || one.places < 1))
    return { kept: 'Please give a whole number, 1 or more.' };
  if (kept > places)
    return { kept: `That keeps ${kept} places, and there are ${places}. Please keep fewer, or add places.` };
  if (mixUntil !== undefined && mixUntil < today)
    return { until: 'That day is over. Please choose a later one.' };
  if (mixUntil !== undefined && mixUntil > on)
    return { until: 'That is after the session. Please choose an earlier day.' };
  return {};
}

/** What somebody may have overlooked about a day; undefined: nothing. @param date local. */
export function oddDay(date: string, daysOff: DaysOff): string | undefined {
  const closed = closedFor(daysOff, date);
  if (closed !== undefined) return `That day is closed: ${closed}.`;
  const weekday = Temporal.PlainDate.from(date).dayOfWeek;
  if (weekday === 6) return 'That day is a Saturday.';
  if (weekday === 7) return 'That day is a Sunday.';
  if (!isWorkingDay(date) || daysOff.bankHolidays.includes(date)) return 'That day is a bank holiday.';
  return undefined;
}

/** The same of one that is far away, where another year may have been meant. @param today local. */
export const farDay = (date: string, today: string): string | undefined =>
  Temporal.PlainDate.from(today).until(date).days >= 365
    ? `That day is more than a year away: ${sayDateFrom(date, today)}.`
    : undefined;

/** The address of a meeting, tidied; undefined for whatever is none that a browser opens. */
export function meetingLink(typed: string): string | undefined {
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '')
    return undefined;
  return url.hostname.includes('.') ? url.href : undefined;
}

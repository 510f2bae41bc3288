import { dayAfter } from '../../lib/clock.ts';
import { atLocalTime, firstOpenDay, localDate } from '../../scheduler/calendar.ts';
import { type DaysOff, isOff } from '../../scheduler/days-off.ts';

/** Everybody's rounds lie in one rhythm, so that those who want fewer meet those who want more. */
const weeksBetween = 2;
/** A Tuesday. */
const firstOn = '2026-01-06';
const hour = '10:00';

export const paces = [2, 4, 8] as const;
export type Pace = (typeof paces)[number];
export const usualPace: Pace = 4;

type Calendar = { timeZone: string; daysOff: DaysOff };

/** Local date of a round: a Tuesday, or the first working day after it. */
export const roundDay = (number: number, { daysOff }: Pick<Calendar, 'daysOff'>): string =>
  firstOpenDay(dayAfter(firstOn, number * weeksBetween * 7), (date) => isOff(daysOff, date));

const numberOn = (date: string): number =>
  Math.floor(Temporal.PlainDate.from(firstOn).until(Temporal.PlainDate.from(date)).days / (weeksBetween * 7));

/** A round that could not be drawn for so long is left out. */
const lateDays = 5;

/** The round that may be drawn now. */
export function dueRound(now: Date, calendar: Calendar): number | undefined {
  const today = localDate(now, calendar.timeZone);
  const number = numberOn(today);
  const on = roundDay(number, calendar);
  const isDue = now >= atLocalTime(on, hour, calendar.timeZone) && today <= dayAfter(on, lateDays);
  return isDue ? number : undefined;
}

/** With the rounds of their own pace; with the next one; with that, and before others. */
export type Standing = 'regular' | 'next' | 'left-out';

export type Wanting = { everyWeeks: number; standing: Standing };

/** Whether somebody goes with a round. */
export const isTheirs = ({ everyWeeks, standing }: Wanting, number: number): boolean =>
  standing !== 'regular' || number % (everyWeeks / weeksBetween) === 0;

/** The day of the next round they go with, as far as can be told. */
export function nextDay(wanting: Wanting, now: Date, calendar: Calendar): string {
  const begins = numberOn(localDate(now, calendar.timeZone));
  let number = now < atLocalTime(roundDay(begins, calendar), hour, calendar.timeZone) ? begins : begins + 1;
  while (!isTheirs(wanting, number)) number += 1;
  return roundDay(number, calendar);
}

/** Whether they met is asked so many days after they were told: on the day before the next round, which may bring somebody new. */
const asksAfterDays = 13;
export const askAt = (toldAt: Date, timeZone: string): Date =>
  atLocalTime(
    firstOpenDay(dayAfter(localDate(toldAt, timeZone), asksAfterDays), () => false),
    hour,
    timeZone,
  );

/** "2026-Q1". */
export const quarterOf = (date: string): string =>
  `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
export const quarterBefore = (quarter: string): string => {
  const [year, nth] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  return nth === 1 ? `${year - 1}-Q4` : `${year}-Q${nth - 1}`;
};

const months = ['January to March', 'April to June', 'July to September', 'October to December'];
export const sayQuarter = (quarter: string): string =>
  `${months[Number(quarter.slice(6)) - 1] ?? ''} ${quarter.slice(0, 4)}`;

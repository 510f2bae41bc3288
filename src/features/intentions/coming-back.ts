import { days, later } from '../../lib/clock.ts';
import { atLocalTime, firstOpenDay } from '../../scheduler/calendar.ts';

export const outcomes = ['done', 'partly', 'not-yet', 'no-longer'] as const;
export type Outcome = (typeof outcomes)[number];

/** It comes back so often, and then never again. */
export const mostReturns = 2;

const hour = '10:00';
/** Should the first have waited for long, the second is no repetition of it. */
const daysBetween = 28;

/**
 * When something comes back after it has `returns` times: two weeks and two months after it was noted, in the morning of a
 * working day.
 * @param now when it came back last, or was stopped: never sooner than that.
 */
export function nextReturn(notedOn: string, returns: number, now: Date, zone: string): Date | undefined {
  const day = Temporal.PlainDate.from(notedOn);
  const at = (date: Temporal.PlainDate) =>
    atLocalTime(
      firstOpenDay(date.toString(), () => false),
      hour,
      zone,
    );
  if (returns >= mostReturns) return undefined;
  if (returns === 0) return latest(at(day.add({ days: 14 })), now);
  return latest(at(day.add({ months: 2 })), later(now, days(daysBetween)));
}

const latest = (one: Date, other: Date): Date => (one > other ? one : other);

/** Whether there is nothing more to ask once somebody has said so. */
export const isOver = (outcome: Outcome): boolean => outcome === 'done' || outcome === 'no-longer';

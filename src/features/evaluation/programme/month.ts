import { z } from 'zod';

const shown = z.union([z.number(), z.enum(['most', 'few'])]);

/**
 * A month as it may be shown. Numbers of people, and of what five or more did, are in steps of five. 'few': of `members` and
 * `active` fewer than five, or nobody; of all others only that there is no number, since what was left out may be many.
 */
export const countedMonth = z.object({
  /** The local date on which it was counted. */
  on: z.iso.date(),
  /** Where counting began only in the course of it: from that local date. */
  from: z.iso.date().optional(),
  members: shown,
  active: shown,
  lookUps: shown,
  foundNothing: shown,
  reflections: shown,
  sessions: z.number(),
  places: shown,
  answered: shown,
  /** How many were asked, of whom `answered` did. */
  asked: z.number(),
});
export type Month = z.output<typeof countedMonth> & { month: string };
export type Shown = z.output<typeof shown>;

/** From the first month on that has any number: before that nothing was there, or nothing that may be told. */
export function fromFirstNumber(months: readonly Month[]): Month[] {
  const first = months.findIndex(
    ({ members, active, lookUps, foundNothing, reflections, places, answered, sessions, asked }) =>
      sessions > 0 ||
      asked > 0 ||
      [members, active, lookUps, foundNothing, reflections, places, answered].some((one) => one !== 'few'),
  );
  return first === -1 ? [] : months.slice(first);
}

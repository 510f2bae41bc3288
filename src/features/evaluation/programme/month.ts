import { z } from 'zod';
import '../tables.ts';
import type { Db } from '../../../db/schema.ts';

const shown = z.union([z.number(), z.enum(['most', 'few'])]);

/**
 * A month as it may be shown. Numbers of people, and of what five or more did, are in steps of five. 'few': of `members` and
 * `active` fewer than five, or nobody; of all others only that there is no number, since what was left out may be many.
 */
const month = z.object({
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
export type Month = z.output<typeof month> & { month: string };
export type Shown = z.output<typeof shown>;

/** The oldest first. */
export async function listMonths(db: Db): Promise<Month[]> {
  const rows = await db.selectFrom('programme_months').selectAll().orderBy('month').execute();
  return rows.map((row) => ({ month: row.month, ...month.parse(JSON.parse(row.counted)) }));
}

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

/** @returns false where it was counted already. */
export async function insertMonth(db: Db, { month: of, ...counted }: Month): Promise<boolean> {
  const row = await db
    .insertInto('programme_months')
    .values({ month: of, counted: JSON.stringify(counted) })
    .onConflict((conflict) => conflict.column('month').doNothing())
    .returning('month')
    .executeTakeFirst();
  return row !== undefined;
}

import { z } from 'zod';
import type { ContentFolder } from '../content/read.ts';
import { firstOpenDay, localDate } from './calendar.ts';
import { nextOccurrence, type Recurrence } from './recurrence.ts';

const day = z.iso.date('write a day that exists as YYYY-MM-DD, for example 2027-02-15');

const schema = z.strictObject({
  version: z.number().int(),
  bank_holidays: z.array(day),
  closed: z.array(
    z
      .strictObject({
        from: day,
        until: day,
        name: z.string().trim().min(1, 'write something here').max(60, 'shorten it to 60 characters'),
      })
      .refine(({ from, until }) => from <= until, {
        path: ['until'],
        error: 'the last day comes before the first. Swap the two.',
      }),
  ),
});

/** From a day to another, both included, and why. */
export type Closed = z.output<typeof schema>['closed'][number];

/** Days of data/calendar.yaml on which nobody is written to, besides weekends and the yearly bank holidays. */
export type DaysOff = {
  /** Proclaimed once. What is due then comes on the next working day, as on any bank holiday. */
  bankHolidays: readonly string[];
  /** The programme is closed, both days included: what comes again and again leaves them out. */
  closed: readonly Closed[];
};

export const noDaysOff: DaysOff = { bankHolidays: [], closed: [] };

/** For one group, which may be closed on days of its own. */
export const daysOffIn = (daysOff: DaysOff, { closed }: { closed: readonly Closed[] }): DaysOff => ({
  ...daysOff,
  closed: [...daysOff.closed, ...closed],
});

/** @returns undefined when the file does not fit; the folder then says why. */
export function readDaysOff(folder: ContentFolder): DaysOff | undefined {
  const file = folder.read('calendar.yaml', schema);
  return file && { bankHolidays: file.value.bank_holidays, closed: file.value.closed };
}

/** Why the programme is closed on a local date, or undefined. */
export const closedFor = ({ closed }: DaysOff, date: string): string | undefined =>
  closed.find(({ from, until }) => from <= date && date <= until)?.name;

/** Whether nobody is written to on a local date, whatever its weekday. */
export const isOff = (daysOff: DaysOff, date: string): boolean =>
  daysOff.bankHolidays.includes(date) || closedFor(daysOff, date) !== undefined;

/** Enough for a daily rhythm over a year that is closed throughout. */
const mostLeftOut = 400;

/** One that days off would move so near to the next would come together with it. */
const nearestDays = 3;

/**
 * Whether one of what comes again and again is left out: the programme is closed on its day, or days off would move it into
 * the time of the next one, which for what comes every week is another calendar week. A weekend alone leaves nothing out:
 * what is due on a Saturday always comes on Monday.
 */
export function isLeftOut(recurrence: Recurrence, at: Date, daysOff: DaysOff): boolean {
  const { rule, zone } = recurrence;
  const date = localDate(at, zone);
  if (closedFor(daysOff, date) !== undefined) return true;
  const usual = firstWeekday(Temporal.PlainDate.from(date));
  const moved = Temporal.PlainDate.from(firstOpenDay(date, (day) => isOff(daysOff, day)));
  const next = moved.equals(usual) ? undefined : nextOccurrence(recurrence, at);
  if (!next) return false;
  if (isEveryWeek(rule) && !mondayOf(moved).equals(mondayOf(usual))) return true;
  return moved.until(Temporal.PlainDate.from(localDate(next, zone))).days <= nearestDays;
}

const isEveryWeek = (rule: string): boolean =>
  rule.includes('FREQ=WEEKLY') && !/INTERVAL=(?!1(;|$))/.test(rule);
const firstWeekday = (day: Temporal.PlainDate): Temporal.PlainDate =>
  day.add({ days: day.dayOfWeek > 5 ? 8 - day.dayOfWeek : 0 });
const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** As `nextOccurrence`, without those that are left out. */
export function nextOpenOccurrence(recurrence: Recurrence, after: Date, daysOff: DaysOff): Date | undefined {
  let next = nextOccurrence(recurrence, after);
  for (let tries = 0; next && tries < mostLeftOut; tries += 1) {
    if (!isLeftOut(recurrence, next, daysOff)) return next;
    next = nextOccurrence(recurrence, next);
  }
  return undefined;
}

/** Up to `count` of them, for previews. */
export function listOpenOccurrences(
  recurrence: Recurrence,
  after: Date,
  count: number,
  daysOff: DaysOff,
): Date[] {
  const found: Date[] = [];
  for (let last = after; found.length < count; ) {
    const next = nextOpenOccurrence(recurrence, last, daysOff);
    if (next === undefined) break;
    found.push(next);
    last = next;
  }
  return found;
}

import type { CpdRecord } from '../content.ts';

/** The period that a record usually covers. Local dates, both included. @param today a local date. */
export function usualPeriod({ period }: CpdRecord, today: string): { from: string; until: string } {
  const day = Temporal.PlainDate.from(today);
  if ('years' in period) return { from: day.subtract({ years: period.years }).toString(), until: today };
  const thisYears = Temporal.PlainDate.from(`${String(day.year).padStart(4, '0')}-${period.year_from}`);
  const from = Temporal.PlainDate.compare(thisYears, day) > 0 ? thisYears.subtract({ years: 1 }) : thisYears;
  return { from: from.toString(), until: from.add({ years: 1 }).subtract({ days: 1 }).toString() };
}

import { isWorkingDay, localDate } from '../../scheduler/calendar.ts';
import { type DaysOff, isOff } from '../../scheduler/days-off.ts';
import { nextOccurrence, type Recurrence } from '../../scheduler/recurrence.ts';
import type { Prompt } from './deps.ts';

/** Not an age group: every one in its turn. */
export const anyAge = 'any';
/** The age group of prompts that fit everywhere. */
const forAll = 'all';

/** What may come for an age group, in the order in which it does: its own in the order of the file, then what fits all. */
export function poolFor(prompts: readonly Prompt[], age: string): Prompt[] {
  if (age !== anyAge)
    return [
      ...prompts.filter(({ age_group }) => age_group === age),
      ...prompts.filter(({ age_group }) => age_group === forAll && age !== forAll),
    ];
  const byAge = [...Map.groupBy(prompts, ({ age_group }) => age_group).values()];
  const most = Math.max(0, ...byAge.map(({ length }) => length));
  return Array.from({ length: most }, (_, nth) => byAge.flatMap((own) => own[nth] ?? [])).flat();
}

/**
 * The first that was not used; where all were, the one that was longest ago. @param used ids, oldest first; ones that are
 * not there any more are no matter.
 */
export function nextPrompt(pool: readonly Prompt[], used: readonly string[]): Prompt | undefined {
  const last = new Map(used.map((id, nth) => [id, nth]));
  return pool.toSorted((a, b) => (last.get(a.id) ?? -1) - (last.get(b.id) ?? -1))[0];
}

/** Longer than any programme is closed. */
const mostLeftOut = 200;

/** The next time strictly after an instant on a day on which people work: closed days and bank holidays are left out. */
export function nextTime(recurrence: Recurrence, after: Date, daysOff: DaysOff): Date | undefined {
  let next = nextOccurrence(recurrence, after);
  for (let tries = 0; next && tries < mostLeftOut; tries += 1) {
    if (isOpen(next, recurrence.zone, daysOff)) return next;
    next = nextOccurrence(recurrence, next);
  }
  return undefined;
}

export function isOpen(at: Date, zone: string, daysOff: DaysOff): boolean {
  const date = localDate(at, zone);
  return isWorkingDay(date) && !isOff(daysOff, date);
}

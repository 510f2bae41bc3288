import { promptsPerWeek } from '../../../community/messages.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { isWorkingDay } from '../../../scheduler/calendar.ts';
import { listOccurrences, nextOccurrence, recurrenceOf, timingOf } from '../../../scheduler/recurrence.ts';
import { plusDays } from '../asking/round.ts';
import { listOpenRoundsIn, listRunning } from '../store.ts';
import type { Schedule } from './plan.ts';

/** With a group's other check-ins there are more in seven days than anybody is sent. */
export type Crowded = {
  /** How many, this one included. */
  asked: number;
  /** A day on which it would come to everybody. */
  better: string | undefined;
};

/** So many of its rounds are looked at. */
const roundsSeen = 3;
/** How far ahead another day is looked for. */
const daysSeen = 21;
const week = days(7);

type Planned = { id: string; cohort: string; schedule: Pick<Schedule, 'recurrence' | 'times'> };

/** Whether some members would not be sent a plan's prompt, for all that the group's other check-ins ask in that week. */
export async function findCrowded(
  db: Db,
  { id, cohort, schedule: { recurrence, times = roundsSeen } }: Planned,
  now: Date,
): Promise<Crowded | undefined> {
  if (recurrence === undefined) return undefined;
  const { until: _any, ...timing } = timingOf(recurrence);
  const occurrences = (date: string) =>
    listOccurrences(recurrenceOf({ ...timing, date }), now, Math.min(times, roundsSeen)).map(Number);
  const planned = occurrences(timing.date);
  const until = (planned.at(-1) ?? now.getTime()) + days(daysSeen) + week;
  const others = await otherPrompts(db, { id, cohort }, now, new Date(until));
  const most = (at: readonly number[]) => Math.max(0, ...at.map((one) => mostInAWeek(one, others)));
  const asked = most(planned);
  if (asked <= promptsPerWeek) return undefined;
  const better = Array.from({ length: daysSeen }, (_, index) => plusDays(timing.date, index + 1)).find(
    (date) => isWorkingDay(date) && most(occurrences(date)) <= promptsPerWeek,
  );
  return { asked, better };
}

/** When the group's other check-ins ask, from those that are open on. */
async function otherPrompts(
  db: Db,
  { id, cohort }: Pick<Planned, 'id' | 'cohort'>,
  now: Date,
  until: Date,
): Promise<number[]> {
  const since = later(now, -week);
  const at = (await listOpenRoundsIn(db, cohort)).map(({ openedAt, dueAt }) => openedAt ?? dueAt);
  for (const { id: other, status, nextAt, recurrence, timesLeft = Infinity } of await listRunning(db, [
    cohort,
  ])) {
    if (other === id || status !== 'running' || !recurrence) continue;
    let left = timesLeft;
    for (let next = nextAt; next && next <= until && left > 0; next = nextOccurrence(recurrence, next)) {
      at.push(next);
      left -= 1;
    }
  }
  return at.filter((one) => one > since).map(Number);
}

/** The most prompts, this one included, in any seven days that hold it. */
function mostInAWeek(at: number, others: readonly number[]): number {
  const near = [at, ...others.filter((one) => Math.abs(one - at) < week)];
  const from = near.filter((one) => one <= at);
  return Math.max(...from.map((start) => near.filter((one) => one >= start && one < start + week).length));
}

import { findCohort } from '../../../community/cohorts.ts';
import { promptsPerWeek } from '../../../community/messages.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { isWorkingDay, localDate } from '../../../scheduler/calendar.ts';
import { listOccurrences, type Recurrence, recurrenceOf, timingOf } from '../../../scheduler/recurrence.ts';
import { timesUntil } from '../asking/ahead.ts';
import { plusDays } from '../asking/round.ts';
import { listOpenRoundsIn, listRunning } from '../store.ts';
import type { Schedule } from './plan.ts';
import { listGroupsOfMembers } from './store.ts';

/** What else comes to the same people. */
export type Crowded =
  | {
      kind: 'week';
      /** The most that one of them would get in seven days, this one included. */
      asked: number;
      /** To how many of how many it would be more than anybody is sent. */
      people: number;
      of: number;
      /** A day on which it would come to everybody. */
      better: string | undefined;
    }
  | {
      kind: 'day';
      people: number;
      of: number;
      /** The other, where whoever plans this one may know of it. */
      other: { label: string; cohortName: string } | undefined;
    }
  /** The group itself is asked by so many others every week. */
  | { kind: 'every-week'; others: string[] };

/** So many of its rounds are looked at. */
const roundsSeen = 3;
/** How far ahead another day is looked for. */
const daysSeen = 21;
const week = days(7);

type Planned = { id: string; cohort: string; schedule: Pick<Schedule, 'recurrence' | 'times'> };
type Other = { cohortId: string; label: string; times: number[] };

/**
 * Whether some members would not be sent a plan's prompt, for all that the check-ins of all their groups ask in that week;
 * or else, whether they get another on that day. Who stopped one of them is nobody's business: it counts as asked.
 */
export async function findCrowded(
  db: Db,
  actor: Actor,
  { id, cohort, schedule: { recurrence, times = roundsSeen } }: Planned,
  now: Date,
): Promise<Crowded | undefined> {
  if (recurrence === undefined) return undefined;
  const { until: _any, ...timing } = timingOf(recurrence);
  const occurrences = (date: string) =>
    listOccurrences(recurrenceOf({ ...timing, date }), now, Math.min(times, roundsSeen)).map(Number);
  const planned = occurrences(timing.date);
  const until = (planned.at(-1) ?? now.getTime()) + days(daysSeen) + week;

  const groups = await listGroupsOfMembers(db, cohort);
  const others = await listOthers(db, id, [...new Set(groups.flat())], now, new Date(until));
  const theirs = groups.map((ids) => others.filter(({ cohortId }) => ids.includes(cohortId)));
  const of = theirs.length;

  const mostFor = (ones: readonly Other[], at: readonly number[]) => {
    const all = ones.flatMap((one) => one.times);
    return Math.max(0, ...at.map((one) => mostInAWeek(one, all)));
  };
  const most = theirs.map((ones) => mostFor(ones, planned));
  const people = most.filter((asked) => asked > promptsPerWeek).length;
  if (people > 0)
    return {
      kind: 'week',
      asked: Math.max(...most),
      people,
      of,
      better: Array.from({ length: daysSeen }, (_, index) => plusDays(timing.date, index + 1)).find(
        (date) =>
          isWorkingDay(date) && theirs.every((ones) => mostFor(ones, occurrences(date)) <= promptsPerWeek),
      ),
    };

  const dayOf = (at: number) => localDate(new Date(at), recurrence.zone);
  const plannedDays = new Set(planned.map(dayOf));
  const sameDay = others
    .filter((one) => one.times.some((at) => plannedDays.has(dayOf(at))))
    .map((one) => ({ one, people: theirs.filter((ones) => ones.includes(one)).length }))
    .toSorted((a, b) => b.people - a.people)[0];
  if (!sameDay) return isEveryWeek(recurrence) ? findEveryWeek(db, { id, cohort }) : undefined;
  const { cohortId, label } = sameDay.one;
  const mayKnow = may(actor, 'checkins.schedule', { cohortId });
  const cohortName = mayKnow ? (await findCohort(db, cohortId))?.name : undefined;
  return {
    kind: 'day',
    people: sameDay.people,
    of,
    other: cohortName === undefined ? undefined : { label, cohortName },
  };
}

const isEveryWeek = (recurrence: Recurrence): boolean =>
  recurrence.rule.includes('WEEKLY') && !recurrence.rule.includes('INTERVAL');

async function findEveryWeek(
  db: Db,
  { id, cohort }: Pick<Planned, 'id' | 'cohort'>,
): Promise<Crowded | undefined> {
  const others = (await listRunning(db, [cohort]))
    .filter((one) => one.id !== id && one.recurrence && isEveryWeek(one.recurrence))
    .map(({ definition }) => definition.label);
  return others.length > 0 ? { kind: 'every-week', others } : undefined;
}

/** When other check-ins of these groups ask, from those that are open on. */
async function listOthers(
  db: Db,
  id: string,
  cohorts: readonly string[],
  now: Date,
  until: Date,
): Promise<Other[]> {
  const since = later(now, -week);
  const others: Other[] = [];
  for (const cohortId of cohorts)
    for (const { openedAt, dueAt, definition } of await listOpenRoundsIn(db, cohortId)) {
      const at = openedAt ?? dueAt;
      if (at > since) others.push({ cohortId, label: definition.label, times: [at.getTime()] });
    }
  for (const checkin of await listRunning(db, cohorts))
    if (checkin.id !== id && checkin.cohortId !== undefined)
      others.push({
        cohortId: checkin.cohortId,
        label: checkin.definition.label,
        times: timesUntil(checkin, until).map(Number),
      });
  return others;
}

/** The most prompts, this one included, in any seven days that hold it. */
function mostInAWeek(at: number, others: readonly number[]): number {
  const near = [at, ...others.filter((one) => Math.abs(one - at) < week)];
  const from = near.filter((one) => one <= at);
  return Math.max(...from.map((start) => near.filter((one) => one >= start && one < start + week).length));
}

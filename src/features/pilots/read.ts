import { type Cohort, findCohort } from '../../community/cohorts.ts';
import { type Actor, may } from '../../community/permissions.ts';
import type { Db } from '../../db/schema.ts';
import { firstOpenDay, isWorkingDay, localDate } from '../../scheduler/calendar.ts';
import { closedFor, type DaysOff, daysOffIn, isOff } from '../../scheduler/days-off.ts';
import type { Counted, PartNow } from '../feature.ts';
import type { PilotDeps } from './deps.ts';
import { findPilot, type Pilot, type PilotPartRow } from './store.ts';

/** A part as it stands now, whoever has moved it. */
export type PartSeen = Pick<PilotPartRow, 'key' | 'kind' | 'title' | 'ref' | 'hangsOn' | 'wantedOn'> & {
  /** Local; undefined: at no time of its own. */
  date: string | undefined;
  /** Undefined for a whole day. */
  time: string | undefined;
  counted: Counted | undefined;
  state: PartNow<unknown>['state'] | 'gone';
  isUntouched: boolean;
  says: string | undefined;
  buttons: PartNow<unknown>['buttons'];
  /** Why it is not on the day it was wanted for; undefined where it is. */
  otherwise: { wantedOn: string; why: string } | undefined;
};

export type PilotSeen = {
  pilot: Pilot;
  cohort: Cohort;
  /** Its group, as the feature that has it says it. */
  group: PartNow<unknown> | undefined;
  /** In the order in which they come; what has no time of its own is last. */
  parts: PartSeen[];
  /** Local date in the programme's zone. */
  today: string;
};

/** Whether somebody may plan pilots for a group, see them and change them. */
export const mayPilot = (actor: Actor, cohortId: string): boolean =>
  may(actor, 'checkins.schedule', { cohortId }) && may(actor, 'sessions.run', { cohortId });

/** The nearest following day on which something can be. */
export const openDayIn = (daysOff: DaysOff) => (date: string) =>
  firstOpenDay(date, (day) => isOff(daysOff, day));

/** Why nothing is on a day, in words that go on "not Monday 6 April, …"; undefined: it is open. */
export function whyClosed(date: string, daysOff: DaysOff): string | undefined {
  const closed = closedFor(daysOff, date);
  if (closed !== undefined) return `closed: ${closed}`;
  if (Temporal.PlainDate.from(date).dayOfWeek > 5) return 'the weekend';
  return isWorkingDay(date) && !isOff(daysOff, date) ? undefined : 'a bank holiday';
}

/** @returns undefined where there is none that is theirs. */
export async function findSeen(
  { db, ...deps }: PilotDeps,
  actor: Actor,
  id: string,
): Promise<PilotSeen | undefined> {
  const pilot = await findPilot(db, id);
  return pilot && mayPilot(actor, pilot.cohortId) ? seePilot(db, deps, pilot) : undefined;
}

export async function seePilot(
  db: Db,
  { parts: makers, daysOff, clock, timeZone }: Pick<PilotDeps, 'parts' | 'daysOff' | 'clock' | 'timeZone'>,
  pilot: Pilot,
): Promise<PilotSeen> {
  const cohort = await findCohort(db, pilot.cohortId);
  if (!cohort) throw new Error('A pilot stands without its group.');
  const off = daysOffIn(daysOff, cohort);
  const parts: PartSeen[] = [];
  for (const part of pilot.parts) parts.push(await seePart(db, makers, part, off));
  return {
    pilot,
    cohort,
    group: await makers.group.describe(db, cohort.id),
    parts: parts.toSorted(byTime),
    today: localDate(clock.now(), timeZone),
  };
}

async function seePart(
  db: Db,
  makers: PilotDeps['parts'],
  part: PilotPartRow,
  daysOff: DaysOff,
): Promise<PartSeen> {
  const { key, kind, title, ref, hangsOn, wantedOn, isOn } = part;
  const base = { key, kind, title, ref, hangsOn, wantedOn, counted: undefined, otherwise: undefined };
  if (kind === 'day')
    return {
      ...base,
      date: isOn,
      time: undefined,
      state: 'ahead',
      isUntouched: true,
      says: undefined,
      buttons: [],
      otherwise: otherwiseThan(wantedOn, isOn, daysOff),
    };
  const now =
    kind === 'session'
      ? await makers.session.describe(db, ref ?? '')
      : await makers.checkin.describe(db, ref ?? '');
  if (!now)
    return {
      ...base,
      date: undefined,
      time: undefined,
      state: 'gone',
      isUntouched: true,
      says: undefined,
      buttons: [],
    };
  const at: { date: string; time: string; counted?: Counted | undefined } | undefined = now.at;
  return {
    ...base,
    // It may have been given another name; which session it follows is known here alone.
    title: kind === 'checkin' && title.startsWith(now.title) ? title : now.title,
    date: at?.date,
    time: at?.time,
    counted: at?.counted,
    state: now.state,
    isUntouched: now.isUntouched,
    says: now.says,
    buttons: now.buttons,
    otherwise: otherwiseThan(wantedOn, at?.date, daysOff),
  };
}

function otherwiseThan(
  wantedOn: string | undefined,
  on: string | undefined,
  daysOff: DaysOff,
): PartSeen['otherwise'] {
  if (wantedOn === undefined || on === undefined || on <= wantedOn) return undefined;
  const why = whyClosed(wantedOn, daysOff);
  // Whoever moved it by hand knows why; only what the calendar did is said.
  return why !== undefined && openDayIn(daysOff)(wantedOn) <= on ? { wantedOn, why } : undefined;
}

const byTime = (one: PartSeen, other: PartSeen): number => momentOf(one).localeCompare(momentOf(other));
/** A day stands before what is at a time on it. */
const momentOf = ({ date = '9999', time = '' }: PartSeen): string => `${date} ${time}`;

import { type Cohort, findCohort } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import { later, minutes } from '../../../lib/clock.ts';
import { rewriteQueued } from '../../../outbox/outbox.ts';
import { atLocalTime, localDate, localTime } from '../../../scheduler/calendar.ts';
import { type DaysOff, daysOffIn, nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import { forEach } from '../../../scheduler/each.ts';
import { type Recurrence, recurrenceOf, timingOf } from '../../../scheduler/recurrence.ts';
import { type Lost, tellLost, waitForChoice } from '../asking/lost.ts';
import { hasBeenAsked, keys } from '../asking/messages.ts';
import {
  firstReached,
  lastReminder,
  laterEnds,
  occasionOf,
  promptEnds,
  remindingTime,
} from '../asking/round.ts';
import { listParticipants, type Participant } from '../asking/store.ts';
import { laterMessage, promptMessage, reminderMessage } from '../asking/views.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import {
  type CountedFromSession,
  closesWith,
  type DatedSession,
  hookOf,
  momentCounted,
} from '../sessions.ts';
import {
  type CheckIn,
  changeClosing,
  changeStatus,
  findCheckIn,
  findOpenRound,
  listCountedFrom,
  listOpenCounted,
  type Round,
} from '../store.ts';
import { dateCounted, leavesTime } from './plan.ts';

/** Hears of everybody whose prompt says something that is not so any more. */
export type Changed = (entry: { roundId: string; personId: string; asksAgain: true }) => void;

/**
 * Check-ins that are counted from a date of their group, or from a session, move with it. A date that was taken away, or would
 * lie in the past, changes nothing: whoever runs the group can still move it. What hangs on a session that is cancelled waits
 * for them.
 */
export async function followDates(deps: CheckInDeps, now: Date, changed: Changed): Promise<void> {
  await forEach(deps.log, 'checkins.followDates', await listCountedFrom(deps.db), async ({ id }) => {
    const moved = await deps.db.transaction().execute(async (trx) => {
      const checkin = await findCheckIn(trx, id);
      return checkin && (await follow(trx, deps, checkin, now)) ? checkin.cohortId : undefined;
    });
    if (moved !== undefined) await facilitatorsSeeChange(deps, moved);
  });
  await forEach(deps.log, 'checkins.followDates', await listOpenCounted(deps.db), ({ id }) =>
    followWhileOpen(deps, id, now, changed),
  );
}

/** In the caller's transaction. @returns whether anything of it is otherwise now. */
export async function follow(trx: Db, deps: CheckInDeps, checkin: CheckIn, now: Date): Promise<boolean> {
  const { id, cohortId, recurrence, nextAt, status } = checkin;
  const cohort = cohortId === undefined ? undefined : await findCohort(trx, cohortId);
  if (!cohort || !recurrence || !nextAt || (status !== 'running' && status !== 'paused')) return false;
  const daysOff = daysOffIn(deps.daysOff, cohort);
  const stands =
    (await besideSession(trx, deps, checkin, { now, daysOff })) ??
    besideGroup(checkin, recurrence, cohort, { now, daysOff });
  if (stands && 'why' in stands) return waitForChoice(trx, deps, checkin, stands, now);
  const next = stands && nextOpenOccurrence(stands, now, daysOff);
  if (!next || stands.startsAt === recurrence.startsAt) return false;
  return changeStatus(trx, id, [status], { status, recurrence: stands, nextAt: next });
}

type Around = { now: Date; daysOff: DaysOff };

function besideGroup(
  { countedFrom, nextAt }: CheckIn,
  recurrence: Recurrence,
  { startsOn, endsOn }: Cohort,
  { now, daysOff }: Around,
): Recurrence | undefined {
  if (countedFrom?.from !== 'start' && countedFrom?.from !== 'end') return undefined;
  const from = countedFrom.from === 'end' ? endsOn : startsOn;
  if (from === undefined || !nextAt || nextAt <= now) return undefined;
  return recurrenceOf({ ...timingOf(recurrence), date: dateCounted(from, countedFrom.days, daysOff) });
}

/** When it comes by its session, or why it cannot. @returns undefined where it hangs on none. */
async function besideSession(
  db: Db,
  deps: CheckInDeps,
  checkin: Pick<CheckIn, 'countedFrom' | 'recurrence'>,
  around: Around,
): Promise<Recurrence | Lost | undefined> {
  const hook = await hookOf(deps, db, checkin);
  if (!hook || !checkin.recurrence) return undefined;
  if (hook.kind === 'lost') return { why: 'cancelled', ...hook };
  const { counted, session } = hook;
  return (
    momentBeside(counted, session, checkin.recurrence, around) ?? {
      why: 'too-soon',
      counted,
      title: session.title,
    }
  );
}

/** Whether a check-in waits because it cannot come by its session: then another time lets it go on. */
export async function hasLostItsSession(deps: CheckInDeps, checkin: CheckIn): Promise<boolean> {
  const around = { now: deps.clock.now(), daysOff: deps.daysOff };
  const stands = checkin.nextAt && (await besideSession(deps.db, deps, checkin, around));
  return stands !== undefined && 'why' in stands;
}

/**
 * What should be open by now, since its session comes sooner than it did, opens as soon as anybody may be asked.
 * @returns undefined where nobody could answer before the session begins.
 */
function momentBeside(
  counted: CountedFromSession,
  session: DatedSession,
  recurrence: Recurrence,
  { now, daysOff }: Around,
): Recurrence | undefined {
  const { zone } = recurrence;
  const at = ({ date, time }: { date: string; time: string }) => atLocalTime(date, time, zone);
  const planned = momentCounted(counted, session, { zone, daysOff });
  const closesAt = closesWith(counted, session);
  const present = timingOf(recurrence);
  if (!closesAt || at(planned) > now) return recurrenceOf({ how: 'once', zone, ...planned });
  // It is due, and opens in this beat.
  const soonest = firstReached(later(now, minutes(1)), zone, daysOff);
  const opensAt = at(present) <= now ? now : soonest;
  if (!leavesTime(opensAt, closesAt, { zone, daysOff })) return undefined;
  if (at(present) <= soonest) return recurrence;
  return recurrenceOf({
    how: 'once',
    zone,
    date: localDate(soonest, zone),
    time: localTime(soonest, zone),
  });
}

/** What closes when its session begins closes with it wherever that is moved to, as long as it has not closed. */
async function followWhileOpen(
  deps: CheckInDeps,
  checkinId: string,
  now: Date,
  changed: Changed,
): Promise<void> {
  const moved = await deps.db.transaction().execute(async (trx) => {
    const checkin = await findCheckIn(trx, checkinId);
    const round = await findOpenRound(trx, checkinId);
    if (!checkin?.cohortId || !round?.closesAt || round.closesAt <= now) return;
    const hook = await hookOf(deps, trx, checkin);
    if (hook?.counted.from !== 'session-begins') return;
    if (hook.kind === 'lost') {
      await tellLost(trx, deps, checkin, { why: 'cancelled', ...hook }, now, round.closesAt);
      return;
    }
    const closesAt = hook.session.startsAt;
    const cohort = await findCohort(trx, checkin.cohortId);
    if (!cohort || closesAt.getTime() === round.closesAt.getTime()) return;
    const people = await listParticipants(trx, round.id);
    await closeAt(trx, deps, { round, closesAt, checkin, cohort, people });
    return { roundId: round.id, people, cohortId: cohort.id };
  });
  if (!moved) return;
  for (const { personId, status } of moved.people) {
    if (status === 'asked') changed({ roundId: moved.roundId, personId, asksAgain: true });
    deps.homeChanged(personId);
  }
  await facilitatorsSeeChange(deps, moved.cohortId);
}

type Moved = { round: Round; closesAt: Date; checkin: CheckIn; cohort: Cohort; people: Participant[] };

/** With what waits to be sent about it, which says until when it is open. */
async function closeAt(trx: Db, deps: CheckInDeps, moved: Moved): Promise<void> {
  const { closesAt, checkin, cohort, people } = moved;
  const round = { ...moved.round, closesAt };
  const { openedAt = round.dueAt } = round;
  const { nextAt: next, recurrence, asksFirst } = checkin;
  const zone = recurrence?.zone ?? deps.timeZone;
  const daysOff = daysOffIn(deps.daysOff, cohort);
  const remindAt = round.remindAt && remindingTime(openedAt, closesAt, zone, daysOff);
  await changeClosing(trx, round.id, { closesAt, remindAt });
  for (const { personId, laterCount } of people) {
    const occasion = occasionOf(recurrence, round.dueAt, deps.daysOff);
    const isKnown = await hasBeenAsked(trx, round, personId);
    const asked = { ...round, occasion, isKnown, asksFirst };
    const waiting = [
      [keys.prompt(round.id, personId), promptMessage, promptEnds({ round, next, zone, daysOff })],
      [keys.reminder(round.id, personId), reminderMessage, lastReminder(closesAt, next)],
      [keys.later(round.id, personId, laterCount), laterMessage, laterEnds({ round, next })],
    ] as const;
    for (const [key, message, expiresAt] of waiting)
      await rewriteQueued(trx, key, { message: message(asked, cohort.name, deps.timeZone), expiresAt });
  }
}

import { audit } from '../../../community/audit.ts';
import { findCohort, listCohorts } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { type DaysOff, daysOffIn, nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import {
  problemWithDate,
  problemWithTime,
  recurrenceOf,
  type Timing,
  timingOf,
  weekdayCodes,
  weekdays,
} from '../../../scheduler/recurrence.ts';
import { list, sayDate } from '../../../slack/text.ts';
import { endRound } from '../asking/close-round.ts';
import { countParticipation, hasAnswers, listEverAsked, listOffered } from '../asking/store.ts';
import { askedAt, comingIn, nextAskedAt, skippedOf } from '../coming.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { takeBackOffers } from '../offering/offer.ts';
import { hasLostItsSession } from '../planning/follow-dates.ts';
import { problemsWithMoment, problemWithPresent } from '../planning/plan.ts';
import { listReaders, type Places } from '../readers.ts';
import { listSoFar } from '../results/store.ts';
import { hookOf, startsFrom } from '../sessions.ts';
import {
  advance,
  type CheckIn,
  changeStatus,
  deleteCheckIn,
  findCheckIn,
  findOpenRound,
  isStartedByMembers,
  listLed,
  listRounds,
  type Round,
} from '../store.ts';
import { wholeProgramme } from '../words.ts';

export type Led = {
  checkin: CheckIn;
  /** When people are asked the next time, or can start it themselves from. */
  next: Date | undefined;
  /** When people would have been asked before that, had it not been skipped. */
  skipped: Date[];
  cohortName: string;
  /** The round that is open now. */
  open: { label: string; closesAt: Date | undefined; counted: Tally | undefined } | undefined;
  hasResults: boolean;
  /** It waits, since this session is cancelled; empty where that is gone. */
  lost: string | undefined;
};

/** Some of the check-ins in these places, with how they go. */
export async function readLed(
  { db, daysOff, clock, findSession }: Pick<CheckInDeps, 'db' | 'daysOff' | 'clock' | 'findSession'>,
  places: Places,
  which: Parameters<typeof listLed>[2],
): Promise<Led[]> {
  const led = await listLed(db, places, which);
  const among = [...new Set(led.flatMap(({ checkin }) => checkin.cohortId ?? []))];
  const cohorts = new Map((await listCohorts(db, { among })).map((cohort) => [cohort.id, cohort]));
  const open = await listSoFar(
    db,
    led.map(({ checkin }) => checkin.id),
  );
  const lost = new Map<string, string>();
  const now = clock.now();
  const begins = new Map<string, Date>();
  const shown = new Map<string, boolean>();
  for (const { checkin } of led) {
    if (checkin.cohortId !== undefined && isStartedByMembers(checkin)) {
      const from = await startsFrom({ findSession }, db, checkin);
      if (from && from > now) begins.set(checkin.id, from);
      shown.set(checkin.id, await hasEnough(db, checkin));
      continue;
    }
    const hook = await hookOf({ findSession }, db, checkin);
    if (hook?.kind === 'lost') lost.set(checkin.id, hook.title ?? '');
  }
  return led.map(({ checkin: planned, hasResults }) => {
    const cohort = cohorts.get(planned.cohortId ?? '');
    const checkin = comingIn(planned, cohort, daysOff);
    const off = cohort ? daysOffIn(daysOff, cohort) : daysOff;
    return {
      checkin,
      next: begins.get(checkin.id) ?? nextAskedAt(checkin, off),
      skipped: skippedOf(checkin, clock.now(), off).map((at) => askedAt(checkin, at, off)),
      cohortName: checkin.cohortId === undefined ? wholeProgramme : (cohort?.name ?? ''),
      open: shown.get(checkin.id) === false ? undefined : open.get(checkin.id),
      hasResults: shown.get(checkin.id) ?? hasResults,
      lost: lost.get(checkin.id),
    };
  });
}

/** Whether so many have answered one that members start that it tells of nobody that somebody did. */
async function hasEnough(db: Db, { id, cohortId, definition }: CheckIn): Promise<boolean> {
  const readers = await listReaders(db, cohortId);
  for (const round of await listRounds(db, id)) {
    const tally = await countParticipation(db, round.id, readers, cohortId);
    if (tally.answered - tally.readers >= definition.smallest) return true;
  }
  return false;
}

export type Managed =
  | {
      kind: 'done';
      checkin: CheckIn;
      next: Date | undefined;
      cohortName: string;
      openRound: Round | undefined;
    }
  | { kind: 'not-allowed' }
  /** It is over, or was changed by somebody else meanwhile. */
  | { kind: 'not-now'; checkin: CheckIn }
  /** People keep what they answered there for themselves. */
  | { kind: 'theirs'; checkin: CheckIn }
  /** Others' results are still held back because of its own. */
  | { kind: 'too-early'; checkin: CheckIn; from: Date };

/** Looks up a check-in that somebody runs. */
export async function findLed(
  deps: CheckInDeps,
  actor: Actor,
  id: string,
): Promise<
  { kind: 'found'; checkin: CheckIn; cohortName: string; daysOff: DaysOff } | { kind: 'not-allowed' }
> {
  const checkin = await findCheckIn(deps.db, id);
  if (!checkin?.cohortId || !may(actor, 'checkins.schedule', { cohortId: checkin.cohortId }))
    return { kind: 'not-allowed' };
  const cohort = await findCohort(deps.db, checkin.cohortId);
  return {
    kind: 'found',
    checkin,
    cohortName: cohort?.name ?? '',
    daysOff: cohort ? daysOffIn(deps.daysOff, cohort) : deps.daysOff,
  };
}

async function change(
  deps: CheckInDeps,
  actor: Actor,
  id: string,
  work: (checkin: CheckIn, daysOff: DaysOff) => Promise<boolean>,
): Promise<Managed> {
  const found = await findLed(deps, actor, id);
  if (found.kind === 'not-allowed') return found;
  if (!(await work(found.checkin, found.daysOff))) return { kind: 'not-now', checkin: found.checkin };
  await facilitatorsSeeChange(deps, found.checkin.cohortId);
  deps.homeChanged(actor.person.id);
  const checkin = (await findCheckIn(deps.db, id)) ?? found.checkin;
  return {
    kind: 'done',
    checkin,
    next: nextAskedAt(checkin, found.daysOff),
    cohortName: found.cohortName,
    openRound: await findOpenRound(deps.db, id),
  };
}

/** No new round opens until it is resumed; one that is open stays open. */
export const pauseCheckIn = (deps: CheckInDeps, actor: Actor, id: string): Promise<Managed> =>
  change(deps, actor, id, () => changeStatus(deps.db, id, ['running'], { status: 'paused' }));

/**
 * Goes on with the next time that lies ahead; what fell into the pause is not made up for, and what was skipped before it
 * stays skipped.
 */
export const resumeCheckIn = (deps: CheckInDeps, actor: Actor, id: string): Promise<Managed> =>
  change(deps, actor, id, async (checkin, daysOff) => {
    const { recurrence, nextAt: planned } = checkin;
    const now = deps.clock.now();
    const isAhead = planned !== undefined && planned > now;
    const nextAt = isAhead ? planned : recurrence && nextOpenOccurrence(recurrence, now, daysOff);
    if (recurrence && nextAt === undefined) return false;
    return changeStatus(deps.db, id, ['paused'], {
      status: 'running',
      nextAt,
      // It comes at its date all the same.
      ...((await hasLostItsSession(deps, checkin)) && { countedFrom: undefined }),
    });
  });

/**
 * Leaves out the next one; the rhythm stays. @param at when that would have been: pressed twice, or by two people, it is
 * left out once.
 */
export const skipNext = (deps: CheckInDeps, actor: Actor, id: string, at: Date): Promise<Managed> =>
  change(deps, actor, id, async (checkin, daysOff) => {
    const { recurrence, nextAt } = comingIn(checkin, undefined, daysOff);
    if (!recurrence || !checkin.nextAt || nextAt?.getTime() !== at.getTime()) return false;
    const next = nextOpenOccurrence(recurrence, at, daysOff);
    if (!next || !(await advance(deps.db, checkin, next))) return false;
    await audit(deps.db, deps.clock, { actor: actor.person.id, action: 'checkins.skip-next', subject: id });
    return true;
  });

/** Brings back the one that was left out, while it lies ahead. @param at when it was to be. */
export const bringBack = (deps: CheckInDeps, actor: Actor, id: string, at: Date): Promise<Managed> =>
  change(deps, actor, id, async (checkin, daysOff) => {
    const { recurrence, nextAt } = checkin;
    if (!recurrence || !nextAt || at >= nextAt || at <= deps.clock.now()) return false;
    if (nextOpenOccurrence(recurrence, later(at, -1), daysOff)?.getTime() !== at.getTime()) return false;
    if (!(await advance(deps.db, checkin, at))) return false;
    await audit(deps.db, deps.clock, { actor: actor.person.id, action: 'checkins.bring-back', subject: id });
    return true;
  });

/** Brings back the one that was skipped last, which is the one before its next. */
export const bringBackSkipped = async (deps: CheckInDeps, actor: Actor, id: string): Promise<Managed> => {
  const found = await findLed(deps, actor, id);
  if (found.kind === 'not-allowed') return found;
  const last = skippedOf(found.checkin, deps.clock.now(), found.daysOff).at(-1);
  return last ? bringBack(deps, actor, id, last) : { kind: 'not-now', checkin: found.checkin };
};

/** Ends it for good. An open round closes as called off; what was answered is kept. */
export const cancelCheckIn = (deps: CheckInDeps, actor: Actor, id: string): Promise<Managed> =>
  change(deps, actor, id, (checkin) =>
    deps.db.transaction().execute((trx) => endCheckIn(trx, deps, actor, checkin)),
  );

/** The same, in the caller's transaction. @returns false when it was over already. */
export async function endCheckIn(
  trx: Db,
  deps: CheckInDeps,
  actor: Actor,
  checkin: CheckIn,
): Promise<boolean> {
  const { id } = checkin;
  const ended = await changeStatus(trx, id, ['running', 'paused'], {
    status: 'cancelled',
    nextAt: undefined,
  });
  if (!ended) return false;
  // Of what members start, several months' may be open.
  for (let round = await findOpenRound(trx, id); round; round = await findOpenRound(trx, id))
    if (!(await endRound(trx, deps, round, checkin, deps.clock.now(), 'cancelled'))) break;
  await takeBackOffers(trx, id);
  await audit(trx, deps.clock, { actor: actor.person.id, action: 'checkins.cancel', subject: id });
  return true;
}

/**
 * Takes back what was scheduled just now. Where nobody has heard of it, nothing is left of it but its plan; else it ends as
 * any other.
 */
export async function undoScheduling(deps: CheckInDeps, actor: Actor, id: string): Promise<Managed> {
  const ended = await cancelCheckIn(deps, actor, id);
  if (ended.kind !== 'done') return ended;
  await deps.db.transaction().execute(async (trx) => {
    const isKnown = (await listRounds(trx, id)).length > 0 || (await listOffered(trx, id)).size > 0;
    if (!isKnown) await deleteCheckIn(trx, id);
  });
  return ended;
}

/** Moves the next one, and with it the rhythm, to another date and time. */
export async function moveCheckIn(
  deps: CheckInDeps,
  actor: Actor,
  id: string,
  { date, time }: { date: string; time: string },
): Promise<Managed | { kind: 'problems'; problems: Record<string, string> }> {
  const found = await findLed(deps, actor, id);
  if (found.kind === 'not-allowed') return found;
  const { recurrence } = found.checkin;
  const zone = recurrence?.zone ?? deps.timeZone;
  const now = deps.clock.now();
  const problems: Record<string, string> = {};
  const dateProblem = problemWithDate(date);
  const timeProblem = problemWithTime(time);
  if (dateProblem) problems.date = dateProblem;
  if (timeProblem) problems.time = timeProblem;
  const timing: Timing = {
    ...(recurrence ? timingOf(recurrence) : { how: 'once', zone }),
    date,
    time,
  };
  if (!dateProblem && !timeProblem)
    Object.assign(problems, problemWithDay(timing), problemsWithMoment(timing, zone, now, found.daysOff));
  if (Object.keys(problems).length > 0) return { kind: 'problems', problems };
  const moved = recurrenceOf(timing);
  const nextAt = nextOpenOccurrence(moved, now, found.daysOff);
  const open = await findOpenRound(deps.db, id);
  const tooSoon = problemWithPresent(open?.closesAt, nextAt, zone);
  if (tooSoon !== undefined) return { kind: 'problems', problems: { date: tooSoon } };
  return change(deps, actor, id, async (checkin) => {
    if (checkin.nextAt === undefined) return false;
    const isWaiting = checkin.status === 'paused' && !(await hasLostItsSession(deps, checkin));
    return changeStatus(deps.db, id, ['running', 'paused'], {
      status: isWaiting ? 'paused' : 'running',
      recurrence: moved,
      nextAt,
      // It has a date of its own now.
      countedFrom: undefined,
    });
  });
}

/** What comes on several days of a week, or until a day, can only move within these. */
function problemWithDay({ date, days: chosen = [], until }: Timing): Record<string, string> {
  const weekday = weekdayCodes[Temporal.PlainDate.from(date).dayOfWeek - 1];
  if (chosen.length > 0 && weekday && !chosen.includes(weekday)) {
    const names = chosen.map((day) => weekdays[weekdayCodes.indexOf(day)] ?? day);
    return {
      date: `It comes on ${list(names)}. Please choose one of these, or change the days with “Edit”.`,
    };
  }
  return until !== undefined && until < date
    ? {
        date: `It ends on ${sayDate(until)}. Please choose a day before that, or change the end with “Edit”.`,
      }
    : {};
}

/**
 * So long other results are held back where, beside these, they would say who answered what. Somebody who has read these
 * must not be able to put them out of the way sooner.
 */
const comparedForDays = 26 * 7;

/** With all that was answered; only once it is over. What people keep for themselves is not anybody else's to delete. */
export async function deleteLed(deps: CheckInDeps, actor: Actor, id: string): Promise<Managed> {
  const found = await findLed(deps, actor, id);
  if (found.kind === 'not-allowed') return found;
  const { checkin, cohortName } = found;
  if (await hasAnswers(deps.db, id)) {
    if (checkin.mode === 'private') return { kind: 'theirs', checkin };
    const from = later(
      (await listRounds(deps.db, id))[0]?.closesAt ?? deps.clock.now(),
      days(comparedForDays),
    );
    if (from > deps.clock.now()) return { kind: 'too-early', checkin, from };
  }
  const people = await listEverAsked(deps.db, id);
  const isDeleted = await deps.db.transaction().execute(async (trx) => {
    if (!(await deleteCheckIn(trx, id))) return false;
    await audit(trx, deps.clock, { actor: actor.person.id, action: 'checkins.delete', subject: id });
    return true;
  });
  if (!isDeleted) return { kind: 'not-now', checkin };
  await deps.settle();
  for (const personId of people) deps.homeChanged(personId);
  await facilitatorsSeeChange(deps, checkin.cohortId);
  return { kind: 'done', checkin, next: undefined, cohortName, openRound: undefined };
}

import { localDate, localTime } from '../../../scheduler/calendar.ts';
import { count } from '../../../slack/text.ts';
import type { PilotParts } from '../../feature.ts';
import { ids as packIds } from '../pack/ids.ts';
import type { SessionDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listSeries, usualMinutes } from './outlines.ts';
import { createSession, moveSession, removeSession } from './plan.ts';
import { numbersOf } from './read.ts';
import { mayPlan, mayRun } from './rights.ts';
import { endOf, hasBegun, hasEnded } from './session.ts';
import { findSession, listBookings, listGroupsBeside, listSessions } from './store.ts';
import { problemsOfTime, startOf } from './when.ts';

/** Where a series has no shape to add up. */
const otherwiseMinutes = 90;

/** Sessions of a pilot. Whoever plans it hosts them; place, link and places are said in the session's own page. */
export function pilotSession(
  deps: Pick<SessionDeps, 'clock' | 'timeZone' | 'training' | 'reach'>,
): PilotParts['session'] {
  const { clock, timeZone: zone, training } = deps;
  const series = listSeries(training);

  /** The instant, or why it cannot be. */
  function startsAt(
    at: { date: string; time: string },
    minutes: number,
  ): { kind: 'at'; startsAt: Date } | { kind: 'problem'; words: string } {
    const start = startOf(at, zone);
    if (start.kind === 'problem') return start;
    const [words] = Object.values(
      problemsOfTime({ startsAt: start.startsAt, minutes }, { zone, now: clock.now() }),
    );
    return words === undefined ? start : { kind: 'problem', words };
  }

  return {
    async create(trx, actor, { id, cohortId, seriesId, title, ...at }) {
      if (!mayPlan(actor, cohortId)) return 'You cannot plan sessions for this group.';
      const one = series.find((known) => known.id === seriesId);
      if (!one) return 'Its series is not offered any more. Please choose another pilot.';
      const minutes = usualMinutes(one) ?? otherwiseMinutes;
      const start = startsAt(at, minutes);
      if (start.kind === 'problem') return start.words;
      const { label, shape, notes } = one;
      await createSession(trx, deps, actor, {
        id,
        seriesId,
        outline: { label, shape, notes },
        cohortId,
        title,
        startsAt: start.startsAt,
        minutes,
        place: undefined,
        link: undefined,
        places: undefined,
        mix: [],
        mixUntil: undefined,
        asksAccess: true,
        hosts: [actor.person.id],
      });
      return undefined;
    },
    async move(trx, actor, id, at) {
      const session = await findSession(trx, id);
      if (!session || !(await mayRun(trx, actor, session))) return 'This is not a session you run.';
      const { startsAt: before, minutes } = session;
      if (localDate(before, zone) === at.date && localTime(before, zone) === at.time) return undefined;
      const start = startsAt(at, minutes);
      if (start.kind === 'problem') return start.words;
      const moved = await moveSession(trx, deps, id, { startsAt: start.startsAt });
      return moved ? undefined : 'This session cannot be moved any more.';
    },
    async remove(trx, actor, id) {
      const session = await findSession(trx, id);
      if (!session) return true;
      return (await mayRun(trx, actor, session)) && (await removeSession(trx, deps, actor, id));
    },
    async describe(db, id) {
      const session = await findSession(db, id);
      if (!session) return undefined;
      const now = clock.now();
      const bookings = await listBookings(db, id);
      const { booked, waiting, offered } = numbersOf(bookings);
      const state = session.isCancelled
        ? 'called-off'
        : hasEnded(session, now)
          ? 'over'
          : hasBegun(session, now)
            ? 'begun'
            : 'ahead';
      const said = { 'called-off': 'cancelled', over: 'over', begun: 'has begun', ahead: undefined }[state];
      const taken = booked + offered > 0 ? `${booked + offered} booked` : undefined;
      return {
        title: session.title,
        at: { date: localDate(session.startsAt, zone), time: localTime(session.startsAt, zone) },
        state,
        isUntouched: bookings.length === 0,
        says:
          [
            `until ${localTime(endOf(session), zone)}`,
            said,
            taken,
            waiting > 0 ? `${count(waiting, 'person waits', 'people wait')}` : undefined,
          ]
            .filter((part) => part !== undefined)
            .join(', ') || undefined,
        buttons: [
          { text: 'Open the session', actionId: ids.lead, value: id },
          { text: 'Session pack', actionId: packIds.open, value: id },
        ],
      };
    },
    async clash(db, actor, id) {
      const session = await findSession(db, id);
      if (!session?.cohortId) return undefined;
      const cohortIds = await listGroupsBeside(db, session.cohortId);
      const other = (await listSessions(db, { cohortIds })).find(
        (one) =>
          one.id !== id && !one.isCancelled && one.startsAt < endOf(session) && session.startsAt < endOf(one),
      );
      if (!other) return undefined;
      const isTheirs = other.cohortId !== undefined && mayPlan(actor, other.cohortId);
      return `${isTheirs ? `“${other.title}”` : 'another session'} is at that hour, for some of the same people`;
    },
    listIn: async (db, cohortId) => (await listSessions(db, { cohortIds: [cohortId] })).map(({ id }) => id),
  };
}

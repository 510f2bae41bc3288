import { listCohortFacilitators, listLeadFacilitators } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import { days, hours, later, minutes } from '../../../lib/clock.ts';
import { Remembered } from '../../../lib/remembered.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { atLocalTime, lastOpenDay, localDate } from '../../../scheduler/calendar.ts';
import { isOff } from '../../../scheduler/days-off.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { release, showChange } from './book.ts';
import type { SessionDeps } from './deps.ts';
import { changedMessage, reminderMessage, unhostedMessage } from './messages.ts';
import { isIn } from './places.ts';
import { hasEnded, type Session } from './session.ts';
import { isToldOfPlace, settlePlaces, toldIn, topicOf } from './settle.ts';
import {
  deleteOldBookings,
  listBookings,
  listComing,
  listHosts,
  listInOf,
  listSessions,
  listToRemind,
  listToTell,
  listUnsettled,
  lockSession,
  updateSession,
} from './store.ts';
import { longest } from './when.ts';

export function sessionJobs(deps: SessionDeps): Job[] {
  // The calendar takes longer than all else of a beat, and says the same each minute.
  const known = new Remembered<[Date, Date]>(2000);
  const remindAt = ({ startsAt }: Pick<Session, 'startsAt'>) =>
    known.get(startsAt.toISOString(), () => remindersOf({ startsAt }, deps));
  return [
    { name: 'sessions.places', run: (now) => offerPlaces(deps, now) },
    { name: 'sessions.changes', run: (now) => tellChanges(deps, now) },
    { name: 'sessions.reminders', run: (now) => remind(deps, remindAt, now) },
    { name: 'sessions.gone', every: 'hour', run: () => releaseGone(deps) },
    { name: 'sessions.unhosted', every: 'hour', run: (now) => tellUnhosted(deps, now) },
    { name: 'sessions.over', every: 'hour', run: (now) => sayOver(deps, now) },
    // After those that change places.
    deps.notes.job,
    {
      name: 'sessions.forget',
      every: 'hour',
      run: async (now) => {
        await deleteOldBookings(deps.db, later(now, -days(deps.retention['places-given-up'].days)));
      },
    },
  ];
}

/** Offers end, and what is free is offered to the next. */
async function offerPlaces(deps: SessionDeps, now: Date): Promise<void> {
  await forEach(deps.log, 'sessions.places', await listUnsettled(deps.db, now), (id) =>
    deps.db.transaction().execute(async (trx) => {
      const session = await lockSession(trx, id);
      if (session) await settlePlaces(deps, trx, session, now);
    }),
  );
}

/** Whoever booked after the last change knows it. */
async function tellChanges(deps: SessionDeps, now: Date): Promise<void> {
  await forEach(deps.log, 'sessions.changes', await listToTell(deps.db, now), ({ id }) =>
    deps.db.transaction().execute(async (trx) => {
      const session = await lockSession(trx, id);
      const before = session?.told;
      if (!session || !before || session.isCancelled) return;
      await updateSession(trx, { ...session, told: undefined, tellAt: undefined });
      for (const one of (await listBookings(trx, id)).filter(isIn)) {
        if (one.since > session.changedAt) continue;
        await deps.notes.changed(trx, id, one.personId);
        if (await isToldOfPlace(trx, one.personId, id, session.changedAt)) continue;
        const told = await toldIn(deps, trx, one.personId);
        await enqueue(trx, deps.clock, {
          idempotencyKey: `${topicOf(id)}:changed:${session.sequence}:${one.personId}`,
          kind: 'sessions.changed',
          to: { personId: one.personId },
          topic: topicOf(id),
          message: changedMessage(session, before, one.status === 'booked', told),
          sendAfter: await deps.reach.nextAllowed(trx, one.personId, now),
          expiresAt: later(session.startsAt, minutes(session.minutes)),
        });
      }
    }),
  );
}

/** In the programme's zone. */
const usualHour = '10:00';
const morning = '08:00';
const afternoon = '15:00';
/** One on the morning would come too late for what begins before. */
const earliest = '10:00';
/** What the bot slept through for longer is left out. */
const graceHours = 6;
/** Whoever has just booked knows. */
const knowsFor = hours(20);

/**
 * When its reminders are due: on the working day two days before or earlier, and on the morning; the afternoon of the
 * working day before where it begins early.
 */
export function remindersOf(
  { startsAt }: Pick<Session, 'startsAt'>,
  { timeZone, daysOff }: Pick<SessionDeps, 'timeZone' | 'daysOff'>,
): [Date, Date] {
  const off = (date: string) => isOff(daysOff, date);
  const day = Temporal.PlainDate.from(localDate(startsAt, timeZone));
  const openBefore = (date: Temporal.PlainDate, count: number) =>
    lastOpenDay(date.subtract({ days: count }).toString(), off);
  const isEarly = startsAt < atLocalTime(day.toString(), earliest, timeZone);
  const isOpen = lastOpenDay(day.toString(), off) === day.toString();
  const isOnTheDay = isOpen && !isEarly;
  const eve = openBefore(day, 1);
  // Both on a Friday would be one too many.
  const first = isOnTheDay ? openBefore(day, 2) : openBefore(Temporal.PlainDate.from(eve), 1);
  return [
    atLocalTime(first, usualHour, timeZone),
    isOnTheDay ? atLocalTime(day.toString(), morning, timeZone) : atLocalTime(eve, afternoon, timeZone),
  ];
}

/** As far ahead as the first reminder of something after a long holiday. */
const lookAhead = days(21);

async function remind(
  deps: SessionDeps,
  remindAt: (session: Pick<Session, 'startsAt'>) => [Date, Date],
  now: Date,
): Promise<void> {
  const due = (await listToRemind(deps.db, now, later(now, lookAhead))).filter(
    (session) => remindAt(session).filter((at) => at <= now).length > session.reminded,
  );
  await forEach(deps.log, 'sessions.reminders', due, ({ id }) =>
    deps.db.transaction().execute(async (trx) => {
      const session = await lockSession(trx, id);
      if (!session || session.isCancelled || session.startsAt <= now) return;
      const times = remindAt(session);
      const nth = times.filter((at) => at <= now).length;
      const dueAt = times[nth - 1];
      if (dueAt === undefined || nth <= session.reminded) return;
      await updateSession(trx, { ...session, reminded: nth });
      // Whoever is told of a new time just now needs no second message about it.
      if (later(dueAt, hours(graceHours)) < now || session.told) return;
      for (const one of await listBookings(trx, id)) {
        if (one.status !== 'booked' || one.since > later(now, -knowsFor)) continue;
        const sendAfter = await deps.reach.nextAllowed(trx, one.personId, now);
        if (sendAfter >= session.startsAt) continue;
        await enqueue(trx, deps.clock, {
          idempotencyKey: `${topicOf(id)}:reminder:${nth}:${session.startsAt.toISOString()}:${one.personId}`,
          kind: 'sessions.reminder',
          to: { personId: one.personId },
          topic: topicOf(id),
          message: reminderMessage(session, sendAfter, await toldIn(deps, trx, one.personId)),
          sendAfter,
          expiresAt: session.startsAt,
        });
      }
    }),
  );
}

/** A little more than the time between two runs. */
const overSince = minutes(90);

/** What people were sent about their place offers to give it up: once it is over, that is looked at. */
async function sayOver({ db, log, notes }: SessionDeps, now: Date): Promise<void> {
  const before = later(now, -overSince);
  const over = (await listSessions(db, { from: later(before, -minutes(longest)), until: now })).filter(
    (session) => !session.isCancelled && hasEnded(session, now) && !hasEnded(session, before),
  );
  await forEach(log, 'sessions.over', over, async ({ id }) => {
    for (const { status, personId } of await listBookings(db, id))
      if (status === 'booked') await notes.changed(db, id, personId);
  });
}

/** Whoever's account in Slack is closed comes no more: their place goes to the next. */
async function releaseGone(deps: SessionDeps): Promise<void> {
  const { db, log } = deps;
  await forEach(log, 'sessions.gone', await listInOf(db, deps.clock.now(), 'deactivated'), (one) =>
    releaseOne(deps, one),
  );
}

/** @param one whose place it is, and at which session. */
export async function releaseOne(
  deps: SessionDeps,
  { sessionId, personId }: { sessionId: string; personId: string },
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const session = await lockSession(trx, sessionId);
    if (session) await release(deps, trx, session, personId);
  });
  await showChange(deps, sessionId, [personId]);
}

/** Whoever runs the group hears once that nobody hosts a session any more. */
async function tellUnhosted(deps: SessionDeps, now: Date): Promise<void> {
  const { db, log, clock, reach } = deps;
  await forEach(log, 'sessions.unhosted', await listComing(db, now), (session) =>
    db.transaction().execute(async (trx) => {
      if ((await listHosts(trx, session.id)).length > 0) return;
      for (const person of await listRunning(trx, session))
        await enqueue(trx, clock, {
          idempotencyKey: `${topicOf(session.id)}:unhosted:${person.id}`,
          kind: 'sessions.unhosted',
          to: { personId: person.id },
          topic: topicOf(session.id),
          message: unhostedMessage(session, await toldIn(deps, trx, person.id)),
          sendAfter: await reach.nextAllowed(trx, person.id, now),
        });
    }),
  );
}

const listRunning = (db: Db, { cohortId }: Session) =>
  cohortId === undefined ? listLeadFacilitators(db) : listCohortFacilitators(db, cohortId);

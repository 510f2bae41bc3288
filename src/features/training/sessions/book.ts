import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { cancelQueued, enqueue } from '../../../outbox/outbox.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { keepNeeds } from '../access/asking.ts';
import { deleteNeeds, findNeeds } from '../access/store.ts';
import type { SessionDeps } from './deps.ts';
import { bookedMessage } from './messages.ts';
import { freeFor, nextSince } from './places.ts';
import { mayBook } from './rights.ts';
import { type Booking, endOf, hasBegun, overlaps, type Session } from './session.ts';
import { settlePlaces, toldIn, topicOf } from './settle.ts';
import { findBooking, listBookingsBy, listHosts, listSessions, lockSession, saveBooking } from './store.ts';

type NotPossible =
  | { kind: 'not-there' }
  | { kind: 'not-for-you' }
  | { kind: 'begun'; session: Session }
  | { kind: 'cancelled'; session: Session };

export type BookOutcome =
  | NotPossible
  | { kind: 'booked'; session: Session }
  /** They have it, or wait for it, already. */
  | { kind: 'already'; session: Session; booking: Booking }
  /**
   * There is no place for them; `mayWait` was not said. @property lapsed an offer of theirs ran out.
   * @property isOffered it is under offer to somebody else.
   */
  | { kind: 'full'; session: Session; lapsed: Date | undefined; isOffered: boolean }
  | { kind: 'waiting'; session: Session };

/**
 * Books a place, takes one that was offered or, with `mayWait`, joins the waiting list where there is none. The session is
 * locked meanwhile, so that nobody gets the same place; whoever waits for one that is free comes first.
 */
export async function book(
  deps: SessionDeps,
  actor: Actor,
  {
    sessionId,
    profession,
    mayWait,
    needs,
    confirms = true,
  }: {
    sessionId: string;
    profession: string | undefined;
    mayWait: boolean;
    /** What would make taking part easier; left out: they were not asked now. */
    needs?: string;
    /** By a message; else whoever calls this says it where they are. */
    confirms?: boolean;
  },
): Promise<BookOutcome> {
  const { db, clock, timeZone } = deps;
  const { id: personId } = actor.person;
  let confirmedBy: string | undefined;
  const outcome = await db.transaction().execute(async (trx): Promise<BookOutcome> => {
    const now = clock.now();
    const session = await lockSession(trx, sessionId);
    if (!session) return { kind: 'not-there' };
    if (session.isCancelled) return { kind: 'cancelled', session };
    if (hasBegun(session, now)) return { kind: 'begun', session };
    const bookings = await settlePlaces(deps, trx, session, now);
    const own = bookings.find((one) => one.personId === personId);
    if (own?.status === 'booked') return { kind: 'already', session, booking: own };
    if (!(await mayBook(trx, actor, session))) return { kind: 'not-for-you' };
    const asWhat = profession ?? own?.profession;
    const isFree =
      own?.status === 'offered' || freeFor(session, bookings, asWhat, localDate(now, timeZone)) > 0;
    if (!isFree && own?.status === 'waiting') return { kind: 'already', session, booking: own };
    if (!isFree && !mayWait)
      return {
        kind: 'full',
        session,
        lapsed: own?.status === 'cancelled' ? own.offeredUntil : undefined,
        isOffered: bookings.some(({ status }) => status === 'offered'),
      };
    const since = nextSince(bookings, now);
    await saveBooking(trx, {
      sessionId,
      personId,
      status: isFree ? 'booked' : 'waiting',
      // An offer is of a place that was there for what they came as then.
      profession: own?.status === 'offered' ? own.profession : asWhat,
      since,
      offeredUntil: undefined,
    });
    await deps.notes.changed(trx, sessionId, personId);
    if (needs !== undefined) await keepNeeds(trx, deps.vault, session, personId, needs);
    if (!isFree) return { kind: 'waiting', session };
    await cancelQueued(trx, { personId, topic: topicOf(sessionId), kind: 'sessions.offered' }, 'taken');
    if (!confirms) return { kind: 'booked', session };
    confirmedBy = `${topicOf(sessionId)}:booked:${personId}:${since.toISOString()}`;
    await enqueue(trx, clock, {
      idempotencyKey: confirmedBy,
      kind: 'sessions.booked',
      to: { personId },
      topic: topicOf(sessionId),
      message: bookedMessage(session, await toldIn(deps, trx, personId)),
      sendAfter: now,
      expiresAt: endOf(session),
    });
    return { kind: 'booked', session };
  });
  if (outcome.kind === 'booked' || outcome.kind === 'waiting') await showChange(deps, sessionId, [personId]);
  if (confirmedBy !== undefined) await deps.sendNow(confirmedBy);
  return outcome;
}

export type MoveOutcome =
  | NotPossible
  /** @property leftNeeds what they said of access needs is gone: this date does not ask. */
  | { kind: 'moved'; from: Session; to: Session; leftNeeds: boolean }
  /** They have no place that could be moved. */
  | { kind: 'had-none'; session: Session }
  | { kind: 'full'; session: Session };

/**
 * Takes a place at another date of the same series for the one somebody has: the new one is theirs before the old one is
 * given up, or nothing changes. What they said would make taking part easier goes with them where that date asks for it.
 */
export async function moveTo(
  deps: SessionDeps,
  actor: Actor,
  { from: fromId, to: toId }: { from: string; to: string },
): Promise<MoveOutcome> {
  const { db, clock, timeZone, vault } = deps;
  const { id: personId } = actor.person;
  let confirmedBy: string | undefined;
  const outcome = await db.transaction().execute(async (trx): Promise<MoveOutcome> => {
    const now = clock.now();
    // Always in the same order, so that two who change places do not wait for each other.
    const locked = new Map<string, Session>();
    for (const id of [fromId, toId].toSorted()) {
      const session = await lockSession(trx, id);
      if (session) locked.set(id, session);
    }
    const [from, to] = [locked.get(fromId), locked.get(toId)];
    if (!from || !to || from.id === to.id || from.seriesId !== to.seriesId) return { kind: 'not-there' };
    for (const session of [from, to]) {
      if (session.isCancelled) return { kind: 'cancelled', session };
      if (hasBegun(session, now)) return { kind: 'begun', session };
    }
    const had = await findBooking(trx, from.id, personId);
    if (had?.status !== 'booked') return { kind: 'had-none', session: from };
    if (!(await mayBook(trx, actor, to))) return { kind: 'not-for-you' };
    const needs = (await findNeeds(trx, vault, { sessionId: from.id, personId }))?.words ?? '';
    const bookings = await settlePlaces(deps, trx, to, now);
    const own = bookings.find((one) => one.personId === personId);
    const isFree =
      own?.status === 'offered' || freeFor(to, bookings, had.profession, localDate(now, timeZone)) > 0;
    if (own?.status !== 'booked') {
      if (!isFree) return { kind: 'full', session: to };
      const since = nextSince(bookings, now);
      await saveBooking(trx, {
        ...had,
        ...(own?.status === 'offered' && { profession: own.profession }),
        sessionId: to.id,
        since,
        offeredUntil: undefined,
      });
      await keepNeeds(trx, vault, to, personId, needs);
      await cancelQueued(trx, { personId, topic: topicOf(to.id), kind: 'sessions.offered' }, 'taken');
      confirmedBy = `${topicOf(to.id)}:booked:${personId}:${since.toISOString()}`;
      await enqueue(trx, clock, {
        idempotencyKey: confirmedBy,
        kind: 'sessions.booked',
        to: { personId },
        topic: topicOf(to.id),
        message: bookedMessage(to, await toldIn(deps, trx, personId)),
        sendAfter: now,
        expiresAt: endOf(to),
      });
      await deps.notes.changed(trx, to.id, personId);
    }
    await release(deps, trx, from, personId);
    const kept = (await findNeeds(trx, vault, { sessionId: to.id, personId }))?.words;
    return { kind: 'moved', from, to, leftNeeds: needs !== '' && kept === undefined };
  });
  if (outcome.kind === 'moved') for (const id of [fromId, toId]) await showChange(deps, id, [personId]);
  if (confirmedBy !== undefined) await deps.sendNow(confirmedBy);
  return outcome;
}

/** What somebody can give up. */
export type Had = Exclude<Booking['status'], 'cancelled'>;

export type GiveUpOutcome =
  | NotPossible
  /** What they had until now. */
  | { kind: 'given-up'; session: Session; had: Had }
  | { kind: 'had-none'; session: Session };

/** Gives up a place, an offer or a place in the line. What comes free goes to whoever waits for it. */
export async function giveUp(deps: SessionDeps, actor: Actor, sessionId: string): Promise<GiveUpOutcome> {
  const { db, clock } = deps;
  const { id: personId } = actor.person;
  const outcome = await db.transaction().execute(async (trx): Promise<GiveUpOutcome> => {
    const session = await lockSession(trx, sessionId);
    if (!session) return { kind: 'not-there' };
    if (session.isCancelled) return { kind: 'cancelled', session };
    if (hasBegun(session, clock.now())) return { kind: 'begun', session };
    const had = await release(deps, trx, session, personId);
    return had === undefined ? { kind: 'had-none', session } : { kind: 'given-up', session, had };
  });
  if (outcome.kind === 'given-up') await showChange(deps, sessionId, [personId]);
  return outcome;
}

/** The same of a session that is locked. @returns what they had; undefined: nothing. */
export async function release(
  deps: SessionDeps,
  trx: Db,
  session: Session,
  personId: string,
): Promise<Had | undefined> {
  const now = deps.clock.now();
  const own = await findBooking(trx, session.id, personId);
  if (!own || own.status === 'cancelled') return undefined;
  const others = await settlePlaces(deps, trx, session, now);
  await saveBooking(trx, {
    ...own,
    status: 'cancelled',
    since: nextSince(others, now),
    offeredUntil: undefined,
  });
  await deps.notes.changed(trx, session.id, personId);
  await deleteNeeds(trx, { sessionId: session.id, personId });
  await cancelQueued(trx, { personId, topic: topicOf(session.id) }, 'given up');
  await settlePlaces(deps, trx, session, now);
  return own.status;
}

/** What they have at the same time besides, soonest first. */
export async function listOverlapping(db: Db, personId: string, session: Session): Promise<Session[]> {
  const taken = (await listBookingsBy(db, personId)).filter(
    (one) => one.status === 'booked' && one.sessionId !== session.id,
  );
  return (await listSessions(db, { ids: taken.map(({ sessionId }) => sessionId) })).filter(
    (other) => !other.isCancelled && overlaps(session, other),
  );
}

/** The numbers of a session stand in the Home of those who host it, and messages say what somebody has. */
export async function showChange(
  deps: SessionDeps,
  sessionId: string,
  others: readonly string[],
): Promise<void> {
  for (const { id } of await listHosts(deps.db, sessionId)) deps.homeChanged(id);
  for (const id of others) deps.homeChanged(id);
  deps.notes.bring();
}

import { findPerson } from '../../../community/people.ts';
import { defaultPreferences } from '../../../community/preferences.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { listEnqueued } from '../../../outbox/sent.ts';
import { localDate, nextAllowed, usableZone } from '../../../scheduler/calendar.ts';
import { isOff } from '../../../scheduler/days-off.ts';
import type { SessionDeps } from './deps.ts';
import { offeredMessage, type Told } from './messages.ts';
import { nextInLine, nextSince } from './places.ts';
import { type Booking, hasBegun, type Session } from './session.ts';
import { listBookings, saveBooking } from './store.ts';

/** How long a place that came free is kept for whoever it was offered to. */
const keptFor = days(1);

/** What is said of one session goes under this, so that it can be taken back. */
export const topicOf = (sessionId: string): string => `session:${sessionId}`;

/** Whether something about their place was written for them since: it says when and where. */
export const isToldOfPlace = async (
  db: Db,
  personId: string,
  sessionId: string,
  since: Date,
): Promise<boolean> =>
  (
    await listEnqueued(db, {
      personId,
      topic: topicOf(sessionId),
      kinds: ['sessions.offered', 'sessions.moved-down'],
    })
  ).some((at) => at >= since);

export async function toldIn(
  { timeZone, clock }: Pick<SessionDeps, 'timeZone' | 'clock'>,
  db: Db,
  personId: string,
): Promise<Told> {
  const person = await findPerson(db, personId);
  return { zone: usableZone(person?.timeZone, timeZone), home: timeZone, now: clock.now() };
}

/**
 * What is to happen with the places of a session, in the transaction that has locked it: an offer whose day is over ends,
 * and each free place is offered to the next who waits for one that they may have. Whoever cannot be told within a day of
 * those on which people are written to (they are away), or not before it begins, is passed over, and stays where they are on the list.
 * @returns all bookings as they are then.
 */
export async function settlePlaces(
  deps: SessionDeps,
  trx: Db,
  session: Session,
  now: Date,
): Promise<Booking[]> {
  const bookings = await listBookings(trx, session.id);
  if (session.isCancelled || hasBegun(session, now)) return bookings;
  const keep = async (booking: Booking): Promise<void> => {
    await saveBooking(trx, booking);
    bookings[bookings.findIndex(({ personId }) => personId === booking.personId)] = booking;
    deps.homeChanged(booking.personId);
    await deps.notes.changed(trx, session.id, booking.personId);
  };
  for (const one of bookings)
    if (one.status === 'offered' && (one.offeredUntil ?? now) <= now)
      await keep({ ...one, status: 'cancelled', since: nextSince(bookings, now) });
  const today = localDate(now, deps.timeZone);
  const passedOver = new Set<string>();
  // A weekend or a holiday is everybody's: nobody loses their turn by it.
  const opens = nextAllowed(now, {
    zone: deps.timeZone,
    programmeZone: deps.timeZone,
    ...defaultPreferences,
    isOff: (date) => isOff(deps.daysOff, date),
  });
  for (;;) {
    const next = nextInLine(session, bookings, today, passedOver);
    if (!next) return bookings;
    const { personId } = next;
    const due = await deps.reach.nextAllowed(trx, personId, now);
    if (due >= session.startsAt || due > later(opens, keptFor)) {
      passedOver.add(personId);
      continue;
    }
    const until = new Date(Math.min(later(due, keptFor).getTime(), session.startsAt.getTime()));
    const since = nextSince(bookings, now);
    await keep({ ...next, status: 'offered', since, offeredUntil: until });
    await enqueue(trx, deps.clock, {
      idempotencyKey: `${topicOf(session.id)}:offered:${personId}:${since.toISOString()}`,
      kind: 'sessions.offered',
      to: { personId },
      topic: topicOf(session.id),
      message: offeredMessage(session, until, await toldIn(deps, trx, personId)),
      sendAfter: due,
      expiresAt: until,
    });
  }
}

import { findCohort } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import type { Booking, Session } from '../sessions/session.ts';
import {
  findBooking,
  findSession,
  listBookingsBy,
  listHostedBy,
  listHosts,
  listSessions,
} from '../sessions/store.ts';
import { type Entry, standsInFeed } from './entry.ts';

export type Found =
  | { kind: 'entry'; entry: Entry }
  | { kind: 'gone' }
  /** They wait for a place, or never had to do with it. */
  | { kind: 'no-place' };

/** What one session is in somebody's calendar: title, place and link are for those who have a place, and who run it. */
export async function findEntry(db: Db, personId: string, sessionId: string): Promise<Found> {
  const session = await findSession(db, sessionId);
  if (!session) return { kind: 'gone' };
  const booking = await findBooking(db, sessionId, personId);
  const isHost = (await listHostedBy(db, personId)).includes(sessionId);
  const isTheirs = isHost || booking?.status === 'booked';
  // Whoever gave it up may have it in their calendar.
  if (!isTheirs && booking?.status !== 'cancelled') return { kind: 'no-place' };
  return { kind: 'entry', entry: await entryOf(db, session, { booking, isTheirs }) };
}

/** What stands in somebody's calendar: the sessions that they have a place at, or run. */
export async function listEntries(db: Db, personId: string, now: Date): Promise<Entry[]> {
  const bookings = (await listBookingsBy(db, personId)).filter(({ status }) => status === 'booked');
  const ids = new Set([...bookings.map(({ sessionId }) => sessionId), ...(await listHostedBy(db, personId))]);
  const entries: Entry[] = [];
  for (const session of await listSessions(db, { ids: [...ids] })) {
    const booking = bookings.find(({ sessionId }) => sessionId === session.id);
    const entry = await entryOf(db, session, { booking, isTheirs: true });
    if (standsInFeed(entry, now)) entries.push(entry);
  }
  return entries;
}

async function entryOf(
  db: Db,
  session: Session,
  { booking, isTheirs }: { booking: Booking | undefined; isTheirs: boolean },
): Promise<Entry> {
  const isCancelled = session.isCancelled || !isTheirs;
  const hosts = isCancelled ? [] : await listHosts(db, session.id);
  const since = booking?.since ?? session.changedAt;
  return {
    session,
    hosts: hosts.map(({ displayName }) => displayName).filter((name) => name !== ''),
    group:
      isCancelled || session.cohortId === undefined
        ? undefined
        : (await findCohort(db, session.cohortId))?.name,
    isCancelled,
    changedAt: since > session.changedAt ? since : session.changedAt,
  };
}

import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { listKnownKeys } from '../../../outbox/sent.ts';
import { mayBook } from '../sessions/rights.ts';
import { endOf, hasBegun, type Session } from '../sessions/session.ts';
import { findBooking, listBookingsBy, listHostedBy, listSessions, lockSession } from '../sessions/store.ts';
import type { AttendanceDeps } from './deps.ts';
import { walkInKey } from './ids.ts';
import { correctableDays, correctableUntil, type Presence, standingOf } from './rules.ts';
import { listAttended, saveSaid, unsaySaid } from './store.ts';
import { isListGone, mayTake } from './take.ts';

export type SayOutcome =
  | { kind: 'said' | 'taken-back'; session: Session; presence: Presence | undefined }
  | { kind: 'not-begun'; session: Session }
  | { kind: 'not-yours' | 'cancelled' | 'declined' };

/** "I was there": theirs from now on, and for a host to confirm. */
export const sayThere = (deps: AttendanceDeps, actor: Actor, sessionId: string): Promise<SayOutcome> =>
  change(deps, actor, sessionId, async (trx, session, now) => {
    if ((await presenceAt(trx, actor, session)) === undefined)
      await saveSaid(trx, session.id, actor.person.id, now);
    // It would ask what they have just said.
    await cancelQueued(trx, { idempotencyKey: walkInKey(session.id, actor.person.id) }, 'said');
    return { kind: 'said', session, presence: await presenceAt(trx, actor, session) };
  });

/** It was a slip. What a host confirmed stays: they correct that. */
export const takeBack = (deps: AttendanceDeps, actor: Actor, sessionId: string): Promise<SayOutcome> =>
  change(deps, actor, sessionId, async (trx, session) => {
    await unsaySaid(trx, session.id, actor.person.id);
    return { kind: 'taken-back', session, presence: await presenceAt(trx, actor, session) };
  });

async function change(
  { db, clock, homeChanged }: AttendanceDeps,
  actor: Actor,
  sessionId: string,
  work: (trx: Db, session: Session, now: Date) => Promise<SayOutcome>,
): Promise<SayOutcome> {
  const { id: personId } = actor.person;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-yours' };
  if (await hasConsent(db, personId, 'declined')) return { kind: 'declined' };
  const now = clock.now();
  const outcome = await db.transaction().execute(async (trx): Promise<SayOutcome> => {
    const session = await lockSession(trx, sessionId);
    if (!session || !(await wasFor(trx, actor, session, now))) return { kind: 'not-yours' };
    const standing = standingOf(session, now);
    if (standing === 'cancelled') return { kind: 'cancelled' };
    if (standing === 'not-begun') return { kind: 'not-begun', session };
    return work(trx, session, now);
  });
  homeChanged(personId);
  return outcome;
}

const presenceAt = async (db: Db, { person }: Actor, { id }: Session): Promise<Presence | undefined> =>
  (await listAttended(db, person.id)).find(({ session }) => session.id === id)?.presence;

/** Whoever had a place, a record of it, or was written down by a host; for two weeks also whoever could have come. */
async function wasFor(db: Db, actor: Actor, session: Session, now: Date): Promise<boolean> {
  const { id: personId } = actor.person;
  if ((await findBooking(db, session.id, personId))?.status === 'booked') return true;
  if (await presenceAt(db, actor, session)) return true;
  // From another group perhaps: they were asked whether they came.
  if ((await listKnownKeys(db, [walkInKey(session.id, personId)])).size > 0) return true;
  if (now > correctableUntil(session)) return false;
  return mayBook(db, actor, session);
}

/** A session that is behind somebody. */
export type Past = {
  session: Session;
  presence: Presence | undefined;
  /** They had a place. */
  isBooked: boolean;
  /** They host it, and its list is still kept. */
  isHost: boolean;
};

/** What they were at, had a place at or hosted, and what they could have come to in the last two weeks; latest first. */
export async function listPast(
  { db, clock, retention }: Pick<AttendanceDeps, 'db' | 'clock' | 'retention'>,
  actor: Actor,
): Promise<Past[]> {
  const { id: personId } = actor.person;
  const now = clock.now();
  const attended = await listAttended(db, personId);
  const booked = new Set(
    (await listBookingsBy(db, personId))
      .filter(({ status }) => status === 'booked')
      .map(({ sessionId }) => sessionId),
  );
  const hosted = new Set(await listHostedBy(db, personId));
  const presence = new Map(attended.map((one) => [one.session.id, one.presence]));
  const theirs = await listSessions(db, { ids: [...new Set([...presence.keys(), ...booked, ...hosted])] });
  const known = new Set(theirs.map(({ id }) => id));
  const recent = await listSessions(db, { from: later(now, -days(correctableDays + 1)), until: now });
  const open: Session[] = [];
  for (const session of recent)
    if (!known.has(session.id)) {
      const isTheirs = await mayTake(db, actor, session);
      if (isTheirs) hosted.add(session.id);
      if (isTheirs || (await wasFor(db, actor, session, now))) open.push(session);
    }
  return [...theirs, ...open]
    .filter((session) => hasBegun(session, now) && !session.isCancelled)
    .toSorted((a, b) => Number(endOf(b)) - Number(endOf(a)) || a.id.localeCompare(b.id))
    .map((session) => ({
      session,
      presence: presence.get(session.id),
      isBooked: booked.has(session.id),
      isHost: hosted.has(session.id) && !isListGone(session, retention['attendance-lists'].days, now),
    }));
}

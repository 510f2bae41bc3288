import { audit } from '../../../community/audit.ts';
import { findPerson, isOurs, type Person } from '../../../community/people.ts';
import { type Actor, actorOf } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { type Clock, hours, later } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { cancelQueued, enqueue, sealMessage } from '../../../outbox/outbox.ts';
import { deleteNeeds } from '../access/store.ts';
import { showChange } from './book.ts';
import type { SessionDeps } from './deps.ts';
import {
  bringPlacesTogether,
  bringWhenTogether,
  type Places,
  type PlacesField,
  placesSeenNow,
  type When,
  type WhenField,
  whenSeenNow,
} from './meanwhile.ts';
import {
  cancelledMessage,
  hostedCancelledMessage,
  hostedChangedMessage,
  hostedRemovedMessage,
  hostingMessage,
  movedDownMessage,
  notHostingMessage,
} from './messages.ts';
import { hasPlace, isIn, lastIn, nextSince } from './places.ts';
import { mayRun } from './rights.ts';
import {
  asTold,
  type Booking,
  endOf,
  hasBegun,
  isSameWhereabouts,
  type Session,
  type Whereabouts,
} from './session.ts';
import { isToldOfPlace, settlePlaces, toldIn, topicOf } from './settle.ts';
import {
  deleteSession,
  findSession,
  insertSession,
  listBookings,
  listHosts,
  lockSession,
  recordCancelled,
  saveBooking,
  setHosts,
  updateSession,
} from './store.ts';
import { problemsOfTime } from './when.ts';

export type SessionPlan = Pick<
  Session,
  | 'seriesId'
  | 'outline'
  | 'cohortId'
  | 'title'
  | 'startsAt'
  | 'minutes'
  | 'place'
  | 'link'
  | 'places'
  | 'mix'
  | 'mixUntil'
  | 'asksAccess'
> & {
  /** Given: making it again changes nothing. */
  id?: string;
  /** Persons' ids. */
  hosts: readonly string[];
};

/**
 * Plans a session, in the caller's transaction. Whether the plan can be so (`problemsOfTime`, `problemsOfPlaces`), and
 * whether this person may plan it (`mayPlan`), is asked before. Nobody is told of it.
 */
export async function createSession(
  trx: Db,
  { clock }: { clock: Clock },
  actor: Actor,
  { id = newId(clock), hosts, ...plan }: SessionPlan,
): Promise<Session> {
  const known = await findSession(trx, id);
  if (known) return known;
  const session: Session = {
    ...plan,
    id,
    sequence: 0,
    isCancelled: false,
    told: undefined,
    tellAt: undefined,
    reminded: 0,
    createdBy: actor.person.id,
    changedAt: clock.now(),
  };
  await insertSession(trx, session);
  await setHosts(trx, id, hosts);
  await audit(trx, clock, {
    actor: actor.person.id,
    action: 'sessions.plan',
    subject: id,
    detail: { series: plan.seriesId, ...(plan.cohortId !== undefined && { cohort: plan.cohortId }) },
  });
  return session;
}

/** Changes within it are told as one. */
const gathersFor = hours(1);
/** What is so near is told at once. */
const nearly = hours(3);

/**
 * Says when or where a session is from now on, in the caller's transaction. Whoever has a place or waits for one is told an
 * hour later, once for all that has changed by then, and not at all where it is as it was again; at once where it is near.
 * @returns it as it is then; undefined where there is none that could be moved.
 */
export async function moveSession(
  trx: Db,
  { clock }: { clock: Clock },
  id: string,
  change: Partial<Whereabouts>,
): Promise<Session | undefined> {
  const now = clock.now();
  const before = await lockSession(trx, id);
  if (!before || before.isCancelled || hasBegun(before, now)) return undefined;
  const after: Session = { ...before, ...change };
  if (isSameWhereabouts(before, after)) return before;
  const known = before.told ?? { ...whereaboutsOf(before), title: before.title };
  const concerns = (await listBookings(trx, id)).some(isIn);
  const isAsTold = isSameWhereabouts(known, after);
  const soonest = Math.min(known.startsAt.getTime(), after.startsAt.getTime());
  const isNear = soonest - now.getTime() < nearly;
  const isMoved = before.startsAt.getTime() !== after.startsAt.getTime();
  const moved: Session = {
    ...after,
    sequence: before.sequence + 1,
    changedAt: now,
    told: isAsTold || !concerns ? undefined : known,
    tellAt: isAsTold || !concerns ? undefined : isNear ? now : (before.tellAt ?? later(now, gathersFor)),
    reminded: isMoved ? 0 : before.reminded,
  };
  await updateSession(trx, moved);
  if (isMoved) await cancelQueued(trx, { topic: topicOf(id), kind: 'sessions.reminder' }, 'moved');
  return moved;
}

export const whereaboutsOf = ({ startsAt, minutes, place, link }: Session): Whereabouts => ({
  startsAt,
  minutes,
  place,
  link,
});

/**
 * Takes a session away for good, in the caller's transaction, as long as nobody has booked it or waited for it. Who run it
 * besides, and had heard so, are told.
 * @returns false: somebody has booked it, and it can only be cancelled.
 */
export async function removeSession(
  trx: Db,
  deps: HostDeps,
  { person: by }: Actor,
  id: string,
): Promise<boolean> {
  const session = await lockSession(trx, id);
  if ((await listBookings(trx, id)).length > 0) return false;
  const others = session && !session.isCancelled ? await listAlongside(trx, by, session) : [];
  const unaware: string[] = [];
  for (const { id: personId } of others)
    if ((await cancelQueued(trx, { personId, topic: topicOf(id), kind: 'sessions.hosting' }, 'removed')) > 0)
      unaware.push(personId);
  await cancelQueued(trx, { topic: topicOf(id) }, 'removed');
  await deleteSession(trx, id);
  const now = deps.clock.now();
  if (session)
    for (const { id: personId } of others.filter((one) => !unaware.includes(one.id)))
      await enqueue(trx, deps.clock, {
        idempotencyKey: `${topicOf(id)}:hosted-removed:${personId}`,
        kind: 'sessions.hosted-cancelled',
        to: { personId },
        topic: topicOf(id),
        message: hostedRemovedMessage(session, by, await toldIn(deps, trx, personId)),
        sendAfter: await deps.reach.nextAllowed(trx, personId, now),
      });
  return true;
}

type HostDeps = Pick<SessionDeps, 'clock' | 'timeZone' | 'reach'>;

/** Who run a session besides somebody, and who planned it where they may still run it. */
async function listAlongside(trx: Db, by: Person, session: Session): Promise<Person[]> {
  const hosts = await listHosts(trx, session.id);
  const planner = await findPerson(trx, session.createdBy);
  const mayStill =
    planner !== undefined && isOurs(planner) && (await mayRun(trx, await actorOf(trx, planner), session));
  const all = mayStill && !hosts.some(({ id }) => id === planner.id) ? [...hosts, planner] : hosts;
  return all.filter(({ id }) => id !== by.id);
}

/** Who run it besides hear of a change as its people do: what else is changed within the hour goes with it. */
async function tellHostsOfChange(
  deps: HostDeps,
  trx: Db,
  { person: by }: Actor,
  session: Session,
): Promise<void> {
  const now = deps.clock.now();
  await cancelQueued(trx, { topic: topicOf(session.id), kind: 'sessions.hosted-changed' }, 'changed again');
  const isNear = session.startsAt.getTime() - now.getTime() < nearly;
  for (const { id: personId } of await listAlongside(trx, by, session))
    await enqueue(trx, deps.clock, {
      idempotencyKey: `${topicOf(session.id)}:hosted-changed:${session.sequence}:${personId}`,
      kind: 'sessions.hosted-changed',
      to: { personId },
      topic: topicOf(session.id),
      message: hostedChangedMessage(session, by, await toldIn(deps, trx, personId)),
      sendAfter: await deps.reach.nextAllowed(trx, personId, isNear ? now : later(now, gathersFor)),
      expiresAt: endOf(session),
    });
}

type Refused = { kind: 'not-there' | 'not-allowed' } | { kind: 'over'; session: Session };

/** Does something to a session that has not begun, for whoever runs it. */
async function onSession<Outcome>(
  deps: SessionDeps,
  actor: Actor,
  id: string,
  work: (trx: Db, session: Session) => Promise<Outcome>,
): Promise<Outcome | Refused> {
  const outcome = await deps.db.transaction().execute(async (trx): Promise<Outcome | Refused> => {
    const session = await lockSession(trx, id);
    if (!session) return { kind: 'not-there' };
    if (!(await mayRun(trx, actor, session))) return { kind: 'not-allowed' };
    if (session.isCancelled || hasBegun(session, deps.clock.now())) return { kind: 'over', session };
    return work(trx, session);
  });
  const bookings = await listBookings(deps.db, id);
  await showChange(deps, id, [actor.person.id, ...bookings.map(({ personId }) => personId)]);
  return outcome;
}

export type ChangeOutcome = Refused | { kind: 'changed'; before: Session; session: Session; told: number };

/**
 * A colleague has changed the same while the window was open: `together` is both, `now` how it stands, `seen` what the
 * window is drawn against next. Nothing is saved.
 */
type Meanwhile<Said, Field> = {
  kind: 'meanwhile';
  together: Said;
  now: Said;
  seen: Said;
  clashes: Field[];
  /** What the colleague alone has changed. */
  theirs: Field[];
};

export type WhenOutcome = ChangeOutcome | Meanwhile<When, WhenField>;

/**
 * @param drawn how it stood when the window was drawn: only what was changed in it is written. Left out: as it stands.
 * @returns `told`: how many will be told.
 */
export const changeWhen = (
  deps: SessionDeps,
  actor: Actor,
  id: string,
  mine: When,
  drawn?: When,
): Promise<WhenOutcome> =>
  onSession(deps, actor, id, async (trx, before): Promise<WhenOutcome> => {
    const now = whereaboutsOf(before);
    const seen = drawn ?? now;
    const { together, clashes, theirs } = bringWhenTogether({ seen, mine, now });
    // Each may fit alone, and the two together go on into the next day.
    const odd = problemsOfTime(together, { zone: deps.timeZone, now: deps.clock.now() });
    if (clashes.length === 0 && Object.keys(odd).length > 0) clashes.push('startsAt', 'minutes');
    if (clashes.length > 0)
      return { kind: 'meanwhile', together, now, clashes, theirs, seen: whenSeenNow(seen, now, clashes) };
    const session = await moveSession(trx, deps, id, together);
    if (!session) return { kind: 'over', session: before };
    if (session.sequence !== before.sequence) await tellHostsOfChange(deps, trx, actor, session);
    const told = session.tellAt === undefined ? 0 : (await listBookings(trx, id)).filter(isIn).length;
    return { kind: 'changed', before, session, told };
  });

/** Whoever was made a host by somebody else hears of it once, and so does whoever is none any more. */
export async function tellHosts(
  deps: SessionDeps,
  trx: Db,
  { person: by }: Actor,
  session: Session,
  { before, after }: { before: readonly string[]; after: readonly string[] },
): Promise<void> {
  const now = deps.clock.now();
  const tell = async (
    kind: 'sessions.hosting' | 'sessions.not-hosting',
    personId: string,
    message: typeof hostingMessage,
  ): Promise<void> => {
    const opposite = kind === 'sessions.hosting' ? 'sessions.not-hosting' : 'sessions.hosting';
    // What they have not heard of need not be taken back before them.
    const taken = await cancelQueued(trx, { personId, topic: topicOf(session.id), kind: opposite }, 'undone');
    if (personId === by.id || taken > 0) return;
    await enqueue(trx, deps.clock, {
      idempotencyKey: `${topicOf(session.id)}:${kind}:${personId}:${now.toISOString()}`,
      kind,
      to: { personId },
      topic: topicOf(session.id),
      message: message(session, by, await toldIn(deps, trx, personId)),
      sendAfter: await deps.reach.nextAllowed(trx, personId, now),
      expiresAt: session.startsAt,
    });
  };
  for (const id of after) if (!before.includes(id)) await tell('sessions.hosting', id, hostingMessage);
  for (const id of before) if (!after.includes(id)) await tell('sessions.not-hosting', id, notHostingMessage);
}

/** What becomes of those for whom there is no place any more. */
export type Fewer = 'keep' | 'move';

export type PlacesOutcome =
  | ChangeOutcome
  | Meanwhile<Places, PlacesField>
  /** There are fewer places than are taken, and nobody has said what that means. */
  | { kind: 'fewer'; session: Session; taken: number };

/**
 * Places, what is kept, who hosts it, and what it is called. Fewer places than are taken is never decided silently.
 * @param drawn how it stood when the window was drawn: only what was changed in it is written. Left out: as it stands.
 */
export const changePlaces = (
  deps: SessionDeps,
  actor: Actor,
  id: string,
  { fewer, ...mine }: Places & { fewer: Fewer | undefined },
  drawn?: Places,
): Promise<PlacesOutcome> =>
  onSession(deps, actor, id, async (trx, before): Promise<PlacesOutcome> => {
    const now = deps.clock.now();
    const stands = placesOf(before, await listHosts(trx, id));
    const seen = drawn ?? stands;
    const { together, clashes, theirs } = bringPlacesTogether({ seen, mine, now: stands });
    // Each may fit alone, and together more are kept than there are.
    const kept = together.mix.reduce((sum, one) => sum + one.places, 0);
    if (clashes.length === 0 && together.mix.length > 0 && kept > (together.places ?? 0))
      clashes.push('places', 'kept');
    if (clashes.length > 0)
      return {
        kind: 'meanwhile',
        together,
        now: stands,
        clashes,
        theirs,
        seen: placesSeenNow(seen, stands, clashes),
      };
    const { hosts, ...change } = together;
    const bookings = await settlePlaces(deps, trx, before, now);
    const taken = bookings.filter(hasPlace).length;
    const excess = change.places === undefined ? 0 : taken - change.places;
    // Where it is over already and nothing is made smaller, that was decided before.
    const isSmaller = change.places !== undefined && change.places < (before.places ?? Infinity);
    if (excess > 0 && isSmaller && fewer === undefined) return { kind: 'fewer', session: before, taken };
    const isRenamed = before.title !== change.title;
    const session: Session = {
      ...before,
      ...change,
      // Whoever has booked since the time changed knows it: a new name does not make it news again.
      ...(isRenamed && { sequence: before.sequence + 1, changedAt: before.told ? before.changedAt : now }),
    };
    await updateSession(trx, session);
    await setHosts(trx, id, hosts);
    await tellHosts(deps, trx, actor, session, { before: stands.hosts, after: hosts });
    const moved =
      excess > 0 && fewer === 'move' ? await moveDown(deps, trx, session, bookings, change.places ?? 0) : 0;
    await settlePlaces(deps, trx, session, now);
    return { kind: 'changed', before, session, told: moved };
  });

export const placesOf = (
  { title, places, asksAccess, mix, mixUntil }: Session,
  hosts: readonly { id: string }[],
): Places => ({ title, places, asksAccess, mix, mixUntil, hosts: hosts.map(({ id }) => id) });

/** The last who got a place come to the head of the waiting list, and are told. @returns how many. */
async function moveDown(
  deps: SessionDeps,
  trx: Db,
  session: Session,
  bookings: readonly Booking[],
  places: number,
): Promise<number> {
  const now = deps.clock.now();
  const moved = lastIn(bookings, places);
  const first = Math.min(
    now.getTime(),
    ...bookings.filter(({ status }) => status === 'waiting').map(({ since }) => since.getTime()),
  );
  for (const [index, one] of moved.entries()) {
    await saveBooking(trx, {
      ...one,
      status: 'waiting',
      // The last to have got a place stands behind the others.
      since: new Date(first - 1 - index),
      offeredUntil: undefined,
    });
    await deps.notes.changed(trx, session.id, one.personId);
    await cancelQueued(trx, { personId: one.personId, topic: topicOf(session.id) }, 'moved down');
    await enqueue(trx, deps.clock, {
      idempotencyKey: `${topicOf(session.id)}:moved-down:${one.personId}:${one.since.toISOString()}`,
      kind: 'sessions.moved-down',
      to: { personId: one.personId },
      topic: topicOf(session.id),
      message: movedDownMessage(session, one.status === 'offered', await toldIn(deps, trx, one.personId)),
      sendAfter: await deps.reach.nextAllowed(trx, one.personId, now),
      expiresAt: session.startsAt,
    });
  }
  return moved.length;
}

export type CancelOutcome =
  | Refused
  /** `late`: how many hear of it only after it would have begun. */
  | { kind: 'cancelled'; session: Session; told: number; late: number };

/**
 * Cancels a session. Whoever has a place, was offered one or waits for one is told once, and so is whoever runs it
 * besides. Whoever has not heard yet that it was moved reads when and where they know it to be, and where nobody has, it
 * stands so from now on.
 * @param words of whoever cancels it, looked through before; empty: none.
 */
export const cancelSession = (
  deps: SessionDeps,
  actor: Actor,
  id: string,
  words: string,
): Promise<CancelOutcome> =>
  onSession(deps, actor, id, async (trx, session): Promise<CancelOutcome> => {
    const now = deps.clock.now();
    const concerned = (await listBookings(trx, id)).filter(isIn);
    const alongside = await listAlongside(trx, actor.person, session);
    const unaware = new Set<string>();
    for (const { id: personId } of alongside)
      if (
        (await cancelQueued(
          trx,
          { personId, topic: topicOf(id), kind: 'sessions.hosted-changed' },
          'cancelled',
        )) > 0
      )
        unaware.add(personId);
    await cancelQueued(trx, { topic: topicOf(id) }, 'cancelled');
    const aware = new Set<string>();
    for (const { personId, since } of concerned)
      if (since > session.changedAt || (await isToldOfPlace(trx, personId, id, session.changedAt)))
        aware.add(personId);
    if (session.told && aware.size === 0) await updateSession(trx, asTold(session));
    await recordCancelled(trx, id, now);
    await deleteNeeds(trx, { sessionId: id });
    await audit(trx, deps.clock, { actor: actor.person.id, action: 'sessions.cancel', subject: id });
    let late = 0;
    let since = nextSince(concerned, now);
    for (const one of concerned) {
      const { personId } = one;
      await deps.notes.changed(trx, id, personId);
      // Who had a place is kept, as it was.
      if (one.status !== 'booked')
        await saveBooking(trx, { ...one, status: 'cancelled', since, offeredUntil: undefined });
      since = later(since, 1);
      const sendAfter = await deps.reach.nextAllowed(trx, personId, now);
      const known = aware.has(personId) ? session : asTold(session);
      if (sendAfter >= known.startsAt) late += 1;
      const about = { to: { personId }, idempotencyKey: `${topicOf(id)}:cancelled:${personId}` };
      const hadPlace = one.status === 'booked';
      const message = cancelledMessage(known, words, hadPlace, await toldIn(deps, trx, personId));
      await enqueue(trx, deps.clock, {
        ...about,
        kind: 'sessions.cancelled',
        topic: topicOf(id),
        message: words === '' ? message : sealMessage(deps.vault, about, message, actor.person.id),
        sendAfter,
      });
    }
    const booked = new Set(concerned.map(({ personId }) => personId));
    for (const { id: personId } of alongside) {
      if (booked.has(personId)) continue;
      const about = { to: { personId }, idempotencyKey: `${topicOf(id)}:hosted-cancelled:${personId}` };
      const known = unaware.has(personId) ? asTold(session) : session;
      const message = hostedCancelledMessage(known, actor.person, words, await toldIn(deps, trx, personId));
      await enqueue(trx, deps.clock, {
        ...about,
        kind: 'sessions.hosted-cancelled',
        topic: topicOf(id),
        message: words === '' ? message : sealMessage(deps.vault, about, message, actor.person.id),
        sendAfter: await deps.reach.nextAllowed(trx, personId, now),
      });
    }
    return { kind: 'cancelled', session, told: concerned.length, late };
  });

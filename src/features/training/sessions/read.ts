import { type Cohort, findCohorts } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, cohortsFor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Turn } from '../../../slack/paging.ts';
import type { SessionDeps } from './deps.ts';
import { noSeries } from './outlines.ts';
import { freeFor, isIn } from './places.ts';
import { mayBook, mayHost, mayPlan } from './rights.ts';
import { type Booking, hasBegun, type Session } from './session.ts';
import {
  findSession,
  listBookings,
  listBookingsBy,
  listBookingsOf,
  listComing,
  listHostedBy,
  listHostsOf,
  listNotOver,
  type NotOver,
  pageOfNotOver,
} from './store.ts';

/** Which sessions somebody looks at. */
export const filters = ['coming', 'mine', 'open', 'groups'] as const;
export type Filter = (typeof filters)[number] | 'series';

export type Numbers = { booked: number; offered: number; waiting: number };

/** A session as somebody may see it. */
export type Seen = {
  session: Session;
  /** Undefined: for everybody. */
  cohort: Cohort | undefined;
  /** What they have of it; nothing that they gave up. */
  own: Booking | undefined;
  /** They host it, or run the group it is for. */
  runs: boolean;
  isHost: boolean;
  hosts: Person[];
  /** Places that nobody has and that are kept for nobody in particular; undefined: no limit. */
  left: number | undefined;
  numbers: Numbers;
};

export const numbersOf = (bookings: readonly Booking[]): Numbers => ({
  booked: bookings.filter(({ status }) => status === 'booked').length,
  offered: bookings.filter(({ status }) => status === 'offered').length,
  waiting: bookings.filter(({ status }) => status === 'waiting').length,
});

/** Several at once, in their order. */
async function lookAt(
  deps: SessionDeps,
  db: Db,
  actor: Actor,
  sessions: readonly Session[],
): Promise<Seen[]> {
  const ids = sessions.map(({ id }) => id);
  const bookingsOf = await listBookingsOf(db, ids);
  const hostsOf = await listHostsOf(db, ids);
  const cohorts = await findCohorts(
    db,
    sessions.flatMap(({ cohortId }) => cohortId ?? []),
  );
  const today = localDate(deps.clock.now(), deps.timeZone);
  return sessions.map((session) => {
    const bookings = bookingsOf.get(session.id) ?? [];
    const hosts = hostsOf.get(session.id) ?? [];
    const own = bookings.find(({ personId }) => personId === actor.person.id);
    const isHost = hosts.some(({ id }) => id === actor.person.id);
    const left = freeFor(session, bookings, undefined, today);
    return {
      session,
      cohort: cohorts.get(session.cohortId ?? ''),
      own: own && isIn(own) ? own : undefined,
      runs: mayPlan(actor, session.cohortId) || (isHost && mayHost(actor)),
      isHost,
      hosts,
      left: Number.isFinite(left) ? Math.max(0, left) : undefined,
      numbers: numbersOf(bookings),
    };
  });
}

/**
 * One, for whoever it is for, has a place at it, or runs it. @returns undefined: it is not theirs to see, or not there.
 */
export async function findSeen(
  deps: SessionDeps,
  actor: Actor,
  id: string,
): Promise<(Seen & { mayBook: boolean; lacksAgreement: boolean }) | undefined> {
  const { db } = deps;
  const session = await findSession(db, id);
  if (!session || !may(actor, 'community.use')) return undefined;
  const [seen] = await lookAt(deps, db, actor, [session]);
  if (!seen) return undefined;
  const isFor = await mayBook(db, actor, session);
  if (session.cohortId !== undefined && !isFor && !seen.own && !seen.runs) return undefined;
  const isOpen = !session.isCancelled && !hasBegun(session, deps.clock.now());
  const lacksAgreement = isOpen && !isFor && !(await hasConsent(db, actor.person.id, 'agreement'));
  return { ...seen, mayBook: isFor && isOpen, lacksAgreement };
}

/** How many other dates stand beside a place, and of how many it is looked at whether there is room. */
const mostMoves = 3;
const mostLookedAt = 50;

/** Other dates of the series at which somebody could have a place instead of the one they have, soonest first. */
export async function listMoves(deps: SessionDeps, actor: Actor, { session, own }: Seen): Promise<Session[]> {
  if (own?.status !== 'booked' || !isMovable(session, deps.clock.now())) return [];
  const today = localDate(deps.clock.now(), deps.timeZone);
  const moves: Session[] = [];
  const sight = await sightOf(deps, actor, { asMember: true });
  const others = { only: { seriesId: session.seriesId, notBegun: true as const } };
  for (const other of await listNotOver(deps.db, { ...sight, ...others }, mostLookedAt)) {
    const theirs = sight.own.get(other.id);
    if (moves.length === mostMoves) break;
    if (other.id === session.id || theirs?.status === 'booked') continue;
    if (!(await mayBook(deps.db, actor, other))) continue;
    const bookings = await listBookings(deps.db, other.id);
    if (theirs?.status === 'offered' || freeFor(other, bookings, own.profession, today) > 0)
      moves.push(other);
  }
  return moves;
}

/** The date of the same series at which they have a place already; undefined: none. */
export async function findOtherPlace(
  deps: SessionDeps,
  actor: Actor,
  { session }: Seen,
): Promise<Session | undefined> {
  if (!isMovable(session, deps.clock.now())) return undefined;
  const sight = await sightOf(deps, actor);
  const booked = [...sight.own.values()].filter(({ status }) => status === 'booked');
  const ids = booked.map(({ sessionId }) => sessionId).filter((id) => id !== session.id);
  const which = {
    now: sight.now,
    seen: { ids },
    only: { seriesId: session.seriesId, notBegun: true as const },
  };
  return (await listNotOver(deps.db, which, 1))[0];
}

/** Sessions of no series have nothing to do with each other. */
const isMovable = (session: Session, now: Date): boolean =>
  session.seriesId !== noSeries && !session.isCancelled && !hasBegun(session, now);

/** How many there may be seen at once. */
const pageSize = 5;

export type Listed = Turn & {
  offset: number;
  filter: Filter;
  seriesId: string;
  shown: Seen[];
  total: number;
};

/** Those that somebody may see and that are not over, soonest first. */
export async function listSeen(
  deps: SessionDeps,
  actor: Actor,
  {
    filter,
    seriesId = '',
    page = 0,
    size = pageSize,
  }: { filter: Filter; seriesId?: string; page?: number; size?: number },
): Promise<Listed> {
  const sight = await sightOf(deps, actor);
  const found = await pageOfNotOver(deps.db, { ...sight, ...narrowed(sight, filter, seriesId) }, page, size);
  return { ...found, filter, seriesId, shown: await lookAt(deps, deps.db, actor, found.shown) };
}

function narrowed(sight: Sight, filter: Filter, seriesId: string): Partial<NotOver> {
  switch (filter) {
    case 'coming':
      return {};
    case 'mine':
      return mineOf(sight);
    case 'open':
    case 'groups':
      return { only: { isForGroup: filter === 'groups' } };
    case 'series':
      return { only: { seriesId } };
  }
}

/** Whoever had a place sees what became of it. */
const mineOf = ({ own, seen: { ids } }: Sight): Pick<NotOver, 'seen' | 'cancelled'> => ({
  seen: { ids },
  cancelled: [...own.values()].flatMap(({ status, sessionId }) => (status === 'booked' ? [sessionId] : [])),
});

/** What somebody may see. */
type Sight = Pick<NotOver, 'now'> & {
  seen: NotOver['seen'] & { ids: readonly string[] };
  /** What they have, by session; nothing that they gave up. */
  own: Map<string, Booking>;
  hosted: ReadonlySet<string>;
};

/** @param asMember leaves out what they see only because they run a group. */
async function sightOf({ db, clock }: SessionDeps, actor: Actor, { asMember = false } = {}): Promise<Sight> {
  const now = clock.now();
  if (!may(actor, 'community.use')) return { now, seen: { ids: [] }, own: new Map(), hosted: new Set() };
  const { id: personId } = actor.person;
  const own = new Map(
    (await listBookingsBy(db, personId)).filter(isIn).map((one) => [one.sessionId, one] as const),
  );
  const hosted = new Set(await listHostedBy(db, personId));
  const ids = [...new Set([...own.keys(), ...hosted])];
  // Whoever said no to the agreement is offered nothing that they cannot have.
  if (actor.hasDeclined) return { now, seen: { ids }, own, hosted };
  const cohorts = asMember || !may(actor, 'sessions.run') ? [] : cohortsFor(actor, 'cohorts.manage');
  return { now, seen: { cohorts, memberId: personId, forAll: true, ids }, own, hosted };
}

export type Next = { session: Session; own: Booking | undefined; isHost: boolean };

/** What somebody has or hosts next, soonest first. */
export async function listNext(deps: SessionDeps, actor: Actor, many: number): Promise<Next[]> {
  const sight = await sightOf(deps, actor);
  if (sight.seen.ids.length === 0) return [];
  const sessions = await listNotOver(deps.db, { ...sight, ...mineOf(sight) }, many);
  return sessions.map((session) => ({
    session,
    own: sight.own.get(session.id),
    isHost: sight.hosted.has(session.id),
  }));
}

/** Sessions to come that somebody runs, soonest first, with their numbers. */
export async function listRun(
  deps: SessionDeps,
  actor: Actor,
  { page, size }: { page: number; size: number },
): Promise<Turn & { shown: Seen[]; total: number }> {
  const which: NotOver = {
    now: deps.clock.now(),
    seen: {
      cohorts: cohortsFor(actor, 'sessions.run'),
      forAll: mayPlan(actor, undefined),
      ids: mayHost(actor) ? await listHostedBy(deps.db, actor.person.id) : [],
    },
    ...(actor.hasDeclined && { only: { ids: (await sightOf(deps, actor)).seen.ids } }),
  };
  const found = await pageOfNotOver(deps.db, which, page, size);
  return { ...found, shown: await lookAt(deps, deps.db, actor, found.shown) };
}

/** Those of a group that have not begun, whether it is archived or not. Ask `mayPlan` before. */
export async function listOfCohort(deps: SessionDeps, actor: Actor, cohortId: string): Promise<Seen[]> {
  const coming = await listComing(deps.db, deps.clock.now(), { cohortIds: [cohortId] });
  return lookAt(deps, deps.db, actor, coming);
}

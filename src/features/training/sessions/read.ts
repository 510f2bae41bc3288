import { type Cohort, findCohort, listCohortsOf, listManagedCohorts } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { hours, later } from '../../../lib/clock.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { pageOf, type Turn } from '../../../slack/paging.ts';
import type { SessionDeps } from './deps.ts';
import { noSeries } from './outlines.ts';
import { freeFor, isIn } from './places.ts';
import { mayBook, mayRun } from './rights.ts';
import { type Booking, hasBegun, hasEnded, type Session } from './session.ts';
import {
  findSession,
  listBookings,
  listBookingsBy,
  listComing,
  listHostedBy,
  listHosts,
  listSessions,
} from './store.ts';
import { longest } from './when.ts';

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

async function look(deps: SessionDeps, db: Db, actor: Actor, session: Session): Promise<Seen> {
  const bookings = await listBookings(db, session.id);
  const own = bookings.find(({ personId }) => personId === actor.person.id);
  const today = localDate(deps.clock.now(), deps.timeZone);
  const hosts = await listHosts(db, session.id);
  const left = freeFor(session, bookings, undefined, today);
  return {
    session,
    cohort: session.cohortId === undefined ? undefined : await findCohort(db, session.cohortId),
    own: own && isIn(own) ? own : undefined,
    runs: await mayRun(db, actor, session),
    isHost: hosts.some(({ id }) => id === actor.person.id),
    hosts,
    left: Number.isFinite(left) ? Math.max(0, left) : undefined,
    numbers: numbersOf(bookings),
  };
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
  const seen = await look(deps, db, actor, session);
  const isFor = await mayBook(db, actor, session);
  if (session.cohortId !== undefined && !isFor && !seen.own && !seen.runs) return undefined;
  const isOpen = !session.isCancelled && !hasBegun(session, deps.clock.now());
  const lacksAgreement = isOpen && !isFor && !(await hasConsent(db, actor.person.id, 'agreement'));
  return { ...seen, mayBook: isFor && isOpen, lacksAgreement };
}

/** How many other dates stand beside a place. */
const mostMoves = 3;

/** Other dates of the series at which somebody could have a place instead of the one they have, soonest first. */
export async function listMoves(deps: SessionDeps, actor: Actor, { session, own }: Seen): Promise<Session[]> {
  if (own?.status !== 'booked' || !isMovable(session, deps.clock.now())) return [];
  const today = localDate(deps.clock.now(), deps.timeZone);
  const moves: Session[] = [];
  for (const { session: other, own: theirs } of await listVisible(deps, actor)) {
    if (moves.length === mostMoves) break;
    if (other.id === session.id || other.seriesId !== session.seriesId || theirs?.status === 'booked')
      continue;
    if (!isMovable(other, deps.clock.now()) || !(await mayBook(deps.db, actor, other))) continue;
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
  const now = deps.clock.now();
  if (!isMovable(session, now)) return undefined;
  const found = (await listVisible(deps, actor)).find(
    ({ session: other, own }) =>
      other.id !== session.id &&
      other.seriesId === session.seriesId &&
      own?.status === 'booked' &&
      isMovable(other, now),
  );
  return found?.session;
}

/** Sessions of no series have nothing to do with each other. */
const isMovable = (session: Session, now: Date): boolean =>
  session.seriesId !== noSeries && !session.isCancelled && !hasBegun(session, now);

/** How many there may be seen at once. */
const pageSize = 5;

export type Listed = Turn & { filter: Filter; seriesId: string; shown: Seen[]; total: number };

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
  const { db } = deps;
  const now = deps.clock.now();
  const all = await listVisible(deps, actor);
  const fitting = all.filter(({ session, own, isHost }) => {
    if (hasEnded(session, now)) return false;
    // Whoever had a place sees what became of it.
    if (session.isCancelled) return filter === 'mine' && own?.status === 'booked';
    if (filter === 'mine') return own !== undefined || isHost;
    if (filter === 'open') return session.cohortId === undefined;
    if (filter === 'groups') return session.cohortId !== undefined;
    return filter === 'coming' || session.seriesId === seriesId;
  });
  const { shown, ...turn } = pageOf(fitting, page, size);
  const seen: Seen[] = [];
  for (const { session } of shown) seen.push(await look(deps, db, actor, session));
  return { ...turn, filter, seriesId, shown: seen, total: fitting.length };
}

type Visible = { session: Session; own: Booking | undefined; isHost: boolean };

async function listVisible({ db, clock }: SessionDeps, actor: Actor): Promise<Visible[]> {
  if (!may(actor, 'community.use')) return [];
  const { id: personId } = actor.person;
  const own = new Map(
    (await listBookingsBy(db, personId)).filter(isIn).map((one) => [one.sessionId, one] as const),
  );
  const hosted = new Set(await listHostedBy(db, personId));
  const cohorts = new Set(
    [
      ...(await listCohortsOf(db, personId)),
      ...(may(actor, 'sessions.run') ? await listManagedCohorts(db, actor) : []),
    ].map(({ id }) => id),
  );
  // What has begun and is not over still is one to come.
  const sessions = await listSessions(db, { from: later(clock.now(), -hours(longest / 60)) });
  return sessions
    .filter(
      ({ id, cohortId }) =>
        own.has(id) ||
        hosted.has(id) ||
        // Whoever said no to the agreement is offered nothing that they cannot have.
        (actor.hasDeclined !== true && (cohortId === undefined || cohorts.has(cohortId))),
    )
    .map((session) => ({ session, own: own.get(session.id), isHost: hosted.has(session.id) }));
}

/** What somebody has or hosts next, soonest first. */
export async function listNext(deps: SessionDeps, actor: Actor, many: number): Promise<Seen[]> {
  const { shown } = await listSeen(deps, actor, { filter: 'mine', size: many });
  return shown;
}

/** Sessions to come that somebody runs, soonest first, with their numbers. */
export async function listRun(
  deps: SessionDeps,
  actor: Actor,
  { page, size }: { page: number; size: number },
): Promise<Turn & { shown: Seen[]; total: number }> {
  const now = deps.clock.now();
  const run: Session[] = [];
  for (const { session } of await listVisible(deps, actor))
    if (!session.isCancelled && !hasEnded(session, now) && (await mayRun(deps.db, actor, session)))
      run.push(session);
  const { shown, ...turn } = pageOf(run, page, size);
  const seen: Seen[] = [];
  for (const session of shown) seen.push(await look(deps, deps.db, actor, session));
  return { ...turn, shown: seen, total: run.length };
}

/** Those of a group that have not begun, whether it is archived or not. Ask `mayPlan` before. */
export async function listOfCohort(deps: SessionDeps, actor: Actor, cohortId: string): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const session of await listComing(deps.db, deps.clock.now(), { cohortIds: [cohortId] }))
    seen.push(await look(deps, deps.db, actor, session));
  return seen;
}

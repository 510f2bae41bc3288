import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import '../tables.ts';
import { type Person, toPerson } from '../../../community/people.ts';
import type { CohortIds } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { later, minutes } from '../../../lib/clock.ts';
import { type Turn, turnTo } from '../../../slack/paging.ts';
import type { TrainingBookingsTable, TrainingSessionsTable } from '../tables.ts';
import { type Booking, hasEnded, type Session } from './session.ts';
import { longest } from './when.ts';

export async function findSession(db: Db, id: string): Promise<Session | undefined> {
  const row = await db.selectFrom('training_sessions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toSession(row);
}

/**
 * The same, and others who want to change it or its places wait until this transaction ends: what is counted then stays so.
 */
export async function lockSession(trx: Db, id: string): Promise<Session | undefined> {
  const row = await trx
    .updateTable('training_sessions')
    .set((eb) => ({ sequence: eb.ref('sequence') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row && toSession(row);
}

/** In the order in which they begin, cancelled ones too. Without a cohort and without `ids`: all. */
export async function listSessions(
  db: Db,
  {
    from,
    until,
    cohortIds,
    ids,
  }: { from?: Date; until?: Date; cohortIds?: readonly string[]; ids?: readonly string[] },
): Promise<Session[]> {
  if (ids?.length === 0 || cohortIds?.length === 0) return [];
  let query = db.selectFrom('training_sessions').selectAll().orderBy('starts_at').orderBy('id');
  if (from) query = query.where('starts_at', '>=', from.toISOString());
  if (until) query = query.where('starts_at', '<', until.toISOString());
  if (cohortIds) query = query.where('cohort_id', 'in', cohortIds);
  if (ids) query = query.where('id', 'in', ids);
  return (await query.execute()).map(toSession);
}

/** Sessions that are not over, in parts that all hold. */
export type NotOver = {
  now: Date;
  /** One of these holds: they are for some running groups, for those that somebody is in, for everybody, or these themselves. */
  seen: Partial<{ cohorts: CohortIds; memberId: string; forAll: boolean; ids: readonly string[] }>;
  only?: Partial<{ ids: readonly string[]; seriesId: string; isForGroup: boolean; notBegun: true }>;
  /** Of these also when they are cancelled. */
  cancelled?: readonly string[];
};

function notOverQuery(
  db: Db,
  { now, seen, only = {}, cancelled = [] }: NotOver,
  underWay: readonly string[],
) {
  const { cohorts = [], memberId, forAll, ids = [] } = seen;
  const all = db.selectFrom('cohorts').select('cohorts.id');
  const running = all.where('archived_at', 'is', null);
  const groups = [
    ...(cohorts !== 'all' && cohorts.length > 0 ? [running.where('cohorts.id', 'in', cohorts)] : []),
    ...(memberId !== undefined && cohorts !== 'all'
      ? [
          running
            .innerJoin('cohort_members', 'cohort_members.cohort_id', 'cohorts.id')
            .where('person_id', '=', memberId)
            .where('left_at', 'is', null),
        ]
      : []),
  ];
  let query = db.selectFrom('training_sessions').where((eb) => {
    const isOneOf = (those: readonly string[]) => (those.length > 0 ? [eb('id', 'in', those)] : []);
    return eb.and([
      eb.or([eb('starts_at', '>', now.toISOString()), ...isOneOf(underWay)]),
      eb.or([eb('status', '=', 'planned'), ...isOneOf(cancelled)]),
      eb.or([
        ...isOneOf(ids),
        ...groups.map((group) => eb('cohort_id', 'in', group)),
        // Of nearly all groups the first few are found soonest by when they begin.
        ...(cohorts === 'all' ? [eb('cohort_id', 'not in', all.where('archived_at', 'is not', null))] : []),
        ...(forAll ? [eb('cohort_id', 'is', null)] : []),
      ]),
      ...(only.ids ? [eb.or(isOneOf(only.ids))] : []),
    ]);
  });
  if (only.seriesId !== undefined) query = query.where('series_id', '=', only.seriesId);
  if (only.isForGroup !== undefined)
    query = query.where('cohort_id', only.isForGroup ? 'is not' : 'is', null);
  return query;
}

/** The ids of those that have begun and are not over. */
async function listUnderWay(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('training_sessions')
    .select(['id', 'starts_at', 'minutes'])
    .where('starts_at', '>', later(now, -minutes(longest)).toISOString())
    .where('starts_at', '<=', now.toISOString())
    .execute();
  return rows.flatMap(({ id, starts_at: at, minutes }) =>
    hasEnded({ startsAt: new Date(at), minutes }, now) ? [] : [id],
  );
}

/** The first of them, soonest first. */
export async function listNotOver(db: Db, which: NotOver, limit: number): Promise<Session[]> {
  return soonest(notOverQuery(db, which, await underWayOf(db, which)), { offset: 0, limit });
}

/** A page of them, soonest first. @param wanted from 0. */
export async function pageOfNotOver(
  db: Db,
  which: NotOver,
  wanted: number,
  size: number,
): Promise<Turn & { offset: number; shown: Session[]; total: number }> {
  const { cohorts = [], memberId, forAll, ids = [] } = which.seen;
  if (cohorts.length === 0 && memberId === undefined && !forAll && ids.length === 0)
    return { ...turnTo(0, 0, size), total: 0, shown: [] };
  const query = notOverQuery(db, which, await underWayOf(db, which));
  const { many } = await query.select((eb) => eb.fn.countAll<number>().as('many')).executeTakeFirstOrThrow();
  const total = Number(many);
  const turn = turnTo(wanted, total, size);
  const shown = total > 0 ? await soonest(query, { offset: turn.offset, limit: size }) : [];
  return { ...turn, total, shown };
}

const underWayOf = async (db: Db, { now, only }: NotOver): Promise<string[]> =>
  only?.notBegun ? [] : listUnderWay(db, now);

async function soonest(
  query: ReturnType<typeof notOverQuery>,
  { offset, limit }: { offset: number; limit: number },
): Promise<Session[]> {
  const rows = await query
    .selectAll()
    .orderBy('starts_at')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(toSession);
}

/** Those that are planned and have not begun, soonest first. */
export const listComing = async (
  db: Db,
  now: Date,
  among: { cohortIds?: readonly string[]; ids?: readonly string[]; until?: Date } = {},
): Promise<Session[]> =>
  (await listSessions(db, { ...among, from: now })).filter(
    (session) => !session.isCancelled && session.startsAt > now,
  );

export async function insertSession(db: Db, session: Session): Promise<void> {
  await db
    .insertInto('training_sessions')
    .values({
      id: session.id,
      ...columnsOf(session),
      status: 'planned',
      cancelled_at: null,
      created_by: session.createdBy,
      created_at: session.changedAt.toISOString(),
    })
    .execute();
}

/** All of it as it is now, but for who made it and whether it is cancelled. */
export async function updateSession(db: Db, session: Session): Promise<void> {
  await db.updateTable('training_sessions').set(columnsOf(session)).where('id', '=', session.id).execute();
}

export async function recordCancelled(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable('training_sessions')
    .set((eb) => ({
      status: 'cancelled',
      cancelled_at: at.toISOString(),
      changed_at: at.toISOString(),
      sequence: eb('sequence', '+', 1),
      told: null,
      tell_at: null,
      needs_look_at: atOnce,
    }))
    .where('id', '=', id)
    .execute();
}

export async function deleteSession(db: Db, id: string): Promise<void> {
  for (const table of ['training_bookings', 'training_hosts'] as const)
    await db.deleteFrom(table).where('session_id', '=', id).execute();
  await db.deleteFrom('training_sessions').where('id', '=', id).execute();
}

/** Those that are planned, begin until then, and have reminders left, with how many of them went out. */
export async function listToRemind(
  db: Db,
  now: Date,
  until: Date,
): Promise<Pick<Session, 'id' | 'startsAt' | 'reminded'>[]> {
  const rows = await db
    .selectFrom('training_sessions')
    .select(['id', 'starts_at', 'reminded'])
    .where('starts_at', '>', now.toISOString())
    .where('starts_at', '<', until.toISOString())
    .where('status', '=', 'planned')
    .where('reminded', '<', 2)
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, starts_at: at, reminded }) => ({ id, startsAt: new Date(at), reminded }));
}

/** Sessions of which people are to be told now what has changed. */
export async function listToTell(db: Db, now: Date): Promise<Session[]> {
  const rows = await db
    .selectFrom('training_sessions')
    .selectAll()
    .where('tell_at', '<=', now.toISOString())
    .where('status', '=', 'planned')
    .execute();
  return rows.map(toSession);
}

/** Who run it and are still here, by name. */
export const listHosts = async (db: Db, sessionId: string): Promise<Person[]> =>
  (await listHostsOf(db, [sessionId])).get(sessionId) ?? [];

/** The same of several sessions; those with none are left out. */
export async function listHostsOf(db: Db, sessionIds: readonly string[]): Promise<Map<string, Person[]>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('training_hosts')
    .innerJoin('people', 'people.id', 'training_hosts.person_id')
    .selectAll('people')
    .select('session_id')
    .where('session_id', 'in', sessionIds)
    .where('people.deactivated_at', 'is', null)
    .orderBy('people.display_name')
    .execute();
  return inSessions(rows, toPerson);
}

function inSessions<Row extends { session_id: string }, T>(
  rows: readonly Row[],
  as: (row: Row) => T,
): Map<string, T[]> {
  const bySession = Map.groupBy(rows, (row) => row.session_id);
  return new Map([...bySession].map(([id, theirs]) => [id, theirs.map(as)]));
}

export async function setHosts(db: Db, sessionId: string, personIds: readonly string[]): Promise<void> {
  await db.deleteFrom('training_hosts').where('session_id', '=', sessionId).execute();
  if (personIds.length > 0)
    await db
      .insertInto('training_hosts')
      .values([...new Set(personIds)].map((personId) => ({ session_id: sessionId, person_id: personId })))
      .execute();
}

/** Ids of the sessions that somebody hosts. */
export async function listHostedBy(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('training_hosts')
    .select('session_id')
    .where('person_id', '=', personId)
    .execute();
  return rows.map(({ session_id }) => session_id);
}

/** All there ever were for it, in the order in which what they are began. */
export const listBookings = async (db: Db, sessionId: string): Promise<Booking[]> =>
  (await listBookingsOf(db, [sessionId])).get(sessionId) ?? [];

/** The same of several sessions; those with none are left out. */
export async function listBookingsOf(db: Db, sessionIds: readonly string[]): Promise<Map<string, Booking[]>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('training_bookings')
    .selectAll()
    .where('session_id', 'in', sessionIds)
    .orderBy('since')
    .orderBy('person_id')
    .execute();
  return inSessions(rows, toBooking);
}

/** Who have a place, by name. */
export async function listBooked(db: Db, sessionId: string): Promise<Person[]> {
  const rows = await db
    .selectFrom('training_bookings')
    .innerJoin('people', 'people.id', 'training_bookings.person_id')
    .selectAll('people')
    .where('session_id', '=', sessionId)
    .where('status', '=', 'booked')
    .orderBy('people.display_name')
    .orderBy('people.id')
    .execute();
  return rows.map(toPerson);
}

export async function findBooking(db: Db, sessionId: string, personId: string): Promise<Booking | undefined> {
  const row = await db
    .selectFrom('training_bookings')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toBooking(row);
}

/** Somebody's, of whatever status. */
export async function listBookingsBy(db: Db, personId: string): Promise<Booking[]> {
  const rows = await db
    .selectFrom('training_bookings')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('since')
    .execute();
  return rows.map(toBooking);
}

/** Sessions to come in which an offer is over, or somebody waits though not every place is taken: they have to be looked at. */
export async function listUnsettled(db: Db, now: Date): Promise<string[]> {
  const toCome = db
    .selectFrom('training_sessions')
    .select('training_sessions.id')
    .where('starts_at', '>', now.toISOString())
    .where('training_sessions.status', '=', 'planned');
  // Written out, as the indexes of those few have it.
  const of = (status: 'offered' | 'waiting') =>
    db.selectFrom('training_bookings').select('session_id').where('status', '=', sql.lit(status));
  const over = await toCome
    .where(
      'id',
      'in',
      of('offered').where((eb) =>
        eb.or([eb('offered_until', 'is', null), eb('offered_until', '<=', now.toISOString())]),
      ),
    )
    .execute();
  const free = await toCome
    .where('id', 'in', of('waiting'))
    .where((eb) =>
      eb.or([
        eb('places', 'is', null),
        eb(
          'places',
          '>',
          eb
            .selectFrom('training_bookings')
            .whereRef('session_id', '=', 'training_sessions.id')
            .where('training_bookings.status', 'in', ['booked', 'offered'])
            .select((count) => count.fn.countAll<number>().as('taken')),
        ),
      ]),
    )
    .execute();
  return [...new Set([...over, ...free].map(({ id }) => id))];
}

/** The places at sessions to come, offers and waiting included, of one person, or of all who are deactivated. */
export async function listInOf(
  db: Db,
  now: Date,
  whose: { personId: string } | 'deactivated',
): Promise<{ sessionId: string; personId: string; cohortId: string | undefined }[]> {
  const query = db
    .selectFrom('training_bookings')
    .innerJoin('training_sessions', 'training_sessions.id', 'training_bookings.session_id')
    .innerJoin('people', 'people.id', 'training_bookings.person_id')
    .select(['session_id', 'person_id', 'cohort_id'])
    .where('starts_at', '>', now.toISOString())
    .where('training_sessions.status', '=', 'planned')
    .where('training_bookings.status', '!=', 'cancelled');
  const rows = await (whose === 'deactivated'
    ? query.where('people.deactivated_at', 'is not', null)
    : query.where('training_bookings.person_id', '=', whose.personId)
  ).execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    personId: row.person_id,
    cohortId: row.cohort_id ?? undefined,
  }));
}

/** Whoever has left runs none of the sessions to come. */
export async function deleteHostOf(db: Db, personId: string, now: Date): Promise<void> {
  await db
    .deleteFrom('training_hosts')
    .where('person_id', '=', personId)
    .where('session_id', 'in', (eb) =>
      eb.selectFrom('training_sessions').select('id').where('starts_at', '>', now.toISOString()),
    )
    .execute();
}

/** In the place of what they had for this session. */
export async function saveBooking(db: Db, booking: Booking): Promise<void> {
  const values = {
    status: booking.status,
    profession: booking.profession ?? null,
    since: booking.since.toISOString(),
    offered_until: booking.offeredUntil?.toISOString() ?? null,
  };
  await db
    .insertInto('training_bookings')
    .values({ session_id: booking.sessionId, person_id: booking.personId, ...values })
    .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doUpdateSet(values))
    .execute();
  await db
    .updateTable('training_sessions')
    .set({ needs_look_at: atOnce })
    .where('id', '=', booking.sessionId)
    .execute();
}

/** @returns how many went: of sessions that began before, whatever is no place that somebody had. */
export async function deleteOldBookings(db: Db, before: Date): Promise<number> {
  const gone = await db
    .deleteFrom('training_bookings')
    .where('status', '!=', 'booked')
    .where('session_id', 'in', (eb) =>
      eb.selectFrom('training_sessions').select('id').where('starts_at', '<', before.toISOString()),
    )
    .returning('person_id')
    .execute();
  return gone.length;
}

/** Before any beat: what belongs to its places may be true no more. */
const atOnce = new Date(0).toISOString();

const columnsOf = (session: Session) => ({
  series_id: session.seriesId,
  definition: JSON.stringify(session.outline),
  cohort_id: session.cohortId ?? null,
  title: session.title,
  starts_at: session.startsAt.toISOString(),
  minutes: session.minutes,
  place: session.place ?? null,
  link: session.link ?? null,
  places: session.places ?? null,
  mix: session.mix.length > 0 ? JSON.stringify(session.mix) : null,
  mix_until: session.mixUntil ?? null,
  asks_access: session.asksAccess ? (1 as const) : (0 as const),
  needs_look_at: atOnce,
  sequence: session.sequence,
  told: session.told ? JSON.stringify(session.told) : null,
  tell_at: session.tellAt?.toISOString() ?? null,
  reminded: session.reminded,
  changed_at: session.changedAt.toISOString(),
});

const outline = z.object({
  label: z.string(),
  shape: z.array(z.object({ part: z.string(), minutes: z.number() })),
  notes: z.array(z.string()),
  ownMinutes: z.array(z.number().int().min(0)).optional(),
});
const mix = z.array(z.object({ profession: z.string(), places: z.number().int() }));
const told = z.object({
  startsAt: z.coerce.date(),
  minutes: z.number(),
  place: z.string().optional(),
  link: z.string().optional(),
  title: z.string().optional(),
});

function toSession(row: Selectable<TrainingSessionsTable>): Session {
  return {
    id: row.id,
    seriesId: row.series_id,
    outline: outline.parse(JSON.parse(row.definition)),
    cohortId: row.cohort_id ?? undefined,
    title: row.title,
    startsAt: new Date(row.starts_at),
    minutes: row.minutes,
    place: row.place ?? undefined,
    link: row.link ?? undefined,
    places: row.places ?? undefined,
    mix: row.mix === null ? [] : mix.parse(JSON.parse(row.mix)),
    mixUntil: row.mix_until ?? undefined,
    asksAccess: row.asks_access === 1,
    sequence: row.sequence,
    isCancelled: row.status === 'cancelled',
    told: row.told === null ? undefined : toTold(row.told),
    tellAt: row.tell_at === null ? undefined : new Date(row.tell_at),
    reminded: row.reminded,
    createdBy: row.created_by,
    changedAt: new Date(row.changed_at),
  };
}

function toTold(json: string): Session['told'] {
  const { startsAt, minutes, place, link, title } = told.parse(JSON.parse(json));
  return { startsAt, minutes, place, link, ...(title !== undefined && { title }) };
}

const toBooking = (row: Selectable<TrainingBookingsTable>): Booking => ({
  sessionId: row.session_id,
  personId: row.person_id,
  status: row.status as Booking['status'],
  profession: row.profession ?? undefined,
  since: new Date(row.since),
  offeredUntil: row.offered_until === null ? undefined : new Date(row.offered_until),
});

/** The groups that members of a group are in, that one among them. */
export async function listGroupsBeside(db: Db, cohortId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cohort_members as member')
    .innerJoin('cohort_members as theirs', 'theirs.person_id', 'member.person_id')
    .innerJoin('cohorts', 'cohorts.id', 'theirs.cohort_id')
    .select('theirs.cohort_id')
    .distinct()
    .where('member.cohort_id', '=', cohortId)
    .where('member.left_at', 'is', null)
    .where('theirs.left_at', 'is', null)
    .where('cohorts.archived_at', 'is', null)
    .execute();
  return rows.map(({ cohort_id: id }) => id);
}

/** Whose messages about a session are to be looked at. @property times how often that was said. */
export type NoteDue = { sessionId: string; personId: string; times: number };

export async function insertNoteDue(db: Db, sessionId: string, personId: string): Promise<void> {
  await db
    .insertInto('training_notes_due')
    .values({ session_id: sessionId, person_id: personId, times: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['session_id', 'person_id'])
        .doUpdateSet((eb) => ({ times: eb('training_notes_due.times', '+', 1) })),
    )
    .execute();
}

export async function listNotesDue(db: Db): Promise<NoteDue[]> {
  const rows = await db.selectFrom('training_notes_due').selectAll().execute();
  return rows.map(({ session_id, person_id, times }) => ({
    sessionId: session_id,
    personId: person_id,
    times,
  }));
}

/** Unless it was said once more meanwhile. */
export async function deleteNoteDue(db: Db, { sessionId, personId, times }: NoteDue): Promise<void> {
  await db
    .deleteFrom('training_notes_due')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('times', '=', times)
    .execute();
}

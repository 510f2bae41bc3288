import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import './tables.ts';
import type { CohortIds } from '../../community/permissions.ts';
import { endKey } from '../../db/key.ts';
import type { Db, Schema } from '../../db/schema.ts';
import type { Recurrence } from '../../scheduler/recurrence.ts';
import { type Definition, definitionSchema, type Mode } from './content.ts';
import type { Places } from './readers.ts';
import type { CheckinRoundsTable, CheckinsTable } from './tables.ts';

export type CheckInStatus = 'running' | 'paused' | 'finished' | 'cancelled';

export type CheckIn = {
  id: string;
  /** Undefined: one that people start for themselves. */
  cohortId: string | undefined;
  templateId: string;
  mode: Mode;
  definition: Definition;
  leftOut: string[];
  recurrence: Recurrence | undefined;
  openDays: number;
  nextAt: Date | undefined;
  status: CheckInStatus;
  createdBy: string;
} & HowItAsks;

const session = z.string();
const counted = z.number().int();
/** What a check-in is counted from, and moves with: a date of its group, or a session. */
export const countedFromSchema = z.discriminatedUnion('from', [
  z.object({ from: z.enum(['start', 'end']), days: counted }),
  /** It opens so many days before, at a local time, and closes when the session begins. */
  z.object({ from: z.literal('session-begins'), session, days: counted, time: z.string() }),
  z.object({ from: z.literal('session-over'), session, minutes: counted }),
  /** So many days after the day of the session, at a local time. */
  z.object({ from: z.literal('session-day'), session, days: counted, time: z.string() }),
]);
export type CountedFrom = z.output<typeof countedFromSchema>;

type HowItAsks = {
  /** It is asked as it was written here, whatever the template says later. */
  isOwn: boolean;
  /** How many rounds are still to come. Undefined: no end by number. */
  timesLeft: number | undefined;
  /** One reminder a round. */
  reminds: boolean;
  /** Each person is asked first whether they want it. */
  asksFirst: boolean;
  countedFrom: CountedFrom | undefined;
};

const asItWas: HowItAsks = {
  isOwn: false,
  timesLeft: undefined,
  reminds: true,
  asksFirst: false,
  countedFrom: undefined,
};

/** One that members start whenever there is something to say: nobody is prompted. */
export const isStartedByMembers = ({ recurrence }: Pick<CheckIn, 'recurrence'>): boolean =>
  recurrence === undefined;

export const heldBackSchema = z.object({
  /** The questions that are compared show nothing yet. */
  waits: z.boolean(),
  /**
   * Of questions of which a comparison was shown: in what detail those of all who answered may be shown beside it, and how
   * many comparisons there were.
   */
  compared: z.record(z.string(), z.object({ all: z.enum(['nothing', 'rough', 'fine']), times: z.number() })),
});
export type HeldBack = z.output<typeof heldBackSchema>;

export type RoundStatus = 'open' | 'closed' | 'missed' | 'cancelled';

export type Round = {
  id: string;
  checkinId: string;
  dueAt: Date;
  /** Undefined: it was missed. */
  openedAt: Date | undefined;
  /** When it closed, once it has: perhaps by hand. */
  closesAt: Date | undefined;
  remindAt: Date | undefined;
  status: RoundStatus;
  definition: Definition;
  /** Some were not sent a message of it, since they had as many prompts in that week as anybody gets. */
  wasCrowded?: boolean;
  /** Of one that comes before: what waits, or has waited, for the answers afterwards. */
  heldBack?: HeldBack;
};

export async function insertCheckIn(
  db: Db,
  { createdAt, ...checkin }: Omit<CheckIn, keyof HowItAsks> & Partial<HowItAsks> & { createdAt: Date },
): Promise<'inserted' | 'known'> {
  const row = await db
    .insertInto('checkins')
    .values({
      id: checkin.id,
      cohort_id: checkin.cohortId ?? null,
      created_by: checkin.createdBy,
      created_at: createdAt.toISOString(),
      status: checkin.status,
      ...whatItAsks({ ...asItWas, ...checkin }),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row ? 'inserted' : 'known';
}

/** What can be edited. */
const whatItAsks = (checkin: Omit<CheckIn, 'id' | 'cohortId' | 'createdBy' | 'status'>) => ({
  template_id: checkin.templateId,
  mode: checkin.mode,
  definition: JSON.stringify(checkin.definition),
  left_out: JSON.stringify(checkin.leftOut),
  recurrence: checkin.recurrence ? JSON.stringify(checkin.recurrence) : null,
  open_days: checkin.openDays,
  next_at: checkin.nextAt?.toISOString() ?? null,
  is_own: checkin.isOwn ? (1 as const) : (0 as const),
  times_left: checkin.timesLeft ?? null,
  reminds: checkin.reminds ? (1 as const) : (0 as const),
  asks_first: checkin.asksFirst ? (1 as const) : (0 as const),
  counted_from: checkin.countedFrom ? JSON.stringify(checkin.countedFrom) : null,
});

/** Rounds that are open, or over, stay as they are. @returns false when it is over. */
export async function rewriteCheckIn(db: Db, checkin: CheckIn): Promise<boolean> {
  const result = await db
    .updateTable('checkins')
    .set(whatItAsks(checkin))
    .where('id', '=', checkin.id)
    .where('status', 'in', ['running', 'paused'])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * With its rounds, answers and results, which open in no copy any more. Call it in a transaction.
 * @returns false when it is not over, or gone.
 */
export async function deleteCheckIn(db: Db, id: string): Promise<boolean> {
  const rounds = await db.selectFrom('checkin_rounds').select('id').where('checkin_id', '=', id).execute();
  const result = await db
    .deleteFrom('checkins')
    .where('id', '=', id)
    .where('status', 'in', ['finished', 'cancelled'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('checkin_rounds')
            .select('checkin_rounds.id')
            .where('checkin_id', '=', id)
            .where('checkin_rounds.status', '=', 'open'),
        ),
      ),
    )
    .executeTakeFirst();
  if (result.numDeletedRows !== 1n) return false;
  for (const { id: round } of rounds) await endKey(db, { round });
  return true;
}

export async function findCheckIn(db: Db, id: string): Promise<CheckIn | undefined> {
  const row = await db.selectFrom('checkins').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toCheckIn(row);
}

/** All that a cohort ever had. */
export async function listIdsIn(db: Db, cohortId: string): Promise<string[]> {
  const rows = await db.selectFrom('checkins').select('id').where('cohort_id', '=', cohortId).execute();
  return rows.map(({ id }) => id);
}

/** Those of some cohorts that are not over, soonest first. */
export async function listRunning(db: Db, cohortIds: readonly string[]): Promise<CheckIn[]> {
  if (cohortIds.length === 0) return [];
  const rows = await db
    .selectFrom('checkins')
    .selectAll()
    .where('cohort_id', 'in', cohortIds)
    .where('status', 'in', ['running', 'paused'])
    .orderBy('next_at', (order) => order.asc().nullsLast())
    .orderBy('id')
    .execute();
  return rows.map(toCheckIn);
}

function runningAmong(db: Db, cohorts: CohortIds) {
  const running = db.selectFrom('cohorts').select('cohorts.id').where('archived_at', 'is', null);
  if (cohorts === 'all') return running;
  return cohorts.length > 0
    ? running.where('cohorts.id', 'in', cohorts)
    : running.where((eb) => eb.lit(false));
}

/** What was taken back before it went out is as if it had never been. */
const ledQuery = (db: Db, { cohorts, programme }: Places) =>
  db
    .selectFrom('checkins')
    .where((eb) =>
      eb.or([
        eb('cohort_id', 'in', runningAmong(db, cohorts)),
        ...(programme ? [eb('cohort_id', 'is', null)] : []),
      ]),
    )
    .where((eb) =>
      eb.or([
        eb('status', '!=', 'cancelled'),
        eb.exists(roundsOf(eb).where('status', '!=', 'missed')),
        // Whether a member has begun one is theirs to know.
        eb.and([eb('cohort_id', 'is not', null), eb('recurrence', 'is', null)]),
      ]),
    );

const roundsOf = (eb: ExpressionBuilder<Schema, 'checkins'>) =>
  eb
    .selectFrom('checkin_rounds')
    .select('checkin_rounds.id')
    .whereRef('checkin_rounds.checkin_id', '=', 'checkins.id');

/** How many had a round or will have one. */
export async function countLed(db: Db, places: Places): Promise<number> {
  const row = await ledQuery(db, places)
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

/**
 * Some of them: what is going on first, then what is over, the newest on top: an order that stays while somebody acts in it.
 * @param goingOn only what runs or is open, what comes soonest on top. @param closedSince what came once and has closed since
 * then is going on as well.
 */
export async function listLed(
  db: Db,
  places: Places,
  {
    goingOn,
    closedSince,
    offset,
    limit,
  }: { goingOn: boolean; closedSince?: Date; offset: number; limit: number },
): Promise<{ checkin: CheckIn; hasResults: boolean }[]> {
  let query = ledQuery(db, places)
    .selectAll('checkins')
    .select((eb) => eb.exists(roundsOf(eb).where('checkin_rounds.status', '!=', 'missed')).as('has_results'))
    .orderBy((eb) => eb.case().when('status', 'in', ['running', 'paused']).then(0).else(1).end())
    .offset(offset)
    .limit(limit);
  if (goingOn) query = query.orderBy('next_at', (order) => order.asc().nullsLast());
  query = query.orderBy('created_at', 'desc').orderBy('id');
  if (goingOn)
    query = query.where((eb) =>
      eb.or([
        eb('status', '=', 'running'),
        eb.exists(roundsOf(eb).where('checkin_rounds.status', '=', 'open')),
        ...(closedSince
          ? [
              eb.and([
                eb('status', '=', 'finished'),
                eb.exists(
                  roundsOf(eb)
                    .where('checkin_rounds.status', '=', 'closed')
                    .where('checkin_rounds.closed_at', '>=', closedSince.toISOString()),
                ),
              ]),
            ]
          : []),
      ]),
    );
  return (await query.execute()).map((row) => ({
    checkin: toCheckIn(row),
    hasResults: Boolean(row.has_results),
  }));
}

/** Those of which each person is asked first, made at that instant or before. */
export async function listAskingFirst(db: Db, madeBefore: Date): Promise<CheckIn[]> {
  const rows = await db
    .selectFrom('checkins')
    .selectAll()
    .where('status', '=', 'running')
    .where('asks_first', '=', sql.lit(1))
    .where('created_at', '<=', madeBefore.toISOString())
    .execute();
  return rows.map(toCheckIn);
}

/** Those that are counted from a date of their group, or from a session, and are still to come. */
export async function listCountedFrom(db: Db): Promise<{ id: string }[]> {
  return db
    .selectFrom('checkins')
    .select('id')
    .where('status', 'in', ['running', 'paused'])
    .where('counted_from', 'is not', null)
    .where('next_at', 'is not', null)
    .execute();
}

/** Those of which a round is open. */
export async function listOpenCounted(db: Db): Promise<{ id: string }[]> {
  return (
    db
      .selectFrom('checkins')
      .select('checkins.id')
      .where('counted_from', 'is not', null)
      // Asked of each of these few, and not the other way round.
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('checkin_rounds')
            .select('checkin_rounds.id')
            .whereRef('checkin_id', '=', 'checkins.id')
            .where('checkin_rounds.status', '=', 'open'),
        ),
      )
      .execute()
  );
}

/** Of a round that is open. */
export async function changeClosing(
  db: Db,
  roundId: string,
  { closesAt, remindAt }: { closesAt: Date; remindAt: Date | undefined },
): Promise<void> {
  await db
    .updateTable('checkin_rounds')
    .set({ closes_at: closesAt.toISOString(), remind_at: remindAt?.toISOString() ?? null })
    .where('id', '=', roundId)
    .where('status', '=', 'open')
    .execute();
}

export async function listDue(db: Db, now: Date): Promise<CheckIn[]> {
  const rows = await db
    .selectFrom('checkins')
    .selectAll()
    .where('status', '=', 'running')
    .where('next_at', '<=', now.toISOString())
    .orderBy('next_at')
    .execute();
  return rows.map(toCheckIn);
}

/**
 * @param isTaken whether this one counts towards how often it comes; one that was left out does not.
 * @returns false when another run was first: then nothing was changed.
 */
export async function advance(
  db: Db,
  checkin: CheckIn,
  next: Date | undefined,
  { isTaken } = { isTaken: false },
): Promise<boolean> {
  const { timesLeft } = checkin;
  const result = await db
    .updateTable('checkins')
    .set({
      next_at: next?.toISOString() ?? null,
      ...(isTaken && timesLeft !== undefined && { times_left: timesLeft - 1 }),
    })
    .where('id', '=', checkin.id)
    .where('status', '=', 'running')
    .where('next_at', '=', checkin.nextAt?.toISOString() ?? null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** @param from only when it is in one of these states; @returns whether it was. */
export async function changeStatus(
  db: Db,
  id: string,
  from: readonly CheckInStatus[],
  change: {
    status: CheckInStatus;
    nextAt?: Date | undefined;
    recurrence?: Recurrence;
    countedFrom?: CountedFrom | undefined;
  },
): Promise<boolean> {
  const result = await db
    .updateTable('checkins')
    .set({
      status: change.status,
      ...('nextAt' in change && { next_at: change.nextAt?.toISOString() ?? null }),
      ...(change.recurrence && { recurrence: JSON.stringify(change.recurrence) }),
      ...('countedFrom' in change && {
        counted_from: change.countedFrom ? JSON.stringify(change.countedFrom) : null,
      }),
    })
    .where('id', '=', id)
    .where('status', 'in', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function insertRound(db: Db, round: Round & { reason?: 'late' | 'empty' }): Promise<boolean> {
  const row = await db
    .insertInto('checkin_rounds')
    .values({
      id: round.id,
      checkin_id: round.checkinId,
      due_at: round.dueAt.toISOString(),
      opened_at: round.openedAt?.toISOString() ?? null,
      closes_at: round.closesAt?.toISOString() ?? null,
      remind_at: round.remindAt?.toISOString() ?? null,
      closed_at: null,
      status: round.status,
      reason: round.reason ?? null,
      definition: JSON.stringify(round.definition),
      // By `privacySentence`.
      told_of_giving_back: 1,
    })
    .onConflict((conflict) => conflict.columns(['checkin_id', 'due_at']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findRound(db: Db, id: string): Promise<Round | undefined> {
  const row = await db.selectFrom('checkin_rounds').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toRound(row);
}

/** Of one check-in, newest first: what was open, without the missed. */
export async function listRounds(db: Db, checkinId: string): Promise<Round[]> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .selectAll()
    .where('checkin_id', '=', checkinId)
    .where('status', '!=', 'missed')
    .orderBy('due_at', 'desc')
    .execute();
  return rows.map(toRound);
}

/** That of a certain time. */
export async function findRoundDue(db: Db, checkinId: string, dueAt: Date): Promise<Round | undefined> {
  const row = await db
    .selectFrom('checkin_rounds')
    .selectAll()
    .where('checkin_id', '=', checkinId)
    .where('due_at', '=', dueAt.toISOString())
    .executeTakeFirst();
  return row && toRound(row);
}

export async function findOpenRound(db: Db, checkinId: string): Promise<Round | undefined> {
  const row = await db
    .selectFrom('checkin_rounds')
    .selectAll()
    .where('checkin_id', '=', checkinId)
    .where('status', '=', 'open')
    .orderBy('due_at', 'desc')
    .executeTakeFirst();
  return row && toRound(row);
}

/** Every round that is open. */
export async function listOpen(db: Db): Promise<Round[]> {
  const rows = await db.selectFrom('checkin_rounds').selectAll().where('status', '=', 'open').execute();
  return rows.map(toRound);
}

/** The open rounds of a group. */
export async function listOpenRoundsIn(db: Db, cohortId: string): Promise<Round[]> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .innerJoin('checkins', 'checkins.id', 'checkin_rounds.checkin_id')
    .selectAll('checkin_rounds')
    .where('checkins.cohort_id', '=', cohortId)
    .where('checkin_rounds.status', '=', 'open')
    .execute();
  return rows.map(toRound);
}

/** All rounds that a group has had, called off or not, newest first, without the missed. */
export async function listRoundsIn(db: Db, cohortId: string): Promise<Round[]> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .innerJoin('checkins', 'checkins.id', 'checkin_rounds.checkin_id')
    .selectAll('checkin_rounds')
    .where('checkins.cohort_id', '=', cohortId)
    .where('checkin_rounds.status', '!=', 'missed')
    .orderBy('checkin_rounds.due_at', 'desc')
    .orderBy('checkin_rounds.id')
    .execute();
  return rows.map(toRound);
}

/** Closed or called off at that instant or later. */
export async function listRoundsEndedSince(db: Db, at: Date): Promise<Round[]> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .selectAll()
    .where('closed_at', '>=', at.toISOString())
    .execute();
  return rows.map(toRound);
}

export async function listRoundsToRemind(db: Db, now: Date): Promise<Round[]> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .selectAll()
    // What is over has none.
    .where('remind_at', '<=', now.toISOString())
    .execute();
  return rows.map(toRound);
}

/** @returns false when it was decided already. */
export async function recordReminded(db: Db, roundId: string): Promise<boolean> {
  const result = await db
    .updateTable('checkin_rounds')
    .set({ remind_at: null })
    .where('id', '=', roundId)
    .where('remind_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function listRoundsToClose(db: Db, now: Date): Promise<Round[]> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .selectAll()
    .where('status', '=', 'open')
    .where('closes_at', '<=', now.toISOString())
    .execute();
  return rows.map(toRound);
}

/**
 * Nobody else answers or closes this round until the transaction is over: a summary must not miss somebody who was just
 * sending, nor two last ones each take the other for missing. @returns false when it is not open.
 */
export async function holdOpen(db: Db, roundId: string): Promise<boolean> {
  const result = await db
    .updateTable('checkin_rounds')
    .set({ status: 'open' })
    .where('id', '=', roundId)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** @returns false when it was not open any more. */
export async function closeRound(
  db: Db,
  roundId: string,
  at: Date,
  { status, wasCrowded }: { status: 'closed' | 'cancelled'; wasCrowded: boolean },
): Promise<boolean> {
  const result = await db
    .updateTable('checkin_rounds')
    .set({
      status,
      closed_at: at.toISOString(),
      remind_at: null,
      ...(wasCrowded && { reason: 'crowded' }),
    })
    .where('id', '=', roundId)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export function toCheckIn(row: Selectable<CheckinsTable>): CheckIn {
  return {
    id: row.id,
    cohortId: row.cohort_id ?? undefined,
    templateId: row.template_id,
    mode: row.mode as Mode,
    definition: definitionSchema.parse(JSON.parse(row.definition)),
    leftOut: JSON.parse(row.left_out) as string[],
    recurrence: row.recurrence === null ? undefined : (JSON.parse(row.recurrence) as Recurrence),
    openDays: row.open_days,
    nextAt: row.next_at === null ? undefined : new Date(row.next_at),
    status: row.status as CheckInStatus,
    createdBy: row.created_by,
    isOwn: row.is_own === 1,
    timesLeft: row.times_left ?? undefined,
    reminds: row.reminds === 1,
    asksFirst: row.asks_first === 1,
    countedFrom:
      row.counted_from === null ? undefined : countedFromSchema.parse(JSON.parse(row.counted_from)),
  };
}

export function toRound(row: Selectable<CheckinRoundsTable>): Round {
  const closes = row.closed_at ?? row.closes_at;
  return {
    id: row.id,
    checkinId: row.checkin_id,
    dueAt: new Date(row.due_at),
    openedAt: row.opened_at === null ? undefined : new Date(row.opened_at),
    closesAt: closes === null ? undefined : new Date(closes),
    remindAt: row.remind_at === null ? undefined : new Date(row.remind_at),
    status: row.status as RoundStatus,
    definition: definitionSchema.parse(JSON.parse(row.definition)),
    ...(row.reason === 'crowded' && { wasCrowded: true }),
    ...(row.held_back !== null && { heldBack: heldBackSchema.parse(JSON.parse(row.held_back)) }),
  };
}

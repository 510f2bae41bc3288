import '../tables.ts';
import type { Db } from '../../../db/schema.ts';

/** In no group, or in one of which too few did it. */
export const noGroup = '';

/** What is counted. The first by the week, the others by the month. */
export type Kind = 'looked-up' | 'active' | 'reflected';

export type Mark = { personId: string; kind: Kind; period: string; cohortId: string };

/** Somebody was among them; again changes nothing. */
export const recordMark = async (db: Db, { personId, kind, period, cohortId }: Mark): Promise<void> =>
  void (await db
    .insertInto('use_marks')
    .values({ person_id: personId, kind, period, cohort_id: cohortId })
    .onConflict((conflict) => conflict.columns(['person_id', 'kind', 'period']).doNothing())
    .execute());

/** So many times more. What is counted already stays as it is. */
export const recordUse = async (
  db: Db,
  { kind, period, cohortId }: Omit<Mark, 'personId'>,
  { uses, missed }: { uses: number; missed: number },
): Promise<void> =>
  void (await db
    .insertInto('use_counts')
    .values({ kind, period, cohort_id: cohortId, uses, missed })
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'period', 'cohort_id'])
        .doUpdateSet((eb) => ({
          uses: eb('use_counts.uses', '+', uses),
          missed: eb('use_counts.missed', '+', missed),
        }))
        .where('use_counts.is_counted', '=', 0),
    )
    .execute());

/** Where somebody counts in that week, once they have looked something up in it. */
export async function findMarkedIn(db: Db, personId: string, week: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('use_marks')
    .select('cohort_id')
    .where('person_id', '=', personId)
    .where('kind', '=', 'looked-up')
    .where('period', '=', week)
    .executeTakeFirst();
  return row?.cohort_id;
}

export const listMarks = async (
  db: Db,
  kind: Kind,
  period: string,
): Promise<{ personId: string; cohortId: string }[]> =>
  (
    await db
      .selectFrom('use_marks')
      .select(['person_id', 'cohort_id'])
      .where('kind', '=', kind)
      .where('period', '=', period)
      .execute()
  ).map((row) => ({ personId: row.person_id, cohortId: row.cohort_id }));

/** Whether somebody was among those who did something that is not counted yet. */
export async function isMarked(db: Db, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('use_marks')
    .select('kind')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** That period and those before it. */
export const deleteMarks = async (db: Db, kind: Kind, period: string): Promise<void> =>
  void (await db.deleteFrom('use_marks').where('kind', '=', kind).where('period', '<=', period).execute());

export const deleteMarksOf = async (db: Db, personId: string): Promise<void> =>
  void (await db.deleteFrom('use_marks').where('person_id', '=', personId).execute());

/** Weeks before that Monday that are not counted yet, the oldest first. */
export const listWeeksToCount = async (db: Db, before: string): Promise<string[]> =>
  (
    await db
      .selectFrom('use_counts')
      .select('period')
      .distinct()
      .where('kind', '=', 'looked-up')
      .where('is_counted', '=', 0)
      .where('period', '<', before)
      .orderBy('period')
      .execute()
  ).map(({ period }) => period);

/** Look-ups of those who count in a group, or of everybody else together. */
type GroupUse = { cohortId: string; uses: number; missed: number };

/**
 * What was looked up in a week that is not counted yet. Another bot on this database that is at it waits until this
 * transaction is over, and then finds nothing.
 */
export const lockUncounted = async (trx: Db, week: string): Promise<GroupUse[]> =>
  (
    await trx
      .updateTable('use_counts')
      .set((eb) => ({ uses: eb.ref('uses') }))
      .where('kind', '=', 'looked-up')
      .where('period', '=', week)
      .where('is_counted', '=', 0)
      .returningAll()
      .execute()
  ).map(({ cohort_id, uses, missed }) => ({ cohortId: cohort_id, uses, missed }));

export const deleteUncounted = async (db: Db, week: string): Promise<void> =>
  void (await db
    .deleteFrom('use_counts')
    .where('kind', '=', 'looked-up')
    .where('period', '=', week)
    .where('is_counted', '=', 0)
    .execute());

/** What is counted once stays. */
export const insertCounted = async (
  db: Db,
  week: string,
  { cohortId, uses, missed }: GroupUse,
): Promise<void> =>
  void (await db
    .insertInto('use_counts')
    .values({ kind: 'looked-up', period: week, cohort_id: cohortId, uses, missed, is_counted: 1 })
    .onConflict((conflict) => conflict.columns(['kind', 'period', 'cohort_id']).doNothing())
    .execute());

/** How many reflections were written in a month that is not counted yet. */
export async function countReflections(db: Db, month: string): Promise<number> {
  const row = await db
    .selectFrom('use_counts')
    .select('uses')
    .where('kind', '=', 'reflected')
    .where('period', '=', month)
    .executeTakeFirst();
  return row?.uses ?? 0;
}

/** Of that month and those before it. */
export const deleteReflections = async (db: Db, month: string): Promise<void> =>
  void (await db
    .deleteFrom('use_counts')
    .where('kind', '=', 'reflected')
    .where('period', '<=', month)
    .execute());

/** The running groups somebody is in, by when they joined. */
export const listJoined = async (db: Db, personId: string): Promise<string[]> =>
  (
    await db
      .selectFrom('cohort_members')
      .innerJoin('cohorts', 'cohorts.id', 'cohort_members.cohort_id')
      .select('cohorts.id')
      .where('cohort_members.person_id', '=', personId)
      .where('cohort_members.left_at', 'is', null)
      .where('cohorts.archived_at', 'is', null)
      .orderBy('cohort_members.joined_at')
      .orderBy('cohorts.id')
      .execute()
  ).map(({ id }) => id);

const sinceKey = 'use.since';

/** From which local date on it is counted what people do: the day on which this is asked first. */
export async function countedSince(db: Db, today: string): Promise<string> {
  await db
    .insertInto('settings')
    .values({ key: sinceKey, value: today })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', sinceKey)
    .executeTakeFirstOrThrow();
  return row.value;
}

/** A week in which five people or more of a group looked something up. */
export type CountedWeek = { week: string; uses: number; missed: number };

/** Of one group, or of everybody together, the oldest first. @param until both Mondays, included. */
export async function listCountedWeeks(
  db: Db,
  { from, until, cohortId }: { from: string; until: string; cohortId?: string },
): Promise<CountedWeek[]> {
  let query = db
    .selectFrom('use_counts')
    .select((eb) => [
      'period',
      eb.fn.sum<number>('uses').as('uses'),
      eb.fn.sum<number>('missed').as('missed'),
    ])
    .where('kind', '=', 'looked-up')
    .where('is_counted', '=', 1)
    .where('period', '>=', from)
    .where('period', '<=', until)
    .groupBy('period')
    .orderBy('period');
  if (cohortId !== undefined) query = query.where('cohort_id', '=', cohortId);
  return (await query.execute()).map((row) => ({
    week: row.period,
    uses: Number(row.uses),
    missed: Number(row.missed),
  }));
}

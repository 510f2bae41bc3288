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

/** That period and those before it. */
export const deleteMarks = async (db: Db, kind: Kind, period: string): Promise<void> =>
  void (await db.deleteFrom('use_marks').where('kind', '=', kind).where('period', '<=', period).execute());

export const deleteMarksOf = async (db: Db, personId: string): Promise<void> =>
  void (await db.deleteFrom('use_marks').where('person_id', '=', personId).execute());

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

import '../tables.ts';
import type { Db } from '../../../db/schema.ts';
import { type Plan, planSchema } from './plan.ts';

/** What somebody has planned so far. Whoever does not run the group any more is refused when it is used. */
export async function findPlan(db: Db, id: string, personId: string): Promise<Plan | undefined> {
  const row = await db
    .selectFrom('checkin_plans')
    .select('plan')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && planSchema.safeParse(JSON.parse(row.plan)).data;
}

/** @returns false when it is somebody else's. */
export async function savePlan(db: Db, plan: Plan, personId: string, now: Date): Promise<boolean> {
  const row = await db
    .insertInto('checkin_plans')
    .values({
      id: plan.id,
      person_id: personId,
      plan: JSON.stringify(plan),
      changed_at: now.toISOString(),
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ plan: JSON.stringify(plan), changed_at: now.toISOString() })
        .where('checkin_plans.person_id', '=', personId),
    )
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The newest that became no check-in yet. @param edits the check-in of which it is a change; left out: of none. One that was
 * only looked at is none, and what came before one that was saved is over.
 */
export async function findUnfinished(db: Db, personId: string, edits?: string): Promise<Plan | undefined> {
  const rows = await db
    .selectFrom('checkin_plans')
    .select('plan')
    .where('person_id', '=', personId)
    .where('id', 'not in', (known) => known.selectFrom('checkins').select('id'))
    .orderBy('changed_at', 'desc')
    .limit(30)
    .execute();
  const found = rows
    .map(({ plan }) => planSchema.safeParse(JSON.parse(plan)).data)
    .find((plan) => plan?.edits === edits && (edits === undefined || plan?.stands !== undefined));
  return found?.stands === 'saved' ? undefined : found;
}

/** The running groups of each member of a group, that one among them: lists of ids, one for each person. */
export async function listGroupsOfMembers(db: Db, cohortId: string): Promise<string[][]> {
  const rows = await db
    .selectFrom('cohort_members as member')
    .innerJoin('people', 'people.id', 'member.person_id')
    .innerJoin('cohort_members as theirs', 'theirs.person_id', 'member.person_id')
    .innerJoin('cohorts', 'cohorts.id', 'theirs.cohort_id')
    .select(['member.person_id', 'theirs.cohort_id'])
    .where('member.cohort_id', '=', cohortId)
    .where('member.left_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .where('theirs.left_at', 'is', null)
    .where('cohorts.archived_at', 'is', null)
    .execute();
  const people = Map.groupBy(rows, (row) => row.person_id);
  return [...people.values()].map((groups) => groups.map((row) => row.cohort_id));
}

/** Those nobody has changed since then. */
export async function deleteOldPlans(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('checkin_plans').where('changed_at', '<', before.toISOString()).execute();
}

/** Whether anybody was ever in a group. */
export const hasHadMembers = async (db: Db, cohortId: string): Promise<boolean> =>
  (await db
    .selectFrom('cohort_members')
    .select('person_id')
    .where('cohort_id', '=', cohortId)
    .executeTakeFirst()) !== undefined;

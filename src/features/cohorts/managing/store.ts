import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';

export type CohortFields = {
  name: string;
  ageGroup: string | undefined;
  /** Local dates `YYYY-MM-DD`. */
  startsOn: string | undefined;
  endsOn: string | undefined;
};

/** @returns false when there is a cohort of this id already. */
export async function insertCohort(
  db: Db,
  clock: Clock,
  { id, createdBy, ...fields }: CohortFields & { id: string; createdBy: string },
): Promise<boolean> {
  const inserted = await db
    .insertInto('cohorts')
    .values({
      id,
      ...columnsOf(fields),
      channel_id: null,
      created_by: createdBy,
      created_at: clock.now().toISOString(),
      archived_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateCohort(db: Db, id: string, fields: CohortFields): Promise<void> {
  await db.updateTable('cohorts').set(columnsOf(fields)).where('id', '=', id).execute();
}

const columnsOf = ({ name, ageGroup, startsOn, endsOn }: CohortFields) => ({
  name,
  age_group: ageGroup ?? null,
  starts_on: startsOn ?? null,
  ends_on: endsOn ?? null,
});

export async function setArchived(db: Db, id: string, at: Date | undefined): Promise<void> {
  await db
    .updateTable('cohorts')
    .set({ archived_at: at?.toISOString() ?? null })
    .where('id', '=', id)
    .execute();
}

/** Whether people are or were in a group, are expected there, or come from a channel. */
export async function isUsed(db: Db, id: string): Promise<boolean> {
  const rows = await Promise.all([
    db.selectFrom('cohort_members').select('cohort_id').where('cohort_id', '=', id).executeTakeFirst(),
    db.selectFrom('expected_trainees').select('cohort_id').where('cohort_id', '=', id).executeTakeFirst(),
    db
      .selectFrom('cohorts')
      .select('id as cohort_id')
      .where('id', '=', id)
      .where('channel_id', 'is not', null)
      .executeTakeFirst(),
  ]);
  return rows.some((row) => row !== undefined);
}

/** One that nobody is in, with the roles in it. */
export async function deleteCohort(db: Db, id: string): Promise<void> {
  await db.deleteFrom('cohorts').where('id', '=', id).execute();
}

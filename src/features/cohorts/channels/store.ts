import '../tables.ts';
import { type Cohort, toCohort } from '../../../community/cohorts.ts';
import { type Person, toPerson } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import { chunks } from '../store.ts';

/** Running cohorts that keep in step with a channel; all of them without a channel. */
export async function listFollowing(db: Db, channelId?: string): Promise<Cohort[]> {
  let query = db
    .selectFrom('cohorts')
    .selectAll()
    .where('follows_channel', '=', 1)
    .where('channel_id', 'is not', null)
    .where('archived_at', 'is', null)
    .orderBy('name');
  if (channelId !== undefined) query = query.where('channel_id', '=', channelId);
  return (await query.execute()).map(toCohort);
}

export async function setChannel(
  db: Db,
  id: string,
  { channelId, follows }: { channelId: string | undefined; follows: boolean },
): Promise<void> {
  await db
    .updateTable('cohorts')
    .set({ channel_id: channelId ?? null, follows_channel: follows ? 1 : 0 })
    .where('id', '=', id)
    .execute();
}

/** @returns the ids of those who were not known to be in the channel. */
export async function rememberInChannel(
  db: Db,
  cohortId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const fresh: string[] = [];
  for (const ids of chunks(personIds)) {
    const rows = await db
      .insertInto('cohort_channel_members')
      .values(ids.map((id) => ({ cohort_id: cohortId, person_id: id })))
      .onConflict((conflict) => conflict.columns(['cohort_id', 'person_id']).doNothing())
      .returning('person_id')
      .execute();
    fresh.push(...rows.map((row) => row.person_id));
  }
  return fresh;
}

/** @returns false when they were not known to be in the channel. */
export async function forgetInChannel(db: Db, cohortId: string, personId: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('cohort_channel_members')
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirst();
  return gone !== undefined;
}

export async function forgetChannel(db: Db, cohortId: string): Promise<void> {
  await db.deleteFrom('cohort_channel_members').where('cohort_id', '=', cohortId).execute();
}

export async function listInChannel(db: Db, cohortId: string): Promise<Person[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('cohort_channel_members', 'cohort_channel_members.person_id', 'people.id')
    .selectAll('people')
    .where('cohort_channel_members.cohort_id', '=', cohortId)
    .execute();
  return rows.map(toPerson);
}

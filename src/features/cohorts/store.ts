import { sql } from 'kysely';
import './tables.ts';
import { type Cohort, toCohort } from '../../community/cohorts.ts';
import { type Person, toPerson } from '../../community/people.ts';
import type { Db } from '../../db/schema.ts';
import type { Clock } from '../../lib/clock.ts';

/** Below SQLite's and PostgreSQL's limits on parameters, however many columns a row has. */
const rowsAtOnce = 500;

export function chunks<T>(items: readonly T[], size = rowsAtOnce): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}

/** Makes them members; whoever left comes back. @returns the ids of those who were not members before. */
export async function insertMembers(
  db: Db,
  clock: Clock,
  cohortId: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  const joined = new Set<string>();
  const at = clock.now().toISOString();
  for (const ids of chunks([...new Set(personIds)])) {
    const rows = await db
      .insertInto('cohort_members')
      .values(ids.map((id) => ({ cohort_id: cohortId, person_id: id, joined_at: at, left_at: null })))
      .onConflict((conflict) =>
        conflict
          .columns(['cohort_id', 'person_id'])
          .doUpdateSet({ joined_at: at, left_at: null, left_by: null })
          .where('cohort_members.left_at', 'is not', null),
      )
      .returning('person_id')
      .execute();
    for (const row of rows) joined.add(row.person_id);
  }
  return joined;
}

/** @returns false when they were no member. */
export async function endMembership(
  db: Db,
  clock: Clock,
  { cohortId, personId, by }: { cohortId: string; personId: string; by: string },
): Promise<boolean> {
  const ended = await db
    .updateTable('cohort_members')
    .set({ left_at: clock.now().toISOString(), left_by: by })
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', personId)
    .where('left_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** Of these people, the ones who left this cohort by their own choice. */
export async function listWhoChoseToLeave(
  db: Db,
  cohortId: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  const chose = new Set<string>();
  for (const ids of chunks(personIds)) {
    const rows = await db
      .selectFrom('cohort_members')
      .select('person_id')
      .where('cohort_id', '=', cohortId)
      .where('person_id', 'in', ids)
      .where('left_at', 'is not', null)
      .whereRef('left_by', '=', 'person_id')
      .execute();
    for (const row of rows) chose.add(row.person_id);
  }
  return chose;
}

/** When and by whom a membership ended, if it did. */
export async function findLeaving(
  db: Db,
  cohortId: string,
  personId: string,
): Promise<{ at: Date; by: string | undefined } | undefined> {
  const row = await db
    .selectFrom('cohort_members')
    .select(['left_at', 'left_by'])
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row?.left_at ? { at: new Date(row.left_at), by: row.left_by ?? undefined } : undefined;
}

/** How many people each cohort has now, and how many are expected there. Cohorts without any are left out. */
export async function countPeople(db: Db): Promise<Map<string, { members: number; expected: number }>> {
  const members = await db
    .selectFrom('cohort_members')
    .innerJoin('people', 'people.id', 'cohort_members.person_id')
    .select(['cohort_members.cohort_id', sql<number>`count(*)`.as('number')])
    .where('cohort_members.left_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .groupBy('cohort_members.cohort_id')
    .execute();
  const expected = await db
    .selectFrom('expected_trainees')
    .select(['cohort_id', sql<number>`count(*)`.as('number')])
    .where('state', '!=', 'draft')
    .where('cohort_id', 'is not', null)
    .groupBy('cohort_id')
    .execute();
  const counts = new Map<string, { members: number; expected: number }>();
  const of = (id: string) => counts.get(id) ?? { members: 0, expected: 0 };
  for (const row of members) counts.set(row.cohort_id, { ...of(row.cohort_id), members: Number(row.number) });
  for (const row of expected)
    if (row.cohort_id) counts.set(row.cohort_id, { ...of(row.cohort_id), expected: Number(row.number) });
  return counts;
}

/** One page of a cohort's people, by name, and how many there are in all. */
export async function listMembersPage(
  db: Db,
  cohortId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ people: Person[]; total: number }> {
  const current = db
    .selectFrom('people')
    .innerJoin('cohort_members', 'cohort_members.person_id', 'people.id')
    .where('cohort_members.cohort_id', '=', cohortId)
    .where('cohort_members.left_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external']);
  const rows = await current
    .selectAll('people')
    .orderBy(sql`lower(people.display_name)`)
    .orderBy('people.id')
    .limit(limit)
    .offset(offset)
    .execute();
  const counted = await current.select(sql<number>`count(*)`.as('number')).executeTakeFirstOrThrow();
  return { people: rows.map(toPerson), total: Number(counted.number) };
}

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

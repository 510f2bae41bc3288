import { sql } from 'kysely';
import { z } from 'zod';
import { type Person, toPerson } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import { chunks } from '../store.ts';

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

/** Of these people, the ones who are in it now. */
export async function listMembersAmong(
  db: Db,
  cohortId: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  const members = new Set<string>();
  for (const ids of chunks(personIds)) {
    const rows = await db
      .selectFrom('cohort_members')
      .select('person_id')
      .where('cohort_id', '=', cohortId)
      .where('person_id', 'in', ids)
      .where('left_at', 'is', null)
      .execute();
    for (const row of rows) members.add(row.person_id);
  }
  return members;
}

/** Who facilitates this cohort, by a role for it or for all. */
export async function listLeads(db: Db, cohortId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('roles')
    .select('person_id')
    .where('role', '=', 'facilitator')
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('cohort_id', '=', cohortId), eb('cohort_id', 'is', null)]))
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** Whom this addition brought in, without those whom a later one brought in again. */
export async function listAddedBy(db: Db, cohortId: string, addition: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_log')
    .select('detail')
    .where('action', '=', 'cohorts.add')
    .where('subject', '=', cohortId)
    .orderBy('id')
    .execute();
  const added = rows.map((row) => addedDetail.parse(JSON.parse(row.detail)));
  const last = new Map(added.map((one) => [one.personId, one.addition]));
  return [...last].flatMap(([personId, by]) => (by === addition ? personId : []));
}

const addedDetail = z.object({ personId: z.string(), addition: z.string().optional() });

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

const current = (db: Db, cohortId: string) =>
  db
    .selectFrom('people')
    .innerJoin('cohort_members', 'cohort_members.person_id', 'people.id')
    .where('cohort_members.cohort_id', '=', cohortId)
    .where('cohort_members.left_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external']);

/** Without the deactivated, bots and people from elsewhere. */
export async function countMembers(db: Db, cohortId: string): Promise<number> {
  const counted = await current(db, cohortId)
    .select(sql<number>`count(*)`.as('number'))
    .executeTakeFirstOrThrow();
  return Number(counted.number);
}

/**
 * The same people, who joined first on top. Not by name: of whoever said no to the community agreement none is kept, and the
 * order would tell who that is.
 */
export async function listMembers(
  db: Db,
  cohortId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<Person[]> {
  const rows = await current(db, cohortId)
    .selectAll('people')
    .orderBy('cohort_members.joined_at')
    .orderBy('people.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(toPerson);
}

import { sql } from 'kysely';
import './tables.ts';
import { type Person, toPerson } from '../../community/people.ts';
import type { Db } from '../../db/schema.ts';

/** Below SQLite's and PostgreSQL's limits on parameters, however many columns a row has. */
const rowsAtOnce = 500;

export function chunks<T>(items: readonly T[], size = rowsAtOnce): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}

/** How many people each of these cohorts has now, and how many are expected there. Those without any are left out. */
export async function countPeople(
  db: Db,
  cohortIds: readonly string[],
): Promise<Map<string, { members: number; expected: number }>> {
  const members = await db
    .selectFrom('cohort_members')
    .innerJoin('people', 'people.id', 'cohort_members.person_id')
    .select(['cohort_members.cohort_id', sql<number>`count(*)`.as('number')])
    .where('cohort_members.cohort_id', 'in', cohortIds)
    .where('cohort_members.left_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .groupBy('cohort_members.cohort_id')
    .execute();
  const expected = await db
    .selectFrom('expected_trainees')
    .select(['cohort_id', sql<number>`count(*)`.as('number')])
    .where('state', '!=', 'draft')
    .where('cohort_id', 'in', cohortIds)
    .groupBy('cohort_id')
    .execute();
  const counts = new Map<string, { members: number; expected: number }>();
  const of = (id: string) => counts.get(id) ?? { members: 0, expected: 0 };
  for (const row of members) counts.set(row.cohort_id, { ...of(row.cohort_id), members: Number(row.number) });
  for (const row of expected)
    if (row.cohort_id) counts.set(row.cohort_id, { ...of(row.cohort_id), expected: Number(row.number) });
  return counts;
}

/** Of these Slack ids, the people of whom Slack has said who they are. */
export async function listKnownPeople(db: Db, slackIds: readonly string[]): Promise<Person[]> {
  const known: Person[] = [];
  for (const ids of chunks(slackIds)) {
    const rows = await db
      .selectFrom('people')
      .selectAll()
      .where('slack_id', 'in', ids)
      .where('kind', '!=', 'unknown')
      .execute();
    known.push(...rows.map(toPerson));
  }
  return known;
}

import type { Selectable } from 'kysely';
import { z } from 'zod';
import '../tables.ts';
import type { Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import type { Part } from '../content.ts';
import type { ModulePartsTable } from '../tables.ts';

const state = z.enum(['begun', 'done', 'skipped']);

/** How far somebody is with one part. */
export type Standing = {
  partId: string;
  state: z.output<typeof state>;
  /** The one they opened last. */
  isLatest: boolean;
  /** As it was when they had done it. */
  done: { on: string; label: string; minutes: number } | undefined;
};

export function toStanding(row: Selectable<ModulePartsTable>): Standing {
  return {
    partId: row.part_id,
    state: state.parse(row.state),
    isLatest: row.is_latest === 1,
    done:
      row.done_on === null
        ? undefined
        : { on: row.done_on, label: row.label ?? '', minutes: row.minutes ?? 0 },
  };
}

/** By the part's id; parts that are no longer in the module among them. */
export async function listStandings(db: Db, personId: string): Promise<Map<string, Standing>> {
  const rows = await db.selectFrom('module_parts').selectAll().where('person_id', '=', personId).execute();
  return new Map(rows.map((row) => [row.part_id, toStanding(row)]));
}

/** They opened it: it is where they are now. What is done stays done; what was skipped is begun. */
export async function recordOpened(trx: Db, personId: string, partId: string): Promise<void> {
  await trx
    .updateTable('module_parts')
    .set({ is_latest: 0 })
    .where('person_id', '=', personId)
    .where('part_id', '!=', partId)
    .execute();
  await trx
    .insertInto('module_parts')
    .values({ person_id: personId, part_id: partId, state: 'begun', is_latest: 1, ...notDone })
    .onConflict((conflict) => conflict.columns(['person_id', 'part_id']).doUpdateSet({ is_latest: 1 }))
    .execute();
  await trx
    .updateTable('module_parts')
    .set({ state: 'begun' })
    .where('person_id', '=', personId)
    .where('part_id', '=', partId)
    .where('state', '=', 'skipped')
    .execute();
}

/** @returns false when it was done already, which stays as it was. */
export async function recordDone(db: Db, personId: string, part: Part, on: string): Promise<boolean> {
  const done = { state: 'done', done_on: on, label: part.label, minutes: part.suggested_minutes };
  const row = await db
    .insertInto('module_parts')
    .values({ person_id: personId, part_id: part.id, ...done })
    .onConflict((conflict) =>
      conflict.columns(['person_id', 'part_id']).doUpdateSet(done).where('module_parts.state', '!=', 'done'),
    )
    .returning('part_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** What is done is not skipped afterwards, by a button in an older window. */
export async function recordSkipped(db: Db, personId: string, partId: string): Promise<void> {
  await db
    .insertInto('module_parts')
    .values({ person_id: personId, part_id: partId, state: 'skipped', ...notDone })
    .onConflict((conflict) =>
      conflict
        .columns(['person_id', 'part_id'])
        .doUpdateSet({ state: 'skipped' })
        .where('module_parts.state', '!=', 'done'),
    )
    .execute();
}

/** Done is begun again; of what was skipped nothing is known any more, so that its content note comes first. */
export async function recordUndone(db: Db, personId: string, partId: string): Promise<void> {
  await db
    .deleteFrom('module_parts')
    .where('person_id', '=', personId)
    .where('part_id', '=', partId)
    .where('state', '=', 'skipped')
    .execute();
  await db
    .updateTable('module_parts')
    .set({ state: 'begun', ...notDone })
    .where('person_id', '=', personId)
    .where('part_id', '=', partId)
    .execute();
}

const notDone = { done_on: null, label: null, minutes: null };

const tally = z.object({ answered: z.number(), readers: z.literal(0), silent: z.number() });
const counted = z.object({ begun: tally, finished: tally });
/** Of those a group counts: `answered` have, `silent` have not. */
export type Counted = { begun: Tally; finished: Tally };

const toCounted = (kept: string): Counted => counted.parse(JSON.parse(kept));

/** What was last counted of these groups. */
export async function listCounted(db: Db, cohortIds: readonly string[]): Promise<Map<string, Counted>> {
  if (cohortIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('module_counts')
    .select(['cohort_id', 'counted'])
    .where('cohort_id', 'in', cohortIds)
    .execute();
  return new Map(rows.map((row) => [row.cohort_id, toCounted(row.counted)]));
}

/**
 * Running groups that were not counted on a local date.
 * @returns with `last`, which reads what was last counted, and fails where it cannot be read: a matter of its own group.
 */
export async function listToCount(
  db: Db,
  today: string,
): Promise<{ id: string; last(): Counted | undefined }[]> {
  const rows = await db
    .selectFrom('cohorts')
    .leftJoin('module_counts', 'module_counts.cohort_id', 'cohorts.id')
    .select(['cohorts.id', 'counted'])
    .where('archived_at', 'is', null)
    .where((eb) => eb.or([eb('counted_on', 'is', null), eb('counted_on', '<', today)]))
    .execute();
  return rows.map(({ id, counted: kept }) => ({
    id,
    last: () => (kept === null ? undefined : toCounted(kept)),
  }));
}

export async function recordCounted(db: Db, cohortId: string, on: string, told: Counted): Promise<void> {
  const row = { counted_on: on, counted: JSON.stringify(told) };
  await db
    .insertInto('module_counts')
    .values({ cohort_id: cohortId, ...row })
    .onConflict((conflict) => conflict.column('cohort_id').doUpdateSet(row))
    .execute();
}

/** Who is in a running group, in the order in which they joined; whoever is in several comes several times. */
export async function listCountedMembers(db: Db): Promise<{ personId: string; cohortId: string }[]> {
  const rows = await db
    .selectFrom('cohort_members')
    .innerJoin('cohorts', 'cohorts.id', 'cohort_members.cohort_id')
    .innerJoin('people', 'people.id', 'cohort_members.person_id')
    .select(['cohort_members.cohort_id', 'cohort_members.person_id'])
    .where('cohort_members.left_at', 'is', null)
    .where('cohorts.archived_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .orderBy('cohort_members.joined_at')
    .orderBy('cohort_members.cohort_id')
    .execute();
  return rows.map(({ person_id: personId, cohort_id: cohortId }) => ({ personId, cohortId }));
}

/** Of everybody, how far they are with each part. */
export async function listAllStandings(
  db: Db,
): Promise<{ personId: string; partId: string; state: string }[]> {
  const rows = await db.selectFrom('module_parts').select(['person_id', 'part_id', 'state']).execute();
  return rows.map(({ person_id: personId, part_id: partId, state }) => ({ personId, partId, state }));
}

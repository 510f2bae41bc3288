import { type Selectable, sql } from 'kysely';
import '../tables.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { chunks } from '../store.ts';
import type { ExpectedTraineesTable, TraineeImportsTable } from '../tables.ts';
import type { PlannedTrainee } from './plan.ts';

export type ImportState = 'draft' | 'running' | 'done';

export type TraineeImport = {
  id: string;
  createdBy: string;
  state: ImportState;
  cursor: string | undefined;
  added: number;
  already: number;
  leftOut: number;
  tellWhenDone: boolean;
};

export type ExpectedTrainee = {
  id: string;
  importId: string;
  email: string;
  name: string | undefined;
  cohortId: string | undefined;
  newCohort: string | undefined;
  agency: string | undefined;
  role: string | undefined;
  personId: string | undefined;
  wasLookedUp: boolean;
};

export async function insertDraft(
  db: Db,
  clock: Clock,
  createdBy: string,
  trainees: readonly PlannedTrainee[],
): Promise<string> {
  const importId = newId(clock);
  const now = clock.now().toISOString();
  await db
    .insertInto('trainee_imports')
    .values({
      id: importId,
      created_by: createdBy,
      created_at: now,
      state: 'draft',
      cursor: null,
      finished_at: null,
    })
    .execute();
  for (const part of chunks(trainees))
    await db
      .insertInto('expected_trainees')
      .values(
        part.map((one) => ({
          id: newId(clock),
          import_id: importId,
          line: one.line,
          email: one.email,
          name: one.name ?? null,
          cohort_id: one.cohortId ?? null,
          cohort_name: one.newCohort ?? null,
          agency: one.agency ?? null,
          role: one.role ?? null,
          state: 'draft',
          person_id: null,
          looked_up_at: null,
          created_at: now,
        })),
      )
      .execute();
  return importId;
}

export async function findImport(db: Db, id: string): Promise<TraineeImport | undefined> {
  const row = await db.selectFrom('trainee_imports').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toImport(row);
}

/** The next one that still has addresses to look up, oldest first. */
export async function findRunningImport(db: Db, createdBy?: string): Promise<TraineeImport | undefined> {
  let query = db
    .selectFrom('trainee_imports')
    .selectAll()
    .where('state', '=', 'running')
    .orderBy('created_at');
  if (createdBy !== undefined) query = query.where('created_by', '=', createdBy);
  const row = await query.executeTakeFirst();
  return row && toImport(row);
}

export async function updateImport(
  db: Db,
  id: string,
  change: { state?: ImportState; cursor?: string | null; tellWhenDone?: boolean; finishedAt?: Date },
): Promise<void> {
  await db
    .updateTable('trainee_imports')
    .set({
      ...(change.state && { state: change.state }),
      ...(change.cursor !== undefined && { cursor: change.cursor }),
      ...(change.tellWhenDone !== undefined && { tell_when_done: change.tellWhenDone ? 1 : 0 }),
      ...(change.finishedAt && { finished_at: change.finishedAt.toISOString() }),
    })
    .where('id', '=', id)
    .execute();
}

export async function countUp(
  db: Db,
  id: string,
  more: { added?: number; already?: number; leftOut?: number },
): Promise<void> {
  await db
    .updateTable('trainee_imports')
    .set((eb) => ({
      added: eb('added', '+', more.added ?? 0),
      already: eb('already', '+', more.already ?? 0),
      left_out: eb('left_out', '+', more.leftOut ?? 0),
    }))
    .where('id', '=', id)
    .execute();
}

/** How many of an import's rows stand where. */
export async function countRows(db: Db, importId: string): Promise<{ looking: number; waiting: number }> {
  const rows = await db
    .selectFrom('expected_trainees')
    .select(['state', sql<number>`count(*)`.as('number')])
    .where('import_id', '=', importId)
    .groupBy('state')
    .execute();
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.number ?? 0);
  return { looking: of('looking'), waiting: of('waiting') };
}

/** Of a draft's rows: how many people are here already, and for how many rows Slack has been asked. */
export async function countLookedUp(db: Db, importId: string): Promise<{ here: number; lookedUp: number }> {
  const row = await db
    .selectFrom('expected_trainees')
    .select([sql<number>`count(person_id)`.as('here'), sql<number>`count(looked_up_at)`.as('asked')])
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow();
  return { here: Number(row.here), lookedUp: Number(row.asked) };
}

export async function listRows(
  db: Db,
  importId: string,
  state: 'draft' | 'looking' | 'waiting',
  limit?: number,
): Promise<ExpectedTrainee[]> {
  let query = db
    .selectFrom('expected_trainees')
    .selectAll()
    .where('import_id', '=', importId)
    .where('state', '=', state)
    .orderBy('line')
    .orderBy('id');
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(toExpected);
}

/** Everything that is known under one address, drafts included. */
export async function listByEmail(
  db: Db,
  email: string,
): Promise<(ExpectedTrainee & { isDraft: boolean })[]> {
  const rows = await db
    .selectFrom('expected_trainees')
    .selectAll()
    .where('email', '=', email)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({ ...toExpected(row), isDraft: row.state === 'draft' }));
}

export async function setState(db: Db, ids: readonly string[], state: 'looking' | 'waiting'): Promise<void> {
  for (const part of chunks(ids))
    await db.updateTable('expected_trainees').set({ state }).where('id', 'in', part).execute();
}

export async function setCohort(
  db: Db,
  importId: string,
  newCohort: string,
  cohortId: string,
): Promise<void> {
  await db
    .updateTable('expected_trainees')
    .set({ cohort_id: cohortId, cohort_name: null })
    .where('import_id', '=', importId)
    .where('cohort_name', '=', newCohort)
    .execute();
}

/** What Slack said about an address of a draft. */
export async function recordLookUp(
  db: Db,
  clock: Clock,
  { importId, email, personId }: { importId: string; email: string; personId: string | undefined },
): Promise<void> {
  await db
    .updateTable('expected_trainees')
    .set({ person_id: personId ?? null, looked_up_at: clock.now().toISOString() })
    .where('import_id', '=', importId)
    .where('email', '=', email)
    .execute();
}

export async function deleteRows(db: Db, ids: readonly string[]): Promise<void> {
  for (const part of chunks(ids)) await db.deleteFrom('expected_trainees').where('id', 'in', part).execute();
}

/** An import that names somebody again takes the place of what was expected of them before. */
export async function deleteOlder(db: Db, importId: string): Promise<void> {
  await db
    .deleteFrom('expected_trainees')
    .where('import_id', '!=', importId)
    .where('state', '!=', 'draft')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('expected_trainees as newer')
          .select('newer.id')
          .where('newer.import_id', '=', importId)
          .whereRef('newer.email', '=', 'expected_trainees.email')
          .where(sql<boolean>`coalesce(newer.cohort_id, '') = coalesce(expected_trainees.cohort_id, '')`),
      ),
    )
    .execute();
}

export async function deleteImport(db: Db, id: string): Promise<void> {
  // Without counting on the cascade: a connection may have foreign keys off.
  await db.deleteFrom('expected_trainees').where('import_id', '=', id).execute();
  await db.deleteFrom('trainee_imports').where('id', '=', id).execute();
}

const expectedIn = (db: Db, cohortId: string | undefined) =>
  db
    .selectFrom('expected_trainees')
    .where('state', '!=', 'draft')
    .where('cohort_id', cohortId === undefined ? 'is' : '=', cohortId ?? null);

/** Those not in Slack yet; without a cohort, those expected in none. */
export async function countExpected(db: Db, cohortId: string | undefined): Promise<number> {
  const counted = await expectedIn(db, cohortId)
    .select(sql<number>`count(*)`.as('number'))
    .executeTakeFirstOrThrow();
  return Number(counted.number);
}

/** The same people, by address. */
export async function listExpected(
  db: Db,
  cohortId: string | undefined,
  { offset, limit }: { offset: number; limit: number },
): Promise<ExpectedTrainee[]> {
  const rows = await expectedIn(db, cohortId)
    .selectAll()
    .orderBy('email')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(toExpected);
}

export async function findExpected(db: Db, id: string): Promise<ExpectedTrainee | undefined> {
  const row = await db
    .selectFrom('expected_trainees')
    .selectAll()
    .where('id', '=', id)
    .where('state', '!=', 'draft')
    .executeTakeFirst();
  return row && toExpected(row);
}

/** @returns how many expected trainees were forgotten. */
export async function deleteExpired(db: Db, before: { drafts: Date; expected: Date }): Promise<number> {
  const drafts = await db
    .selectFrom('trainee_imports')
    .select('id')
    .where('state', '=', 'draft')
    .where('created_at', '<', before.drafts.toISOString())
    .execute();
  for (const { id } of drafts) await deleteImport(db, id);
  const gone = await db
    .deleteFrom('expected_trainees')
    .where('created_at', '<', before.expected.toISOString())
    .returning('id')
    .execute();
  await db
    .deleteFrom('trainee_imports')
    .where('created_at', '<', before.expected.toISOString())
    .where('state', '=', 'done')
    .execute();
  await db.deleteFrom('profile_hints').where('created_at', '<', before.expected.toISOString()).execute();
  return gone.length;
}

/** What an import says of somebody's work. */
export type Hint = { role: string | undefined; agency: string | undefined };

/** What is known already stays where the newer one says nothing. */
export async function insertHint(
  db: Db,
  clock: Clock,
  personId: string,
  { role, agency }: Hint,
): Promise<void> {
  const now = clock.now().toISOString();
  await db
    .insertInto('profile_hints')
    .values({ person_id: personId, role: role ?? null, organisation: agency ?? null, created_at: now })
    .onConflict((conflict) =>
      conflict.column('person_id').doUpdateSet({
        ...(role !== undefined && { role }),
        ...(agency !== undefined && { organisation: agency }),
        created_at: now,
      }),
    )
    .execute();
}

/** Of those who have agreed to the community agreement; of `only` this person, when there is one. A number at a time. */
export async function listHintsToUse(
  db: Db,
  only?: { personId: string },
): Promise<(Hint & { personId: string })[]> {
  let query = db
    .selectFrom('profile_hints')
    .selectAll('profile_hints')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('consents')
          .select('consents.id')
          .whereRef('consents.person_id', '=', 'profile_hints.person_id')
          .where('consents.kind', '=', 'agreement')
          .where('consents.withdrawn_at', 'is', null),
      ),
    )
    .limit(200);
  if (only) query = query.where('profile_hints.person_id', '=', only.personId);
  return (await query.execute()).map((row) => ({
    personId: row.person_id,
    role: row.role ?? undefined,
    agency: row.organisation ?? undefined,
  }));
}

export async function deleteHint(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('profile_hints').where('person_id', '=', personId).execute();
}

/** What the person wrote themselves stays. */
export async function fillProfile(
  db: Db,
  clock: Clock,
  personId: string,
  { role, agency }: Hint,
): Promise<void> {
  const [said, organisation] = [role ?? null, agency ?? null];
  await db
    .insertInto('profiles')
    .values({
      person_id: personId,
      role: said,
      organisation,
      introduction: null,
      access_needs: null,
      updated_at: clock.now().toISOString(),
    })
    .onConflict((conflict) =>
      conflict.column('person_id').doUpdateSet((eb) => ({
        role: eb.fn.coalesce('profiles.role', eb.val(said)),
        organisation: eb.fn.coalesce('profiles.organisation', eb.val(organisation)),
      })),
    )
    .execute();
}

const toImport = (row: Selectable<TraineeImportsTable>): TraineeImport => ({
  id: row.id,
  createdBy: row.created_by,
  state: row.state as ImportState,
  cursor: row.cursor ?? undefined,
  added: row.added,
  already: row.already,
  leftOut: row.left_out,
  tellWhenDone: row.tell_when_done === 1,
});

const toExpected = (row: Selectable<ExpectedTraineesTable>): ExpectedTrainee => ({
  id: row.id,
  importId: row.import_id,
  email: row.email,
  name: row.name ?? undefined,
  cohortId: row.cohort_id ?? undefined,
  newCohort: row.cohort_name ?? undefined,
  agency: row.agency ?? undefined,
  role: row.role ?? undefined,
  personId: row.person_id ?? undefined,
  wasLookedUp: row.looked_up_at !== null,
});

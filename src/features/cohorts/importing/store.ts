import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import '../tables.ts';
import { forPerson, type SealedColumn } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
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

/** What a list says of somebody, sealed until they are matched. Their address is found again by its mark. */
const said = z.object({
  email: z.string(),
  name: z.string().optional(),
  agency: z.string().optional(),
  role: z.string().optional(),
});
const rowPlace = (id: string) => `expected-trainee:${id}`;

const sealSaid = (vault: Vault, id: string, { email, name, agency, role }: z.output<typeof said>) => ({
  mark: vault.markOf(email),
  sealed: vault.sealFor('programme', JSON.stringify({ email, name, agency, role }), rowPlace(id)),
});

export async function insertDraft(
  db: Db,
  { clock, vault }: { clock: Clock; vault: Vault },
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
        part.map((one) => {
          const id = newId(clock);
          return {
            id,
            import_id: importId,
            line: one.line,
            ...sealSaid(vault, id, one),
            cohort_id: one.cohortId ?? null,
            cohort_name: one.newCohort ?? null,
            state: 'draft',
            person_id: null,
            looked_up_at: null,
            created_at: now,
          };
        }),
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

/** How many of an import's people stand where. Those who wait in no group are counted apart. */
export async function countRows(
  db: Db,
  importId: string,
): Promise<{ looking: number; waiting: number; waitingInNone: number }> {
  const rows = await db
    .selectFrom('expected_trainees')
    .select([
      'state',
      sql<number>`count(distinct mark)`.as('people'),
      sql<number>`count(distinct case when cohort_id is not null then mark end)`.as('placed'),
    ])
    .where('import_id', '=', importId)
    .groupBy('state')
    .execute();
  const of = (state: string) => rows.find((row) => row.state === state) ?? { people: 0, placed: 0 };
  const [looking, waiting] = [of('looking'), of('waiting')];
  const placed = Number(waiting.placed);
  return {
    looking: Number(looking.people),
    waiting: placed,
    waitingInNone: Number(waiting.people) - placed,
  };
}

/** Of a draft's people: how many are here already, and about how many Slack has been asked. */
export async function countLookedUp(db: Db, importId: string): Promise<{ here: number; lookedUp: number }> {
  const row = await db
    .selectFrom('expected_trainees')
    .select([
      sql<number>`count(distinct person_id)`.as('here'),
      sql<number>`count(distinct case when looked_up_at is not null then mark end)`.as('asked'),
    ])
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow();
  return { here: Number(row.here), lookedUp: Number(row.asked) };
}

export async function listRows(
  db: Db,
  vault: Vault,
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
  return (await query.execute()).flatMap((row) => toExpected(vault, row) ?? []);
}

/** Everything that is known under one address, drafts included. */
export async function listByEmail(
  db: Db,
  vault: Vault,
  email: string,
): Promise<(ExpectedTrainee & { isDraft: boolean })[]> {
  const rows = await db
    .selectFrom('expected_trainees')
    .selectAll()
    .where('mark', '=', vault.markOf(email))
    .orderBy('created_at')
    .execute();
  return rows.flatMap((row) => {
    const expected = toExpected(vault, row);
    return expected ? [{ ...expected, isDraft: row.state === 'draft' }] : [];
  });
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
  { clock, vault }: { clock: Clock; vault: Vault },
  { importId, email, personId }: { importId: string; email: string; personId: string | undefined },
): Promise<void> {
  await db
    .updateTable('expected_trainees')
    .set({ person_id: personId ?? null, looked_up_at: clock.now().toISOString() })
    .where('import_id', '=', importId)
    .where('mark', '=', vault.markOf(email))
    .execute();
}

export async function deleteRows(db: Db, ids: readonly string[]): Promise<void> {
  for (const part of chunks(ids)) await db.deleteFrom('expected_trainees').where('id', 'in', part).execute();
}

/** Whoever a list names without a group stays in the one in which they are expected already. */
export async function keepExpectedGroups(db: Db, importId: string): Promise<void> {
  await db
    .updateTable('expected_trainees')
    .set((eb) => ({
      cohort_id: eb
        .selectFrom('expected_trainees as older')
        .innerJoin('cohorts', 'cohorts.id', 'older.cohort_id')
        .select((of) => of.fn.min('older.cohort_id').as('cohort_id'))
        .where('older.import_id', '!=', importId)
        .where('older.state', '!=', 'draft')
        .where('cohorts.archived_at', 'is', null)
        .whereRef('older.mark', '=', 'expected_trainees.mark'),
    }))
    .where('import_id', '=', importId)
    .where('cohort_id', 'is', null)
    .execute();
}

/** An import that names somebody again takes the place of what was expected of them before: in its group, or in none. */
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
          .whereRef('newer.mark', '=', 'expected_trainees.mark')
          .where((of) =>
            of.or([
              of('expected_trainees.cohort_id', 'is', null),
              of('newer.cohort_id', '=', of.ref('expected_trainees.cohort_id')),
            ]),
          ),
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

/** The same people, by address: all of them are opened, since sealed they have no order. */
export async function listExpected(
  db: Db,
  vault: Vault,
  cohortId: string | undefined,
  { offset, limit }: { offset: number; limit: number },
): Promise<ExpectedTrainee[]> {
  const rows = await expectedIn(db, cohortId).selectAll().orderBy('id').execute();
  return rows
    .flatMap((row) => toExpected(vault, row) ?? [])
    .toSorted((one, other) => (one.email < other.email ? -1 : one.email > other.email ? 1 : 0))
    .slice(offset, offset + limit);
}

export async function findExpected(db: Db, vault: Vault, id: string): Promise<ExpectedTrainee | undefined> {
  const row = await db
    .selectFrom('expected_trainees')
    .selectAll()
    .where('id', '=', id)
    .where('state', '!=', 'draft')
    .executeTakeFirst();
  return row && toExpected(vault, row);
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

const hint = z.object({ role: z.string().optional(), agency: z.string().optional() });
const hintPlace = (personId: string) => `profile-hint:${personId}`;

/** Where what lists say of people is sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'expected_trainees',
    by: ['id'],
    owner: () => 'programme',
    place: ({ id }) => rowPlace(id),
  },
  forPerson({
    table: 'profile_hints',
    by: ['person_id'],
    place: ({ person_id }) => hintPlace(person_id),
  }),
];

/** What is known already stays where the newer one says nothing. */
export async function insertHint(
  db: Db,
  { clock, vault }: { clock: Clock; vault: Vault },
  personId: string,
  { role, agency }: Hint,
): Promise<void> {
  const before = await db
    .selectFrom('profile_hints')
    .select('sealed')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  const known = before && openHint(vault, personId, before.sealed);
  const merged = { role: role ?? known?.role, agency: agency ?? known?.agency };
  const row = {
    sealed: vault.sealFor({ person: personId }, JSON.stringify(merged), hintPlace(personId)),
    created_at: clock.now().toISOString(),
  };
  await db
    .insertInto('profile_hints')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

export const openHint = (vault: Vault, personId: string, sealed: string | null) =>
  sealed === null ? undefined : openJson(vault, { person: personId }, sealed, hintPlace(personId), hint);

/** Of those who have agreed to the community agreement; of `only` this person, when there is one. A number at a time. */
export async function listHintsToUse(
  db: Db,
  vault: Vault,
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
  return (await query.execute()).map(({ person_id: personId, sealed }) => {
    const { role, agency } = openHint(vault, personId, sealed) ?? {};
    return { personId, role, agency };
  });
}

export async function deleteHint(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('profile_hints').where('person_id', '=', personId).execute();
}

/** Seals what versions before 0008 kept in clear, in a transaction. Doing it again changes nothing. */
export async function sealOldHints(db: Db, vault: Vault): Promise<void> {
  const rows = await db
    .selectFrom('profile_hints')
    .selectAll()
    .where('sealed', 'is', null)
    .$castTo<{ person_id: string; role: string | null; organisation: string | null; created_at: string }>()
    .execute();
  for (const { person_id: personId, role, organisation, created_at: at } of rows) {
    const clock = { now: () => new Date(at) };
    await insertHint(db, { clock, vault }, personId, {
      role: role ?? undefined,
      agency: organisation ?? undefined,
    });
    await db
      .updateTable('profile_hints')
      .set({ role: null, organisation: null })
      .where('person_id', '=', personId)
      .execute();
  }
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

/** Undefined when it cannot be opened with this key. */
export function toExpected(
  vault: Vault,
  row: Selectable<ExpectedTraineesTable>,
): ExpectedTrainee | undefined {
  const opened = openJson(vault, 'programme', row.sealed, rowPlace(row.id), said);
  return (
    opened && {
      id: row.id,
      importId: row.import_id,
      email: opened.email,
      name: opened.name,
      agency: opened.agency,
      role: opened.role,
      cohortId: row.cohort_id ?? undefined,
      newCohort: row.cohort_name ?? undefined,
      personId: row.person_id ?? undefined,
      wasLookedUp: row.looked_up_at !== null,
    }
  );
}

type Before = {
  expected_trainees_before_0008: Omit<ExpectedTraineesTable, 'mark' | 'sealed'> & {
    email: string;
    name: string | null;
    agency: string | null;
    role: string | null;
  };
};

/** Seals what versions before 0008 kept in clear, in a transaction. */
export async function sealOldTrainees(db: Db, vault: Vault): Promise<void> {
  const before = db as unknown as Kysely<Before>;
  for (const { email, name, agency, role, ...row } of await before
    .selectFrom('expected_trainees_before_0008')
    .selectAll()
    .execute()) {
    const told = { email, name: name ?? undefined, agency: agency ?? undefined, role: role ?? undefined };
    await db
      .insertInto('expected_trainees')
      .values({ ...row, ...sealSaid(vault, row.id, told) })
      .execute();
  }
  await before.schema.dropTable('expected_trainees_before_0008').execute();
}

import { audit } from '../../../community/audit.ts';
import { findCohort, listCohorts } from '../../../community/cohorts.ts';
import { listPeople, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { decodeText } from '../../../content/csv.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { downloadFile, type FileAnswer } from '../../../slack/files.ts';
import type { SentFile } from '../../../slack/form.ts';
import { pageOf, type Turn } from '../../../slack/paging.ts';
import type { CohortsDeps } from '../deps.ts';
import { sameName } from '../managing/fields.ts';
import { insertCohortFor } from '../managing/make.ts';
import { enrol, tellJoined } from '../members/membership.ts';
import { chunks } from '../store.ts';
import { type CsvAnswer, readTrainees, type TraineeList } from './csv.ts';
import { rememberHint } from './hints.ts';
import { byPerson, type ImportPlan, planImport } from './plan.ts';
import {
  countRows,
  countUp,
  deleteImport,
  deleteOlder,
  deleteRows,
  type ExpectedTrainee,
  findImport,
  insertDraft,
  keepExpectedGroups,
  listRows,
  setCohort,
  setState,
  updateImport,
} from './store.ts';

export type DraftOutcome =
  | { kind: 'not-allowed' }
  | Exclude<CsvAnswer, { kind: 'rows' }>
  | { kind: 'nothing-to-import'; plan: ImportPlan }
  | ({ kind: 'draft'; importId: string; plan: ImportPlan } & Pick<TraineeList, 'guessed' | 'unusedHeadings'>);

/** Reads a list and writes it down as a draft: a dry run, nobody is added or expected yet. */
export async function draftImport(
  deps: CohortsDeps,
  { actor, text, cohortId }: { actor: Actor; text: string; cohortId: string | undefined },
): Promise<DraftOutcome> {
  const { db } = deps;
  if (!may(actor, 'trainees.import', cohortId === undefined ? {} : { cohortId }))
    return { kind: 'not-allowed' };
  const cohorts = await listCohorts(db);
  const answer = readTrainees(text, (name) => cohorts.some((cohort) => sameName(cohort.name, name)));
  if (answer.kind !== 'rows') return answer;
  const { rows, outside, guessed, unusedHeadings } = answer;
  const rules = {
    cohorts,
    mayImportTo: (id: string) => may(actor, 'trainees.import', { cohortId: id }),
    mayCreate: may(actor, 'cohorts.create'),
    defaultCohortId: cohortId,
  };
  const plan = planImport(rows, rules, outside);
  if (plan.trainees.length === 0) return { kind: 'nothing-to-import', plan };
  const importId = await db
    .transaction()
    .execute((trx) => insertDraft(trx, deps, actor.person.id, plan.trainees));
  return { kind: 'draft', importId, plan, guessed, unusedHeadings };
}

export type DraftPage = Turn & {
  importId: string;
  /** Each with their places. */
  people: (readonly [ExpectedTrainee, ...ExpectedTrainee[]])[];
  /** Names of groups by their ids. */
  groups: ReadonlyMap<string, string>;
  total: number;
};

/** A page of those who are on a list that was checked and not imported yet; only for whoever brought it. */
export async function readDraft(
  { db, vault }: Pick<CohortsDeps, 'db' | 'vault'>,
  { actor, importId, wanted, size }: { actor: Actor; importId: string; wanted: number; size: number },
): Promise<DraftPage | undefined> {
  const draft = await findImport(db, importId);
  if (draft?.state !== 'draft' || draft.createdBy !== actor.person.id || !may(actor, 'trainees.import'))
    return undefined;
  const all = byPerson(await listRows(db, vault, importId, 'draft'));
  const { shown: people, ...turn } = pageOf(all, wanted, size);
  return { ...turn, importId, people, groups: await groupNames(db), total: all.length };
}

export const groupNames = async (db: Db): Promise<ReadonlyMap<string, string>> =>
  new Map((await listCohorts(db)).map(({ id, name }) => [id, name]));

export type FileOutcome = DraftOutcome | Exclude<FileAnswer, { kind: 'bytes' }>;

/** The same with a file from a form. */
export async function draftFile(
  deps: CohortsDeps,
  { file, ...request }: { actor: Actor; file: SentFile; cohortId: string | undefined },
): Promise<FileOutcome> {
  const answer = await downloadFile(deps, file);
  if (answer.kind !== 'bytes') return answer;
  const text = decodeText(answer.bytes);
  return text === undefined ? { kind: 'not-text' } : draftImport(deps, { ...request, text });
}

export type ConfirmOutcome =
  | { kind: 'not-yours' }
  /** Sent twice, or dropped meanwhile. */
  | { kind: 'gone' }
  | { kind: 'confirmed'; importId: string };

/**
 * Does what the dry run showed: whoever is here already joins their group, whoever is not is expected. Addresses that
 * were not looked up yet are, by `lookUpTrainees`.
 */
export async function confirmImport(
  deps: CohortsDeps,
  { actor, importId, makeGroups }: { actor: Actor; importId: string; makeGroups: boolean },
): Promise<ConfirmOutcome> {
  const { db, clock } = deps;
  const joined: { cohortId: string; people: Person[] }[] = [];
  const outcome = await db.transaction().execute(async (trx): Promise<ConfirmOutcome> => {
    const draft = await findImport(trx, importId);
    if (!draft) return { kind: 'gone' };
    if (draft.createdBy !== actor.person.id || !may(actor, 'trainees.import')) return { kind: 'not-yours' };
    if (draft.state !== 'draft') return { kind: 'confirmed', importId };
    await settleGroups(deps, trx, { actor, importId, makeGroups });
    await dropWhatIsNotAllowed(deps, trx, actor, importId);
    await keepExpectedGroups(trx, importId);
    await deleteOlder(trx, importId);
    const rows = await listRows(trx, deps.vault, importId, 'draft');
    const here = rows.filter(({ personId }) => personId !== undefined);
    joined.push(...(await land(deps, trx, importId, here)));
    const away = rows.filter(({ personId }) => personId === undefined);
    const lookedUp = Object.groupBy(away, ({ wasLookedUp }) => (wasLookedUp ? 'waiting' : 'looking'));
    for (const state of ['waiting', 'looking'] as const)
      await setState(trx, (lookedUp[state] ?? []).map(idOf), state);
    const isDone = (lookedUp.looking ?? []).length === 0;
    await updateImport(trx, importId, {
      state: isDone ? 'done' : 'running',
      ...(isDone && { finishedAt: clock.now() }),
    });
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'trainees.import',
      subject: importId,
      detail: { rows: rows.length, makeGroups },
    });
    return { kind: 'confirmed', importId };
  });
  for (const { cohortId, people } of joined) await tellJoined(deps, cohortId, people);
  deps.homeChanged(actor.person.id);
  return outcome;
}

const idOf = ({ id }: { id: string }): string => id;

/** Groups that do not exist yet are made, or their people left out. */
async function settleGroups(
  { clock, vault }: CohortsDeps,
  trx: Db,
  { actor, importId, makeGroups }: { actor: Actor; importId: string; makeGroups: boolean },
): Promise<void> {
  const rows = (await listRows(trx, vault, importId, 'draft')).filter(
    ({ newCohort }) => newCohort !== undefined,
  );
  if (!makeGroups || !may(actor, 'cohorts.create')) {
    await deleteRows(trx, rows.map(idOf));
    await countUp(trx, importId, { leftOut: rows.length });
    return;
  }
  const known = await listCohorts(trx);
  for (const name of new Set(rows.flatMap(({ newCohort }) => newCohort ?? []))) {
    let cohort = known.find((one) => sameName(one.name, name));
    if (!cohort) {
      const fields = { name, ageGroup: undefined, startsOn: undefined, endsOn: undefined };
      cohort = await insertCohortFor(trx, clock, actor, newId(clock), fields);
      known.push(cohort);
    }
    await setCohort(trx, importId, name, cohort.id);
  }
}

/** Roles may have changed, or a group been archived, since the dry run. Whoever just made a group runs it. */
async function dropWhatIsNotAllowed(
  { vault }: CohortsDeps,
  trx: Db,
  actor: Actor,
  importId: string,
): Promise<void> {
  const rows = await listRows(trx, vault, importId, 'draft');
  for (const cohortId of new Set(rows.map((row) => row.cohortId))) {
    if (cohortId !== undefined) {
      const cohort = await findCohort(trx, cohortId);
      if (cohort && !cohort.isArchived && may(actor, 'trainees.import', { cohortId })) continue;
    } else if (may(actor, 'cohorts.create')) continue;
    const dropped = rows.filter((row) => row.cohortId === cohortId);
    await deleteRows(trx, dropped.map(idOf));
    await countUp(trx, importId, { leftOut: dropped.length });
  }
}

/**
 * People who were expected are here: into their groups, what the list says of their work is kept for their profile, and
 * the rows with the addresses go. Call it in a transaction and `tellJoined` after it.
 */
export async function land(
  deps: CohortsDeps,
  trx: Db,
  importId: string,
  rows: readonly ExpectedTrainee[],
): Promise<{ cohortId: string; people: Person[] }[]> {
  const people = new Map<string, Person>();
  for (const ids of chunks(rows.flatMap(({ personId }) => personId ?? [])))
    for (const person of await listPeople(trx, ids)) people.set(person.id, person);
  const joined: { cohortId: string; people: Person[] }[] = [];
  for (const [cohortId, group] of Map.groupBy(rows, (row) => row.cohortId)) {
    const who = group.flatMap(({ personId }) => people.get(personId ?? '') ?? []);
    if (cohortId === undefined) {
      await countUp(trx, importId, { leftOut: who.length });
      continue;
    }
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || cohort.isArchived) continue;
    const enrolment = await enrol(deps, trx, { cohortId, people: who, by: 'import', respectLeaving: true });
    joined.push({ cohortId, people: enrolment.added });
    await countUp(trx, importId, {
      added: enrolment.added.length,
      already: enrolment.already.length,
      leftOut: who.length - enrolment.added.length - enrolment.already.length,
    });
  }
  for (const row of rows) {
    const person = people.get(row.personId ?? '');
    if (person && (person.kind === 'member' || person.kind === 'guest'))
      await rememberHint(trx, deps, person.id, row);
  }
  await deleteRows(trx, rows.map(idOf));
  return joined;
}

/** Drops a dry run that was not confirmed. */
export async function dropDraft(
  deps: CohortsDeps,
  { actor, importId }: { actor: Actor; importId: string },
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const draft = await findImport(trx, importId);
    if (draft?.state === 'draft' && draft.createdBy === actor.person.id) await deleteImport(trx, importId);
  });
}

export type ImportProgress = {
  importId: string;
  state: 'draft' | 'running' | 'done';
  added: number;
  already: number;
  leftOut: number;
  waiting: number;
  waitingInNone: number;
  looking: number;
};

/** How far an import has come; only for the one who brought it. */
export async function importProgress(
  deps: Pick<CohortsDeps, 'db'>,
  { actor, importId }: { actor: Actor; importId: string },
): Promise<ImportProgress | undefined> {
  const found = await findImport(deps.db, importId);
  if (!found || found.createdBy !== actor.person.id) return undefined;
  const counts = await countRows(deps.db, importId);
  const { state, added, already, leftOut } = found;
  return { importId, state, added, already, leftOut, ...counts };
}

import { isDeepStrictEqual } from 'node:util';
import { audit } from '../../../community/audit.ts';
import { listPeople, type Person } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { publicContacts } from '../../../safeguarding/signposts.ts';
import { type Answers, findInDraft, maskDraft, saysNothing } from '../answering/draft.ts';
import { takeBack } from '../asking/messages.ts';
import type { Prompts } from '../asking/prompts.ts';
import { countPapers, findParticipation, listMeant, listOnPaper } from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { namesKeptOut } from '../members-named.ts';
import { listReaders } from '../readers.ts';
import { holdOpen, type Round } from '../store.ts';
import { findForPaper, type PaperRefusal } from './may-enter.ts';
import { type PaperProblem, type PaperRows, readPapers } from './read-list.ts';
import {
  addOnPaper,
  addPapers,
  begunPaperOf,
  insertList,
  listEnterers,
  listPapers,
  readList,
  removeOnPaper,
  removePapers,
  takeList,
} from './store.ts';

/** More than any group has. */
const mostPapers = 500;

export type Entered =
  | { kind: 'entered'; round: Round; papers: number }
  | { kind: 'empty' }
  /** What looks like identifying detail is masked in these, to be read once more. */
  | { kind: 'masked'; round: Round; answers: Answers }
  | { kind: 'too-many' }
  | PaperRefusal;

/** One paper. @param asItIs what looked like identifying detail was seen, and is meant so. */
export async function enterPaper(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  answers: Answers,
  { asItIs = false } = {},
): Promise<Entered> {
  const found = await findForPaper(deps.db, deps.clock.now(), actor, roundId);
  if (found.kind !== 'open') return found;
  if (saysNothing(found.round.definition, { answers })) return { kind: 'empty' };
  const masked = asItIs
    ? undefined
    : mask(deps, found.round, answers, await namesKeptOut(deps.db, found.round));
  if (masked) return { kind: 'masked', round: found.round, answers: masked };
  return takeIn(deps, actor, found, async (trx) => {
    // What was begun is in it.
    await takeList(trx, deps.vault, begunPaperOf(roundId, actor.person.id));
    return [answers];
  });
}

/** The form of one was closed: what stood in it is there for them when they enter the next, for a day. */
export async function keepBegunPaper(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  answers: Answers,
): Promise<void> {
  const { db, vault, clock } = deps;
  const found = await findForPaper(db, clock.now(), actor, roundId);
  if (found.kind !== 'open') return;
  const list = begunPaperOf(roundId, actor.person.id);
  await db.transaction().execute(async (trx) => {
    await takeList(trx, vault, list);
    if (Object.keys(answers).length > 0) await insertList(trx, vault, list, [answers], clock.now());
  });
}

export const findBegunPaper = async (
  { db, vault }: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<Answers | undefined> => (await readList(db, vault, begunPaperOf(roundId, actor.person.id)))?.[0];

/** @returns undefined where nothing looks like identifying detail. */
function mask(
  { signposts }: CheckInDeps,
  { definition }: Round,
  answers: Answers,
  names: readonly string[],
): Answers | undefined {
  const draft = { answers, share: false };
  const by = { allowed: signposts && publicContacts(signposts), names };
  if (findInDraft(definition, draft, by).length === 0) return undefined;
  return maskDraft(definition, draft, by).draft.answers;
}

async function takeIn(
  deps: CheckInDeps,
  actor: Actor,
  { round, checkin }: { round: Round; checkin: { cohortId: string } },
  papers: (db: Db) => Promise<readonly Answers[] | undefined>,
): Promise<Entered> {
  const entered = await deps.db
    .transaction()
    .execute(async (trx): Promise<Entered> => {
      if (!(await holdOpen(trx, round.id))) return { kind: 'closed', round };
      const added = await papers(trx);
      if (!added) return { kind: 'empty' };
      if ((await addPapers(trx, deps, round.id, added)) > mostPapers) throw new TooManyPapersError();
      await audit(trx, deps.clock, { actor: actor.person.id, action: 'checkins.paper', subject: round.id });
      return { kind: 'entered', round, papers: added.length };
    })
    .catch((error: unknown): Entered => {
      if (error instanceof TooManyPapersError) return { kind: 'too-many' };
      throw error;
    });
  await deps.settle();
  await facilitatorsSeeChange(deps, checkin.cohortId);
  return entered;
}

/** Ends the transaction, so that nothing of it is kept. */
class TooManyPapersError extends Error {
  override name = 'TooManyPapersError';
}

export type BroughtList =
  | {
      kind: 'read';
      round: Round;
      listId: string;
      rows: PaperRows;
      /** In how many of them something that looked like identifying detail is masked. */
      masked: number;
      /** How many papers are in. */
      before: number;
      /** The lines that are the same as papers that are in. */
      same: number[];
    }
  | { kind: 'unreadable'; problem: PaperProblem; round: Round }
  | PaperRefusal;

/** Reads a list and says what would become of each row. Nothing is taken in before somebody says so. */
export async function bringList(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  list: string | Uint8Array,
): Promise<BroughtList> {
  const found = await findForPaper(deps.db, deps.clock.now(), actor, roundId);
  if (found.kind !== 'open') return found;
  const { round } = found;
  const rows = readPapers(list, round.definition.questions, mostPapers);
  if ('problem' in rows) return { kind: 'unreadable', problem: rows.problem, round };
  let masked = 0;
  const names = await namesKeptOut(deps.db, round);
  const papers = rows.taken.map(({ answers }) => {
    const seen = mask(deps, round, answers, names);
    if (seen) masked += 1;
    return seen ?? answers;
  });
  const listId = newId(deps.clock);
  if (papers.length > 0)
    await insertList(
      deps.db,
      deps.vault,
      { id: listId, roundId: round.id, personId: actor.person.id },
      papers,
      deps.clock.now(),
    );
  const isSame = await sameAsEntered(deps, deps.db, actor, round.id, papers);
  const same = rows.taken.flatMap(({ line }, index) => (isSame[index] ? [line] : []));
  return { kind: 'read', round, listId, rows, masked, before: await countPapers(deps.db, round.id), same };
}

/**
 * Which of these are the same as papers that are in, each of those once. Told only to whoever entered all of them: a list of
 * guesses would tell anybody else what a colleague has entered.
 */
async function sameAsEntered(
  { vault }: Pick<CheckInDeps, 'vault'>,
  db: Db,
  actor: Actor,
  roundId: string,
  papers: readonly Answers[],
): Promise<boolean[]> {
  const enterers = await listEnterers(db, roundId);
  const isOwn = enterers.size === 1 && enterers.has(actor.person.id);
  const left = isOwn ? (await listPapers(db, vault, roundId)).papers : [];
  return papers.map((paper) => {
    const at = left.findIndex((one) => isDeepStrictEqual({ ...one }, { ...paper }));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Takes in a list that was read, once. @param onlyNew without what is the same as papers that are in. */
export async function takeBroughtList(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  listId: string,
  { onlyNew = false } = {},
): Promise<Entered> {
  const found = await findForPaper(deps.db, deps.clock.now(), actor, roundId);
  if (found.kind !== 'open') return found;
  const list = { id: listId, roundId: found.round.id, personId: actor.person.id };
  return takeIn(deps, actor, found, async (trx) => {
    const papers = await takeList(trx, deps.vault, list);
    if (!papers || !onlyNew) return papers;
    const isSame = await sameAsEntered(deps, trx, actor, roundId, papers);
    return papers.filter((_, index) => !isSame[index]);
  });
}

/** It was looked at and not wanted. */
export const dropList = async ({ db, vault }: CheckInDeps, actor: Actor, roundId: string, listId: string) =>
  void (await takeList(db, vault, { id: listId, roundId, personId: actor.person.id }));

/** Everything that was entered so far, to begin again. */
export async function removeEntered(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<{ kind: 'removed'; round: Round } | PaperRefusal> {
  const found = await findForPaper(deps.db, deps.clock.now(), actor, roundId);
  if (found.kind !== 'open') return found;
  const { round, checkin } = found;
  await deps.db.transaction().execute(async (trx) => {
    if (!(await holdOpen(trx, round.id))) return;
    await removePapers(trx, round.id);
    await audit(trx, deps.clock, {
      actor: actor.person.id,
      action: 'checkins.paper-removed',
      subject: round.id,
    });
  });
  await deps.settle();
  await facilitatorsSeeChange(deps, checkin.cohortId);
  return { kind: 'removed', round };
}

export type OnPaper = { kind: 'people'; round: Round; members: Person[]; noted: Set<string> };

/** Whom the round is for, whether or not they may be asked here, and who of them is noted as having answered on paper. */
export async function readOnPaper(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<OnPaper | PaperRefusal> {
  const { db } = deps;
  const found = await findForPaper(db, deps.clock.now(), actor, roundId);
  if (found.kind !== 'open') return found;
  const { round, checkin } = found;
  const readers = await listReaders(db, checkin.cohortId);
  const meant = (await listMeant(db, round.id)).filter((id) => !readers.has(id));
  const members = await listPeople(db, meant);
  return { kind: 'people', round, members, noted: await listOnPaper(db, round.id) };
}

/**
 * Notes who answered on paper, so that they are not asked any more. It is taken of everybody alike, and nothing shows whether
 * somebody has answered here as well.
 */
export async function noteOnPaper(
  deps: CheckInDeps,
  prompts: Prompts,
  actor: Actor,
  roundId: string,
  personIds: readonly string[],
): Promise<{ kind: 'noted'; round: Round; people: number } | PaperRefusal> {
  const found = await readOnPaper(deps, actor, roundId);
  if (found.kind !== 'people') return found;
  const { round, members, noted } = found;
  const wanted = new Set(members.map(({ id }) => id).filter((id) => personIds.includes(id)));
  const added = [...wanted].filter((id) => !noted.has(id));
  const removed = [...noted].filter((id) => !wanted.has(id));
  await deps.db.transaction().execute(async (trx) => {
    if (!(await holdOpen(trx, round.id))) return;
    for (const personId of added) {
      await addOnPaper(trx, round.id, personId);
      const laterCount = (await findParticipation(trx, round.id, personId))?.laterCount ?? 0;
      await takeBack(trx, { roundId: round.id, personId, laterCount }, 'on-paper');
    }
    for (const personId of removed) await removeOnPaper(trx, round.id, personId);
  });
  for (const personId of [...added, ...removed]) {
    deps.homeChanged(personId);
    prompts.changed({ roundId: round.id, personId, asksAgain: true });
  }
  deps.homeChanged(actor.person.id);
  return { kind: 'noted', round, people: wanted.size };
}

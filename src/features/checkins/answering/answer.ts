import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { publicContacts } from '../../../safeguarding/signposts.ts';
import { closeAndTell } from '../asking/close-round.ts';
import { hasBeenAsked, takeBack } from '../asking/messages.ts';
import {
  changeParticipation,
  countOnPaper,
  countParticipation,
  type ParticipationStatus,
} from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { namesKeptOut } from '../members-named.ts';
import { listReaders } from '../readers.ts';
import { type CheckIn, holdOpen, type Round } from '../store.ts';
import { type Draft, emptyDraft, findInDraft, saysNothing, screenToGoOn } from './draft.ts';
import { findAsked, type Refusal } from './may-answer.ts';
import { deleteDraft, findAnswers, findDraft, keeperOf, putAnswers, saveDraft } from './store.ts';

export type Begun = {
  kind: 'form';
  round: Round;
  draft: Draft;
  isChange: boolean;
  /** What is there was entered before, and not sent. */
  isBegun: boolean;
  /** They have had this check-in before, and read then in full who sees what. */
  isKnown: boolean;
  /** The screen on which to go on. */
  screen: number;
};

/** What the form starts with: what was begun, else what was sent before, else nothing. */
export async function beginAnswer(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<Begun | Refusal> {
  const { db, vault } = deps;
  const asked = await findAsked(db, deps.clock.now(), actor, roundId);
  if (asked.kind !== 'asked') return asked;
  const { round, participation, isChange } = asked;
  const begun = await findDraft(db, vault, round.id, actor.person.id);
  const draft =
    begun ??
    (isChange ? await sentBefore(db, deps, round, actor.person.id, participation.isShared) : emptyDraft);
  const isBegun = Object.keys(begun?.answers ?? {}).length > 0;
  return {
    kind: 'form',
    round,
    draft,
    isChange,
    isBegun,
    isKnown: await hasBeenAsked(db, round, actor.person.id),
    screen: begun ? screenToGoOn(round.definition, begun) : 0,
  };
}

async function sentBefore(
  db: Db,
  deps: CheckInDeps,
  round: Round,
  personId: string,
  share: boolean,
): Promise<Draft> {
  const keeper = await keeperOf(db, deps, round.definition, personId);
  return { answers: await findAnswers(db, deps.vault, round, keeper), share };
}

/** Keeps what stands on the screens so far, sealed, until it is sent or the round closes. */
export async function keepDraft(
  { db, vault, clock }: CheckInDeps,
  actor: Actor,
  roundId: string,
  draft: Draft,
): Promise<{ kind: 'kept'; round: Round } | Refusal> {
  const asked = await findAsked(db, clock.now(), actor, roundId);
  if (asked.kind !== 'asked') return asked;
  await saveDraft(db, vault, asked.round, actor.person.id, draft);
  return { kind: 'kept', round: asked.round };
}

export type SendOutcome =
  | { kind: 'sent'; round: Round; checkin: CheckIn; isChange: boolean }
  | { kind: 'empty'; round: Round }
  | { kind: 'found'; round: Round; findings: Finding[] }
  | Refusal;

/**
 * Saves somebody's answers, once: of two submissions in group mode the second finds them answered; in the other modes it
 * replaces the first, so that nothing is ever there twice.
 * @param asItIs the person has seen the warning about identifying detail and keeps what they wrote.
 */
export async function sendAnswers(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  draft: Draft,
  { asItIs = false } = {},
): Promise<SendOutcome> {
  const { db, clock, vault } = deps;
  const personId = actor.person.id;
  const now = clock.now();
  const outcome = await db.transaction().execute(async (trx): Promise<SendOutcome> => {
    const asked = await findAsked(trx, now, actor, roundId);
    if (asked.kind !== 'asked') return asked;
    const { round, checkin, participation } = asked;
    if (saysNothing(round.definition, draft)) return { kind: 'empty', round };
    const allowed = deps.signposts && publicContacts(deps.signposts);
    const by = { allowed, names: asItIs ? [] : await namesKeptOut(trx, round) };
    const findings = asItIs ? [] : findInDraft(round.definition, draft, by);
    if (findings.length > 0) {
      await saveDraft(trx, vault, round, personId, draft);
      return { kind: 'found', round, findings };
    }
    if (!(await holdOpen(trx, round.id))) return { kind: 'closed', round };
    const answered = { status: 'answered' as const, shared: draft.share };
    const claim = (from: readonly ParticipationStatus[]) =>
      changeParticipation(trx, round.id, personId, from, answered);
    // Of two at once one is the first. Where nobody can tell whose answers are whose, there is no second.
    const isFirst = await claim(['asked', 'skipped', 'withdrawn']);
    const isChange = !isFirst && round.definition.mode !== 'group' && (await claim(['answered']));
    if (!isFirst && !isChange) return { kind: 'already-answered', round };
    const keeper = await keeperOf(trx, deps, round.definition, personId);
    await putAnswers(trx, deps, round, keeper, draft.answers);
    await deleteDraft(trx, round.id, personId);
    const { laterCount } = participation;
    await takeBack(trx, { roundId: round.id, personId, laterCount }, 'answered');
    await closeWhenAllAnswered(trx, deps, round, checkin, now);
    return { kind: 'sent', round, checkin, isChange };
  });
  if (outcome.kind === 'sent') {
    // At once: until then the write-ahead log holds the answers from before beside those from now.
    await deps.settle();
    deps.homeChanged(personId);
    await facilitatorsSeeChange(deps, outcome.checkin.cohortId);
    if (!outcome.isChange) {
      const { round, checkin } = outcome;
      await deps.did(personId, {
        kind: 'answered',
        templateId: round.definition.templateId,
        ...(checkin.cohortId !== undefined && { roundId: round.id }),
      });
    }
  }
  return outcome;
}

/**
 * In group mode nothing can change once everybody it is for has answered, so the summary need not wait for the closing
 * time. Who has not agreed to be asked may do so until then.
 */
async function closeWhenAllAnswered(
  db: Db,
  deps: CheckInDeps,
  round: Round,
  checkin: CheckIn,
  now: Date,
): Promise<void> {
  if (round.definition.mode !== 'group' || checkin.cohortId === undefined) return;
  const readers = await listReaders(db, checkin.cohortId);
  const { silent } = await countParticipation(db, round.id, readers, checkin.cohortId);
  if (silent !== 0) return;
  // Whoever enters what was answered on paper says when that is all.
  if ((await countOnPaper(db, round.id)) === 0) await closeAndTell(db, deps, round, checkin, now);
}

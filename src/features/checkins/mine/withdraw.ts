import type { Actor } from '../../../community/permissions.ts';
import { isOpen, mayWithdraw } from '../answering/may-answer.ts';
import { deleteDraft, keeperOf, removeAnswers } from '../answering/store.ts';
import { changeParticipation, findParticipation } from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { findRound, holdOpen, type Round } from '../store.ts';

export type WithdrawOutcome =
  | { kind: 'withdrawn'; round: Round; canAnswerAgain: boolean }
  | { kind: 'too-late'; round: Round }
  | { kind: 'nothing-there' };

/** Deletes what somebody answered; that they had answered is forgotten too. */
export async function withdrawAnswers(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<WithdrawOutcome> {
  const personId = actor.person.id;
  const now = deps.clock.now();
  const outcome = await deps.db.transaction().execute(async (trx): Promise<WithdrawOutcome> => {
    const round = await findRound(trx, roundId);
    const participation = round && (await findParticipation(trx, round.id, personId));
    if (!round || participation?.status !== 'answered') return { kind: 'nothing-there' };
    if (!mayWithdraw(round, now)) return { kind: 'too-late', round };
    // While it is open somebody else may be sending theirs.
    if (round.status === 'open' && !(await holdOpen(trx, round.id))) return { kind: 'too-late', round };
    const keeper = await keeperOf(trx, deps, round.definition, personId);
    await removeAnswers(trx, deps, round, keeper);
    await deleteDraft(trx, round.id, personId);
    const canAnswerAgain = isOpen(round, now);
    // Once it has closed the group summary is made, and stays as it is.
    await changeParticipation(trx, round.id, personId, ['answered'], {
      status: 'withdrawn',
      ...(canAnswerAgain && { shared: false }),
    });
    return { kind: 'withdrawn', round, canAnswerAgain };
  });
  if (outcome.kind === 'withdrawn') {
    await deps.settle();
    deps.homeChanged(personId);
  }
  return outcome;
}

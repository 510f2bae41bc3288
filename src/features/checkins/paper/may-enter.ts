import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { isOpen } from '../answering/may-answer.ts';
import type { Definition } from '../content.ts';
import { type CheckIn, findCheckIn, findRound, type Round } from '../store.ts';

export type PaperRefusal =
  | { kind: 'not-allowed' }
  | { kind: 'closed'; round: Round }
  /** Answers are nobody's but their author's, or stand beside a name: nobody else can give them. */
  | { kind: 'not-in-this-mode'; round: Round };

export type PaperRound = { kind: 'open'; round: Round; checkin: CheckIn & { cohortId: string } };

/** Whether answers on paper can be among a round's: not where only their author may see them, nor beside names. */
export const takesPaper = ({ mode }: Pick<Definition, 'mode'>): boolean =>
  mode === 'group' || mode === 'linked';

/** Whether somebody may enter what was answered on paper: those who run the group, until the round closes. */
export async function findForPaper(
  db: Db,
  now: Date,
  actor: Actor,
  roundId: string,
): Promise<PaperRound | PaperRefusal> {
  const round = await findRound(db, roundId);
  const checkin = round && (await findCheckIn(db, round.checkinId));
  if (!round || !checkin?.cohortId || !may(actor, 'checkins.schedule', { cohortId: checkin.cohortId }))
    return { kind: 'not-allowed' };
  if (!takesPaper(round.definition)) return { kind: 'not-in-this-mode', round };
  if (!isOpen(round, now)) return { kind: 'closed', round };
  return { kind: 'open', round, checkin: { ...checkin, cohortId: checkin.cohortId } };
}

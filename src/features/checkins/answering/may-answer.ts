import { findCohort, isCohortMember } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { findParticipation, type Participation } from '../asking/store.ts';
import { mayRead } from '../readers.ts';
import { type CheckIn, findCheckIn, findRound, type Round } from '../store.ts';

/** Why somebody cannot answer, in the order in which the reasons matter to them. */
export type Refusal =
  | { kind: 'not-yours' }
  | { kind: 'already-answered'; round: Round }
  | { kind: 'closed'; round: Round }
  | { kind: 'left'; round: Round }
  /** In group mode: they can read the results. */
  | { kind: 'reader'; round: Round }
  /** They said no to the community agreement: nothing of theirs is kept. */
  | { kind: 'declined'; round: Round };

export type Asked = { round: Round; checkin: CheckIn; participation: Participation };

/** Whether somebody may (still) answer a round. `isChange`: they have answered, and may change that in this mode. */
export async function findAsked(
  db: Db,
  now: Date,
  actor: Actor,
  roundId: string,
): Promise<({ kind: 'asked'; isChange: boolean } & Asked) | Refusal> {
  const personId = actor.person.id;
  const round = await findRound(db, roundId);
  const checkin = round && (await findCheckIn(db, round.checkinId));
  const participation = round && (await findParticipation(db, round.id, personId));
  if (!round || !checkin || !participation || !may(actor, 'own.write', { ownerId: personId }))
    return { kind: 'not-yours' };
  const hasAnswered = participation.status === 'answered';
  if (hasAnswered && !mayChange(round, now)) return { kind: 'already-answered', round };
  if (!isOpen(round, now)) return { kind: 'closed', round };
  if (checkin.cohortId !== undefined && !(await isStillMember(db, checkin.cohortId, personId)))
    return { kind: 'left', round };
  if (readsResults(actor, round, checkin)) return { kind: 'reader', round };
  if (await hasConsent(db, personId, 'declined')) return { kind: 'declined', round };
  return { kind: 'asked', isChange: hasAnswered, round, checkin, participation };
}

/** Whether somebody is kept out of a check-in in group mode, since they can read its results. */
export const readsResults = (
  actor: Actor,
  { definition }: Pick<Round, 'definition'>,
  { cohortId }: Pick<CheckIn, 'cohortId'>,
): boolean => definition.mode === 'group' && mayRead(actor, cohortId);

export const isOpen = (round: Round, now: Date): boolean =>
  round.status === 'open' && (round.closesAt === undefined || round.closesAt > now);

/** Whether answers that were sent can be changed: never where nobody can tell whose they are. */
export const mayChange = (round: Round, now: Date): boolean =>
  round.definition.mode !== 'group' && isOpen(round, now);

/** What is only one's own can be deleted at any time; the rest until the summary is made, which is at closing. */
export const mayWithdraw = (round: Round, now: Date): boolean =>
  round.definition.mode === 'private' || mayChange(round, now);

async function isStillMember(db: Db, cohortId: string, personId: string): Promise<boolean> {
  return (
    (await isCohortMember(db, cohortId, personId)) && (await findCohort(db, cohortId))?.isArchived === false
  );
}

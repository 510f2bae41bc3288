import { type Cohort, findCohort, isCohortMember } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import { isOpen, readsResults } from '../answering/may-answer.ts';
import { currentDefinition } from '../asking/open-rounds.ts';
import { findParticipation, insertParticipation } from '../asking/store.ts';
import { asAsked } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { startsFrom } from '../sessions.ts';
import {
  type CheckIn,
  findCheckIn,
  findRoundDue,
  insertRound,
  isStartedByMembers,
  type Round,
} from '../store.ts';

export type Startable = { checkin: CheckIn; cohortName: string };

/** What somebody can start whenever there is something to say. @param running what is not over of the groups they are in. */
export async function startableOf(
  deps: Pick<CheckInDeps, 'db' | 'clock' | 'findSession'>,
  actor: Actor,
  running: readonly CheckIn[],
  cohorts: readonly Cohort[],
): Promise<Startable[]> {
  const startable: Startable[] = [];
  for (const checkin of running) {
    if (checkin.status !== 'running' || !isStartedByMembers(checkin)) continue;
    if (readsResults(actor, checkin, checkin)) continue;
    const from = await startsFrom(deps, deps.db, checkin);
    if (from && from > deps.clock.now()) continue;
    startable.push({ checkin, cohortName: cohorts.find(({ id }) => id === checkin.cohortId)?.name ?? '' });
  }
  return startable;
}

/** Whoever answers more often than that has said enough for now. */
const mostMonthsAhead = 3;

export type StartOutcome =
  /** `countsFrom`: the first day of the month it counts with, where that is not the present one. */
  | { kind: 'started'; roundId: string; countsFrom: string | undefined }
  | { kind: 'not-yours' }
  | { kind: 'over'; checkin: CheckIn }
  /** The session that it is about is still to come. */
  | { kind: 'not-yet'; checkin: CheckIn }
  /** They said no to the community agreement: nothing of theirs is kept. */
  | { kind: 'declined'; checkin: CheckIn }
  | { kind: 'enough'; checkin: CheckIn };

/**
 * Lets a member answer. All who do so in a month share its round: one of somebody's own would say whose it is. In one
 * round somebody answers once, or five answers could be one person's; so a second time within a month goes into the
 * round of the next.
 */
export async function startCheckIn(deps: CheckInDeps, actor: Actor, id: string): Promise<StartOutcome> {
  const { db, clock, timeZone: zone } = deps;
  const personId = actor.person.id;
  const now = clock.now();
  return db.transaction().execute(async (trx): Promise<StartOutcome> => {
    const checkin = await findCheckIn(trx, id);
    const cohort = checkin?.cohortId === undefined ? undefined : await findCohort(trx, checkin.cohortId);
    if (
      !checkin ||
      !cohort ||
      !isStartedByMembers(checkin) ||
      !may(actor, 'own.write', { ownerId: personId }) ||
      !(await isCohortMember(trx, cohort.id, personId))
    )
      return { kind: 'not-yours' };
    if (checkin.status !== 'running' || cohort.isArchived) return { kind: 'over', checkin };
    const begins = await startsFrom(deps, trx, checkin);
    if (begins && begins > now) return { kind: 'not-yet', checkin };
    if (await hasConsent(trx, personId, 'declined')) return { kind: 'declined', checkin };
    const month = Temporal.PlainDate.from(localDate(now, zone)).with({ day: 1 });
    for (let ahead = 0; ahead <= mostMonthsAhead; ahead += 1) {
      const from = month.add({ months: ahead });
      const round = await roundOf(from, checkin);
      if (!round || !isOpen(round, now)) continue;
      const participation = await findParticipation(trx, round.id, personId);
      if (participation?.status === 'answered') continue;
      await insertParticipation(trx, round.id, personId);
      return {
        kind: 'started',
        roundId: round.id,
        countsFrom: ahead > 0 ? from.toString() : undefined,
      };
    }
    return { kind: 'enough', checkin };

    async function roundOf(from: Temporal.PlainDate, of: CheckIn): Promise<Round | undefined> {
      const dueAt = atLocalTime(from.toString(), '00:00', zone);
      const known = await findRoundDue(trx, of.id, dueAt);
      if (known) return known;
      const round: Round = {
        id: newId(clock),
        checkinId: of.id,
        dueAt,
        openedAt: now,
        closesAt: atLocalTime(from.add({ months: 1 }).toString(), '00:00', zone),
        remindAt: undefined,
        status: 'open',
        definition: asAsked(currentDefinition(deps, of)),
      };
      return (await insertRound(trx, round)) ? round : findRoundDue(trx, of.id, dueAt);
    }
  });
}

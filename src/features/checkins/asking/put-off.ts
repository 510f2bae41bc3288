import { findCohort } from '../../../community/cohorts.ts';
import type { Actor } from '../../../community/permissions.ts';
import { hours, later } from '../../../lib/clock.ts';
import { cancelQueued, changePreferences, enqueue } from '../../../outbox/outbox.ts';
import { findAsked, type Refusal } from '../answering/answer.ts';
import { changeParticipation, findParticipation, recordLater } from '../answering/answer-store.ts';
import type { CheckInDeps } from '../deps.ts';
import { findRound, type Round } from '../store.ts';
import { keys, keysOf, laterMessage } from './prompt.ts';

export type SkipOutcome = { kind: 'skipped'; round: Round } | Refusal;

/** No reason is asked for, and answering after all stays possible until it closes. */
export async function skipRound(deps: CheckInDeps, actor: Actor, roundId: string): Promise<SkipOutcome> {
  const personId = actor.person.id;
  const outcome = await deps.db.transaction().execute(async (trx): Promise<SkipOutcome> => {
    const asked = await findAsked(trx, deps.clock.now(), actor, roundId);
    if (asked.kind !== 'asked') return asked;
    const { round, isChange, participation } = asked;
    // Whoever has answered keeps that answer; an old button must not undo it.
    if (isChange) return { kind: 'already-answered', round };
    await changeParticipation(trx, round.id, personId, ['asked', 'withdrawn'], { status: 'skipped' });
    // What was begun stays until the round is over, for whoever answers after all.
    for (const idempotencyKey of keysOf(round.id, personId, participation.laterCount))
      await cancelQueued(trx, { idempotencyKey }, 'skipped');
    return { kind: 'skipped', round };
  });
  if (outcome.kind === 'skipped') deps.homeChanged(personId);
  return outcome;
}

const laterHours = 3;

export type LaterOutcome =
  | { kind: 'put-off'; round: Round; at: Date }
  /** The next moment at which we may write is after it closes. */
  | { kind: 'no-time-left'; round: Round; closesAt: Date }
  | Refusal;

/** Asks again some hours later, or the next morning when that would be in the person's quiet hours. */
export async function putOff(deps: CheckInDeps, actor: Actor, roundId: string): Promise<LaterOutcome> {
  const personId = actor.person.id;
  const now = deps.clock.now();
  return deps.db.transaction().execute(async (trx): Promise<LaterOutcome> => {
    const asked = await findAsked(trx, now, actor, roundId);
    if (asked.kind !== 'asked') return asked;
    const { round, checkin, isChange, participation } = asked;
    if (isChange) return { kind: 'already-answered', round };
    const at = await deps.reach.nextAllowed(trx, personId, later(now, hours(laterHours)));
    if (round.closesAt && at >= round.closesAt)
      return { kind: 'no-time-left', round, closesAt: round.closesAt };
    // Pressing twice asks once.
    for (const idempotencyKey of keysOf(round.id, personId, participation.laterCount))
      await cancelQueued(trx, { idempotencyKey }, 'put-off');
    await recordLater(trx, round.id, personId);
    const cohort = checkin.cohortId === undefined ? undefined : await findCohort(trx, checkin.cohortId);
    await enqueue(trx, deps.clock, {
      idempotencyKey: keys.later(round.id, personId, participation.laterCount + 1),
      kind: 'checkins.later',
      to: { personId },
      message: laterMessage(round, cohort?.name ?? '', deps.timeZone),
      sendAfter: at,
      ...(round.closesAt && { expiresAt: round.closesAt }),
      ...(cohort && { topic: `cohort:${cohort.id}` }),
      weight: 'later',
    });
    return { kind: 'put-off', round, at };
  });
}

/** Never asks this person in this check-in again, until they undo it. Answers already given stay. */
export async function stopCheckIn(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<{ kind: 'stopped'; round: Round } | { kind: 'not-yours' }> {
  const personId = actor.person.id;
  return deps.db.transaction().execute(async (trx) => {
    const round = await findRound(trx, roundId);
    const participation = round && (await findParticipation(trx, round.id, personId));
    if (!round || !participation) return { kind: 'not-yours' as const };
    await trx
      .insertInto('checkin_optouts')
      .values({ checkin_id: round.checkinId, person_id: personId })
      .onConflict((conflict) => conflict.columns(['checkin_id', 'person_id']).doNothing())
      .execute();
    for (const idempotencyKey of keysOf(round.id, personId, participation.laterCount))
      await cancelQueued(trx, { idempotencyKey }, 'stopped');
    return { kind: 'stopped' as const, round };
  });
}

export async function askAgain(deps: CheckInDeps, actor: Actor, checkinId: string): Promise<void> {
  await deps.db
    .deleteFrom('checkin_optouts')
    .where('checkin_id', '=', checkinId)
    .where('person_id', '=', actor.person.id)
    .execute();
}

export async function setReminders(deps: CheckInDeps, actor: Actor, wanted: boolean): Promise<void> {
  const { db, clock } = deps;
  await changePreferences(db, actor.person.id, { wantsReminders: wanted }, clock.now());
  deps.homeChanged(actor.person.id);
}

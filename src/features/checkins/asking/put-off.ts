import { findCohort } from '../../../community/cohorts.ts';
import type { Actor } from '../../../community/permissions.ts';
import { hours, later } from '../../../lib/clock.ts';
import { changePreferences, enqueue } from '../../../outbox/outbox.ts';
import { atLocalTime, localDate, localTime } from '../../../scheduler/calendar.ts';
import { findAsked, type Refusal } from '../answering/may-answer.ts';
import { type CheckInDeps, zoneOf } from '../deps.ts';
import { findRound, type Round } from '../store.ts';
import { keys, takeBack } from './messages.ts';
import { laterEnds, occasionOf, plusDays } from './round.ts';
import { changeParticipation, deleteOptOut, findParticipation, insertOptOut, recordLater } from './store.ts';
import { laterMessage } from './views.ts';

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
    const { laterCount } = participation;
    await takeBack(trx, { roundId: round.id, personId, laterCount }, 'skipped');
    return { kind: 'skipped', round };
  });
  if (outcome.kind === 'skipped') deps.homeChanged(personId);
  return outcome;
}

const laterHours = 3;
export type When = 'later' | 'tomorrow';

export type LaterOutcome =
  | { kind: 'put-off'; round: Round; at: Date }
  /** The next moment at which we may write is too close to its end, or to the next one. */
  | { kind: 'no-time-left'; round: Round; closesAt: Date }
  | Refusal;

/**
 * Asks again some hours later, or tomorrow at the time of day at which it came; where that would be in the person's quiet
 * hours or on a day off, as soon after as they may be written to.
 */
export async function putOff(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  when: When = 'later',
): Promise<LaterOutcome> {
  const personId = actor.person.id;
  const now = deps.clock.now();
  return deps.db.transaction().execute(async (trx): Promise<LaterOutcome> => {
    const asked = await findAsked(trx, now, actor, roundId);
    if (asked.kind !== 'asked') return asked;
    const { round, checkin, isChange, participation } = asked;
    if (isChange) return { kind: 'already-answered', round };
    const wanted =
      when === 'later' ? later(now, hours(laterHours)) : tomorrowAt(round.dueAt, now, zoneOf(deps, actor));
    const at = await deps.reach.nextAllowed(trx, personId, wanted);
    const { closesAt } = round;
    const expiresAt = closesAt && laterEnds({ round: { ...round, closesAt }, next: checkin.nextAt });
    // Pressing twice asks once, and whoever puts it off themselves gets no reminder.
    const { laterCount } = participation;
    await takeBack(trx, { roundId: round.id, personId, laterCount }, 'put-off');
    await recordLater(trx, round.id, personId);
    if (expiresAt && at >= expiresAt) return { kind: 'no-time-left', round, closesAt };
    const cohort = checkin.cohortId === undefined ? undefined : await findCohort(trx, checkin.cohortId);
    await enqueue(trx, deps.clock, {
      idempotencyKey: keys.later(round.id, personId, laterCount + 1),
      kind: 'checkins.later',
      to: { personId },
      message: laterMessage(
        {
          ...round,
          occasion: occasionOf(checkin.recurrence, round.dueAt, deps.daysOff),
          asksFirst: checkin.asksFirst,
        },
        cohort?.name ?? '',
        deps.timeZone,
      ),
      sendAfter: at,
      expiresAt,
      ...(cohort && { topic: `cohort:${cohort.id}` }),
    });
    return { kind: 'put-off', round, at };
  });
}

function tomorrowAt(dueAt: Date, now: Date, zone: string): Date {
  return atLocalTime(plusDays(localDate(now, zone), 1), localTime(dueAt, zone), zone);
}

/** Never asks this person in this check-in again, until they undo it. Answers already given stay. */
export async function stopCheckIn(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<{ kind: 'stopped'; round: Round } | { kind: 'not-yours' }> {
  const personId = actor.person.id;
  const outcome = await deps.db.transaction().execute(async (trx) => {
    const round = await findRound(trx, roundId);
    const participation = round && (await findParticipation(trx, round.id, personId));
    if (!round || !participation) return { kind: 'not-yours' as const };
    await insertOptOut(trx, round.checkinId, personId);
    const { laterCount } = participation;
    await takeBack(trx, { roundId: round.id, personId, laterCount }, 'stopped');
    return { kind: 'stopped' as const, round };
  });
  deps.homeChanged(personId);
  return outcome;
}

export async function askAgain(deps: CheckInDeps, actor: Actor, checkinId: string): Promise<void> {
  await deleteOptOut(deps.db, checkinId, actor.person.id);
  deps.homeChanged(actor.person.id);
}

export async function setReminders(deps: CheckInDeps, actor: Actor, wanted: boolean): Promise<void> {
  const { db, clock } = deps;
  await changePreferences(db, actor.person.id, { wantsReminders: wanted }, clock.now());
  deps.homeChanged(actor.person.id);
}

import { findCohort, isCohortMember } from '../../../community/cohorts.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { later, minutes } from '../../../lib/clock.ts';
import { describeError } from '../../../lib/log.ts';
import { cancelQueued, enqueue } from '../../../outbox/outbox.ts';
import { listSent } from '../../../outbox/sent.ts';
import { daysOffIn } from '../../../scheduler/days-off.ts';
import { forEach } from '../../../scheduler/each.ts';
import { keys, takeBack } from '../asking/messages.ts';
import { askLater, whoIsAsked } from '../asking/open-rounds.ts';
import { deleteOptOut, findParticipation, insertOptOut, listOffered, recordWish } from '../asking/store.ts';
import { nextAskedAt } from '../coming.ts';
import type { CheckInDeps } from '../deps.ts';
import { findCheckIn, findOpenRound, listAskingFirst } from '../store.ts';
import { offerMessage, type Wished, wishedAnswer } from './views.ts';

/** Time to think better of it, for whoever has just scheduled one. */
const graceMinutes = 10;

/**
 * Asks every member who may be asked, once, whether they want a check-in that asks first; whoever joins later as well.
 * Silence is no.
 */
export async function offerCheckIns(deps: CheckInDeps, now: Date): Promise<void> {
  const due = await listAskingFirst(deps.db, later(now, -minutes(graceMinutes)));
  await forEach(deps.log, 'checkins.offer', due, async (checkin) => {
    await deps.db.transaction().execute(async (trx) => {
      const cohort = checkin.cohortId === undefined ? undefined : await findCohort(trx, checkin.cohortId);
      if (!cohort || cohort.isArchived) return;
      const offered = await listOffered(trx, checkin.id);
      const { people } = await whoIsAsked(trx, deps, { ...checkin, asksFirst: false });
      for (const personId of people.filter((id) => !offered.has(id))) {
        await recordWish(trx, checkin.id, personId, 'asked');
        await enqueue(trx, deps.clock, {
          idempotencyKey: keys.offer(checkin.id, personId),
          kind: 'checkins.offer',
          to: { personId },
          message: offerMessage(checkin, cohort.name, {
            next: nextAskedAt(checkin, daysOffIn(deps.daysOff, cohort)),
            zone: deps.timeZone,
          }),
          sendAfter: await deps.reach.nextAllowed(trx, personId, now),
          topic: `cohort:${cohort.id}`,
        });
      }
    });
  });
}

/** Whoever was not asked yet is not asked any more. */
export async function takeBackOffers(db: Db, checkinId: string): Promise<void> {
  for (const personId of await listOffered(db, checkinId))
    await cancelQueued(db, { idempotencyKey: keys.offer(checkinId, personId) }, 'cancelled');
}

/** What somebody says to being asked. They can change it at any time; what is open is asked at once. */
export async function recordWanted(
  deps: CheckInDeps,
  actor: Actor,
  checkinId: string,
  wants: boolean,
): Promise<Wished> {
  const personId = actor.person.id;
  const outcome = await deps.db.transaction().execute(async (trx): Promise<Wished> => {
    const checkin = await findCheckIn(trx, checkinId);
    if (!checkin?.cohortId || !(await isCohortMember(trx, checkin.cohortId, personId)))
      return { kind: 'not-yours' };
    if (checkin.status !== 'running' && checkin.status !== 'paused') return { kind: 'over', checkin };
    await recordWish(trx, checkinId, personId, wants ? 'yes' : 'no');
    // A no holds for a reminder too, and when it is asked of everybody later.
    await (wants ? deleteOptOut : insertOptOut)(trx, checkinId, personId);
    await cancelQueued(trx, { idempotencyKey: keys.offer(checkinId, personId) }, 'answered');
    const open = wants ? undefined : await findOpenRound(trx, checkinId);
    const participation = open && (await findParticipation(trx, open.id, personId));
    if (participation)
      await takeBack(trx, { roundId: open.id, personId, laterCount: participation.laterCount }, 'stopped');
    return { kind: wants ? 'wanted' : 'not-wanted', checkin };
  });
  if (outcome.kind === 'wanted') await askLater(deps, personId);
  deps.homeChanged(personId);
  return outcome;
}

/** What was said elsewhere stands in the message that asked as well, or it would go on asking. */
export async function sayInOffer(
  { db, client, log }: Pick<CheckInDeps, 'db' | 'client' | 'log'>,
  personId: string,
  checkinId: string,
  outcome: Wished,
): Promise<void> {
  const [sent] = await listSent(db, [keys.offer(checkinId, personId)]);
  if (!sent) return;
  const { text, blocks } = wishedAnswer(outcome);
  try {
    await client.chat.update({ channel: sent.channel, ts: sent.ts, text, blocks });
  } catch (error) {
    // It says the same when it is pressed.
    log.warn(describeError(error), 'The offer of a check-in stays as it was');
  }
}

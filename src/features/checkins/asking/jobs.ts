import { findCohort } from '../../../community/cohorts.ts';
import { days, later } from '../../../lib/clock.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { listSent } from '../../../outbox/sent.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { forgetUnfinished } from '../answering/unfinished.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { offerCheckIns } from '../offering/offer.ts';
import { forgetPaper } from '../paper/store.ts';
import { followDates } from '../planning/follow-dates.ts';
import { deleteOldPlans } from '../planning/store.ts';
import { findCheckIn, listRoundsToClose, listRoundsToRemind, recordReminded } from '../store.ts';
import { closeAndTell } from './close-round.ts';
import { keys } from './messages.ts';
import { openDueRounds } from './open-rounds.ts';
import { earliest, lastReminder, occasionOf, remindableFor, shortestWait } from './round.ts';
import { listParticipants, listWaiting } from './store.ts';
import { reminderMessage } from './views.ts';

/** In this order, so that what was missed for long closes before it could remind anybody. */
export function jobs(deps: CheckInDeps): Job[] {
  const kept = (kind: keyof CheckInDeps['retention'], now: Date): Date =>
    later(now, -days(deps.retention[kind].days));
  return [
    { name: 'checkins.close', run: (now) => closeRounds(deps, now) },
    { name: 'checkins.open', run: (now) => openDueRounds(deps, now) },
    { name: 'checkins.remind', run: (now) => remind(deps, now) },
    { name: 'checkins.offer', run: (now) => offerCheckIns(deps, now) },
    { name: 'checkins.followDates', run: (now) => followDates(deps, now) },
    {
      name: 'checkins.forgetPlans',
      every: 'hour',
      run: (now) => deleteOldPlans(deps.db, kept('checkin-plans', now)),
    },
    // Longer than the round, so that whoever was writing at that moment can still copy their words.
    {
      name: 'checkins.forgetDrafts',
      every: 'hour',
      run: (now) => forgetUnfinished(deps, now),
    },
    {
      name: 'checkins.forgetPaper',
      every: 'hour',
      run: (now) => forgetPaper(deps.db, kept('unfinished-paper', now)),
    },
  ];
}

async function closeRounds(deps: CheckInDeps, now: Date): Promise<void> {
  await forEach(deps.log, 'checkins.close', await listRoundsToClose(deps.db, now), async (round) => {
    const checkin = await findCheckIn(deps.db, round.checkinId);
    if (!checkin) return;
    const closed = await deps.db
      .transaction()
      .execute(async (trx) => closeAndTell(trx, deps, round, checkin, now));
    if (!closed) return;
    for (const { personId } of await listParticipants(deps.db, round.id)) deps.homeChanged(personId);
    await facilitatorsSeeChange(deps, checkin.cohortId);
  });
}

/**
 * One gentle reminder a round, to those who were asked and have neither answered, skipped, nor put it off themselves.
 * Whether they want reminders is looked at again when it goes out.
 */
async function remind(deps: CheckInDeps, now: Date): Promise<void> {
  await forEach(deps.log, 'checkins.remind', await listRoundsToRemind(deps.db, now), async (round) => {
    await deps.db.transaction().execute(async (trx) => {
      if (!(await recordReminded(trx, round.id))) return;
      const checkin = await findCheckIn(trx, round.checkinId);
      const cohort = checkin?.cohortId === undefined ? undefined : await findCohort(trx, checkin.cohortId);
      if (!cohort || !round.closesAt || !round.remindAt) return;
      const last = earliest(
        lastReminder(round.closesAt, checkin?.nextAt),
        later(round.remindAt, remindableFor),
      );
      const occasion = occasionOf(checkin?.recurrence, round.dueAt, deps.daysOff);
      const waiting = await listWaiting(trx, round.id, cohort.id);
      const prompts = await listSent(
        trx,
        waiting.map((personId) => keys.prompt(round.id, personId)),
      );
      const latest = later(now, -shortestWait);
      const sentLongAgo = new Set(
        prompts.filter(({ sentAt }) => sentAt <= latest).map(({ idempotencyKey }) => idempotencyKey),
      );
      for (const personId of waiting) {
        if (!sentLongAgo.has(keys.prompt(round.id, personId))) continue;
        const sendAfter = await deps.reach.nextAllowed(trx, personId, now);
        // No civil moment is left near the middle, or before the last day.
        if (sendAfter >= last) continue;
        await enqueue(trx, deps.clock, {
          idempotencyKey: keys.reminder(round.id, personId),
          kind: 'checkins.reminder',
          to: { personId },
          message: reminderMessage(
            { ...round, occasion, asksFirst: checkin?.asksFirst },
            cohort.name,
            deps.timeZone,
          ),
          sendAfter,
          expiresAt: last,
          topic: `cohort:${cohort.id}`,
        });
      }
    });
  });
}

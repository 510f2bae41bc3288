import { findCohort } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { comesWithin, listSent } from '../../../outbox/sent.ts';
import { atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { forgetUnfinished } from '../answering/unfinished.ts';
import { letOutJob } from '../comparing/waiting.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { offerCheckIns } from '../offering/offer.ts';
import { forgetPaper } from '../paper/store.ts';
import { type Changed, followDates } from '../planning/follow-dates.ts';
import { deleteOldPlans } from '../planning/store.ts';
import { listReaders } from '../readers.ts';
import { findCheckIn, listRoundsToClose, listRoundsToRemind, recordReminded } from '../store.ts';
import { closeAndTell } from './close-round.ts';
import { keys } from './messages.ts';
import { openDueRounds } from './open-rounds.ts';
import { earliest, lastReminder, occasionOf, plusDays, remindableFor, shortestWait } from './round.ts';
import { listParticipants, listWaiting } from './store.ts';
import { reminderMessage } from './views.ts';

/**
 * In this order, so that what was moved opens and closes at its new time, and what was missed for long closes before it could
 * remind anybody.
 */
export function jobs(deps: CheckInDeps, changed: Changed): Job[] {
  const kept = (kind: keyof CheckInDeps['retention'], now: Date): Date =>
    later(now, -days(deps.retention[kind].days));
  return [
    { name: 'checkins.followDates', run: (now) => followDates(deps, now, changed) },
    { name: 'checkins.close', run: (now) => closeRounds(deps, now) },
    { name: 'checkins.open', run: (now) => openDueRounds(deps, now) },
    letOutJob(deps),
    { name: 'checkins.remind', run: (now) => remind(deps, now) },
    { name: 'checkins.offer', run: (now) => offerCheckIns(deps, now) },
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
      const latestOfAll = lastReminder(round.closesAt, checkin?.nextAt);
      const last = earliest(latestOfAll, later(round.remindAt, remindableFor));
      const occasion = occasionOf(checkin?.recurrence, round.dueAt, deps.daysOff);
      const readers = round.definition.mode === 'group' ? await listReaders(trx, cohort.id) : undefined;
      const waiting = (await listWaiting(trx, round.id, cohort.id)).filter((id) => !readers?.has(id));
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
        const soonest = await deps.reach.nextAllowed(trx, personId, now);
        // No civil moment is left near the middle, or before the last day.
        if (soonest >= last) continue;
        const nextDay = await dayAfterAnother(trx, deps, personId, soonest);
        const isMoved = nextDay !== undefined && nextDay < latestOfAll;
        const sendAfter = isMoved ? nextDay : soonest;
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
          expiresAt: isMoved ? latestOfAll : last,
          topic: `cohort:${cohort.id}`,
        });
      }
    });
  });
}

/** Two reminders on one morning would be a chase. @returns the next moment on another day, where that day has one already. */
async function dayAfterAnother(
  db: Db,
  { reach, timeZone }: CheckInDeps,
  personId: string,
  at: Date,
): Promise<Date | undefined> {
  const today = localDate(at, timeZone);
  const from = atLocalTime(today, '00:00', timeZone);
  const until = atLocalTime(plusDays(today, 1), '00:00', timeZone);
  if (!(await comesWithin(db, personId, 'checkins.reminder', { from, until }))) return undefined;
  return reach.nextAllowed(db, personId, until);
}

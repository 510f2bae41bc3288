import { findCohort, listUnledCohorts } from '../../../community/cohorts.ts';
import { findActor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { type Gathered, listGathered, recordGathered } from '../../../outbox/gathered.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import type { CohortsDeps } from '../deps.ts';
import { digestMessage } from './views.ts';

/**
 * Job: once a week one message to each of those who run groups, with what happened there in the week before and what needs
 * them, instead of a note for each. Whoever cannot be written to all week gets it with the week after, as one.
 */
export async function sendDigests({ db, clock, timeZone, reach }: CohortsDeps, now: Date): Promise<void> {
  const monday = mondayOf(localDate(now, timeZone));
  const fromMonday = (days: number) => Temporal.PlainDate.from(monday).add({ days }).toString();
  const weekEndsAt = atLocalTime(fromMonday(7), '00:00', timeZone);
  const gathered = await listGathered(db, atLocalTime(monday, '00:00', timeZone));
  for (const [personId, items] of Map.groupBy(gathered, (one) => one.personId))
    await db.transaction().execute(async (trx) => {
      const sendAfter = await reach.nextAllowed(trx, personId, now);
      if (sendAfter >= weekEndsAt) return;
      const news: Gathered[] = [];
      for (const item of items) if (await isStillTheirs(trx, item)) news.push(item);
      await recordGathered(
        trx,
        items.map(({ id }) => id),
      );
      if (news.length === 0) return;
      await enqueue(trx, clock, {
        idempotencyKey: `cohorts.digest:${personId}:${monday}`,
        kind: 'cohorts.digest',
        to: { personId },
        message: digestMessage(news, fromMonday(-1)),
        sendAfter,
      });
    });
}

/** The group runs, they run it, and what needs them still does. */
async function isStillTheirs(db: Db, { personId, kind, topic }: Gathered): Promise<boolean> {
  const [, cohortId] = /^cohort:(.+)$/.exec(topic ?? '') ?? [];
  if (cohortId === undefined) return true;
  if (kind === 'cohorts.unled' && !(await listUnledCohorts(db)).some(({ cohort }) => cohort.id === cohortId))
    return false;
  const actor = await findActor(db, personId);
  return (
    actor !== undefined &&
    may(actor, 'cohorts.manage', { cohortId }) &&
    (await findCohort(db, cohortId))?.isArchived === false
  );
}

function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

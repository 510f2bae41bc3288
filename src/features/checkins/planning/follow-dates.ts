import { findCohort } from '../../../community/cohorts.ts';
import { daysOffIn, nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import { forEach } from '../../../scheduler/each.ts';
import { recurrenceOf, timingOf } from '../../../scheduler/recurrence.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { changeStatus, findCheckIn, listCountedFrom } from '../store.ts';
import { dateCounted } from './plan.ts';

/**
 * Check-ins that are counted from a date of their group move with it. A date that was taken away, or would lie in the past,
 * changes nothing: whoever runs the group can still move it.
 */
export async function followDates(deps: CheckInDeps, now: Date): Promise<void> {
  await forEach(deps.log, 'checkins.followDates', await listCountedFrom(deps.db), async ({ id }) => {
    const moved = await deps.db.transaction().execute(async (trx) => {
      const checkin = await findCheckIn(trx, id);
      const { cohortId, countedFrom, recurrence, nextAt, status } = checkin ?? {};
      const cohort = cohortId === undefined ? undefined : await findCohort(trx, cohortId);
      const from = countedFrom?.from === 'end' ? cohort?.endsOn : cohort?.startsOn;
      if (!cohort || !countedFrom || !recurrence || !nextAt || nextAt <= now || from === undefined) return;
      const daysOff = daysOffIn(deps.daysOff, cohort);
      const then = recurrenceOf({
        ...timingOf(recurrence),
        date: dateCounted(from, countedFrom.days, daysOff),
      });
      const next = nextOpenOccurrence(then, now, daysOff);
      if (!next || then.startsAt === recurrence.startsAt || (status !== 'running' && status !== 'paused'))
        return;
      await changeStatus(trx, id, [status], { status, recurrence: then, nextAt: next });
      return cohort.id;
    });
    if (moved !== undefined) await facilitatorsSeeChange(deps, moved);
  });
}

import { recount } from '../../../community/suppress.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { countParticipation } from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { listReaders } from '../readers.ts';
import { findCheckIn, findRound } from '../store.ts';
import { findSoFar, listRoundsToCount, recordCounted } from './store.ts';

/** Counts every open round once a day, from the day after it opened. */
export const countJob = (deps: CheckInDeps): Job => ({
  name: 'checkins.count',
  run: async (now) => {
    const { db, log, timeZone } = deps;
    const today = localDate(now, timeZone);
    await forEach(log, 'checkins.count', await listRoundsToCount(db, today), async ({ id }) => {
      const round = await findRound(db, id);
      if (!round?.openedAt || localDate(round.openedAt, timeZone) >= today) return;
      const checkin = await findCheckIn(db, round.checkinId);
      if (!checkin) return;
      const readers = await listReaders(db, checkin.cohortId);
      const now = await countParticipation(db, round.id, readers, checkin.cohortId);
      const before = await findSoFar(db, round.id);
      const counted = recount(before, now, round.definition.smallest);
      await recordCounted(db, round.id, counted, today);
      if (counted !== before) await facilitatorsSeeChange(deps, checkin.cohortId);
    });
  },
});

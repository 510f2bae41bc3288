import { z } from 'zod';
import '../tables.ts';
import { recount, type Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { countParticipation } from '../asking/store.ts';
import { definitionSchema } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { listReaders } from '../readers.ts';
import { findCheckIn, toRound } from '../store.ts';

const tally = z.object({ answered: z.number(), readers: z.number(), silent: z.number().optional() });

/** What was last counted of open rounds, by the check-in's id: all that is shown of them while they are open. */
export async function listSoFar(
  db: Db,
  checkinIds: readonly string[],
): Promise<Map<string, { label: string; closesAt: Date | undefined; counted: Tally | undefined }>> {
  if (checkinIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('checkin_rounds')
    .select(['checkin_id', 'closes_at', 'counted', 'definition'])
    .where('checkin_id', 'in', checkinIds)
    .where('status', '=', 'open')
    // Of two the later one counts.
    .orderBy('due_at')
    .execute();
  return new Map(
    rows.map((row) => [
      row.checkin_id,
      {
        // As it is called towards those who have it.
        label: definitionSchema.parse(JSON.parse(row.definition)).label,
        closesAt: row.closes_at === null ? undefined : new Date(row.closes_at),
        counted: toTally(row.counted),
      },
    ]),
  );
}

function toTally(counted: string | null): Tally | undefined {
  if (counted === null) return undefined;
  const { answered, readers, silent } = tally.parse(JSON.parse(counted));
  return { answered, readers, silent };
}

/** The same of one round. */
export async function findSoFar(db: Db, roundId: string): Promise<Tally | undefined> {
  const row = await db
    .selectFrom('checkin_rounds')
    .select('counted')
    .where('id', '=', roundId)
    .executeTakeFirst();
  return toTally(row?.counted ?? null);
}

/** Counts every open round once a day, from the day after it opened. */
export const countJob = (deps: CheckInDeps): Job => ({
  name: 'checkins.count',
  run: async (now) => {
    const { db, log, timeZone } = deps;
    const today = localDate(now, timeZone);
    const rows = await db
      .selectFrom('checkin_rounds')
      .selectAll()
      .where('status', '=', 'open')
      .where((eb) => eb.or([eb('counted_on', 'is', null), eb('counted_on', '<', today)]))
      .execute();
    await forEach(log, 'checkins.count', rows, async (row) => {
      const round = toRound(row);
      if (!round.openedAt || localDate(round.openedAt, timeZone) >= today) return;
      const checkin = await findCheckIn(db, round.checkinId);
      if (!checkin) return;
      const readers = await listReaders(db, checkin.cohortId);
      const now = await countParticipation(db, round.id, readers, checkin.cohortId);
      const counted = JSON.stringify(recount(toTally(row.counted), now, round.definition.smallest));
      await db
        .updateTable('checkin_rounds')
        .set({ counted, counted_on: today })
        .where('id', '=', round.id)
        .execute();
      if (counted !== row.counted) await facilitatorsSeeChange(deps, checkin.cohortId);
    });
  },
});

import { listWithRoles } from '../../../community/permissions.ts';
import { inSteps, keptApart } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Core, Job } from '../../feature.ts';
import { isReader } from './hearing.ts';
import { countingDay, weekOf } from './periods.ts';
import { deleteMarks, listMarks, noGroup } from './store.ts';

/** Counts each week once, after its end; who was among them goes with that, and so does what too few did. */
export const countWeeksJob = ({ db, log, timeZone }: Pick<Core, 'db' | 'log' | 'timeZone'>): Job => ({
  name: 'evaluation.count-weeks',
  every: 'hour',
  async run(now) {
    const week = weekOf(countingDay(now, timeZone));
    const due = await db
      .selectFrom('use_counts')
      .select('period')
      .distinct()
      .where('kind', '=', 'looked-up')
      .where('is_counted', '=', 0)
      .where('period', '<', week)
      .orderBy('period')
      .execute();
    await forEach(log, 'evaluation.count-weeks', due, ({ period }) =>
      db.transaction().execute((trx) => countWeek(trx, period)),
    );
  },
});

async function countWeek(trx: Db, week: string): Promise<void> {
  const inWeek = { kind: 'looked-up' as const, period: week };
  // Another bot on this database that is at it waits here, and then finds nothing to count.
  const rows = await trx
    .updateTable('use_counts')
    .set((eb) => ({ uses: eb.ref('uses') }))
    .where('kind', '=', inWeek.kind)
    .where('period', '=', week)
    .where('is_counted', '=', 0)
    .returningAll()
    .execute();
  const leaders = new Map((await listWithRoles(trx)).map((actor) => [actor.person.id, actor]));
  const people = new Map(rows.map((row) => [row.cohort_id, 0]));
  for (const { personId, cohortId } of await listMarks(trx, inWeek.kind, week)) {
    const leader = leaders.get(personId);
    if (!leader || !isReader(leader, cohortId)) people.set(cohortId, (people.get(cohortId) ?? 0) + 1);
  }
  const { apart, others } = keptApart(people, noGroup);
  const together = rows.filter((row) => others.includes(row.cohort_id));
  const sum = (what: 'uses' | 'missed') => together.reduce((all, row) => all + row[what], 0);
  await trx
    .deleteFrom('use_counts')
    .where('kind', '=', inWeek.kind)
    .where('period', '=', week)
    .where('is_counted', '=', 0)
    .execute();
  const kept = [
    ...rows.filter((row) => apart.includes(row.cohort_id)),
    ...(together.length > 0 ? [{ cohort_id: noGroup, uses: sum('uses'), missed: sum('missed') }] : []),
  ];
  for (const { cohort_id, uses, missed } of kept)
    await trx
      .insertInto('use_counts')
      .values({ ...inWeek, cohort_id, uses: inSteps(uses), missed: inSteps(missed), is_counted: 1 })
      .onConflict((conflict) => conflict.columns(['kind', 'period', 'cohort_id']).doNothing())
      .execute();
  await deleteMarks(trx, inWeek.kind, week);
}

import { listWithRoles } from '../../../community/permissions.ts';
import { inSteps, keptApart } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Core, Job } from '../../feature.ts';
import { isReader } from './hearing.ts';
import { countingDay, weekOf } from './periods.ts';
import {
  deleteMarks,
  deleteUncounted,
  insertCounted,
  listMarks,
  listWeeksToCount,
  lockUncounted,
  noGroup,
} from './store.ts';

/** Counts each week once, after its end; who was among them goes with that, and so does what too few did. */
export const countWeeksJob = ({ db, log, timeZone }: Pick<Core, 'db' | 'log' | 'timeZone'>): Job => ({
  name: 'evaluation.count-weeks',
  every: 'hour',
  async run(now) {
    const due = await listWeeksToCount(db, weekOf(countingDay(now, timeZone)));
    await forEach(log, 'evaluation.count-weeks', due, (week) =>
      db.transaction().execute((trx) => countWeek(trx, week)),
    );
  },
});

async function countWeek(trx: Db, week: string): Promise<void> {
  const groups = await lockUncounted(trx, week);
  const leaders = new Map((await listWithRoles(trx)).map((actor) => [actor.person.id, actor]));
  const people = new Map(groups.map(({ cohortId }) => [cohortId, 0]));
  for (const { personId, cohortId } of await listMarks(trx, 'looked-up', week)) {
    const leader = leaders.get(personId);
    if (!leader || !isReader(leader, cohortId)) people.set(cohortId, (people.get(cohortId) ?? 0) + 1);
  }
  const { apart, others } = keptApart(people, noGroup);
  const together = groups.filter(({ cohortId }) => others.includes(cohortId));
  const sum = (what: 'uses' | 'missed') => together.reduce((all, group) => all + group[what], 0);
  await deleteUncounted(trx, week);
  const kept = [
    ...groups.filter(({ cohortId }) => apart.includes(cohortId)),
    ...(together.length > 0 ? [{ cohortId: noGroup, uses: sum('uses'), missed: sum('missed') }] : []),
  ];
  for (const { cohortId, uses, missed } of kept)
    await insertCounted(trx, week, { cohortId, uses: inSteps(uses), missed: inSteps(missed) });
  await deleteMarks(trx, 'looked-up', week);
}

import { listWithRoles, may } from '../../../community/permissions.ts';
import { fewestPeople, recount, saySoFar, type Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { coreModule, type Training } from '../content.ts';
import type { ModuleDeps } from './deps.ts';
import { type Counted, listAllStandings, listCountedMembers, listToCount, recordCounted } from './store.ts';

/** In words, and never so that one day's beside another's tells of anybody. */
export const sayCounted = (counted: Counted | undefined): string[] =>
  counted
    ? [saySoFar(counted.begun, fewestPeople, 'begun'), saySoFar(counted.finished, fewestPeople, 'finished')]
    : [saySoFar(undefined, fewestPeople, 'begun or finished')];

/** Counts each running group once a day. */
export const countJob = (deps: ModuleDeps): Job => ({
  name: 'training.count',
  every: 'hour',
  async run(now) {
    const { db, log, timeZone, training } = deps;
    const today = localDate(now, timeZone);
    const due = await listToCount(db, today);
    if (due.length === 0) return;
    const standing = await countNow(db, training);
    await forEach(log, 'training.count', due, async ({ id, last }) => {
      const before = last();
      const one = standing.get(id) ?? nobody;
      await recordCounted(db, id, today, {
        begun: recount(before?.begun, one.begun, fewestPeople),
        finished: recount(before?.finished, one.finished, fewestPeople),
      });
    });
  },
});

const none: Tally = { answered: 0, readers: 0, silent: 0 };
const nobody: Counted = { begun: none, finished: none };

/**
 * How it stands now, by the group's id. Somebody who is in several groups counts in the one they joined first alone: no two
 * numbers share a person, so none can be taken from the other. Those who see the numbers know of themselves, and do not
 * count.
 */
async function countNow(db: Db, training: Training): Promise<Map<string, Counted>> {
  const groupOf = new Map<string, string>();
  for (const { personId, cohortId } of await listCountedMembers(db))
    if (!groupOf.has(personId)) groupOf.set(personId, cohortId);
  const kept = Map.groupBy(await listAllStandings(db), ({ personId }) => personId);
  const partIds = coreModule(training).parts.map(({ id }) => id);
  const leaders = new Map((await listWithRoles(db)).map((actor) => [actor.person.id, actor]));
  const found = new Map<string, Counted>();
  for (const [personId, cohortId] of groupOf) {
    const leader = leaders.get(personId);
    if (leader && may(leader, 'cohorts.progress', { cohortId })) continue;
    const mine = (kept.get(personId) ?? []).filter(({ partId }) => partIds.includes(partId));
    const done = new Set(mine.flatMap(({ state, partId }) => (state === 'done' ? [partId] : [])));
    const { begun, finished } = found.get(cohortId) ?? nobody;
    found.set(cohortId, {
      begun: add(
        begun,
        mine.some(({ state }) => state !== 'skipped'),
      ),
      finished: add(
        finished,
        partIds.every((id) => done.has(id)),
      ),
    });
  }
  return found;
}

const add = ({ answered, silent = 0 }: Tally, has: boolean): Tally => ({
  answered: answered + (has ? 1 : 0),
  readers: 0,
  silent: silent + (has ? 0 : 1),
});

import { z } from 'zod';
import '../tables.ts';
import { listWithRoles, may } from '../../../community/permissions.ts';
import { fewestPeople, recount, saySoFar, type Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { coreModule, type Training } from '../content.ts';
import type { ModuleDeps } from './deps.ts';

const tally = z.object({ answered: z.number(), readers: z.literal(0), silent: z.number() });
const counted = z.object({ begun: tally, finished: tally });
/** Of those a group counts: `answered` have, `silent` have not. */
export type Counted = { begun: Tally; finished: Tally };

/** What was last counted of these groups. */
export async function listCounted(db: Db, cohortIds: readonly string[]): Promise<Map<string, Counted>> {
  if (cohortIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('module_counts')
    .select(['cohort_id', 'counted'])
    .where('cohort_id', 'in', cohortIds)
    .execute();
  return new Map(rows.map((row) => [row.cohort_id, counted.parse(JSON.parse(row.counted))]));
}

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
    const due = await db
      .selectFrom('cohorts')
      .leftJoin('module_counts', 'module_counts.cohort_id', 'cohorts.id')
      .select(['cohorts.id', 'counted'])
      .where('archived_at', 'is', null)
      .where((eb) => eb.or([eb('counted_on', 'is', null), eb('counted_on', '<', today)]))
      .execute();
    if (due.length === 0) return;
    const standing = await countNow(db, training);
    await forEach(log, 'training.count', due, async ({ id, counted: before }) => {
      const last = before === null ? undefined : counted.parse(JSON.parse(before));
      const one = standing.get(id) ?? nobody;
      const told: Counted = {
        begun: recount(last?.begun, one.begun, fewestPeople),
        finished: recount(last?.finished, one.finished, fewestPeople),
      };
      const row = { counted_on: today, counted: JSON.stringify(told) };
      await db
        .insertInto('module_counts')
        .values({ cohort_id: id, ...row })
        .onConflict((conflict) => conflict.column('cohort_id').doUpdateSet(row))
        .execute();
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
  const members = await db
    .selectFrom('cohort_members')
    .innerJoin('cohorts', 'cohorts.id', 'cohort_members.cohort_id')
    .innerJoin('people', 'people.id', 'cohort_members.person_id')
    .select(['cohort_members.cohort_id', 'cohort_members.person_id'])
    .where('cohort_members.left_at', 'is', null)
    .where('cohorts.archived_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .orderBy('cohort_members.joined_at')
    .orderBy('cohort_members.cohort_id')
    .execute();
  const groupOf = new Map<string, string>();
  for (const { person_id: personId, cohort_id: cohortId } of members)
    if (!groupOf.has(personId)) groupOf.set(personId, cohortId);
  const rows = await db.selectFrom('module_parts').select(['person_id', 'part_id', 'state']).execute();
  const kept = Map.groupBy(rows, ({ person_id: personId }) => personId);
  const partIds = coreModule(training).parts.map(({ id }) => id);
  const leaders = new Map((await listWithRoles(db)).map((actor) => [actor.person.id, actor]));
  const found = new Map<string, Counted>();
  for (const [personId, cohortId] of groupOf) {
    const leader = leaders.get(personId);
    if (leader && may(leader, 'cohorts.progress', { cohortId })) continue;
    const mine = (kept.get(personId) ?? []).filter(({ part_id: partId }) => partIds.includes(partId));
    const done = new Set(mine.flatMap(({ state, part_id: id }) => (state === 'done' ? [id] : [])));
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

import { type Actor, listWithRoles, may } from '../../../community/permissions.ts';
import { fewestPeople, inSteps, recount, saySoFar, type Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import type { IntroductionDeps } from '../deps.ts';
import { everybody, listSwitchedOn } from '../store.ts';
import { quarterBefore, quarterOf, sayQuarter } from '../when.ts';
import { type Counted, listCounted, listKept, listToldSince, saveCounted } from './store.ts';

const what = ['introduced', 'agencies', 'professions'] as const;

/** In words, and never so that one day's beside another's tells of anybody. */
export const sayCounted = ({ introduced, agencies, professions }: Counted): string[] => [
  saySoFar(introduced, fewestPeople, 'been introduced to somebody'),
  ...(introduced.answered < fewestPeople
    ? []
    : [
        saySoFar(agencies, fewestPeople, 'been introduced across agencies'),
        saySoFar(professions, fewestPeople, 'been introduced across professions'),
      ]),
];

/**
 * How many were introduced in each quarter, by all pools together, the latest first: the sum of what is told of each of them,
 * so that it tells nothing more.
 */
export async function listIntroduced(db: Db): Promise<{ quarter: string; people: number }[]> {
  return [...Map.groupBy(await listCounted(db), ({ quarter }) => quarter)].map(([quarter, pools]) => ({
    quarter: sayQuarter(quarter),
    people: pools.reduce((sum, { counted }) => sum + inSteps(counted.introduced.answered), 0),
  }));
}

/** Counts this quarter and the one before once a day: what was told on its last day is known by then. */
export const countJob = (deps: IntroductionDeps): Job => ({
  name: 'introductions.count',
  every: 'hour',
  async run(now) {
    const { db, log, timeZone } = deps;
    const today = localDate(now, timeZone);
    const pools = [everybody, ...(await listSwitchedOn(db))];
    const quarter = quarterOf(today);
    const all = await listKept(db);
    const last = (pool: string, of: string) => all.find((one) => one.pool === pool && one.quarter === of);
    if (pools.every((pool) => (last(pool, quarter)?.countedOn ?? '') >= today)) return;
    const leaders = await listWithRoles(db);
    for (const each of [quarterBefore(quarter), quarter]) {
      const standing = await countNow(db, each, leaders);
      await forEach(log, 'introductions.count', pools, async (pool) => {
        const before = last(pool, each);
        const one = standing.get(pool);
        // Of a quarter in which nobody was introduced there is nothing to say.
        if (!one && !before && each !== quarter) return;
        const counted = told(before?.read(), one);
        await saveCounted(db, { pool, quarter: each, countedOn: today, counted });
      });
    }
  },
});

const none: Tally = { answered: 0, readers: 0, silent: undefined };
const nobody: Counted = { introduced: none, agencies: none, professions: none };

const told = (before: Counted | undefined, now: Counted = nobody): Counted => ({
  introduced: recount(before?.introduced, now.introduced, fewestPeople),
  agencies: recount(before?.agencies, now.agencies, fewestPeople),
  professions: recount(before?.professions, now.professions, fewestPeople),
});

/**
 * How it stands, by the pool. Whoever was introduced in several of a quarter counts in the first alone, so that no two numbers
 * share a person. Those who see the numbers know of themselves, and do not count.
 */
async function countNow(db: Db, quarter: string, leaders: readonly Actor[]): Promise<Map<string, Counted>> {
  const all = await listToldSince(db, `${quarter.slice(0, 4)}-01-01`);
  const sees = new Map(leaders.map((leader) => [leader.person.id, leader]));
  const people = Map.groupBy(
    all.filter(({ madeOn }) => quarterOf(madeOn) === quarter),
    ({ personId }) => personId,
  );
  const found = new Map<string, Counted>();
  for (const [personId, theirs] of people) {
    const pool = theirs[0]?.pool ?? everybody;
    const leader = sees.get(personId);
    if (leader && mayRead(leader, pool)) continue;
    const inPool = theirs.filter((one) => one.pool === pool);
    const one = found.get(pool) ?? nobody;
    const isAcross = {
      introduced: true,
      agencies: inPool.some(({ isOtherAgency }) => isOtherAgency),
      professions: inPool.some(({ isOtherProfession }) => isOtherProfession),
    };
    const next = { ...one };
    for (const key of what) next[key] = add(one[key], isAcross[key], key === 'introduced');
    found.set(pool, next);
  }
  return found;
}

/** Who did not want to be introduced is nobody's business: beside how many were stands no number of those who were not. */
const add = ({ answered, silent = 0 }: Tally, has: boolean, isAll: boolean): Tally => ({
  answered: answered + (has ? 1 : 0),
  readers: 0,
  silent: isAll ? undefined : silent + (has ? 0 : 1),
});

/** Whether somebody sees what is told of a pool. */
export const mayRead = (actor: Actor, pool: string): boolean =>
  pool === everybody ? may(actor, 'programme.results') : may(actor, 'cohorts.progress', { cohortId: pool });

import { meetPerson, recordSlackUser } from '../../src/community/people.ts';
import { loadActor } from '../../src/community/permissions.ts';
import { createReach } from '../../src/community/reach.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';
import type { IntroductionDeps } from '../../src/features/introductions/deps.ts';
import { drawJob } from '../../src/features/introductions/introducing/draw-rounds.ts';
import { sendJob } from '../../src/features/introductions/introducing/send.ts';
import { stop, want } from '../../src/features/introductions/joining/wish.ts';
import { pairKey } from '../../src/features/introductions/matching/match.ts';
import { everybody, listWanting } from '../../src/features/introductions/store.ts';
import { roundDay } from '../../src/features/introductions/when.ts';
import { days, later, ManualClock } from '../../src/lib/clock.ts';
import { createVault } from '../../src/lib/crypto.ts';
import { createLog } from '../../src/lib/log.ts';
import { numbersFrom } from '../../src/lib/random.ts';
import { changePreferences } from '../../src/outbox/outbox.ts';
import { atLocalTime, localDate } from '../../src/scheduler/calendar.ts';
import { agreement, givenAgreed } from '../support/agreed.ts';
import { shippedContent } from '../support/shipped.ts';

export type Town = { seed: number; people: number; organisations: number; rounds: number };

export type Figures = {
  rounds: number;
  introductions: number;
  trios: number;
  /** Of introductions, in percent, where the agencies (professions) of all are known. */
  acrossAgencies: number;
  acrossProfessions: number;
  /** The same if people were drawn without a look at where they work. */
  acrossAgenciesByChance: number;
  repeats: number;
  leftOut: number;
  leftOutTwiceRunning: number;
  avoidedMet: number;
  toldOneAlone: number;
  slowestRoundMs: number;
};

const professions = [
  'Midwife',
  'Health visitor',
  'GP',
  'Social worker',
  'Teacher',
  'Police',
  'Housing',
  'Youth worker',
];

/** A year of introductions over the real store and the real jobs, in which people come, pause, stop and are away. */
export async function simulateIntroductions({ seed, people, organisations, rounds }: Town): Promise<Figures> {
  const chance = numbersFrom(`introductions:${seed}`);
  const happens = (percent: number): boolean => chance.int(100) < percent;
  const store = await openStore('file::memory:');
  await migrate(store);
  const { db } = store;
  const clock = new ManualClock('2026-01-05T09:00:00Z');
  const content = shippedContent();
  const works = new Map<string, { agency: string | undefined; role: string | undefined }>();
  const known = (ids: readonly string[], what: 'agency' | 'role') =>
    ids.flatMap((id): [string, string][] => {
      const found = works.get(id)?.[what];
      return found === undefined ? [] : [[id, found]];
    });
  const deps: IntroductionDeps = {
    db,
    clock,
    random: { int: (below) => chance.int(below), bytes: (count) => Buffer.alloc(count) },
    log: createLog({ level: 'error' }),
    timeZone: 'Europe/London',
    homeChanged: () => {},
    did: async () => {},
    vault: createVault(Buffer.alloc(32, 5)),
    reach: createReach({ timeZone: 'Europe/London', agreement }),
    prompts: content.prompts,
    professions: content.professions,
    vocabulary: content.vocabulary,
    daysOff: content.daysOff,
    retention: content.retention,
    consentVersion: '1',
    teamId: 'T1',
    agenciesOf: async (ids) => new Map(known(ids, 'agency').map(([id, agency]) => [id, { id: agency }])),
    rolesOf: async (ids) => new Map(known(ids, 'role')),
    goesByAnotherName: async () => false,
    shownToColleagues: async () => ({
      role: undefined,
      organisation: undefined,
      ageGroups: [],
      interests: [],
    }),
  };

  const slackIds: string[] = [];
  const avoided = new Map<string, string[]>();
  for (let nth = 0; nth < people; nth += 1) {
    const slackId = `U${nth}`;
    const { person } = await recordSlackUser(
      db,
      clock,
      { id: slackId, team_id: 'T1', profile: { display_name: slackId }, tz: 'Europe/London' },
      'T1',
    );
    await givenAgreed({ db, clock }, person);
    // Half of them work for the three largest; one in ten has not said where, one in ten not as what.
    const organisation = happens(50) ? chance.int(3) : chance.int(organisations);
    works.set(person.id, {
      agency: happens(10) ? undefined : `organisation-${organisation}`,
      role: happens(10) ? undefined : professions[(organisation + chance.int(4)) % professions.length],
    });
    slackIds.push(slackId);
  }
  const wish = async (slackId: string, isPaused: boolean) => {
    const person = await meetPerson(db, clock, slackId);
    await want(deps, await loadActor(db, person.id), {
      pool: everybody,
      everyWeeks: [2, 4, 4, 8][Number(slackId.slice(1)) % 4] ?? 4,
      isPaused,
      avoids: avoided.get(slackId) ?? [],
    });
  };
  for (const slackId of slackIds) {
    if (happens(6))
      avoided.set(
        slackId,
        Array.from({ length: 1 + chance.int(3) }, () => slackIds[chance.int(people)] ?? ''),
      );
    if (happens(80)) await wish(slackId, false);
  }

  const figures = { rounds: 0, trios: 0, repeats: 0, leftOut: 0, leftOutTwiceRunning: 0, avoidedMet: 0 };
  let slowest = 0;
  const met = new Set<string>();
  const seen = new Set<string>();
  const across = { agencies: [0, 0], professions: [0, 0], chance: [0, 0] };
  let out = new Set<string>();
  for (let number = 0; number < rounds; number += 1) {
    clock.moveTo(atLocalTime(roundDay(number, deps), '10:00', deps.timeZone));
    const away = new Set<string>();
    for (const slackId of slackIds) {
      const { id } = await meetPerson(db, clock, slackId);
      if (happens(3)) await wish(slackId, happens(50));
      if (happens(1)) await stop(deps, await loadActor(db, id));
      const awayUntil = happens(8) ? localDate(later(clock.now(), days(9)), deps.timeZone) : undefined;
      if (awayUntil) away.add(id);
      await changePreferences(db, id, { awayUntil }, clock.now());
    }
    const began = performance.now();
    await drawJob(deps).run(clock.now());
    slowest = Math.max(slowest, performance.now() - began);
    await sendJob(deps).run(clock.now());
    await db
      .updateTable('outbox')
      .set({ status: 'sent', sent_at: clock.now().toISOString() })
      .where('status', '=', 'queued')
      .execute();
    await sendJob(deps).run(clock.now());
    figures.rounds += 1;

    const isOut = new Set(
      (await listWanting(db, deps.vault)).flatMap(({ person, wish: { standing } }) =>
        standing === 'left-out' ? [person.id] : [],
      ),
    );
    figures.leftOut += [...isOut].filter((id) => !out.has(id)).length;
    figures.leftOutTwiceRunning += [...isOut].filter((id) => out.has(id) && !away.has(id)).length;
    out = isOut;
    const rows = await db
      .selectFrom('introduction_members')
      .innerJoin('introductions', 'introductions.id', 'introduction_id')
      .innerJoin('people', 'people.id', 'person_id')
      .select(['introduction_id', 'person_id', 'slack_id'])
      .where('state', '=', 'told')
      .execute();
    for (const [id, group] of Map.groupBy(rows, (row) => row.introduction_id)) {
      if (seen.has(id)) continue;
      seen.add(id);
      if (group.length === 3) figures.trios += 1;
      for (const one of group)
        for (const other of group) {
          if (one.person_id >= other.person_id) continue;
          const key = pairKey(one.person_id, other.person_id);
          if (met.has(key)) figures.repeats += 1;
          met.add(key);
          if (
            avoided.get(one.slack_id)?.includes(other.slack_id) ||
            avoided.get(other.slack_id)?.includes(one.slack_id)
          )
            figures.avoidedMet += 1;
          count(across.agencies, one.person_id, other.person_id, 'agency');
          count(across.professions, one.person_id, other.person_id, 'role');
        }
    }
  }
  for (const one of works.keys())
    for (const other of works.keys()) if (one < other) count(across.chance, one, other, 'agency');

  function count(sum: number[], one: string, other: string, what: 'agency' | 'role'): void {
    const [a, b] = [works.get(one)?.[what], works.get(other)?.[what]];
    if (a === undefined || b === undefined) return;
    sum[1] = (sum[1] ?? 0) + 1;
    if (a !== b) sum[0] = (sum[0] ?? 0) + 1;
  }
  const percent = ([some = 0, all = 0]: number[]): number =>
    Math.round((1000 * some) / Math.max(all, 1)) / 10;
  const alone = await db
    .selectFrom('introductions')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('state', '=', 'going')
    .executeTakeFirstOrThrow();
  await store.close();
  return {
    ...figures,
    introductions: seen.size,
    acrossAgencies: percent(across.agencies),
    acrossProfessions: percent(across.professions),
    acrossAgenciesByChance: percent(across.chance),
    toldOneAlone: Number(alone.many),
    slowestRoundMs: Math.round(slowest),
  };
}

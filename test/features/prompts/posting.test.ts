import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { meetPerson } from '../../../src/community/people.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import type { PromptDeps } from '../../../src/features/prompts/deps.ts';
import { postingJobs } from '../../../src/features/prompts/posting.ts';
import { findPlan, insertPlan, listPlaced } from '../../../src/features/prompts/store.ts';
import { chooseWeekly, weeklyJob } from '../../../src/features/prompts/weekly.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { recurrenceOf } from '../../../src/scheduler/recurrence.ts';
import { button } from '../../../src/slack/blocks.ts';
import { agreement, givenAgreed } from '../../support/agreed.ts';
import { shippedContent } from '../../support/shipped.ts';
import { givenStore } from '../../support/store.ts';
import { outboxOf } from '../checkins/support.ts';

const content = shippedContent();
const none = { bankHolidays: [], closed: [] };

/** A plan for Tuesdays at 10:00, whose next one is that of 3 March 2026. */
async function givenPlan(change: Partial<PromptDeps> = {}, until?: string) {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-02T10:00:00Z');
  const deps: PromptDeps = {
    ...content,
    db,
    clock,
    daysOff: none,
    random: systemRandom,
    log: createLog({ level: 'silent' }),
    timeZone: 'Europe/London',
    homeChanged: () => {},
    did: async () => {},
    forumChannel: 'C1',
    client: new WebClient(),
    reach: createReach({ timeZone: 'Europe/London', agreement }),
    reflectOn: async () => {
      throw new Error('Nobody reflects here.');
    },
    exampleFrom: () => {
      throw new Error('Nobody writes an example here.');
    },
    resourceCards: async () => [],
    reviewed: async () => undefined,
    flagButton: (item) => button('Better words?', 'flag', { value: item }),
    ...change,
  };
  const reader = await meetPerson(db, clock, 'U1');
  const by = reader.id;
  await givenAgreed({ db, clock }, reader);
  const recurrence = recurrenceOf({
    how: 'weekly',
    days: ['TU'],
    date: '2026-03-03',
    time: '10:00',
    zone: 'Europe/London',
    until,
  });
  const plan = { id: 'p', cohortId: undefined, channelId: 'C1', age: '11-18', recurrence };
  const at = clock.now();
  await insertPlan(db, { ...plan, nextAt: new Date('2026-03-03T10:00:00Z') }, { by, at, slot: 'C1/TU' });
  return {
    deps,
    clock,
    reader,
    async beat(now: string) {
      clock.moveTo(now);
      for (const job of postingJobs(deps)) await job.run(clock.now());
      const found = await findPlan(db, 'p');
      return {
        posted: (await listPlaced(db)).map(({ promptId }) => promptId),
        next: found?.nextAt?.toISOString(),
        trouble: found?.trouble,
        status: found?.status,
      };
    },
  };
}

test('twice in a beat it is posted once; days that were closed since are left out; what was slept through is too', async () => {
  const { beat } = await givenPlan();
  expect((await beat('2026-03-03T09:59:00Z')).posted).toEqual([]);
  const once = await beat('2026-03-03T10:00:00Z');
  expect(once).toMatchObject({ posted: [expect.any(String)], next: '2026-03-10T10:00:00.000Z' });
  expect(await beat('2026-03-03T10:00:00Z')).toEqual(once);
  // Four hours late, and more.
  expect(await beat('2026-03-10T15:00:00Z')).toEqual({
    ...once,
    next: '2026-03-17T10:00:00.000Z',
    trouble: 'missed',
  });
  // Weeks away: the next one is ahead, and those between do not come all at once.
  expect(await beat('2026-04-02T12:00:00Z')).toMatchObject({
    posted: once.posted,
    // In summer time; the Tuesday after Easter is a working day.
    next: '2026-04-07T09:00:00.000Z',
  });

  const closed = [{ from: '2026-03-02', until: '2026-03-06', name: 'Closed' }];
  const shut = await givenPlan({ daysOff: { ...none, closed } });
  expect(await shut.beat('2026-03-03T10:00:00Z')).toEqual({
    posted: [],
    next: '2026-03-10T10:00:00.000Z',
    trouble: undefined,
    status: 'running',
  });
});

test('with nothing to post it says so and goes on; after its last day it is over', async () => {
  const empty = await givenPlan({ prompts: { ...content.prompts, prompts: [] } });
  expect(await empty.beat('2026-03-03T10:00:00Z')).toMatchObject({
    posted: [],
    trouble: 'none-left',
    status: 'running',
  });
  const short = await givenPlan({}, '2026-03-10');
  expect(await short.beat('2026-03-03T10:00:00Z')).toMatchObject({ status: 'running' });
  expect(await short.beat('2026-03-10T10:00:00Z')).toMatchObject({ status: 'over', next: undefined });
});

test('one a week by message is none that a channel of theirs has that month; asked for anew after a stop, it comes that week', async () => {
  const { deps, clock, reader, beat } = await givenPlan();
  const { db, prompts } = deps;
  const actor = await loadActor(db, reader.id);
  const mine = async () => (await outboxOf(deps)).filter(({ kind }) => kind === 'prompts.weekly');
  const titles = async () =>
    (await mine()).flatMap(({ blocks }) =>
      prompts.prompts.filter(({ id }) => blocks?.includes(`"value":"${id}"`)).map(({ id }) => id),
    );
  const run = () => weeklyJob(deps).run(clock.now());
  await chooseWeekly(deps, actor, '11-18');
  await run();
  await run();
  expect(await mine()).toHaveLength(1);
  await chooseWeekly(deps, actor, undefined);
  await run();
  expect((await mine()).map(({ status }) => status)).toEqual(['cancelled']);
  clock.moveTo('2026-03-02T11:00:00Z');
  await chooseWeekly(deps, actor, '11-18');
  await run();
  await run();
  expect((await mine()).map(({ status }) => status)).toEqual(['cancelled', 'queued']);
  let posted: string[] = [];
  for (const at of ['2026-03-03T10:00:00Z', '2026-03-10T10:00:00Z', '2026-03-17T10:00:00Z']) {
    ({ posted } = await beat(at));
    await run();
  }
  expect(posted).toHaveLength(3);
  expect(await titles()).toHaveLength(3);
  expect(new Set([...posted, ...(await titles())]).size).toBe(6);
});

import type { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { recordSlackUser } from '../../../src/community/people.ts';
import { createHomePublisher } from '../../../src/features/home/publish.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { section } from '../../../src/slack/blocks.ts';
import { chart } from '../../../src/slack/charts.ts';
import { mrkdwn, sayTime } from '../../../src/slack/text.ts';
import { givenStore } from '../../support/store.ts';

async function givenPage() {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const { person } = await recordSlackUser(db, clock, { id: 'U1', team_id: 'T1', tz: 'Mars/Olympus' }, 'T1');
  const page = { words: 'first', refuses: false, takesNoCharts: false, isTheirs: true };
  const published: string[] = [];
  const client = {
    views: {
      async publish({ view }: { view: unknown }) {
        if (page.refuses) throw new Error('ratelimited');
        if (page.takesNoCharts && JSON.stringify(view).includes('data_visualization'))
          throw Object.assign(new Error('invalid_blocks'), { data: { ok: false, error: 'invalid_blocks' } });
        published.push(JSON.stringify(view).match(/first|second|third|chart|turned/)?.[0] ?? '');
      },
    },
  } as unknown as WebClient;
  const start = () =>
    createHomePublisher(
      {
        db,
        clock,
        random: systemRandom,
        log: createLog({ level: 'silent' }),
        timeZone: 'Europe/London',
        homeChanged() {},
        async did() {},
      },
      client,
      {
        quickActions: [],
        pages: [
          {
            id: 'turned',
            blocks: async (_viewer, value) =>
              page.isTheirs
                ? [
                    chart({
                      type: 'bar',
                      title: 'chart',
                      of: 'People',
                      points: [
                        { label: 'a', value: 1 },
                        { label: 'b', value: 2 },
                      ],
                    }),
                    section(mrkdwn`turned to ${value}`),
                  ]
                : undefined,
          },
        ],
        sections: [
          {
            slot: 'now',
            order: 1,
            // Slack may name a zone that nobody here knows.
            blocks: async ({ now, zone }) => [section(mrkdwn`${page.words} ${sayTime(now, zone)}`)],
          },
          { slot: 'keep', order: 1, blocks: () => Promise.reject(new Error('broken')) },
        ],
      },
    );
  return { page, publisher: start(), start, published, person, clock };
}

test('a page is published when it was opened and when it changed, once, though a part of it is broken', async () => {
  const { page, publisher, published, person } = await givenPage();
  publisher.changed(person.id);
  await publisher.settled();
  expect(published).toEqual([]);
  await publisher.opened(person.id);
  publisher.changed(person.id);
  await publisher.settled();
  publisher.changed(person.id);
  await publisher.settled();
  expect(published).toEqual(['first']);
  page.words = 'second';
  publisher.changed(person.id);
  await publisher.settled();
  expect(published).toEqual(['first', 'second']);
});

test('what Slack did not take is tried again, and not for ever', async () => {
  const { page, publisher, published, person } = await givenPage();
  await publisher.opened(person.id);
  await publisher.settled();
  Object.assign(page, { words: 'second', refuses: true });
  publisher.changed(person.id);
  await publisher.settled();
  page.refuses = false;
  await publisher.again();
  await publisher.settled();
  await publisher.again();
  await publisher.settled();
  expect(published).toEqual(['first', 'second']);
});

test('a page that somebody turned to stays until they turn back, come back after an hour, or may not see it any more', async () => {
  const { page, publisher, published, person, clock } = await givenPage();
  const after = async (what: Promise<void> | void) => {
    await what;
    await publisher.settled();
    return published.splice(0).join();
  };
  expect(await after(publisher.turn(person.id, { page: 'turned', value: 'it' }))).toBe('chart');
  clock.forward(50);
  expect(await after(publisher.opened(person.id))).toBe('');
  clock.forward(20);
  expect(await after(publisher.opened(person.id))).toBe('first');
  await after(publisher.turn(person.id, { page: 'turned', value: 'again' }));
  expect(await after(publisher.turn(person.id, undefined))).toBe('first');
  await after(publisher.turn(person.id, { page: 'turned', value: 'it' }));
  page.isTheirs = false;
  expect(await after(publisher.changed(person.id))).toBe('first');
  // It does not come back by itself.
  page.isTheirs = true;
  page.words = 'second';
  expect(await after(publisher.changed(person.id))).toBe('second');
});

test('what was not for them any more when the bot started is gone with the first beat', async () => {
  const { page, publisher, start, published, person } = await givenPage();
  await publisher.turn(person.id, { page: 'turned', value: 'it' });
  await publisher.settled();
  page.isTheirs = false;
  const restarted = start();
  await restarted.again();
  await restarted.settled();
  expect(published).toEqual(['chart', 'first']);
});

test('where Slack takes no charts the page comes without them, in words', async () => {
  const { page, publisher, published, person } = await givenPage();
  page.takesNoCharts = true;
  await publisher.turn(person.id, { page: 'turned', value: 'it' });
  await publisher.settled();
  expect(published).toEqual(['turned']);
});

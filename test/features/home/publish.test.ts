import type { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { recordSlackUser } from '../../../src/community/people.ts';
import { createHomePublisher } from '../../../src/features/home/publish.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { section } from '../../../src/slack/blocks.ts';
import { mrkdwn, sayTime } from '../../../src/slack/text.ts';
import { givenStore } from '../../support/store.ts';

async function givenPage() {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const { person } = await recordSlackUser(db, clock, { id: 'U1', team_id: 'T1', tz: 'Mars/Olympus' }, 'T1');
  const page = { words: 'first', refuses: false };
  const published: string[] = [];
  const client = {
    views: {
      async publish({ view }: { view: unknown }) {
        if (page.refuses) throw new Error('ratelimited');
        published.push(JSON.stringify(view).match(/first|second|third/)?.[0] ?? '');
      },
    },
  } as unknown as WebClient;
  const publisher = createHomePublisher(
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
      pages: [],
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
  return { page, publisher, published, person };
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

import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { agreeOnly, makeGroup, messagesSaying, scheduleCheckIn } from '../support/stories.ts';

const group = 'Perinatal pilot';
const digest = 'Last week in your groups';
const aDay = 24 * 60;

test('what happened in a facilitator’s groups comes once a week, what needs them first, and nothing in a quiet week', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  await agreeOnly(robin, sam);
  await makeGroup(jo, group, ['robin', 'sam']);
  await makeGroup(jo, 'Empty later', ['robin']);
  for (const [time, how] of [
    ['10:00', 'Every week'],
    ['11:00', 'Once'],
  ] as const)
    await scheduleCheckIn(jo, {
      group,
      template: 'Weekly pulse',
      date: '2026-03-04',
      time,
      how,
      open: '1 day',
    });
  await scheduleCheckIn(jo, {
    group: 'Empty later',
    template: 'Weekly pulse',
    date: '2026-03-05',
    time: '10:00',
  });
  await jo.command('/chatr groups');
  await jo.click('Open', { nth: 0 });
  await jo.click('See people');
  await jo.click('Take out', { nth: 0 });

  // Until Sunday night.
  await community.forward(5 * aDay, 120);
  expect(messagesSaying(jo, 'check-in')).toEqual([]);
  expect(messagesSaying(jo, digest)).toEqual([]);
  await community.forward(aDay, 60);
  const [message, ...more] = messagesSaying(jo, digest);
  expect(more).toEqual([]);
  expect(messagesSaying(jo, 'check-in')).toEqual([]);
  expect(message?.at.slice(0, 13)).toBe('2026-03-09T09');
  if (!message) throw new Error(jo.describe());
  const text = jo.visibleText(message);
  expect(text.indexOf('nobody in the group to ask')).toBeGreaterThan(text.indexOf('What needs you'));
  expect(text.indexOf('What happened')).toBeGreaterThan(text.indexOf('nobody in the group to ask'));
  expect(text.match(/has closed/g)).toHaveLength(2);
  expect(text, 'of two people nothing can be shown, and it is said once').not.toContain('See results');
  expect(text.match(/I do not say it again/g)).toHaveLength(2);

  await community.forward(14 * aDay, 240);
  expect(messagesSaying(jo, digest)).toHaveLength(1);
  expect(community.log).toEqual([]);
});

test('what is no longer so is left out: a group that was archived, and one that has a facilitator again', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await agreeOnly(robin);
  await makeGroup(jo, group, ['robin']);
  await scheduleCheckIn(jo, {
    group,
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
    open: '1 day',
  });
  await community.forward(3 * aDay, 120);
  await jo.command('/chatr groups');
  await jo.click('Open', { nth: 0 });
  await jo.click('Archive');
  await community.forward(4 * aDay, 120);
  expect(messagesSaying(jo, digest)).toEqual([]);
  expect(community.log).toEqual([]);
});

import { expect, test } from 'vitest';
import { type Place, readRoute, writeRoute } from '../../src/page/route.ts';
import { slackTarget } from '../../src/page/slack-links.ts';

test.each<Place>([
  { kind: 'app', tab: 'home' },
  { kind: 'app', tab: 'messages', thread: '1.000001' },
  { kind: 'conversation', id: 'C1' },
  { kind: 'conversation', id: 'C1', at: '1.000001', thread: '2.000002' },
])('a reload stays in %o', (place) => {
  expect(readRoute(writeRoute('U1', place))).toEqual({ person: 'U1', place });
});

const home = {
  workspace: { id: 'T1', name: 'Practice', domain: 'practice' },
  app: { id: 'A1', name: 'Bot', botUserId: 'U0', connected: true, description: '' },
};
const channel = { kind: 'conversation', id: 'C1' };
const person = { kind: 'person', id: 'U1' };

test.each([
  ['slack://channel?team=T1&id=C1', channel],
  ['slack://channel?team=T1&id=C1&message=1712345678.000200', { ...channel, at: '1712345678.000200' }],
  ['slack://user?team=T1&id=U1', person],
  ['slack://app?team=T1&id=A1&tab=home', { kind: 'app', tab: 'home' }],
  ['slack://app?team=T1&id=A1', { kind: 'app', tab: 'messages' }],
  ['https://slack.com/app_redirect?channel=C1', channel],
  ['https://slack.com/app_redirect?channel=U1&team=T1', person],
  ['https://practice.slack.com/app_redirect?app=A1&tab=about', { kind: 'app', tab: 'about' }],
  ['https://practice.slack.com/archives/C1', channel],
  ['https://practice.slack.com/archives/C1/p1712345678000200', { ...channel, at: '1712345678.000200' }],
  [
    'https://practice.slack.com/archives/C1/p1712345679000200?thread_ts=1712345678.000200&cid=C1',
    { ...channel, thread: '1712345678.000200' },
  ],
  ['https://practice.slack.com/team/U1', person],
  ['https://app.slack.com/client/T1/D1', { kind: 'conversation', id: 'D1' }],
])('%s opens in the page', (address, expected) => {
  expect(slackTarget(address, home)).toEqual(expected);
});

test.each([
  'https://example.org/archives/C1',
  'https://elsewhere.slack.com/archives/C1',
  'https://practice.slack.com.example.org/archives/C1',
  'http://practice.slack.com/archives/C1',
  'slack://channel?team=T2&id=C1',
  'slack://app?team=T1&id=A2',
  'slack://open',
  'https://slack.com/app_redirect?channel=nonsense',
  'https://practice.slack.com/archives/',
  'https://practice.slack.com/team/',
  'javascript:alert(1)',
  'nonsense',
  '',
])('%s does not', (address) => {
  expect(slackTarget(address, home)).toBeUndefined();
});

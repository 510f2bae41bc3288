import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import {
  agreeOnly,
  closeAll,
  makeGroup,
  messagesSaying,
  pressForged,
  scheduleCheckIn,
} from '../support/stories.ts';

const group = 'Perinatal pilot';
const pulse = 'Weekly pulse';
const halfTerm = { from: '2026-03-16', until: '2026-03-20', name: 'half-term' };
const days = (count: number) => count * 24 * 60;

/** The days on which somebody was asked, whatever has become of the message since. */
const promptsTo = ({ workspace }: Community, person: PersonDriver): string[] =>
  workspace.calls.flatMap(({ method, args, answer }) =>
    method === 'chat.postMessage' &&
    args.channel === workspace.appDirectId(person.id) &&
    args.text === 'Your check-in is ready'
      ? [new Date(Number(answer?.ts) * 1000).toISOString().slice(0, 10)]
      : [],
  );

test('while the programme is closed nothing is sent: a weekly check-in leaves that week out, and planning one says why', async () => {
  const community = await givenCommunity();
  await community.stopBot();
  await community.startBot({ daysOff: { bankHolidays: [], closed: [halfTerm] } });
  await community.forward(5 * 60, 60);
  const [jo, robin, toni] = [community.as('jo'), community.as('robin'), community.as('toni')];
  await agreeOnly(robin);
  await makeGroup(jo, group, ['robin']);

  await jo.command('/chatr checkin new');
  await jo.submit({ 'Who is asked?': group, 'Which questions?': pulse });
  await jo.submit(
    { 'First date': '2026-03-18', Time: '10:00', 'How often?': 'Every week' },
    { mayFail: true },
  );
  expect(jo.modal()?.errors.date).toContain('Closed then (half-term)');
  await jo.submit({ 'First date': '2026-03-04', Time: '10:00', 'How often?': 'Every week' });
  await jo.click('Change how');
  await jo.submit({ 'Who gets it?': 'Everybody in the group' });
  const dates = jo.visibleText('modal');
  expect(dates).toMatch(/Wednesday 11 March.*Wednesday 25 March.*Wednesday 1 April.*Wednesday 8 April/);
  expect(dates).not.toContain('18 March');
  await jo.submit();
  await closeAll(jo);

  await community.forward(days(26), 180);
  expect(promptsTo(community, robin)).toEqual(['2026-03-04', '2026-03-11', '2026-03-25']);
  const digests = messagesSaying(jo, 'Last week in your groups');
  expect(
    digests.map(({ at }) => at.slice(0, 10)),
    'two weeks in one message',
  ).toEqual(['2026-03-23']);
  for (const person of [jo, robin, toni])
    for (const { at } of person.dmsWithBot())
      expect(
        at.slice(0, 10) >= halfTerm.from && at.slice(0, 10) <= halfTerm.until,
        `${person.realName} ${at}`,
      ).toBe(false);
  expect(community.log).toEqual([]);
});

test('closed after it was planned: what comes again leaves it out, what comes once is asked afterwards', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await agreeOnly(robin);
  await makeGroup(jo, group, ['robin']);
  const template = 'What is this community worth to you?';
  await scheduleCheckIn(jo, { group, template: pulse, date: '2026-03-17', time: '10:00', how: 'Every week' });
  await scheduleCheckIn(jo, { group, template, date: '2026-03-18', time: '10:00', open: '7 days' });
  await community.stopBot();
  await community.startBot({ daysOff: { bankHolidays: [], closed: [halfTerm] } });
  await community.forward(days(22), 180);
  expect(promptsTo(community, robin)).toEqual(['2026-03-23', '2026-03-24']);
  expect(community.log).toEqual([]);
});

test('a group has closed days of its own, by a small form on its card, with a way back', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  await agreeOnly(robin, sam);
  await makeGroup(jo, group, ['robin']);
  await makeGroup(jo, 'Teachers', ['sam']);
  for (const one of [group, 'Teachers'])
    await scheduleCheckIn(jo, {
      group: one,
      template: pulse,
      date: '2026-03-11',
      time: '10:00',
      how: 'Every week',
    });

  await jo.command('/chatr groups');
  await jo.click('Open', { nth: 1 });
  await jo.choose({ actionId: 'cohorts.more' }, 'Name and dates');
  await jo.click('Closed days');
  expect(jo.visibleText('modal')).toContain('Teachers');
  await jo.submit({ 'First day': '2026-03-16' }, { mayFail: true });
  expect(jo.modal()?.errors, 'nothing stands there of the window before').toHaveProperty('why');
  const days16 = { 'First day': '2026-03-16', 'Last day': '2026-03-20', Why: 'half-term' };
  await jo.submit({ ...days16, 'Last day': '2026-03-13' }, { mayFail: true });
  expect(JSON.stringify(jo.modal()?.errors)).toContain('before the first day');
  await jo.submit({ ...days16, 'First day': '2026-02-01', 'Last day': '2026-02-03' }, { mayFail: true });
  expect(JSON.stringify(jo.modal()?.errors)).toContain('These days are over');
  await jo.submit(days16);
  expect(jo.visibleText('modal')).toContain('Closed: Monday 16 March to Friday 20 March (half-term).');
  await jo.choose({ actionId: 'cohorts.more' }, 'Name and dates');
  await jo.click('Closed days');
  await jo.submit({ 'First day': '2026-04-01', Why: 'strike day' });
  await jo.choose({ actionId: 'cohorts.more' }, 'Name and dates');
  await jo.click('Closed days');
  await jo.click('Open again', { nth: 1 });
  expect(jo.visibleText('modal')).toContain('half-term');
  expect(jo.visibleText('modal')).not.toContain('1 April');
  await closeAll(jo);
  await community.forward(days(9), 180);
  await jo.command('/chatr checkin list');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toMatch(/Teachers · next: [^\n]*25 March/);
  expect(jo.visibleText(jo.ephemerals().at(-1))).toMatch(/Perinatal pilot · next: [^\n]*18 March/);

  await community.forward(days(21), 180);
  expect(promptsTo(community, robin)).toEqual(['2026-03-11', '2026-03-18', '2026-03-25', '2026-04-01']);
  expect(promptsTo(community, sam)).toEqual(['2026-03-11', '2026-03-25', '2026-04-01']);
  expect(community.log).toEqual([]);
});

test('the next one of a weekly check-in is skipped, once, however often it is pressed; the rhythm stays', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await agreeOnly(robin);
  await makeGroup(jo, group, ['robin']);
  await scheduleCheckIn(jo, { group, template: pulse, date: '2026-03-11', time: '10:00', how: 'Every week' });
  await jo.command('/chatr checkin list');
  await jo.choose({ actionId: 'checkins.manage' }, 'Skip the next …');
  expect(jo.visibleText('modal')).toContain('The one of Wednesday 11 March, 10:00 is left out');
  expect(jo.visibleText('modal')).toContain('The next comes on Wednesday 18 March, 10:00');
  const [, value = ''] =
    /"action_id":"checkins.skip-next".*?"value":"([^"]+)"/.exec(JSON.stringify(jo.modal())) ?? [];
  expect(value).toContain('2026-03-11');
  await jo.click('Skip this one');
  expect(jo.visibleText('modal')).toContain('The one after it comes on Wednesday 18 March, 10:00');
  await closeAll(jo);
  await pressForged(community, 'jo', { actionId: 'checkins.skip-next', value });
  await pressForged(community, 'robin', {
    actionId: 'checkins.skip-next',
    value: value.replace('03-11', '03-18'),
  });
  await community.forward(days(23), 180);
  expect(promptsTo(community, robin)).toEqual(['2026-03-18', '2026-03-25']);
  expect(community.log).toEqual([]);
});

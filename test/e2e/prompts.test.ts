import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Community, givenCommunity, livedOnce } from '../support/community.ts';
import { shippedContent } from '../support/shipped.ts';
import { agreeOnly, closeAll, makeGroup, messagesSaying, scheduleCheckIn } from '../support/stories.ts';

const group = 'Perinatal pilot';
const week = 'How has your working week felt?';

const names = ['robin', 'sam', 'toni'];

const standingGroup = livedOnce(async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  await agreeOnly(...names.map((name) => community.as(name)));
  await makeGroup(community.as('jo'), group, names);
  return community;
});

async function liveAsked(template: string, how?: string): Promise<Community> {
  const community = await standingGroup();
  const when = { date: '2026-03-04', time: '10:00', ...(how && { how }) };
  await scheduleCheckIn(community.as('jo'), { group, template, ...when });
  await community.forward(24 * 60, 60);
  return community;
}

const askedOnce = livedOnce(() => liveAsked('Weekly pulse'));

/** Three people in a group have been asked; it is Wednesday 4 March, towards 15:00. */
async function givenAsked(template?: string, how?: string) {
  const given = template === undefined ? await askedOnce() : await liveAsked(template, how);
  return { ...given, jo: given.as('jo'), people: names.map((name) => given.as(name)) };
}

/** What stands now where somebody was asked, and later reminded: none may ask for what is done. */
function asked(person: PersonDriver): { text: string; buttons: string[] }[] {
  const about = person
    .dmsWithBot()
    .filter((message) => !message.ephemeral && /Weekly pulse|Confidence/.test(person.visibleText(message)));
  expect(about.length, person.describe()).toBeGreaterThan(0);
  return about.map((message) => ({ text: person.visibleText(message), buttons: buttonsOf(message) }));
}

const buttonsOf = ({ blocks }: { blocks?: unknown }): string[] =>
  [...JSON.stringify(blocks).matchAll(/"type":"button".*?"text":"([^"]+)"/g)].map(([, text]) => text ?? '');

test('when its time is up a prompt closes itself, and so does its reminder: one line, no button', async () => {
  const given = await givenAsked();
  const [robin, sam, toni] = given.people as [PersonDriver, PersonDriver, PersonDriver];
  await sam.click('Answer');
  await sam.submit({ [week]: '3' });
  await closeAll(sam);
  await toni.click('Skip this one');
  await given.forward(9 * 24 * 60, 6 * 60);
  const over = {
    text: 'Weekly pulse · closed',
    buttons: [],
  };
  // The reminder came after it: the newest says so, once, and the older one is gone.
  expect(asked(robin)).toEqual([over]);
  expect(asked(toni)).toEqual([over]);
  expect(asked(sam)[0]?.text, 'thanked once, and left alone').toContain('Thank you, you have answered');
  expect(given.log).toEqual([]);
});

test('weeks in which somebody says nothing leave one line, not one each', async () => {
  const given = await givenAsked('Weekly pulse', 'Every week');
  const [robin, sam] = given.people as [PersonDriver, PersonDriver];
  await given.forward(7 * 24 * 60, 60);
  await sam.click('Answer');
  await sam.submit({ [week]: '3' });
  await closeAll(sam);
  await given.forward(14 * 24 * 60, 60);
  const [over, ...open] = asked(robin);
  expect(over).toEqual({ text: 'Weekly pulse, week of 16 March · closed', buttons: [] });
  expect(open.map(({ buttons }) => buttons[0])).toEqual(['Answer']);
  // What somebody answered stays between what they did not.
  expect(asked(sam).map(({ text }) => text.slice(0, 60))).toEqual([
    'Weekly pulse, week of 2 March · closed',
    expect.stringContaining('you have answered Weekly pulse, week of 9 March'),
    'Weekly pulse, week of 16 March · closed',
    expect.stringContaining('Weekly pulse, week of 23 March'),
  ]);
  expect(given.log).toEqual([]);
});

test('answered late: the reminder says thank you, and the prompt is gone', async () => {
  const given = await givenAsked();
  const [robin] = given.people as [PersonDriver];
  await given.forward(6 * 24 * 60, 6 * 60);
  expect(asked(robin)).toHaveLength(2);
  await robin.click('Answer');
  await robin.submit({ [week]: '3' });
  await given.workspace.settled();
  expect(asked(robin)).toEqual([
    { text: expect.stringContaining('Thank you, you have answered Weekly pulse.'), buttons: [] },
  ]);
});

test('called off by who planned it: nobody is asked on', async () => {
  const given = await givenAsked();
  await given.jo.command('/chatr checkin list');
  await given.jo.choose({ actionId: 'checkins.manage' }, 'End it …');
  await given.jo.click('End check-in');
  await given.beat();
  for (const person of given.people)
    expect(asked(person)).toEqual([{ text: 'Weekly pulse · called off', buttons: [] }]);
  expect(given.log).toEqual([]);
});

test('skipped, put off and stopped are said in its place, and each has its way back', async () => {
  const given = await givenAsked();
  const [robin, sam, toni] = given.people as [PersonDriver, PersonDriver, PersonDriver];
  await robin.click('Skip this one');
  expect(asked(robin)).toEqual([
    { text: expect.stringContaining('Skipped: Weekly pulse.'), buttons: ['Answer after all'] },
  ]);
  await sam.click('Later today');
  expect(asked(sam)).toEqual([
    { text: expect.stringContaining('comes back on'), buttons: ['Answer now', 'Skip this one'] },
  ]);
  await toni.choose({ actionId: 'checkins.more' }, 'Stop this check-in for me');
  expect(asked(toni)).toEqual([
    { text: expect.stringContaining('You will not be asked'), buttons: ['Ask me again'] },
  ]);
  await toni.click('Ask me again');
  await given.workspace.settled();
  expect(asked(toni)[0]?.buttons).toEqual(['Answer', 'Later today', 'Skip this one']);
  expect(given.log).toEqual([]);
});

test('taken back, what was answered can be answered again where it was asked', async () => {
  const given = await givenAsked('Confidence: before we start');
  const [robin] = given.people as [PersonDriver];
  await robin.click('Answer');
  await robin.submit({ 'question-0': '7' });
  await robin.submit();
  await closeAll(robin);
  expect(asked(robin)[0]?.buttons).toEqual(['See my answers']);
  await robin.click('See my answers');
  await robin.click('Delete my answers');
  await closeAll(robin);
  expect(asked(robin)).toEqual([
    { text: expect.stringContaining('are deleted.'), buttons: ['Answer again'] },
  ]);
});

test('taken out of the group and put back: the prompt closes, and asks again', async () => {
  const given = await givenAsked();
  const [robin, sam] = given.people as [PersonDriver, PersonDriver];
  await given.jo.command('/chatr groups');
  await given.jo.click('Open');
  await given.jo.click('See people');
  await given.jo.click('Take out', { nth: 0 });
  await given.workspace.settled();
  expect(asked(robin)).toEqual([{ text: 'Weekly pulse · for a group you are not in any more', buttons: [] }]);
  expect(asked(sam)[0]?.buttons).toContain('Answer');
  await given.jo.click('Undo');
  await given.workspace.settled();
  expect(asked(robin)[0]?.buttons).toEqual(['Answer', 'Later today', 'Skip this one']);
});

test('made a facilitator of the group: the prompt closes, nothing reminds, and it asks again once they are none', async () => {
  const given = await givenAsked();
  const [robin] = given.people as [PersonDriver];
  const set = async (...people: string[]) => {
    await given.jo.command('/chatr groups');
    await given.jo.click('Open');
    await given.jo.choose({ actionId: 'cohorts.more' }, 'Facilitators');
    await given.jo.submit({ 'Facilitators of this group': people });
    await closeAll(given.jo);
    await given.workspace.settled();
  };
  await set('jo', 'robin');
  expect(asked(robin)).toEqual([
    { text: 'Weekly pulse · you can read its results now, so you are not asked', buttons: [] },
  ]);
  await robin.openHome({ quiet: true });
  expect(robin.visibleText('home')).not.toContain('Answer now');
  await set('jo');
  expect(asked(robin)[0]?.buttons).toEqual(['Answer', 'Later today', 'Skip this one']);
  expect(given.log).toEqual([]);
});

test('a group that is archived closes what is open in it; brought back, it asks again', async () => {
  const given = await givenAsked();
  const [robin, sam] = given.people as [PersonDriver, PersonDriver];
  await sam.click('Skip this one');
  await given.jo.command('/chatr groups');
  await given.jo.click('Open');
  await given.jo.click('Archive');
  await given.workspace.settled();
  for (const person of [robin, sam])
    expect(asked(person)).toEqual([{ text: 'Weekly pulse · the group has ended', buttons: [] }]);
  await given.jo.click('Bring it back');
  await given.workspace.settled();
  expect(asked(robin)[0]?.buttons).toContain('Answer');
  expect(asked(sam)[0]?.buttons).toEqual(['Answer after all']);
});

test('who leaves the programme is asked for nothing more', async () => {
  const given = await givenAsked();
  const [robin] = given.people as [PersonDriver];
  await declineLater(given, robin);
  expect(asked(robin)).toEqual([{ text: 'Weekly pulse · for those who take part', buttons: [] }]);
  expect(given.log).toEqual([]);
});

/** The agreement has a new version, and this person does not want it. */
async function declineLater(given: Community, person: PersonDriver): Promise<void> {
  const { journey } = shippedContent();
  await given.stopBot();
  await given.startBot({
    journey: { ...journey, agreement: { ...journey.agreement, version: '2', changes: ['It is new.'] } },
  });
  await person.openHome();
  await person.click('Read the agreement', { in: 'home' });
  await person.click('No, thank you');
  await closeAll(person);
  await given.workspace.settled();
}

test('where Slack asks to wait, the rest is said with a later beat', async () => {
  const given = await givenAsked();
  given.workspace.faults.next('chat.update', 'rate-limit', { retryAfterSeconds: 30 });
  await given.forward(7 * 24 * 60, 6 * 60);
  await given.forward(60);
  for (const person of given.people) expect(asked(person)[0]?.buttons, person.realName).toEqual([]);
});

test('answered or skipped, but Slack did not take it, and then the program stopped: it is said once it is back', async () => {
  const given = await givenAsked();
  const [robin, sam, toni] = given.people as [PersonDriver, PersonDriver, PersonDriver];
  given.workspace.faults.next('chat.update', 'drop-request');
  await robin.click('Answer');
  await robin.submit({ [week]: '3' });
  await closeAll(robin);
  for (const method of ['response_url', 'chat.update']) given.workspace.faults.next(method, 'server-error');
  await sam.click('Skip this one');
  expect([...asked(robin), ...asked(sam)].map(({ buttons }) => buttons[0])).toEqual(['Answer', 'Answer']);
  const before = asked(toni);
  await given.stopBot();
  await given.startBot();
  await given.forward(1);
  expect(asked(robin)).toEqual([
    { text: expect.stringContaining('Thank you, you have answered'), buttons: [] },
  ]);
  expect(asked(sam)).toEqual([{ text: expect.stringContaining('Skipped'), buttons: ['Answer after all'] }]);
  expect(asked(toni), 'nothing of theirs has changed').toEqual(before);
});

test('answered before anybody knew that the prompt had come: it is thanked for once that is known', async () => {
  const given = await givenAsked();
  const [robin] = given.people as [PersonDriver];
  given.workspace.faults.next('chat.postMessage', 'drop-answer');
  await robin.click('Later today');
  await given.forward(18 * 60, 60);
  await robin.command('/chatr checkins');
  await robin.click('Answer now');
  await robin.submit({ [week]: '3' });
  await closeAll(robin);
  await given.forward(3, 1);
  expect(asked(robin)).toEqual([
    { text: expect.stringContaining('Thank you, you have answered'), buttons: [] },
  ]);
});

test('closed while the program was down, or just before it stopped: said once it is back', async () => {
  const given = await givenAsked();
  await given.stopBot();
  given.clock.forward(7 * 24 * 60);
  await given.startBot();
  await given.forward(60);
  for (const person of given.people) {
    expect(asked(person)[0]?.text, person.realName).toBe('Weekly pulse · closed');
    expect(messagesSaying(person, 'Your check-in is ready')).toEqual([]);
  }
});

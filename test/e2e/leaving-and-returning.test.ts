import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { aDay, givenNewcomer, messageAbout, offersTo, titles } from '../support/journeys.ts';
import { closeAll, makeGroup, messagesSaying, scheduleCheckIn, welcomesOf } from '../support/stories.ts';

test('a deactivated person gets nothing; when they return they are welcomed back and not restarted', async () => {
  const { community, person } = await givenNewcomer();
  const { workspace } = community;
  await community.forward(aDay, 60);
  await person.click('Skip this step', { in: messageAbout(person, 'A little about you') });
  // The next step lies in the outbox already when they go.
  await community.forward(12 * 60, 60);
  await workspace.deactivate('robin');
  const before = person.dmsWithBot().length;
  await community.forward(14 * aDay, 240);
  expect(person.dmsWithBot()).toHaveLength(before);
  await workspace.reactivate('robin');
  await community.forward(3 * aDay, 120);
  expect(messagesSaying(person, 'Welcome back')).toHaveLength(1);
  expect(welcomesOf(person)).toHaveLength(1);
  const offered = titles(offersTo(community, person));
  expect(offered).toEqual([...new Set(offered)]);
  expect(offered.length).toBeGreaterThan(1);
  expect(community.log).toEqual([]);
});

test('whoever leaves the forum gets nothing more, and is welcomed back with the journey where it was', async () => {
  const { community, person } = await givenNewcomer();
  const { workspace } = community;
  await community.forward(aDay, 60);
  await workspace.leaveChannel('robin', 'chatr-forum');
  const before = person.dmsWithBot().length;
  await community.forward(7 * aDay, 240);
  expect(person.dmsWithBot()).toHaveLength(before);
  await workspace.joinChannel('robin', 'chatr-forum');
  await community.forward(60, 10);
  expect(messagesSaying(person, 'Welcome back')).toHaveLength(1);
  await community.forward(3 * aDay, 120);
  const offered = titles(offersTo(community, person));
  expect(offered).toEqual([...new Set(offered)]);
  expect(community.log).toEqual([]);
});

test('what left and came back while the bot was down is noticed when it is up again', async () => {
  const { community, person } = await givenNewcomer();
  await community.stopBot();
  await community.workspace.leaveChannel('robin', 'chatr-forum');
  await community.startBot();
  const before = person.dmsWithBot().length;
  await community.forward(7 * aDay, 240);
  expect(person.dmsWithBot()).toHaveLength(before);
  expect(community.log).toEqual([]);
});

test('leaving a group takes back what was queued for it, and only that', async () => {
  const { community, person } = await givenNewcomer();
  const jo = community.as('jo');
  await makeGroup(jo, 'Spring group', ['robin']);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '08:30',
  });
  // Decided at half past eight, to be sent when their quiet hours end.
  await community.forward(22 * 60 + 25, 60);
  await person.command('/chatr groups');
  await person.click('Leave this group');
  await community.forward(2 * aDay, 60);
  expect(messagesSaying(person, 'check-in')).toEqual([]);
  expect(titles(offersTo(community, person))).toContain('A little about you');
  expect(community.log).toEqual([]);
});

test('leaving the programme stops everything at once; nothing that was written is lost', async () => {
  const { community, person } = await givenNewcomer();
  await person.command('/chatr reflect');
  await person.submit({ 'A moment: What stayed with you today?': 'Something of mine.' });
  await closeAll(person);
  await person.command('/chatr my data');
  await person.click('What exactly, and why');
  const held = person.visibleText('modal');
  for (const what of ['Reflections', 'First steps', 'Agreements', 'Messages from me'])
    expect(held).toContain(what);
  await person.closeModal();
  await person.command('/chatr leave');
  await person.click('Leave the programme', { nth: 0 });
  expect(person.visibleText(person.ephemerals().at(-1))).toContain('You have left');
  const before = person.dmsWithBot().filter(({ ephemeral }) => !ephemeral).length;
  await community.forward(14 * aDay, 240);
  expect(person.dmsWithBot().filter(({ ephemeral }) => !ephemeral)).toHaveLength(before);
  await person.command('/chatr journal');
  expect(person.visibleText('modal')).toContain('Something of mine.');
  expect(community.log).toEqual([]);
});

test('whoever said no has no name here, even when it changes in Slack; a change of mind begins afresh', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await robin.openHome();
  await robin.click('Read the community agreement', { in: 'home' });
  await robin.click('No, thank you');
  await closeAll(robin);
  await community.workspace.changeProfile('robin', { displayName: 'Robin the Second' });
  await robin.openHome({ quiet: true });
  expect(robin.visibleText('home')).toContain('*Hello.*');
  await robin.command('/chatr my data');
  await robin.click('What exactly, and why');
  expect(robin.visibleText('modal')).toContain('*You*');
  expect(robin.visibleText('modal')).not.toContain('Your name');
  await robin.closeModal();
  await robin.click('Read the agreement', { in: 'home' });
  await robin.submit();
  await closeAll(robin);
  await robin.openHome({ quiet: true });
  expect(robin.visibleText('home')).toContain('Hello Robin');
  await community.forward(6 * aDay, 120);
  expect(titles(offersTo(community, robin))).toEqual(['A little about you', 'Say hello']);
  expect(community.log).toEqual([]);
});

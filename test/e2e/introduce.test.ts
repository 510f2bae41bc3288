import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { aDay, givenNewcomer, messageAbout } from '../support/journeys.ts';
import { actingMarkup, agree, closeAll, markupIn } from '../support/stories.ts';

/** Posted in the forum by the bot. */
const posted = ({ community, person }: Awaited<ReturnType<typeof givenNewcomer>>) =>
  community
    .as('jo')
    .messages('chatr-forum')
    .filter((message) => person.visibleText(message).includes('says hello'));

test('the bot drafts from the profile, the person changes it, sees it as others would, and posts it', async () => {
  const given = await givenNewcomer();
  const { community, person } = given;
  await person.openHome();
  await person.click('Edit my profile', { in: 'home' });
  await person.submit({ 'Your role': 'Midwife' });
  await person.submit({ 'A line to introduce you': 'I like quiet mornings.' });
  await closeAll(person);
  await community.forward(6 * aDay, 120);
  const message = messageAbout(person, 'Say hello');
  await person.click('Draft my hello', { in: message });
  expect(JSON.stringify(person.modal())).toContain('My role: Midwife');
  await person.submit({ 'Your hello': '<!channel> *Hello*, I am <@U1> 😀' });
  expect(person.visibleText('modal')).toContain('will see this, with your name');
  expect(posted(given), 'a preview posts nothing').toEqual([]);
  await person.submit();
  await closeAll(person);
  expect(posted(given)).toHaveLength(1);
  expect(markupIn(posted(given)[0]?.blocks)).not.toMatch(actingMarkup);
  // The message that asked asks no longer.
  const now = person.dmsWithBot().find(({ ts }) => ts === message.ts);
  expect(person.visibleText(now)).toContain('*Say hello*: done.');
  expect(community.log).toEqual([]);
});

test('whoever does not want to posts nothing, from the draft and from the preview', async () => {
  const given = await givenNewcomer();
  const { community, person } = given;
  await community.forward(6 * aDay, 120);
  await person.click('Draft my hello', { in: messageAbout(person, 'Say hello') });
  await closeAll(person);
  await person.click('Draft my hello', { in: messageAbout(person, 'Say hello') });
  await person.submit();
  await person.closeModal();
  expect(person.modal()?.title, 'back at the draft').toBe('Say hello');
  await closeAll(person);
  await person.click('Skip this step', { in: messageAbout(person, 'Say hello') });
  await community.forward(7 * aDay, 240);
  expect(posted(given)).toEqual([]);
  expect(community.log).toEqual([]);
});

test('where there is no forum the words are for the person to post', async () => {
  const community = await givenCommunity({ forum: false });
  const robin = community.as('robin');
  await robin.openHome();
  await agree(robin);
  await community.forward(6 * aDay, 120);
  await robin.click('Draft my hello', { in: messageAbout(robin, 'Say hello') });
  await robin.submit({ 'Your hello': 'Good morning.' });
  expect(robin.visibleText('modal')).toContain('Copy this and post it where you like');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Done');
  expect(community.log).toEqual([]);
});

test('when Slack’s answer is lost it is posted once, and the words stay to be copied', async () => {
  const given = await givenNewcomer();
  const { community, person } = given;
  await community.forward(6 * aDay, 120);
  await person.click('Draft my hello', { in: messageAbout(person, 'Say hello') });
  await person.submit({ 'Your hello': 'Good morning to all.' });
  community.workspace.faults.next('chat.postMessage', 'server-error-after');
  await person.submit();
  expect(person.visibleText('modal')).toContain('did not say whether it was posted');
  expect(person.visibleText('modal')).toContain('Good morning to all.');
  expect(posted(given)).toHaveLength(1);
});

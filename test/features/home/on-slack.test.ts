import { expect, test } from 'vitest';
import { givenCommunity } from '../../support/community.ts';
import { closeAll, makeGroup, scheduleCheckIn } from '../../support/stories.ts';

test('Home begins with what is there now; what can be done comes after it, said once', async () => {
  const { as } = await givenCommunity();
  const robin = as('robin');
  await robin.openHome();
  const text = robin.visibleText('home');
  expect(text.match(/Hello/g)).toHaveLength(1);
  expect(text.indexOf('Read the community agreement')).toBeLessThan(
    text.indexOf('What would you like to do?'),
  );
});

test('whoever facilitates and looks at Home sees a check-in open, without opening the page again', async () => {
  const { as, forward } = await givenCommunity();
  const jo = as('jo');
  await makeGroup(jo, 'Spring group', ['robin', 'sam']);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '09:30',
  });
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('09:30');
  expect(jo.visibleText('home')).not.toContain('Open until');
  await forward(24 * 60);
  expect(jo.visibleText('home')).toMatch(/open until/i);
});

test('whoever said no to the agreement is not invited to write what would not be kept', async () => {
  const { as } = await givenCommunity();
  const gale = as('gale');
  await gale.openHome();
  expect(gale.visibleText('home')).toContain('My journal');
  await gale.click('Note one thing', { in: 'home' });
  await gale.submit({ 'One thing I will try': 'Sit down first' });
  await closeAll(gale);
  await gale.post('hello');
  const older = gale.dmsWithBot().at(-1);
  await gale.click('Read the community agreement', { in: 'home' });
  await gale.click('No, thank you');
  await closeAll(gale);
  expect(gale.visibleText('home')).not.toContain('A first reflection takes');
  // What they noted stays theirs to read and to delete.
  expect(gale.visibleText('home')).not.toContain('Note one more');
  await gale.click('Open what I noted', { in: 'home' });
  expect(gale.visibleText('modal')).toContain('Sit down first');
  expect(gale.visibleText('modal')).not.toMatch(/Turn it into|Change the words|Ask me about it again/);
  await closeAll(gale);
  await gale.command('/chatr journal');
  expect(gale.visibleText('modal')).toContain('nothing that you write is kept');
  expect(gale.visibleText('modal')).not.toContain('Write a reflection');
  await closeAll(gale);
  // The buttons of an older answer stay in the conversation.
  await gale.click('Write a reflection', { in: older ?? 'home' });
  expect(gale.visibleText(gale.ephemerals().at(-1) ?? 'modal')).toContain('nothing that you write is kept');
});

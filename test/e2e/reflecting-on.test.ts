import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import {
  agreeOnly,
  closeAll,
  databaseBytes,
  makeGroup,
  messagesSaying,
  scheduleCheckIn,
} from '../support/stories.ts';

const box = 'A moment: What stayed with you today?';

test('on a message: a link to it goes along, and never a word of it', async () => {
  const community = await givenCommunity();
  const [robin, sam] = [community.as('robin'), community.as('sam')];
  await agreeOnly(robin);
  await sam.post('The armadillo met the family', { in: 'general' });
  const message = robin.messages('general').at(-1);
  if (!message) throw new Error(robin.describe());
  await robin.shortcut('Reflect on this', { message });
  expect(robin.visibleText('modal')).not.toContain('armadillo');
  expect(robin.visibleText('modal')).toContain('About:');
  await robin.submit({ [box]: 'I had not thought of that' });
  await robin.click('Open it');
  const shown = JSON.stringify(robin.modal());
  expect(shown).toContain(
    `/archives/${community.workspace.channelId('general')}/p${message.ts.replace('.', '')}`,
  );
  expect(shown).toMatch(/a message in Slack[^\n]* in <#C/);
  expect(shown).not.toContain('armadillo');
  // It can be taken away again.
  await robin.click('Title, date, tags');
  await robin.click('Take the link away');
  await robin.submit({ Title: 'Something new' });
  await robin.click('Open it');
  expect(JSON.stringify(robin.modal())).not.toContain('/archives/');
  await closeAll(robin);
  expect(databaseBytes(community)).not.toContain('armadillo');
  expect(JSON.stringify(robin.dmsWithBot())).not.toContain('armadillo');
  expect(community.log).toEqual([]);
});

test('on a saved resource: its title and link go along; after a check-in: a button, with nothing of the answers', async () => {
  const community = await givenCommunity();
  const [robin, jo] = [community.as('robin'), community.as('jo')];
  await agreeOnly(robin, jo);
  await robin.command('/chatr find Childhood Trauma and the Brain');
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
  await robin.command('/chatr saved');
  await robin.choose({ actionId: 'resources.about' }, 'Reflect on this', { nth: 0 });
  expect(robin.visibleText('modal')).toContain('Childhood Trauma and the Brain');
  await robin.closeModal();
  // Nothing was written, so nothing is kept.
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('Nothing here yet');
  await closeAll(robin);
  await robin.choose({ actionId: 'resources.about' }, 'Reflect on this', { nth: 0 });
  await robin.submit({ [box]: 'Five good minutes' });
  await robin.click('Open it');
  expect(robin.visibleText('modal')).toContain('*Childhood Trauma and the Brain');
  expect(JSON.stringify(robin.modal())).toContain('https://');
  await closeAll(robin);

  await makeGroup(jo, 'Spring group', ['robin', 'sam', 'toni']);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);
  const [prompt] = messagesSaying(robin, 'Your check-in is ready');
  if (!prompt) throw new Error(robin.describe());
  await robin.click('Answer', { in: prompt });
  await robin.submit({ 'question-0': '3' });
  expect(robin.visibleText('modal')).toContain('Your answers are saved');
  await robin.click('Write a reflection');
  expect(robin.visibleText('modal')).toContain('*Only you see this.*');
  expect(robin.visibleText('modal')).not.toContain('About:');
  expect(community.log).toEqual([]);
});

import { expect, test } from 'vitest';
import { givenCommunity } from '../../support/community.ts';

test('whoever writes “pause” to the bot is paused, as the welcome promises', async () => {
  const { as } = await givenCommunity();
  const robin = as('robin');
  const newest = () => {
    const message = robin.dmsWithBot().at(-1);
    return message ? robin.visibleText(message) : '';
  };
  await robin.post(' Pause ');
  expect(newest()).toContain('All messages are paused');
  await robin.post('start');
  expect(newest()).toContain('Messages are on again');
  await robin.post('pause the video');
  expect(newest()).toContain('I cannot chat');
});

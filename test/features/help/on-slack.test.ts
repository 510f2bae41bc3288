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

test('nothing of what somebody wrote to the bot stands in its answer, which Slack keeps', async () => {
  const { as } = await givenCommunity();
  const robin = as('robin');
  await robin.post('my client Zebedee told me');
  const answer = robin.dmsWithBot().at(-1);
  expect(answer && robin.visibleText(answer)).toContain('I cannot chat');
  expect(JSON.stringify(answer)).not.toMatch(/zebedee/i);
  await robin.click('Find a resource');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('What are you looking for?');
});

test('a command in quotes, in markup or said twice is the command, by command and by message', async () => {
  const { as } = await givenCommunity();
  const robin = as('robin');
  for (const line of ['“help”', '`help`', '*help*', '--help', '/chatr help', 'help!']) {
    await robin.command(`/chatr ${line}`);
    expect([line, robin.visibleText(robin.ephemerals().at(-1))]).toEqual([
      line,
      expect.stringContaining('Type `/chatr` and one of these words'),
    ]);
  }
  for (const line of ['*pause*', '`pause`', '“Pause”.', '<@U0BOT> pause!']) {
    await robin.post(line);
    expect(robin.visibleText(robin.dmsWithBot().at(-1))).toContain('All messages are paused');
    await robin.post('start');
  }
  await robin.command('/chatr “birth trauma” — dads');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('birth trauma');
});

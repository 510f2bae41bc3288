import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { shippedContent } from '../support/shipped.ts';
import { agreeOnly, closeAll } from '../support/stories.ts';

const { prompts } = shippedContent().prompts;
const adolescents = prompts.filter(({ age_group }) => age_group === '11-18');
const [first, second, third] = adolescents;
const hour = 60;
const day = 24 * hour;

test('a facilitator plans prompts for the forum; they come once a week, their threads are asked once, and they rest where the bot cannot post', async () => {
  const community = await givenCommunity();
  const { workspace } = community;
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await agreeOnly(robin);
  const came = () =>
    jo
      .messages('chatr-forum')
      .filter(({ text }) => /: /.test(text) && adolescents.some(({ title }) => text.endsWith(title)));
  const newest = () => jo.visibleText(jo.ephemerals().at(-1));

  await jo.command('/chatr prompts');
  expect(newest()).toContain('Nothing is planned yet');
  await jo.click('Plan prompts');
  const wanted = {
    'For whom?': 'Everybody, in the forum',
    'Age group': 'Adolescence, 11 to 18',
    At: '06:00',
  };
  await jo.submit(wanted);
  expect(jo.visibleText('modal')).toContain('Please give a time between 07:00 and 20:00');
  await jo.submit({ ...wanted, At: '10:30', When: 'Every Tuesday', Until: '2026-05-01' });
  expect(jo.visibleText('modal')).toContain(`Planned.* The first one comes to`);
  expect(jo.visibleText('modal')).toContain(`Tuesday 3 March, 10:30: \u2018${first?.title}\u2019`);

  // One a day in a channel.
  await jo.click('Plan prompts');
  await jo.submit({ 'For whom?': 'Everybody, in the forum', When: 'Every second Tuesday' });
  expect(jo.visibleText('modal')).toContain('has a prompt on that weekday already');
  await closeAll(jo);

  await jo.command('/chatr prompts');
  await jo.click('Preview');
  expect(newest()).toContain(first?.text);
  await jo.command('/chatr prompts');
  await jo.choose({ actionId: 'prompts.menu' }, 'Choose another');
  await jo.submit({ Prompt: second?.title ?? '' });
  await closeAll(jo);

  await community.forward(hour, 10);
  const [message, ...more] = came();
  expect(more).toEqual([]);
  if (!message) throw new Error('Nothing came.');
  expect(message.text).toContain(second?.title);
  expect(robin.visibleText(message)).not.toContain(second?.text);
  expect(robin.visibleText(message)).toContain('nothing that could identify anybody');

  await robin.click('Show it', { in: message });
  expect(robin.visibleText('modal')).toContain(second?.text);
  await robin.click('Reflect on this');
  expect(robin.visibleText('modal')).toContain('About:');
  await closeAll(robin);

  // A week later: the next one, and one question in the thread of the first.
  await community.forward(7 * day + 3 * hour, 3 * hour);
  expect(came().map(({ text }) => text.replace(/^[^:]*: /, ''))).toEqual([second?.title, first?.title]);
  const asked = () => jo.messages('chatr-forum').filter(({ text }) => text.startsWith('A week on'));
  expect(asked().map(({ threadTs }) => threadTs)).toEqual([message.ts]);

  await jo.command('/chatr prompts');
  await jo.choose({ actionId: 'prompts.menu' }, 'Skip the next one');
  expect(newest()).toContain(`Tuesday 24 March, 10:30: \u2018${third?.title}\u2019`);
  await community.forward(7 * day, 3 * hour);
  expect(came()).toHaveLength(2);
  expect(asked()).toHaveLength(2);

  // Taken out of the channel: said once, with what to do.
  await workspace.leaveChannel(workspace.botUserId, 'chatr-forum');
  await community.forward(7 * day, 3 * hour);
  const stopped = () =>
    jo.dmsWithBot().filter(({ text }) => text.startsWith('Practice prompts have stopped'));
  expect(came()).toHaveLength(2);
  expect(stopped()).toHaveLength(1);
  expect(jo.visibleText(stopped()[0])).toContain('/invite');
  await community.forward(7 * day, 3 * hour);
  expect(stopped()).toHaveLength(1);
  const [note] = stopped();
  await jo.click('Go on', note && { in: note });
  expect(newest()).toContain('They still rest');
  await workspace.joinChannel(workspace.botUserId, 'chatr-forum');
  await jo.click('Go on');
  expect(newest()).toContain('They go on');
  await community.forward(7 * day, 3 * hour);
  // The one that could not be posted was not used up.
  expect(came().at(-1)?.text).toContain(third?.title);

  await jo.command('/chatr prompts');
  await jo.choose({ actionId: 'prompts.menu' }, 'Stop');
  await jo.submit();
  await community.forward(14 * day, 6 * hour);
  expect(came()).toHaveLength(3);
  expect(asked()).toHaveLength(2);
});

test('one a week by direct message, for whoever asks for it, until they press stop; one that left the file says so', async () => {
  const community = await givenCommunity();
  const robin = community.as('robin');
  await agreeOnly(robin);
  await robin.command('/chatr prompts');
  await robin.click('Show me one');
  expect(robin.visibleText('modal')).toContain('Practice prompt');
  await robin.click('Another one');
  await closeAll(robin);
  await robin.command('/chatr prompts');
  await robin.click('Send me one a week');
  await robin.submit({ 'Age group': 'Adolescence, 11 to 18' });
  expect(robin.visibleText('modal')).toContain('Noted.');
  await closeAll(robin);
  const came = () => robin.dmsWithBot().filter(({ text }) => text === 'Your practice prompt of the week');
  await community.forward(14 * day, 3 * hour);
  expect(came().length).toBeGreaterThan(1);
  const titles = came().map((message) => robin.visibleText(message).split('\n')[0]);
  expect(new Set(titles).size).toBe(titles.length);
  expect(
    community
      .as('sam')
      .dmsWithBot()
      .some(({ text }) => text.includes('practice prompt')),
  ).toBe(false);

  const [message] = came();
  const { prompts: kept } = shippedContent();
  await community.stopBot();
  await community.startBot({ prompts: { ...kept, prompts: kept.prompts.slice(-1) } });
  await robin.click('Show it', message && { in: message });
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('not there any more');
  await robin.click('Stop these messages', message && { in: message });
  const before = came().length;
  await community.forward(14 * day, 6 * hour);
  expect(came()).toHaveLength(before);
  expect(community.log).toEqual([]);
});

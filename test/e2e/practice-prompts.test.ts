import { expect, test } from 'vitest';
import { nextPrompt, poolFor } from '../../src/features/prompts/choosing.ts';
import { givenCommunity } from '../support/community.ts';
import { shippedContent } from '../support/shipped.ts';
import { agreeOnly, closeAll, pressForged } from '../support/stories.ts';

const { prompts } = shippedContent().prompts;
const adolescents = prompts.filter(({ age_group }) => age_group === '11-18');
const [first, second] = adolescents;
/** What comes to a channel of that age group after these. */
const after = (...used: (string | undefined)[]) =>
  nextPrompt(
    poolFor(prompts, '11-18'),
    used.map((id) => id ?? ''),
  );
const third = after(second?.id);
const fourth = after(second?.id, third?.id);
const fifth = after(second?.id, third?.id, fourth?.id);
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
      .filter(({ text }) => /: /.test(text) && prompts.some(({ title }) => text.endsWith(title)));
  const newest = () => jo.visibleText(jo.ephemerals().at(-1));
  const newestOrWindow = () => (jo.modal() ? jo.visibleText('modal') : newest());

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

  // What was useful becomes a practice example: fiction, for the curators, without a name.
  await robin.click('Show it', { in: message });
  await robin.click('Keep what helped');
  expect(robin.visibleText('modal')).toContain(`What was useful of \u2018${second?.title}\u2019?`);
  expect(robin.visibleText('modal')).not.toContain('Your reflection stays');
  await robin.submit({
    Title: 'A walk first',
    'As fiction': 'Walking side by side, a lad began to talk.',
    'I have changed these, or left them out': [
      'Names, initials and what people are called',
      'Places, teams, schools and services',
      'Ages, dates, and who is in the family',
      'Anything unusual that somebody would know again',
    ],
  });
  expect(robin.visibleText('modal')).toContain('Sent to the curators');
  await closeAll(robin);

  // A week later: the next one, and one question in the thread of the first.
  await community.forward(7 * day + 3 * hour, 3 * hour);
  expect(came().map(({ text }) => text.replace(/^[^:]*: /, ''))).toEqual([second?.title, third?.title]);
  // Not one case after the other.
  expect(third?.kind).not.toBe(second?.kind);
  const asked = () => jo.messages('chatr-forum').filter(({ text }) => text.startsWith('A week on'));
  expect(asked().map(({ threadTs }) => threadTs)).toEqual([message.ts]);
  const [question] = asked();
  await robin.click('Keep what helped', question && { in: question });
  expect(robin.visibleText('modal')).toContain(`What was useful of \u2018${second?.title}\u2019?`);
  await closeAll(robin);

  await jo.command('/chatr prompts');
  await jo.choose({ actionId: 'prompts.menu' }, 'Skip the next one');
  // With its date goes the prompt that was to come then; both can be had back.
  expect(newest()).toMatch(/Tuesday 17 March, 10:30 is left out/);
  expect(newest()).toContain(`Tuesday 24 March, 10:30: \u2018${fifth?.title}\u2019`);
  const planned = newest();
  await jo.click('Undo the skip');
  expect(newest()).toContain(`Tuesday 17 March, 10:30: \u2018${fourth?.title}\u2019`);
  expect(newest()).not.toContain('Left out');
  await jo.choose({ actionId: 'prompts.menu' }, 'Skip the next one');
  expect(newest()).toBe(planned);
  // Pausing, stopping, or another time of that day, do not bring back what was skipped.
  await jo.choose({ actionId: 'prompts.menu' }, 'Pause');
  await jo.click('Go on');
  expect(newest()).toMatch(/They go on.*The next one comes on Tuesday 24 March, 10:30/s);
  await jo.choose({ actionId: 'prompts.menu' }, 'Stop');
  await jo.submit();
  await jo.click('Bring them back');
  expect(newestOrWindow()).toMatch(/Brought back.*Tuesday 24 March, 10:30/s);
  await closeAll(jo);
  for (const at of ['08:30', '10:30']) {
    await jo.command('/chatr prompts');
    await jo.choose({ actionId: 'prompts.menu' }, 'Change day, time or channel');
    await jo.submit({ At: at });
    expect(newestOrWindow()).toContain(
      `The next one comes on Tuesday 24 March, ${at}: \u2018${fifth?.title}`,
    );
    await closeAll(jo);
  }
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
  expect(came().at(-1)?.text).toContain(fifth?.title);

  await jo.command('/chatr prompts');
  await jo.choose({ actionId: 'prompts.menu' }, 'Stop');
  await jo.submit();
  await closeAll(jo);
  await community.forward(14 * day, 6 * hour);
  expect(came()).toHaveLength(3);
  expect(asked()).toHaveLength(2);
});

test('a plan is changed from the next one on, and one that was stopped by a slip is brought back as it was', async () => {
  const community = await givenCommunity();
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  const newest = () => jo.visibleText(jo.modal() ? 'modal' : jo.ephemerals().at(-1));
  const came = (channel: string) =>
    jo.messages(channel).filter(({ text }) => prompts.some(({ title }) => text.endsWith(`: ${title}`)));
  const menu = async (entry: string) => {
    await jo.command('/chatr prompts');
    await jo.choose({ actionId: 'prompts.menu' }, entry, { nth: 0 });
  };
  await jo.command('/chatr prompts');
  await jo.click('Plan prompts');
  const weekly = { 'For whom?': 'Everybody, in the forum', 'Age group': 'Adolescence, 11 to 18' };
  await jo.submit({ ...weekly, At: '10:30', When: 'Every Tuesday' });
  await closeAll(jo);
  await jo.command('/chatr prompts');
  await jo.click('Plan prompts');
  await jo.submit({ 'For whom?': 'Everybody, in the forum', At: '10:30', When: 'Every Monday' });
  await closeAll(jo);
  await community.forward(hour, 10);
  expect(came('chatr-forum')).toHaveLength(1);

  // It begins with what is planned, and says what is wrong beside it.
  const edit = async (what: Record<string, string>) => {
    await jo.command('/chatr prompts');
    await jo.choose({ actionId: 'prompts.menu' }, 'Change day, time or channel', { nth: 0 });
    await jo.submit(what);
  };
  await edit({ When: 'Every Monday' });
  expect(newest()).toContain('has a prompt on that weekday already');
  await closeAll(jo);
  await edit({ At: '21:00' });
  expect(newest()).toContain('Please give a time between 07:00 and 20:00');
  await closeAll(jo);
  await edit({ Until: '2026-03-04' });
  expect(newest()).toContain('No day is left until then');
  await closeAll(jo);
  await edit({ When: 'Every Thursday', At: '11:00', 'Age group': 'Early years, 0 to 5' });
  expect(newest()).toMatch(/Changed.*Thursday 5 March, 11:00/s);
  await closeAll(jo);
  await community.forward(3 * day, 3 * hour);
  expect(came('chatr-forum')).toHaveLength(2);
  const early = prompts.filter(({ age_group }) => age_group === '0-5');
  expect(early.some(({ title }) => came('chatr-forum')[1]?.text.endsWith(title))).toBe(true);

  // Stopped and brought back: the next one comes as planned, and the threads are asked as they would have been.
  await menu('Stop');
  await jo.submit();
  expect(newest()).toContain('Stopped');
  await jo.click('Bring them back');
  expect(newest()).toMatch(/Brought back.*Thursday 12 March, 11:00/s);
  await closeAll(jo);
  await community.forward(7 * day, 3 * hour);
  const asked = jo.messages('chatr-forum').filter(({ text }) => text.startsWith('A week on'));
  expect(asked.map(({ threadTs }) => threadTs)).toEqual(
    came('chatr-forum')
      .slice(0, 2)
      .map(({ ts }) => ts),
  );
  // Its day is another's by then: nothing is planned twice.
  await menu('Stop');
  await jo.submit();
  const stopped = 'prompts.bring-back';
  const value = /"action_id":"prompts.bring-back".*?"value":"([^"]+)"/.exec(JSON.stringify(jo.modal()))?.[1];
  await closeAll(jo);
  await jo.command('/chatr prompts');
  await jo.click('Plan prompts');
  await jo.submit({ ...weekly, At: '09:00', When: 'Every Thursday' });
  await closeAll(jo);
  await pressForged(community, 'jo', { actionId: stopped, value: value ?? '' });
  expect(newest()).toContain('has another prompt on that weekday now');
  // Nor can whoever runs nothing.
  await pressForged(community, 'robin', { actionId: stopped, value: value ?? '' });
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('not there any more');
  expect(community.log).toEqual([]);
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

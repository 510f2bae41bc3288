import { LogLevel, WebClient } from '@slack/web-api';
import type { PersonDriver } from 'practice-workspace';
import { defaultSeeds } from 'practice-workspace';
import { expect, test } from 'vitest';
import type { Person } from '../../src/community/people.ts';
import { toCatalogue } from '../../src/features/resources/content.ts';
import { lookAtRoom } from '../../src/slack/room.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { shippedContent } from '../support/shipped.ts';
import { agreeOnly, closeAll } from '../support/stories.ts';

const content = shippedContent();

/** The forum, a room without the bot, an archived one with it, and one that is shared with another organisation. */
const rooms = {
  ...defaultSeeds,
  people: [...defaultSeeds.people, { name: 'orla', realName: 'Orla Otherplace', connectedTeam: 'T0OTHER' }],
  channels: [
    ...defaultSeeds.channels,
    { name: 'staff-room', members: ['robin', 'sam'] },
    { name: 'old-room', members: ['robin', 'sam'], archived: true, withApp: true },
    { name: 'with-partners', members: ['robin', 'orla'], withApp: true },
    { name: 'leads-only', members: ['fran', 'jo'], private: true, withApp: true },
  ],
};

async function givenSharing(options: Parameters<typeof givenCommunity>[0] = {}) {
  const community = await givenCommunity({ workspace: { seeds: rooms }, ...options });
  const robin = community.as('robin');
  await agreeOnly(robin);
  await robin.command('/chatr find Childhood Trauma and the Brain');
  return { community, robin };
}

const openForm = (person: PersonDriver) =>
  person.choose({ actionId: 'resources.about' }, 'Share', { nth: 0 });

const sharedIn = (community: Community, channel: string, as = 'robin') =>
  community
    .as(as)
    .messages(channel)
    .filter((message) => community.as(as).visibleText(message).includes('shares a resource'));

const agreed = async (community: Community, name: string) => {
  await agreeOnly(community.as(name));
  return community.as(name);
};

/** @returns what the form says, where it does not go on. */
async function shareWith(robin: PersonDriver, name: string, note = '') {
  await openForm(robin);
  await robin.submit({ 'Or to a person': name, 'Why this one?': note }, { mayFail: true });
  if (robin.modal()?.title === 'Preview') await robin.submit();
  const said = JSON.stringify(robin.modal());
  await closeAll(robin);
  return said;
}

const sharedWith = (community: Community, name: string) =>
  community
    .as(name)
    .dmsWithBot()
    .filter((message) => message.text.includes('passed something on'));

test('to a channel: seen before, posted once, with a name and a note', async () => {
  const { community, robin } = await givenSharing();
  await openForm(robin);
  await robin.submit({
    'To a channel': 'chatr-forum',
    'Why this one?': 'Five minutes, *worth it* <!channel>',
  });
  expect(robin.visibleText('modal')).toContain('will see this');
  expect(sharedIn(community, 'chatr-forum')).toEqual([]);
  await robin.click('Change it');
  expect(JSON.stringify(robin.modal())).toContain('Five minutes');
  await robin.submit({ 'Why this one?': 'Five minutes, well spent.' });
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Posted');
  await closeAll(robin);
  const [post, ...more] = sharedIn(community, 'chatr-forum');
  expect(more).toEqual([]);
  expect(robin.visibleText(post)).toContain('Five minutes, well spent.');
  expect(robin.visibleText(post)).toContain('Childhood Trauma and the Brain');
  expect(JSON.stringify(post?.blocks)).toContain(`<@${robin.id}>`);
  expect(community.log).toEqual([]);
});

test('where the bot is not, and where nobody can post, the form stays and says what to do', async () => {
  const { community, robin } = await givenSharing();
  await openForm(robin);
  await robin.submit({}, { mayFail: true });
  expect(JSON.stringify(robin.modal())).toContain('Please choose a channel, or a person below.');
  // Said when it is chosen, and sent all the same not a second time.
  await robin.choose({ actionId: 'resources.share.goal' }, 'staff-room', { nth: 0, in: 'modal' });
  for (const press of ['first', 'second']) {
    await robin.submit({}, { mayFail: true });
    const shown = JSON.stringify(robin.modal());
    expect(shown.split('/invite @chatr-companion'), press).toHaveLength(2);
    expect(shown, press).not.toContain('first lines');
    // Right below the channel.
    expect(shown, press).toMatch(/To a channel.*invite @chatr-companion.*Or to a person/s);
  }
  await robin.choose({ actionId: 'resources.share.goal' }, 'chatr-forum', { nth: 0, in: 'modal' });
  expect(robin.visibleText('modal')).not.toContain('/invite @chatr-companion');
  await robin.submit({ 'To a channel': 'staff-room', 'Why this one?': 'For us all' }, { mayFail: true });
  expect(JSON.stringify(robin.modal()).split('/invite @chatr-companion'), 'said once').toHaveLength(2);
  await robin.submit({ 'To a channel': 'old-room' }, { mayFail: true });
  expect(JSON.stringify(robin.modal())).toContain('This channel is archived');
  expect(JSON.stringify(robin.modal())).toContain('For us all');
  // Once somebody has invited it, the same form goes on.
  await robin.command('/invite @chatr-companion', { in: 'staff-room' });
  await robin.submit({ 'To a channel': 'staff-room' });
  await robin.submit();
  expect(sharedIn(community, 'staff-room')).toHaveLength(1);
  expect(community.log).toEqual([]);
});

test('a channel with people of other organisations is said to be one', async () => {
  const { community, robin } = await givenSharing();
  await openForm(robin);
  await robin.submit({ 'To a channel': 'with-partners' });
  expect(robin.visibleText('modal')).toContain('people of other organisations too');
  await robin.submit();
  expect(sharedIn(community, 'with-partners')).toHaveLength(1);
});

test('to a person: in their own hours, once, and answered by nobody but them', async () => {
  const { community, robin } = await givenSharing({ workspace: { seeds: rooms } });
  const toni = await agreed(community, 'toni');
  await openForm(robin);
  await robin.submit({ 'Or to a person': 'toni', 'Why this one?': 'Thought of you.' });
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('On its way');
  await community.beat();
  // It is five in the morning where Toni is.
  expect(sharedWith(community, 'toni')).toEqual([]);
  await community.forward(6 * 60);
  expect(sharedWith(community, 'toni')).toHaveLength(1);
  expect(toni.visibleText(sharedWith(community, 'toni')[0])).toContain('Thought of you.');
  expect(toni.visibleText(sharedWith(community, 'toni')[0])).toContain('/chatr settings');
  expect(community.log).toEqual([]);
});

test('whoever wants no messages gets nothing, and why is not told', async () => {
  const { community, robin } = await givenSharing();
  const sam = community.as('sam');
  await agreeOnly(sam);
  await sam.command('/chatr settings');
  await sam.submit({ Messages: 'No messages' });
  await closeAll(sam);
  await openForm(robin);
  const said = async (who: string) => {
    await robin.submit({ 'Or to a person': who }, { mayFail: true });
    return JSON.stringify(robin.modal());
  };
  expect(await said('sam')).toContain('This person does not take shares by message.');
  expect(await said('sam')).not.toMatch(/No messages|settings/);
  expect(await said('orla')).toContain('This person does not take shares by message.');
  // Nobody is written to who has not agreed to that.
  expect(await said('toni')).toContain('This person does not take shares by message.');
  expect(await said('dana')).toContain('This person does not take shares by message.');
  expect(await said('robin')).toContain('That is you.');
  await closeAll(robin);
  await community.forward(24 * 60, 60);
  expect(sharedWith(community, 'sam')).toEqual([]);
});

test('whoever has paused gets it once they start again, and the one who shares is told nothing of it', async () => {
  const { community, robin } = await givenSharing();
  const sam = community.as('sam');
  await agreeOnly(sam);
  await sam.command('/chatr pause');
  await openForm(robin);
  await robin.submit({ 'Or to a person': 'sam' });
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('On its way');
  await community.forward(24 * 60, 60);
  expect(sharedWith(community, 'sam')).toEqual([]);
  await sam.command('/chatr resume');
  await community.beat();
  expect(sharedWith(community, 'sam')).toHaveLength(1);
  expect(community.log).toEqual([]);
});

test('the same comes to the same person once a week, and five things in a day at most', async () => {
  const { community, robin } = await givenSharing();
  const sam = await agreed(community, 'sam');
  await agreed(community, 'toni');
  expect(await shareWith(robin, 'sam', 'For you')).toContain('On its way');
  expect(await shareWith(robin, 'sam', 'Read it at last')).toContain('Once a week is enough');
  expect(await shareWith(robin, 'toni')).toContain('On its way');
  for (const topic of ['birth trauma', 'dads', 'CPC', 'attachment']) {
    await robin.command(`/chatr find ${topic}`);
    expect(await shareWith(robin, 'sam')).toContain('On its way');
  }
  await robin.command('/chatr find supervision');
  expect(await shareWith(robin, 'sam')).toContain('five things');
  await community.forward(24 * 60 + 1);
  expect(await shareWith(robin, 'sam')).toContain('On its way');
  await community.forward(7 * 24 * 60);
  await robin.command('/chatr find Childhood Trauma and the Brain');
  expect(await shareWith(robin, 'sam', 'Once more')).toContain('On its way');
  await community.beat();
  expect(sharedWith(community, 'sam')).toHaveLength(7);
  expect(sam.describe()).not.toContain('Read it at last');
  expect(community.log).toEqual([]);
});

test('whoever gets it can stop what this colleague shares, and say that it was unkind; the colleague hears neither', async () => {
  const { community, robin } = await givenSharing();
  const sam = await agreed(community, 'sam');
  expect(await shareWith(robin, 'sam', 'You need this, clearly')).toContain('On its way');
  await community.beat();
  const [message] = sharedWith(community, 'sam');
  if (!message) throw new Error(sam.describe());
  await robin.command('/chatr find birth trauma');
  await sam.command('/chatr pause');
  expect(await shareWith(robin, 'sam')).toContain('On its way');
  await sam.click('Tell a facilitator', { in: message });
  expect(sam.visibleText(sam.ephemerals().at(-1))).toContain('No words were copied');
  await sam.click('Tell a facilitator', { in: message });
  await sam.click('Stop shares from Robin', { in: message });
  expect(sam.visibleText(sam.ephemerals().at(-1))).toContain('I do not tell them');
  await sam.command('/chatr resume');
  await robin.command('/chatr find dads');
  expect(await shareWith(robin, 'sam')).toContain('This person does not take shares by message.');
  await community.beat();
  await community.forward(24 * 60, 60);
  // What waited when they stopped it does not come either.
  expect(sharedWith(community, 'sam')).toHaveLength(1);
  const told = community
    .as('jo')
    .dmsWithBot()
    .filter(({ text }) => text.includes('asks for your help'));
  expect(told).toHaveLength(1);
  const said = community.as('jo').visibleText(told[0]);
  for (const id of [robin.id, sam.id]) expect(JSON.stringify(told)).toContain(id);
  expect(said).not.toContain('clearly');
  expect(
    robin
      .dmsWithBot()
      .map((one) => robin.visibleText(one))
      .join(),
  ).not.toMatch(/unkind|stopped/i);
  await sam.openHome();
  expect(sam.visibleText('home')).toContain('Shares you have stopped');
  await sam.click('Let all come again', { in: 'home' });
  await closeAll(sam);
  expect(await shareWith(robin, 'sam')).toContain('On its way');
  expect(community.log).toEqual([]);
});

test('a number in the note is asked about, masked by the green button, kept where they say so', async () => {
  const { community, robin } = await givenSharing();
  await openForm(robin);
  await robin.submit({ 'To a channel': 'chatr-forum', 'Why this one?': 'For NHS 943 476 5919' });
  expect(robin.visibleText('modal')).toContain('Please look once more');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('[NHS number removed]');
  await robin.click('Change it');
  await robin.submit({ 'Why this one?': 'For NHS 943 476 5919' });
  await robin.click('Keep it as it is');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('943 476 5919');
  // A line that only says for whom has no story around the name.
  await robin.click('Change it');
  await robin.submit({ 'Why this one?': 'For Emma Johnson 12/03/2019' });
  expect(robin.visibleText('modal')).toContain('a date of birth and what looks like a name');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('For [name removed] [date of birth removed]');
  expect(sharedIn(community, 'chatr-forum')).toEqual([]);
});

test('when Slack’s answer is lost it is posted once, and nobody is offered to do it again', async () => {
  const { community, robin } = await givenSharing();
  await openForm(robin);
  await robin.submit({ 'To a channel': 'chatr-forum', 'Why this one?': 'A line of mine.' });
  community.workspace.faults.next('chat.postMessage', 'server-error-after');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('did not say whether it was posted');
  expect(robin.visibleText('modal')).toContain('A line of mine.');
  await community.forward(60);
  expect(sharedIn(community, 'chatr-forum')).toHaveLength(1);
});

test('whoever said no to the agreement shares nothing by name', async () => {
  const community = await givenCommunity();
  const robin = community.as('robin');
  await robin.openHome();
  await robin.click('Read the community agreement', { in: 'home' });
  await robin.click('No, thank you');
  await closeAll(robin);
  await robin.command('/chatr find Childhood Trauma and the Brain');
  await openForm(robin);
  await robin.submit({ 'To a channel': 'chatr-forum' });
  expect(robin.visibleText('modal')).toContain('I do not post with your name');
  expect(community.log).toEqual([]);
});

test('an entry that is retired while somebody looks at it: whatever they press answers kindly', async () => {
  const { community, robin } = await givenSharing();
  const list = robin.ephemerals().at(-1);
  await openForm(robin);
  await robin.submit({ 'To a channel': 'chatr-forum' });
  const shown = content.catalogue.all;
  await community.stopBot();
  await community.startBot({
    catalogue: toCatalogue(
      shown.map((entry) => (entry.id === 'uktc-trauma-brain-video' ? { ...entry, retired: true } : entry)),
    ),
  });
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('just taken this out of the catalogue');
  await closeAll(robin);
  expect(sharedIn(community, 'chatr-forum')).toEqual([]);
  if (!list) throw new Error(robin.describe());
  await robin.choose({ actionId: 'resources.about' }, 'Share', { nth: 0, in: list });
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('just taken this out of the catalogue');
  await robin.choose({ actionId: 'resources.about' }, 'About, helped, out of date', { nth: 0, in: list });
  expect(robin.visibleText('modal')).toContain('just taken this out of the catalogue');
  await closeAll(robin);
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0, in: list });
  const seen = robin.ephemerals().map((message) => robin.visibleText(message));
  expect(seen.join('\n')).toContain('no longer in the catalogue');
  expect(community.log).toEqual([]);
});

test('a channel is for whoever is in it, by way of the bot too', async () => {
  const { community } = await givenSharing();
  const { workspace } = community;
  const quietly = { retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR };
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, ...quietly });
  const look = async (name: string, kind: Person['kind'], channelId: string, by = client) =>
    (await lookAtRoom(by, channelId, { slackId: community.as(name).id, kind } as Person)).kind;
  expect(await look('robin', 'member', workspace.channelId('leads-only'))).toBe('not-theirs');
  expect(await look('jo', 'member', workspace.channelId('leads-only'))).toBe('open');
  expect(await look('gale', 'guest', workspace.channelId('with-partners'))).toBe('not-theirs');
  expect(await look('gale', 'guest', workspace.channelId('chatr-forum'))).toBe('open');
  expect(await look('robin', 'member', workspace.channelId('general'))).toBe('not-in');
  expect(await look('robin', 'member', 'C0NOWHERE')).toBe('not-in');
  const cutOff = new WebClient('xoxb-1', { slackApiUrl: 'http://127.0.0.1:1/api/', ...quietly });
  expect(await look('robin', 'member', workspace.channelId('chatr-forum'), cutOff)).toBe('not-said');
});

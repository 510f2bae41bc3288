import { defaultSeeds } from 'practice-workspace';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { givenCommunity } from '../support/community.ts';
import { aDay } from '../support/journeys.ts';
import {
  actingMarkup,
  agree,
  closeAll,
  makeGroup,
  markupIn,
  messagesSaying,
  scheduleCheckIn,
} from '../support/stories.ts';

test('a name with markup is a plain name everywhere, also one that was saved before', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  const typed = 'Spring <!channel> *pilot* <https://evil.example|here>';
  const kept = 'Spring !channel pilot evil.example here';
  await robin.openHome();
  await makeGroup(jo, typed, ['robin']);
  const screens = async (): Promise<void> => {
    await jo.openHome();
    await jo.click('Open', { in: 'home' });
    const card = jo.modal()?.blocks;
    await closeAll(jo);
    await jo.command('/chatr groups');
    const lists = jo.ephemerals().at(-1)?.blocks;
    await jo.command('/chatr progress');
    const progress = jo.ephemerals().at(-1)?.blocks;
    await robin.openHome();
    for (const blocks of [card, lists, progress, robin.snapshot().home?.blocks])
      expect(JSON.stringify(blocks)).toContain(kept);
    await jo.command('/chatr checkin new');
    expect(JSON.stringify(jo.modal()?.blocks)).toContain(kept);
    await closeAll(jo);
  };
  await screens();
  await community.stopBot();
  const store = await openStore(community.config.databaseUrl);
  await store.db.updateTable('cohorts').set({ name: typed }).execute();
  await store.close();
  await community.startBot();
  await screens();
  expect(community.log).toEqual([]);
});

test('a group is made, filled by name and by channel, renamed, archived and brought back, and nothing is lost', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await robin.openHome();
  await makeGroup(jo, 'Spring <!channel> *pilot*', ['toni']);
  await jo.openHome();
  await jo.click('Open', { in: 'home' });
  await jo.click('Add people');
  await jo.submit({ People: ['toni', 'gale'] });
  expect(jo.visibleText('modal')).toContain('Added 1 person');
  await jo.choose({ actionId: 'cohorts.more' }, 'Add a whole channel');
  await jo.submit({ Channel: 'perinatal-pilot' });
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('5 members');
  await jo.choose({ actionId: 'cohorts.more' }, 'Name and dates');
  await jo.submit({ Name: 'Spring group' });
  expect(jo.visibleText('modal')).toContain('Spring group');
  expect(markupIn(jo.modal()?.blocks)).not.toMatch(actingMarkup);
  await jo.click('First steps');
  expect(jo.visibleText('modal')).toContain('First steps in Spring group*: 5 members');
  await jo.click('Back to the group');
  expect(jo.visibleText('modal')).toContain('5 members');

  expect(robin.visibleText('home'), 'Home follows by itself').toContain('Spring group');

  // In two groups at once.
  await closeAll(jo);
  await makeGroup(jo, 'Autumn group', ['robin']);
  await robin.command('/chatr groups');
  const mine = robin.visibleText(robin.ephemerals().at(-1));
  expect(mine).toContain('Spring group');
  expect(mine).toContain('Autumn group');

  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Weekly pulse',
    date: '2026-03-05',
    time: '10:00',
  });
  await jo.openHome();
  await jo.click({ actionId: 'cohorts.open', text: 'Open' }, { in: 'home', nth: 1 });
  expect(jo.visibleText('modal')).toContain('Spring group');
  await jo.click('Archive');
  await closeAll(jo);
  await community.forward(3 * aDay, 60);
  expect(messagesSaying(robin, 'check-in'), 'an archived group asks nobody').toEqual([]);
  await jo.command('/chatr groups');
  await jo.click('Archived (1)');
  await jo.click('Open');
  await jo.click('Bring it back');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('5 members');
  expect(community.log).toEqual([]);
});

test('whoever joins or leaves a linked channel joins or leaves the group, also while the bot was away', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const { workspace } = community;
  const jo = community.as('jo');
  await makeGroup(jo, 'Spring group');
  await jo.openHome();
  await jo.click('Open', { in: 'home' });
  await jo.choose({ actionId: 'cohorts.more' }, 'Linked channel');
  await jo.submit({ Channel: 'perinatal-pilot', Membership: ['yes'] });
  await jo.submit();
  await closeAll(jo);
  const isIn = async (name: string): Promise<boolean> => {
    await community.as(name).command('/chatr groups');
    return community.as(name).visibleText(community.as(name).ephemerals().at(-1)).includes('Spring group');
  };
  expect(await isIn('robin')).toBe(true);
  await workspace.joinChannel('toni', 'perinatal-pilot');
  expect(await isIn('toni')).toBe(true);
  await community.stopBot();
  await workspace.leaveChannel('robin', 'perinatal-pilot');
  await workspace.joinChannel('gale', 'perinatal-pilot');
  await community.startBot();
  expect(await isIn('robin')).toBe(false);
  expect(await isIn('gale')).toBe(true);
  expect(community.log).toEqual([]);
});

test('a channel of 300: all are welcomed one after another, each once, and every page holds', async () => {
  const crowd = Array.from({ length: 300 }, (_, index) => ({
    name: `p${index}`,
    realName: index % 50 === 0 ? `*P${index}* <!channel> <@U1>` : `Person ${index}`,
  }));
  const seeds = {
    ...defaultSeeds,
    people: [...defaultSeeds.people, ...crowd],
    channels: defaultSeeds.channels.map((channel) =>
      channel.name === 'chatr-forum'
        ? { ...channel, members: [...(channel.members ?? []), ...crowd.map(({ name }) => name)] }
        : channel,
    ),
  };
  const community = await givenCommunity({ workspace: { seeds } });
  const jo = community.as('jo');
  for (let beat = 0; beat < 40; beat += 1) await community.forward(5, 5);
  const welcomed = crowd.map(
    ({ name }) => messagesSaying(community.as(name), 'this is ChATR Companion').length,
  );
  expect(new Set(welcomed)).toEqual(new Set([1]));
  await makeGroup(jo, 'Everybody');
  await jo.openHome();
  await jo.click('Open', { in: 'home' });
  await jo.click('Add a whole channel');
  await jo.submit({ Channel: 'chatr-forum' });
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('305 members');
  await jo.click('See people');
  expect(markupIn(jo.modal()?.blocks)).not.toMatch(actingMarkup);
  await closeAll(jo);
  await agree(community.as('p0'));
  await jo.command('/chatr progress');
  // 304 of 305 would say that one has agreed, and in a small group who.
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('most not taking part, or not yet');
  expect(jo.visibleText(jo.ephemerals().at(-1))).not.toMatch(/304|under way\*?\n/);
  expect(community.log).toEqual([]);
});

test('a group’s card: one green button, which plans a check-in for that group; the rest is a menu away', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const jo = community.as('jo');
  await makeGroup(jo, 'Autumn group', ['robin']);
  await makeGroup(jo, 'Spring group');
  await jo.openHome();
  await jo.click('Open', { in: 'home', nth: 1 });
  const buttons = () => JSON.stringify(jo.modal()?.blocks).match(/"type":"button"/g)?.length;
  const green = () =>
    /"text":"([^"]+)"[^{}]*\}[^{}]*"style":"primary"/.exec(JSON.stringify(jo.modal()?.blocks))?.[1];
  expect(green(), 'nobody is in it yet').toBe('Add people');
  await jo.click('Add people');
  await jo.submit({ People: ['sam'] });
  expect(green()).toBe('New check-in');
  await jo.click('Undo');
  await jo.click('All groups');
  await jo.click('Open', { nth: 0 });
  expect(jo.visibleText('modal')).toContain('Autumn group');
  // The report of the group among them.
  expect(buttons()).toBeLessThanOrEqual(7);
  await jo.click('New check-in');
  expect(jo.modal()?.title).toBe('New check-in');
  await jo.submit({ 'Which questions?': 'Weekly pulse' });
  expect(jo.visibleText('modal'), 'the group is chosen already').toContain('for Autumn group');
  expect(community.log).toEqual([]);
});

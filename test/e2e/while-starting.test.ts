import { defaultSeeds, type PersonDriver, type Seeds } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { aDay, offersTo } from '../support/journeys.ts';
import { agree, closeAll, makeGroup, messagesSaying, welcomesOf } from '../support/stories.ts';

const forum = 'chatr-forum';
const backNotes = (person: PersonDriver) => messagesSaying(person, 'Welcome back');

/** The bot starts, and Slack's next answer to a method is on its way while `meanwhile` happens. */
async function startWhile(
  community: Community,
  method: string,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  const held = community.workspace.faults.hold(method);
  const started = community.startBot();
  await held.reached;
  await community.workspace.connected(1);
  await meanwhile();
  held.release();
  await started;
}

/** Two who joined while the bot was away: Slack has to be asked who they are. */
async function givenNewcomers(): Promise<{ community: Community; people: PersonDriver[] }> {
  const community = await givenCommunity();
  await community.forward(10, 5);
  await community.stopBot();
  const people: PersonDriver[] = [];
  for (const name of ['amina', 'bo']) {
    people.push(await community.workspace.joinPerson({ name, realName: `${name} Newcomer` }));
    await community.workspace.joinChannel(name, forum);
  }
  return { community, people };
}

describe('while the bot reads who is in the forum', () => {
  test('whoever joins is welcomed once, and has not left', async () => {
    const community = await givenCommunity();
    const { workspace } = community;
    await community.forward(10, 5);
    await community.stopBot();
    const late = await workspace.joinPerson({ name: 'late', realName: 'Lee Latecomer' });
    await startWhile(community, 'conversations.members', () => workspace.joinChannel('late', forum));
    await community.forward(30, 5);
    expect(welcomesOf(late)).toHaveLength(1);
    await community.stopBot();
    await community.startBot();
    await community.forward(aDay, 60);
    expect(welcomesOf(late)).toHaveLength(1);
    expect(backNotes(late)).toEqual([]);
  });

  test('whoever comes back in the middle was never away, and goes on', async () => {
    const community = await givenCommunity();
    const { workspace } = community;
    const robin = community.as('robin');
    await community.forward(10, 5);
    await robin.openHome();
    await agree(robin);
    await community.stopBot();
    await workspace.leaveChannel('robin', forum);
    await startWhile(community, 'conversations.members', () => workspace.joinChannel('robin', forum));
    const before = offersTo(community, robin).length;
    await community.forward(3 * aDay, 120);
    expect(offersTo(community, robin).length).toBeGreaterThan(before);
    expect(backNotes(robin)).toEqual([]);
  });

  test('nobody is missed where somebody goes between two pages of the list', async () => {
    const names = Array.from({ length: 205 }, (_, index) => `member${String(index).padStart(3, '0')}`);
    const seeds: Seeds = {
      ...defaultSeeds,
      people: [
        ...defaultSeeds.people,
        ...names.map((name) => ({ name, realName: `A ${name}`, tz: 'Europe/London' })),
      ],
      channels: defaultSeeds.channels.map((channel) =>
        channel.name === forum ? { ...channel, members: [...(channel.members ?? []), ...names] } : channel,
      ),
    };
    const community = await givenCommunity({ workspace: { seeds } });
    await community.forward(60, 5);
    await community.stopBot();
    await startWhile(community, 'conversations.members', () =>
      community.workspace.leaveChannel('member003', forum),
    );
    await community.stopBot();
    await community.startBot();
    await community.forward(30, 5);
    for (const name of names) expect(backNotes(community.as(name)), name).toEqual([]);
  }, 60_000);
});

describe('while the bot asks who they are', () => {
  test.each([
    ['leaves the forum', (name: string, { workspace }: Community) => workspace.leaveChannel(name, forum)],
    ['is deactivated', (name: string, { workspace }: Community) => workspace.deactivate(name)],
  ])('whoever %s is not welcomed, and whoever stays is', async (_what, goes) => {
    for (const [gone, stays] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const { community, people } = await givenNewcomers();
      const name = ['amina', 'bo'][gone] ?? '';
      await startWhile(community, 'users.info', () => goes(name, community));
      await community.forward(aDay, 60);
      const welcomes = people.map((person) => welcomesOf(person).length);
      expect(welcomes[gone]).toBe(0);
      expect(welcomes[stays]).toBe(1);
    }
  });

  test('whoever leaves and comes back meanwhile is welcomed once', async () => {
    const { community, people } = await givenNewcomers();
    await startWhile(community, 'users.info', async () => {
      await community.workspace.leaveChannel('bo', forum);
      await community.workspace.joinChannel('bo', forum);
    });
    await community.forward(aDay, 60);
    expect(people.map((person) => welcomesOf(person).length)).toEqual([1, 1]);
    expect(people.flatMap(backNotes)).toEqual([]);
  });

  test('whoever is deactivated and comes back meanwhile is welcomed once', async () => {
    const { community, people } = await givenNewcomers();
    await startWhile(community, 'users.info', async () => {
      await community.workspace.deactivate('amina');
      await community.workspace.reactivate('amina');
    });
    await community.forward(aDay, 60);
    expect(people.map((person) => welcomesOf(person).length)).toEqual([1, 1]);
  });
});

test('Slack asks to wait with that, and everybody else is served meanwhile', async () => {
  const { community } = await givenNewcomers();
  const { workspace } = community;
  workspace.faults.next('users.info', 'rate-limit', { retryAfterSeconds: 2 });
  const started = community.startBot();
  await expect.poll(() => workspace.faults.injected).toHaveLength(1);
  const asked = workspace.calls.length;
  await workspace.connected(1);
  await community.as('robin').openHome({ quiet: true });
  await started;
  const methods = workspace.calls.slice(asked).map(({ method }) => method);
  expect(methods).toContain('users.info');
  expect(methods.indexOf('views.publish')).toBeLessThan(methods.indexOf('users.info'));
  expect(methods.indexOf('views.publish')).toBeGreaterThanOrEqual(0);
});

test('a group that follows a channel keeps whoever joins while the bot reads who is in it', async () => {
  const community = await givenCommunity({ forum: false });
  const { workspace } = community;
  const jo = community.as('jo');
  await makeGroup(jo, 'Perinatal');
  await jo.command('/chatr groups');
  await jo.click('Open');
  await jo.choose({ actionId: 'cohorts.more' }, 'Linked channel');
  await jo.submit({ Channel: 'perinatal-pilot', Membership: ['yes'] });
  await jo.submit();
  await community.stopBot();
  await workspace.joinPerson({ name: 'late', realName: 'Lee Latecomer' });
  await startWhile(community, 'conversations.members', async () => {
    await workspace.joinChannel('late', 'perinatal-pilot');
    await workspace.leaveChannel('sam', 'perinatal-pilot');
  });
  await community.beat();
  await closeAll(jo);
  await jo.command('/chatr groups');
  await jo.click('Open');
  await jo.click('See people');
  const people = jo.visibleText(jo.ephemerals().at(-1));
  expect(people).toContain(workspace.as('late').id);
  expect(people).not.toContain(workspace.as('sam').id);
});

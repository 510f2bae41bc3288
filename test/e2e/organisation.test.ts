import { defaultSeeds, type PersonSeed } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { freePort } from '../support/raw-socket.ts';
import { agree, closeAll, makeGroup, messagesSaying } from '../support/stories.ts';

const moment = 'A moment: What stayed with you today?';

/** A workspace of a large organisation: Slack names other workspaces of it as Robin's, Jo's and Gale's. */
function givenOrganisation(options: Parameters<typeof givenCommunity>[0] = {}): Promise<Community> {
  const elsewhere = new Map([
    ['robin', 'T0SISTER'],
    ['jo', 'T0MOTHER'],
    ['gale', 'T0SISTER'],
  ]);
  const seeds = {
    workspace: { ...defaultSeeds.workspace, enterprise: { id: 'E0LARGE', name: 'Large Invented Trust' } },
    people: [
      ...defaultSeeds.people.map((person): PersonSeed => {
        const homeTeam = elsewhere.get(person.name);
        return homeTeam === undefined ? person : { ...person, homeTeam };
      }),
      { name: 'stran', realName: 'Stran Ger', connectedTeam: 'T0ANOTHER' },
    ],
    channels: defaultSeeds.channels.map((channel) =>
      channel.name === 'chatr-forum' && channel.members
        ? { ...channel, members: [...channel.members, 'stran'] }
        : channel,
    ),
  };
  return givenCommunity({ ...options, workspace: { seeds, ...options.workspace } });
}

test.each([
  ['a socket', async () => givenOrganisation()],
  ['HTTP', async () => givenOrganisation({ httpPort: await freePort() })],
])(
  'over %s, whoever is at home in another workspace of the organisation is a member',
  async (_how, given) => {
    const community = await given();
    await community.forward(10, 5);
    const [robin, jo] = [community.as('robin'), community.as('jo')];
    expect(messagesSaying(robin, 'Hello Robin')).toHaveLength(1);
    await agree(robin);
    await robin.command('/chatr reflect');
    await robin.submit({ [moment]: 'the kingfisher' });
    expect(robin.visibleText('modal')).toContain('Kept in your journal');
    await closeAll(robin);
    await robin.openHome();
    await robin.click('Find a resource', { in: 'home' });
    await robin.submit({ 'What are you looking for?': 'birth trauma' });
    expect(robin.visibleText('modal')).toContain('Make Birth Better');
    await closeAll(robin);
    await robin.command('/chatr journal');
    await robin.click('Open');
    expect(robin.visibleText('modal')).toContain('the kingfisher');
    await makeGroup(jo, 'Perinatal pilot', ['robin', 'gale', 'sam']);
    await jo.command('/chatr groups');
    expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('3 members');
    expect(community.log).toEqual([]);
  },
);

test('somebody new of another workspace of the organisation is welcomed, a change to them is taken over', async () => {
  const community = await givenOrganisation({ forum: false });
  const ines = await community.workspace.joinPerson({ realName: 'Ines Invented', homeTeam: 'T0SISTER' });
  await community.forward(10, 5);
  expect(messagesSaying(ines, 'Hello Ines')).toHaveLength(1);
  await community.workspace.changeProfile(ines.id, { realName: 'Inés Invented', displayName: 'Inés' });
  await ines.openHome();
  expect(ines.visibleText('home')).toContain('Hello Inés.');
  const stranger = await community.workspace.joinPerson({
    realName: 'Sten Other',
    connectedTeam: 'T0ANOTHER',
  });
  await community.forward(10, 5);
  expect(stranger.dmsWithBot()).toEqual([]);
  expect(community.log).toEqual([]);
});

test('a stranger who is in the forum through Slack Connect stays out, and keeps a form with what was typed', async () => {
  const community = await givenOrganisation();
  await community.forward(10, 5);
  const { workspace } = community;
  const stranger = community.as('stran');
  expect(stranger.dmsWithBot()).toEqual([]);
  const base = {
    user: { id: stranger.id, team_id: 'T0ANOTHER' },
    team: { id: 'T0ANOTHER', domain: 'another' },
    enterprise: null,
  };
  const view = (blocks: object[]) => ({ id: 'V1', type: 'modal', callback_id: 'reflections.write', blocks });
  const submit = async (blocks: object[]) =>
    workspace.deliver('interactive', { ...base, type: 'view_submission', view: view(blocks) });
  expect(await submit([{ type: 'section' }, { type: 'input', block_id: 'words' }])).toMatchObject({
    payload: { response_action: 'errors', errors: { words: expect.stringContaining('Nothing was stored') } },
  });
  const withoutField = await submit([{ type: 'section' }]);
  expect(withoutField).toMatchObject({ payload: { response_action: 'update', view: { type: 'modal' } } });
  expect(JSON.stringify(withoutField)).toContain('Nothing was stored');
  expect(
    await workspace.deliver('interactive', { ...base, type: 'block_suggestion', action_id: 'x', value: 'x' }),
  ).toMatchObject({ payload: { options: [] } });
  await stranger.openHome({ quiet: true });
  expect(stranger.home()).toBeNull();
  expect(community.log).toEqual([]);
});

test('whoever counted as from elsewhere and has joined since is served at their first click a minute later', async () => {
  const community = await givenOrganisation();
  const { workspace } = community;
  const stranger = community.as('stran');
  await stranger.openHome({ quiet: true });
  expect(stranger.home()).toBeNull();
  workspace.moveTo('stran', { homeTeam: 'T0SISTER' });
  // Until then Slack is not asked again: whoever is turned away may click a lot.
  community.clock.forward(1);
  await stranger.command('/chatr help');
  expect(stranger.visibleText(stranger.ephemerals().at(-1))).toContain('/chatr');
  expect(community.log).toEqual([]);
});

test('a member is known by wherever Slack names the workspace or the organisation, a stranger by none of them', async () => {
  const community = await givenOrganisation({ forum: false });
  const { workspace } = community;
  const organisation = { id: 'E0LARGE', name: 'Large Invented Trust' };
  const elsewhere = { id: 'T0SISTER', domain: 'sister', enterprise_id: organisation.id };
  /** Not met yet, so that nothing but the payload tells who they are. */
  const people = workspace.snapshot('fran').people.filter(({ name }) => ['robin', 'gale'].includes(name));
  const places = [
    { team: null, enterprise: organisation, is_enterprise_install: true },
    { team: null, enterprise: organisation, is_enterprise_install: 'true' },
    { team: elsewhere, enterprise: null },
    { team: elsewhere, enterprise: organisation },
    { team: { id: workspace.teamId, domain: 'practice' } },
  ];
  const refusal = 'This works for members of the workspace';
  const send = async (place: object, user: object) =>
    JSON.stringify(
      await workspace.deliver('interactive', {
        ...place,
        user,
        type: 'view_submission',
        view: { id: 'V1', type: 'modal', callback_id: 'x', blocks: [{ type: 'input', block_id: 'words' }] },
      }),
    );
  for (const [index, place] of places.entries()) {
    const name = `fresh-${index}`;
    const { id } = workspace.addUser({ name, realName: `Fresh ${index}`, homeTeam: 'T0SISTER' });
    const fresh = { id, team_id: 'T0SISTER' };
    for (const user of [...people.map(({ id }) => ({ id, team_id: 'T0SISTER' })), fresh])
      expect(await send(place, user), JSON.stringify(place)).not.toContain(refusal);
  }
  const stranger = { id: community.as('stran').id, team_id: 'T0ANOTHER' };
  for (const place of [{ team: { id: 'T0ANOTHER' } }, { team: null, enterprise: { id: 'E0OTHER' } }, {}])
    expect(await send(place, stranger), JSON.stringify(place)).toContain(refusal);
  for (const [index, event] of [
    { team_id: 'T0SISTER', context_team_id: workspace.teamId },
    {
      team_id: null,
      enterprise_id: 'E0LARGE',
      authorizations: [{ team_id: null, is_enterprise_install: true }],
    },
    { team_id: 'T0ANOTHER', is_ext_shared_channel: true, authorizations: [] },
    { authorizations: null },
  ].entries()) {
    const robin = community.as('robin').id;
    await workspace.deliver('events_api', {
      type: 'event_callback',
      event_id: `Ev${index}`,
      ...event,
      event: { type: 'app_home_opened', tab: 'home', user: robin, user_team: 'T0SISTER' },
    });
    await workspace.settled();
    expect(community.as('robin').home(), JSON.stringify(event)).not.toBeNull();
  }
});

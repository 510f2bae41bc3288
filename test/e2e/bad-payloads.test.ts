import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { freePort, givenRawSocket, type RawSocket } from '../support/raw-socket.ts';
import { agree } from '../support/stories.ts';

type Payload = Record<string, unknown>;
type Given = { community: Community; raw: RawSocket; base: Payload };

async function givenRaw(): Promise<Given> {
  const port = await freePort();
  const raw = await givenRawSocket(port);
  const community = await givenCommunity({ workspace: { port }, config: { slackApiUrl: raw.apiUrl } });
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  const base = {
    team: { id: community.workspace.teamId, domain: 'chatr-practice' },
    user: { id: robin.id, name: 'robin', team_id: community.workspace.teamId },
    api_app_id: community.workspace.appId,
    token: 'x',
  };
  return { community, raw, base };
}

/** Every id of a button, an input, a modal or a block that any feature has, with one after each prefix. */
async function everyId(): Promise<string[]> {
  const found = new Set<string>();
  for (const feature of readdirSync('src/features', { withFileTypes: true })) {
    if (!feature.isDirectory() || !readdirSync(`src/features/${feature.name}`).includes('ids.ts')) continue;
    const module: Record<string, unknown> = await import(resolve('src/features', feature.name, 'ids.ts'));
    for (const exported of Object.values(module))
      for (const id of typeof exported === 'object' && exported !== null ? Object.values(exported) : [])
        if (typeof id === 'string') found.add(id.endsWith('.') ? `${id}0` : id);
  }
  return [...found];
}

/**
 * What went wrong in the bot, each place once. That Slack refuses an invented trigger or view is to be expected here,
 * and is no fault of the listener.
 */
function bugs({ log }: Community): string[] {
  const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
  const refused = [
    'Slack’s client reported an error.',
    'A call to Slack failed.',
    'A delivery failed for good.',
  ];
  const ours = lines.filter(
    ({ error, from, msg }) =>
      error !== 'WebAPIPlatformError' && from !== 'slack' && !refused.includes(String(msg)),
  );
  return [
    ...new Set(
      ours.map(({ time: _time, reference: _reference, pid: _pid, ...rest }) => JSON.stringify(rest)),
    ),
  ];
}

async function expectAlive({ community }: Given): Promise<void> {
  const robin = community.as('robin');
  robin.skipSeen();
  await community.workspace.settled();
  await robin.command('/chatr find trauma');
  const answers = robin
    .ephemerals()
    .filter((message) => robin.visibleText(message).includes('UK Trauma Council'));
  expect(answers).not.toEqual([]);
}

test('buttons and menus without a value, or with a senseless one, are acknowledged and break nothing', async () => {
  const given = await givenRaw();
  const { raw, base, community } = given;
  const inMessage = { container: { type: 'message', is_ephemeral: true }, trigger_id: '1.2.none' };
  const inModal = {
    container: { type: 'view' },
    view: { id: 'VNONE', type: 'modal' },
    trigger_id: '1.2.none',
  };
  const inHome = { container: { type: 'view' }, view: { id: 'VNONE', type: 'home' }, trigger_id: '1.2.none' };
  const clicks: [element: Payload, place: Payload][] = [
    [{ type: 'button' }, inMessage],
    [{ type: 'button' }, inModal],
    [{ type: 'button' }, inHome],
    [{ type: 'button', value: 'no|such:thing' }, inHome],
    [{ type: 'button', value: 'x'.repeat(2000) }, inMessage],
    [{ type: 'static_select', selected_option: null }, inModal],
    [{ type: 'overflow', selected_option: { value: 'nothing:of|the-kind' } }, inMessage],
    [{ type: 'users_select' }, {}],
  ];
  for (const actionId of await everyId())
    await Promise.all(
      clicks.map(([element, place]) =>
        raw.send('interactive', {
          ...base,
          ...place,
          type: 'block_actions',
          actions: [{ action_id: actionId, block_id: 'b', action_ts: '1.1', ...element }],
        }),
      ),
    );
  await community.bot().settled();
  expect(bugs(community)).toEqual([]);
  await expectAlive(given);
}, 60_000);

test('modals without state, with senseless metadata, or that nobody knows, are acknowledged', async () => {
  const given = await givenRaw();
  const { raw, base, community } = given;
  const views: Payload[] = [
    {},
    { state: {} },
    { state: { values: {} } },
    { state: { values: { b: { a: {} } } }, private_metadata: '' },
    { state: { values: {} }, private_metadata: '{"id":1}' },
    { state: { values: {} }, private_metadata: 'not json' },
  ];
  for (const callbackId of [...(await everyId()), 'nobody.knows', ''])
    await Promise.all(
      views.flatMap((view) =>
        ['view_submission', 'view_closed'].map((type) =>
          raw.send('interactive', {
            ...base,
            type,
            trigger_id: '1.2.none',
            is_cleared: true,
            view: { id: 'VNONE', type: 'modal', callback_id: callbackId, blocks: [], ...view },
          }),
        ),
      ),
    );
  await community.bot().settled();
  expect(bugs(community)).toEqual([]);
  await expectAlive(given);
}, 60_000);

test('commands, events, options and shortcuts without what they should have are acknowledged', async () => {
  const given = await givenRaw();
  const { raw, base, community } = given;
  const team_id = community.workspace.teamId;
  let number = 0;
  const event = (inner: Payload): Promise<unknown> => {
    number += 1;
    const { api_app_id } = base;
    return raw.send('events_api', {
      type: 'event_callback',
      team_id,
      api_app_id,
      event_id: `EvRAW${number}`,
      event: inner,
    });
  };
  await raw.send('slash_commands', { command: '/chatr', team_id, user_id: community.as('robin').id });
  await raw.send('slash_commands', { command: '/chatr', text: 'find trauma', team_id });
  await raw.send('slash_commands', {
    command: '/nobody-knows',
    text: 'x',
    team_id,
    user_id: community.as('robin').id,
  });
  await raw.send('interactive', {
    ...base,
    type: 'block_actions',
    actions: [{ action_id: 'nobody.knows', type: 'button' }],
  });
  await raw.send('interactive', { ...base, type: 'block_actions', actions: [{}] });
  await raw.send('interactive', {
    ...base,
    type: 'shortcut',
    callback_id: 'nobody.knows',
    trigger_id: '1.2.x',
  });
  await raw.send('interactive', {
    ...base,
    type: 'message_action',
    callback_id: 'nobody.knows',
    trigger_id: '1.2.x',
  });
  await raw.send('interactive', {
    ...base,
    type: 'block_suggestion',
    action_id: 'nobody.knows',
    block_id: 'b',
    value: 'x',
  });
  for (const actionId of await everyId())
    await raw.send('interactive', { ...base, type: 'block_suggestion', action_id: actionId, block_id: 'b' });
  for (const inner of [
    { type: 'app_home_opened' },
    { type: 'app_home_opened', user: 'UNOBODY', tab: 'home' },
    { type: 'app_home_opened', user: community.as('robin').id },
    { type: 'message', channel_type: 'im' },
    { type: 'message', channel_type: 'im', user: community.as('robin').id },
    { type: 'message', channel_type: 'im', subtype: 'message_changed', message: {} },
    { type: 'message', channel_type: 'im', user: 'UNOBODY', text: 'hello' },
    { type: 'team_join', user: { id: 'UFRESH' } },
    { type: 'team_join', user: {} },
    { type: 'team_join' },
    { type: 'user_change', user: { id: community.as('sam').id } },
    { type: 'user_change', user: {} },
    { type: 'member_joined_channel', user: 'UNOBODY', channel: 'CNONE' },
    { type: 'member_joined_channel', channel: community.config.forumChannel },
    { type: 'member_left_channel', channel: community.config.forumChannel },
    { type: 'nobody_knows' },
    {},
  ])
    await event(inner);
  await community.bot().settled();
  expect(bugs(community)).toEqual([]);
  await expectAlive(given);
});

test('frames that are no payload at all break nothing', async () => {
  const given = await givenRaw();
  for (const text of [
    'not json',
    '{}',
    '[]',
    '{"type":"nobody_knows","envelope_id":"x"}',
    '{"type":"interactive"}',
  ])
    given.raw.sendFrame(text);
  await expectAlive(given);
});

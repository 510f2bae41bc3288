import type { KnownBlock } from '@slack/types';
import { expect, test } from 'vitest';
import { startBot } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const says = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const buttons = (...ids: string[]): KnownBlock => ({
  type: 'actions',
  block_id: 'buttons',
  elements: ids.map((id) => ({ type: 'button', action_id: id, text: plain(id), value: `value of ${id}` })),
});

test('a click carries message, container, state and a response_url that replaces and deletes', async () => {
  const bodies: Record<string, unknown>[] = [];
  const { workspace, app } = await startBot((bot) => {
    bot.action('Change', async ({ ack, body, respond }) => {
      await ack();
      bodies.push({ ...body });
      await respond({
        replace_original: true,
        text: 'Changed',
        blocks: [says('Changed'), buttons('Remove')],
      });
    });
    bot.action('Remove', async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
  });
  const robin = workspace.as('robin');
  const { ts, channel } = await app.client.chat.postMessage({
    channel: robin.id,
    text: 'Card',
    blocks: [says('R&D'), buttons('Change')],
  });
  await robin.click('Change');
  expect(bodies[0]).toMatchObject({
    type: 'block_actions',
    user: { id: robin.id, username: 'robin', team_id: workspace.teamId },
    team: { id: workspace.teamId },
    is_enterprise_install: false,
    api_app_id: workspace.appId,
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: 'directmessage' },
    message: { ts, bot_id: workspace.botId, blocks: [{ text: { text: 'R&amp;D' } }, {}] },
    state: { values: {} },
    trigger_id: expect.stringMatching(/^\d+\.\d+\./),
    response_url: expect.stringContaining('/response/'),
    actions: [
      {
        type: 'button',
        action_id: 'Change',
        block_id: 'buttons',
        value: 'value of Change',
        text: plain('Change'),
        action_ts: expect.stringMatching(/^\d+\.\d{6}$/),
      },
    ],
  });
  expect(robin.dmsWithBot()).toMatchObject([{ ts, text: 'Changed', edited: true }]);
  await robin.click('Remove');
  expect(robin.dmsWithBot()).toEqual([]);
});

test('an ephemeral message has no message in its payload, can be replaced, and is no-one else’s', async () => {
  const bodies: Record<string, unknown>[] = [];
  const { workspace } = await startBot((bot) => {
    bot.command('/try', async ({ ack }) => ack({ text: 'x', blocks: [buttons('Go', 'Post')] }));
    bot.action('Go', async ({ ack, body, respond }) => {
      await ack();
      bodies.push({ ...body });
      await respond({ replace_original: true, blocks: [buttons('Post')] });
    });
    bot.action('Post', async ({ ack, respond }) => {
      await ack();
      await respond({ response_type: 'in_channel', text: 'For all' });
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try', { in: 'chatr-forum' });
  await robin.click('Go');
  expect(bodies[0]).not.toHaveProperty('message');
  expect(bodies[0]).toMatchObject({ container: { is_ephemeral: true }, channel: { name: 'chatr-forum' } });
  expect(robin.ephemerals()).toHaveLength(1);
  await expect(workspace.as('sam').click('Post')).rejects.toThrow('finds no "Post"');
  await robin.click('Post');
  expect(workspace.as('sam').messages('chatr-forum')).toMatchObject([{ text: 'For all', ephemeral: false }]);
});

test('a response_url is good for five uses and thirty minutes', async () => {
  const urls: string[] = [];
  const { workspace, clock } = await startBot((bot) => {
    bot.command('/try', async ({ ack, command }) => {
      urls.push(command.response_url);
      await ack();
    });
  });
  const robin = workspace.as('robin');
  const use = async (at: number, body: object = { text: 'x' }) => {
    const response = await fetch(urls[at] ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [response.status, ((await response.json()) as { error?: string }).error];
  };
  await robin.command('/try');
  await robin.command('/try');
  expect(await use(0, { replace_original: true, text: 'x' })).toEqual([400, 'invalid_arguments']);
  for (const _ of [2, 3, 4, 5]) expect(await use(0)).toEqual([200, undefined]);
  expect(await use(0)).toEqual([404, 'used_url']);
  expect(await use(1, { blocks: [{ type: 'nonsense' }] })).toEqual([400, 'invalid_blocks']);
  clock.advance(30 * 60_000 + 1);
  expect(await use(1)).toEqual([404, 'expired_url']);
});

test('choices in a message: selects, overflow, people; a cleared select is null', async () => {
  const seen: unknown[] = [];
  const options = ['One', 'Two'].map((text) => ({ text: plain(text), value: text.toLowerCase() }));
  const { workspace, app } = await startBot((bot) => {
    bot.action(/.*/, async ({ ack, action, body }) => {
      await ack();
      const { type: _, block_id: __, action_ts: ___, ...rest } = { ...action } as Record<string, unknown>;
      seen.push(rest, body.type === 'block_actions' && body.state?.values);
    });
  });
  const robin = workspace.as('robin');
  await app.client.chat.postMessage({
    channel: robin.id,
    text: 'Card',
    blocks: [
      {
        type: 'section',
        block_id: 'a',
        text: plain('Pick'),
        accessory: { type: 'static_select', action_id: 'pick', options },
      },
      {
        type: 'section',
        block_id: 'b',
        text: plain('More'),
        accessory: { type: 'overflow', action_id: 'more', options },
      },
      {
        type: 'section',
        block_id: 'c',
        text: plain('People'),
        accessory: { type: 'multi_users_select', action_id: 'who' },
      },
    ],
  });
  await robin.choose('Pick', 'Two', { quiet: true });
  await robin.choose('Pick', null);
  await robin.choose('More', 'One');
  await robin.choose('People', ['sam', 'Toni Testcase']);
  expect(seen.filter((_, index) => index % 2 === 0)).toEqual([
    { action_id: 'pick', selected_option: options[1] },
    { action_id: 'pick', selected_option: null },
    { action_id: 'more', selected_option: options[0] },
    { action_id: 'who', selected_users: [workspace.as('sam').id, workspace.as('toni').id] },
  ]);
  expect(seen[1]).toEqual({
    a: { pick: { type: 'static_select', selected_option: options[1] } },
    c: { who: { type: 'multi_users_select', selected_users: [] } },
  });
  await expect(robin.choose('Pick', 'Three')).rejects.toThrow('there are "One", "Two"');
});

test('the Home tab is asked for, shown, clicked, and keeps what was typed', async () => {
  const states: unknown[] = [];
  const input: KnownBlock = {
    type: 'input',
    block_id: 'note',
    label: plain('Note'),
    element: { type: 'plain_text_input', action_id: 'text' },
  };
  const { workspace } = await startBot((bot) => {
    bot.event('app_home_opened', async ({ event, client }) => {
      if (event.tab !== 'home') return;
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [says('Welcome'), input, buttons('Refresh')] },
      });
    });
    bot.action('Refresh', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.view) return;
      states.push(body.view.state.values, body.container);
      await client.views.publish({
        user_id: body.user.id,
        hash: body.view.hash,
        view: { type: 'home', blocks: [says('Refreshed'), input] },
      });
    });
  });
  const robin = workspace.as('robin');
  expect(robin.home()).toBeNull();
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('Welcome');
  await robin.fill({ Note: 'typed & kept' }, { in: 'home' });
  await robin.click('Refresh');
  expect(states).toEqual([
    { note: { text: { type: 'plain_text_input', value: 'typed & kept' } } },
    { type: 'view', view_id: robin.home()?.id },
  ]);
  expect(robin.home()).toMatchObject({ state: { note: { text: { value: 'typed & kept' } } } });
  expect(workspace.as('sam').home()).toBeNull();
});

test('shortcuts, global and on a message', async () => {
  const seen: unknown[] = [];
  const { workspace } = await startBot((bot) => {
    bot.shortcut(/.*/, async ({ ack, shortcut }) => {
      await ack();
      seen.push(shortcut.type, shortcut.callback_id, 'message' in shortcut && shortcut.message.text);
    });
  });
  const robin = workspace.as('robin');
  await workspace.as('sam').post('Look & see', { in: 'chatr-forum' });
  await robin.shortcut('Start here', { quiet: true });
  const [message] = robin.messages('chatr-forum');
  await robin.shortcut('Keep this', { ...(message && { message }), quiet: true });
  expect(seen).toEqual(['shortcut', 'start', false, 'message_action', 'keep', 'Look &amp; see']);
});

test('a click nobody acknowledges is noticed by the person', async () => {
  const { workspace, app } = await startBot((bot) => bot.action('Go', async () => undefined), { ackMs: 60 });
  const robin = workspace.as('robin');
  await app.client.chat.postMessage({ channel: robin.id, text: 'x', blocks: [buttons('Go')] });
  const refused = await robin.click('Go', { mayFail: true });
  expect(refused).toEqual({ ok: false, error: 'Practice Bot did not respond in time. Try again?' });
  expect(robin.notices()).toHaveLength(1);
});

test('dispatching inputs tell the app, others do not', async () => {
  const seen: unknown[] = [];
  const { workspace } = await startBot((bot) => {
    bot.command('/try', async ({ ack, client, command }) => {
      await ack();
      const element = { type: 'plain_text_input' as const, action_id: 'text' };
      await client.views.open({
        trigger_id: command.trigger_id,
        view: {
          type: 'modal',
          title: plain('x'),
          submit: plain('Send'),
          blocks: [
            { type: 'input', block_id: 'told', label: plain('Told'), dispatch_action: true, element },
            { type: 'input', block_id: 'quiet', label: plain('Quiet'), element },
          ],
        },
      });
    });
    bot.action('text', async ({ ack, action }) => {
      await ack();
      seen.push({ ...action });
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  await robin.fill({ Told: 'a', Quiet: 'b' });
  expect(seen).toMatchObject([{ type: 'plain_text_input', block_id: 'told', value: 'a' }]);
});

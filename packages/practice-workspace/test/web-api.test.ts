import { type UsersListResponse, WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import type { PracticeOptions, PracticeWorkspace } from '../src/index.ts';
import { practiceClock } from '../src/index.ts';
import { manifest, startWorkspace } from './support.ts';

type Answer = Record<string, unknown> & { ok: boolean; error?: string };
type Args = Record<string, unknown>;

async function start(options: Partial<PracticeOptions> = {}) {
  const workspace = await startWorkspace({ clock: practiceClock('2026-03-02T09:00:00Z'), ...options });
  const client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  return { workspace, client, call: caller(workspace), id: (name: string) => workspace.as(name).id };
}

/** The bare protocol, as JSON with the bot's token unless told otherwise. */
function caller(workspace: PracticeWorkspace) {
  return async (method: string, args: Args = {}, token: string = workspace.botToken): Promise<Answer> => {
    const response = await fetch(workspace.apiUrl + method, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(args),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
}

test('tokens: none, a wrong one, the wrong kind, an unknown method', async () => {
  const { workspace, call } = await start();
  expect(await call('auth.test')).toMatchObject({
    ok: true,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
  });
  expect(await call('auth.test', {}, '')).toEqual({ ok: false, error: 'not_authed' });
  expect(await call('auth.test', {}, 'xoxb-wrong')).toEqual({ ok: false, error: 'invalid_auth' });
  expect(await call('apps.connections.open')).toEqual({ ok: false, error: 'not_allowed_token_type' });
  expect(await call('chat.postMessage', {}, workspace.appToken)).toMatchObject({
    error: 'not_allowed_token_type',
  });
  expect(await call('chat.shout')).toEqual({ ok: false, error: 'unknown_method', req_method: 'chat.shout' });
  expect(await call('reminders.add')).toMatchObject({ error: 'not_allowed_token_type' });
  expect(await call('api.test', { error: 'my_error' }, '')).toMatchObject({ ok: false, error: 'my_error' });
});

test('forms and JSON are read alike, and broken JSON is named', async () => {
  const { workspace } = await start();
  const channel = workspace.channelId('chatr-forum');
  const send = async (type: string, body: string) => {
    const headers = { 'content-type': type, authorization: `Bearer ${workspace.botToken}` };
    const response = await fetch(`${workspace.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
    return (await response.json()) as Answer;
  };
  const blocks = JSON.stringify([{ type: 'divider' }]);
  const form = new URLSearchParams({ channel, text: 'Hi', blocks }).toString();
  expect(await send('application/x-www-form-urlencoded', form)).toMatchObject({ ok: true });
  expect(await send('application/json', JSON.stringify({ channel, blocks }))).toMatchObject({ ok: true });
  expect(await send('application/json', '{')).toMatchObject({ error: 'invalid_json' });
  expect(await send('application/json', JSON.stringify({ channel, blocks: '{' }))).toMatchObject({
    error: 'invalid_blocks_format',
  });
});

const scopes: [method: string, args: Args, needed: string][] = [
  ['chat.postMessage', { channel: 'C1', text: 'x' }, 'chat:write'],
  ['conversations.list', {}, 'channels:read'],
  ['conversations.list', { types: 'private_channel' }, 'groups:read'],
  ['conversations.open', { users: 'U1' }, 'im:write'],
  ['conversations.open', { users: 'U1,U2' }, 'mpim:write'],
  ['conversations.join', { channel: 'C1' }, 'channels:join'],
  ['users.info', { user: 'U1' }, 'users:read'],
  ['users.list', {}, 'users:read'],
  ['users.lookupByEmail', { email: 'x' }, 'users:read.email'],
  ['files.getUploadURLExternal', { filename: 'x', length: 1 }, 'files:write'],
  ['reactions.add', {}, 'reactions:write'],
  ['team.info', {}, 'team:read'],
];
test.each(scopes)('%s with %j asks for its scope', async (method, args, needed) => {
  const { call } = await start({ manifest: manifest({ scopes: ['commands'] }) });
  expect(await call(method, args)).toEqual({
    ok: false,
    error: 'missing_scope',
    needed,
    provided: 'commands',
  });
});

test('scopes of conversations depend on their kind', async () => {
  const { workspace, call } = await start({
    manifest: manifest({ scopes: ['channels:read', 'channels:history'] }),
  });
  const pilot = workspace.channelId('perinatal-pilot');
  expect(await call('conversations.history', { channel: workspace.channelId('chatr-forum') })).toMatchObject({
    ok: true,
  });
  expect(await call('conversations.history', { channel: pilot })).toMatchObject({ needed: 'groups:history' });
  expect(await call('conversations.members', { channel: pilot })).toMatchObject({ needed: 'groups:read' });
  expect(await call('conversations.invite', { channel: pilot, users: 'U1' })).toMatchObject({
    needed: 'groups:write,groups:write.invites',
  });
});

test('an e-mail address is shown only with its scope', async () => {
  const without = await start({ manifest: manifest({ scopes: ['users:read'] }) });
  const hidden = await without.call('users.info', { user: without.id('robin') });
  expect(JSON.stringify(hidden)).not.toContain('@example.org');
  const { call, id } = await start();
  expect(JSON.stringify(await call('users.info', { user: id('robin') }))).toContain('robin@example.org');
});

test('where the app may not post', async () => {
  const { workspace, call, id } = await start();
  workspace.addChannel({ name: 'secret', private: true, members: ['robin'] });
  workspace.addChannel({ name: 'old', withApp: true });
  workspace.archiveChannel('old');
  const post = async (channel: string, more: Args = {}) =>
    (await call('chat.postMessage', { channel, text: 'x', ...more })).error;
  expect(await post('C0NOWHERE')).toBe('channel_not_found');
  expect(await post(workspace.channelId('secret'))).toBe('channel_not_found');
  expect(await post(workspace.channelId('general'))).toBe('not_in_channel');
  expect(await post(workspace.channelId('old'))).toBe('is_archived');
  expect(await post(id('dana'))).toBe('channel_not_found');
  expect(await post('USLACKBOT')).toBe('cannot_dm_bot');
  expect(await post(workspace.channelId('chatr-forum'), { text: '' })).toBe('no_text');
  expect(await post(workspace.channelId('chatr-forum'), { username: 'Somebody' })).toBe('missing_scope');
  expect(await post(workspace.channelId('chatr-forum'), { thread_ts: '1.000001' })).toBe('thread_not_found');
  expect(await post(workspace.channelId('chatr-forum'), { thread_ts: 1.000001 })).toBe('invalid_arguments');
  expect(await post(workspace.channelId('chatr-forum'), { markdown_text: 'x' })).toBe(
    'markdown_text_conflict',
  );
  expect(
    await post(workspace.channelId('chatr-forum'), { text: '', markdown_text: 'x'.repeat(12_001) }),
  ).toBe('msg_too_long');
  expect(
    await post(workspace.channelId('chatr-forum'), { attachments: Array(101).fill({ text: 'x' }) }),
  ).toBe('too_many_attachments');
  expect(await post(workspace.channelId('chatr-forum'), { metadata: { event_type: 'x' } })).toBe(
    'invalid_metadata_schema',
  );
  await call('conversations.join', { channel: workspace.channelId('general') });
  expect(await post(workspace.channelId('general'))).toBeUndefined();
});

test('chat:write.public is enough for public channels', async () => {
  const { workspace, call } = await start({
    manifest: manifest({ scopes: ['chat:write', 'chat:write.public'] }),
  });
  const general = workspace.channelId('general');
  expect(await call('chat.postMessage', { channel: general, text: 'x' })).toMatchObject({ ok: true });
});

test('without the Messages tab the app writes to nobody', async () => {
  const closed = manifest();
  const { call, id } = await start({
    manifest: { ...closed, features: { ...closed.features, app_home: { home_tab_enabled: false } } },
  });
  expect(await call('chat.postMessage', { channel: id('robin'), text: 'x' })).toMatchObject({
    error: 'messages_tab_disabled',
  });
  expect(
    await call('views.publish', { user_id: id('robin'), view: { type: 'home', blocks: [] } }),
  ).toMatchObject({
    error: 'not_enabled',
  });
});

test('a message to a person opens the direct messages; texts are cut after 40,000 characters', async () => {
  const { workspace, call, id } = await start();
  const robin = workspace.as('robin');
  const posted = await call('chat.postMessage', { channel: id('robin'), text: '🙂'.repeat(40_001) });
  expect(posted).toMatchObject({
    ok: true,
    channel: workspace.appDirectId('robin'),
    message: { type: 'message' },
  });
  expect(Array.from((await robin.next('message')).text)).toHaveLength(40_000);
  expect(await call('conversations.open', { users: id('robin') })).toMatchObject({
    ok: true,
    already_open: true,
    channel: { id: workspace.appDirectId('robin') },
  });
});

test('what blocks are refused for comes with a pointer', async () => {
  const { workspace, call } = await start();
  const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
  expect(await call('chat.postMessage', { channel: workspace.channelId('chatr-forum'), blocks })).toEqual({
    ok: false,
    error: 'invalid_blocks',
    errors: ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    response_metadata: {
      messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    },
  });
  expect(
    await call('views.publish', { user_id: workspace.as('robin').id, view: { type: 'home', blocks } }),
  ).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: {
      messages: ['[ERROR] must be less than 151 characters [json-pointer:/view/blocks/0/text/text]'],
    },
  });
});

test('an update replaces text and blocks by Slack’s rules, and only the app’s own', async () => {
  const { workspace, call } = await start();
  const channel = workspace.channelId('chatr-forum');
  const blocks = [{ type: 'divider' }];
  const metadata = { event_type: 'delivery', event_payload: { id: 'd1' } };
  const { ts } = await call('chat.postMessage', { channel, text: 'First', blocks, metadata });
  const update = (change: Args) => call('chat.update', { channel, ts, ...change });
  expect(await update({ text: 'x'.repeat(4001) })).toMatchObject({ error: 'msg_too_long' });
  expect(await update({ text: 'Second' })).toMatchObject({ ok: true, text: 'Second', message: { metadata } });
  const sam = workspace.as('sam');
  expect(sam.messages('chatr-forum').at(-1)).toMatchObject({ text: 'Second', edited: true });
  expect(sam.messages('chatr-forum').at(-1)?.blocks).toBeUndefined();
  expect(await update({ blocks, metadata: {} })).toMatchObject({ ok: true, text: 'Second' });
  expect(
    JSON.stringify(await call('conversations.history', { channel, include_all_metadata: true })),
  ).not.toContain('d1');
  await workspace.as('robin').post('Mine', { in: 'chatr-forum', quiet: true });
  const mine = sam.messages('chatr-forum').at(-1)?.ts;
  expect(await call('chat.update', { channel, ts: mine, text: 'x' })).toMatchObject({
    error: 'cant_update_message',
  });
  expect(await call('chat.delete', { channel, ts: mine })).toMatchObject({ error: 'cant_delete_message' });
  expect(await call('chat.update', { channel, ts: '1.000001', text: 'x' })).toMatchObject({
    error: 'message_not_found',
  });
  const robin = workspace.as('robin').id;
  expect(await call('chat.update', { channel: robin, ts, text: 'x' })).toMatchObject({
    error: 'channel_not_found',
  });
  expect(await call('chat.delete', { channel, ts })).toMatchObject({ ok: true });
  expect(sam.messages('chatr-forum').map((message) => message.text)).toEqual(['Mine']);
});

test('an ephemeral message is for one person in the channel, and cannot be updated', async () => {
  const { workspace, call, id } = await start();
  const channel = workspace.channelId('perinatal-pilot');
  const posted = await call('chat.postEphemeral', { channel, user: id('robin'), text: 'Only you' });
  expect(workspace.as('robin').ephemerals()).toMatchObject([{ text: 'Only you' }]);
  expect(workspace.as('sam').messages('perinatal-pilot')).toEqual([]);
  expect(await call('chat.update', { channel, ts: posted.message_ts, text: 'x' })).toMatchObject({
    error: 'message_not_found',
  });
  expect(await call('chat.postEphemeral', { channel, user: id('toni'), text: 'x' })).toMatchObject({
    error: 'user_not_in_channel',
  });
});

test('history goes backwards, in pages, with metadata where asked', async () => {
  const { workspace, client, call } = await start();
  const { id: channel = '' } =
    (await client.conversations.open({ users: workspace.as('robin').id })).channel ?? {};
  const sent: string[] = [];
  for (const n of [1, 2, 3, 4, 5]) {
    const metadata = { event_type: 'delivery', event_payload: { n } };
    const { ts = '' } = await client.chat.postMessage({ channel, text: `${n}`, metadata });
    sent.push(ts);
  }
  expect(new Set(sent).size).toBe(5);
  const [, oldest = '', , latest = ''] = sent;
  const first = await client.conversations.history({ channel, limit: 2 });
  expect(first.messages?.map(({ text }) => text)).toEqual(['5', '4']);
  expect(first.messages?.[0]?.metadata).toEqual({ event_type: 'delivery' });
  const cursor = first.response_metadata?.next_cursor ?? '';
  const rest = await client.conversations.history({ channel, limit: 10, cursor, include_all_metadata: true });
  expect(rest.messages?.map(({ text }) => text)).toEqual(['3', '2', '1']);
  expect(rest.messages?.[2]?.metadata).toEqual({ event_type: 'delivery', event_payload: { n: 1 } });
  expect(rest.has_more).toBe(false);
  const some = await client.conversations.history({ channel, oldest, latest });
  expect(some.messages?.map(({ text }) => text)).toEqual(['3']);
  const most = await call('conversations.history', { channel, oldest, latest, inclusive: true });
  expect(most.messages).toHaveLength(3);
  expect(await call('conversations.history', { channel, cursor: 'nonsense' })).toMatchObject({
    error: 'invalid_cursor',
  });
  expect(await call('conversations.history', { channel, limit: 1000 })).toMatchObject({
    error: 'invalid_limit',
  });
  expect(await call('conversations.history', { channel, oldest: 'x' })).toMatchObject({
    error: 'invalid_ts_oldest',
  });
});

test('threads are apart from the channel', async () => {
  const { workspace, client } = await start();
  const channel = workspace.channelId('chatr-forum');
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'Parent' });
  await client.chat.postMessage({ channel, text: 'Reply', thread_ts: ts });
  const history = await client.conversations.history({ channel });
  expect(history.messages).toMatchObject([{ text: 'Parent', reply_count: 1 }]);
  const replies = await client.conversations.replies({ channel, ts });
  expect(replies.messages?.map(({ text }) => text)).toEqual(['Parent', 'Reply']);
});

test('people: unknown, deactivated, by address, in pages', async () => {
  const { workspace, client, call, id } = await start();
  expect(await call('users.info', { user: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  expect(await call('users.info', { user: id('dana') })).toMatchObject({ ok: true, user: { deleted: true } });
  expect(await call('users.lookupByEmail', { email: 'dana@example.org' })).toMatchObject({
    error: 'users_not_found',
  });
  expect(await call('users.lookupByEmail', { email: 'ROBIN@example.org' })).toMatchObject({ ok: true });
  expect(await call('conversations.open', { users: id('dana') })).toMatchObject({ error: 'user_disabled' });
  expect(await call('conversations.open', {})).toMatchObject({ error: 'users_list_not_supplied' });
  expect(await call('conversations.open', { users: [id('robin')] })).toMatchObject({
    error: 'invalid_array_arg',
  });
  const names: string[] = [];
  for await (const page of client.paginate('users.list', { limit: 4 }))
    for (const { name = '' } of (page as UsersListResponse).members ?? []) names.push(name);
  expect(names).toEqual(workspace.snapshot('robin').people.map(({ name }) => name));
  expect(await call('users.info', { user: id('toni') })).toMatchObject({
    user: { tz: 'America/New_York', tz_offset: -18_000 },
  });
});

test('inviting is all or nothing unless forced', async () => {
  const { workspace, call, id } = await start();
  const channel = workspace.addChannel({ name: 'new-one', withApp: true });
  const invite = (users: string, more: Args = {}) =>
    call('conversations.invite', { channel, users, ...more });
  expect(await invite(workspace.botUserId)).toMatchObject({ error: 'cant_invite_self' });
  expect(await invite(`${id('robin')},${id('gale')}`)).toMatchObject({ error: 'user_is_restricted' });
  expect(await call('conversations.members', { channel })).toMatchObject({ members: [workspace.botUserId] });
  expect(await invite(`${id('robin')},${id('gale')}`, { force: true })).toMatchObject({ ok: true });
  expect(await invite(id('robin'))).toMatchObject({ error: 'already_in_channel' });
  expect(
    await invite(
      Array(101)
        .fill(0)
        .map((_, at) => `U${at}`)
        .join(),
    ),
  ).toMatchObject({ error: 'too_many_users' });
});

test('a file takes three steps, and its bytes need the token', async () => {
  const { workspace, client } = await start();
  const robin = workspace.as('robin');
  const channel_id = workspace.appDirectId('robin');
  await client.filesUploadV2({
    channel_id,
    filename: 'record.csv',
    content: 'a,b\n1,2\n',
    initial_comment: 'Yours',
  });
  const message = await robin.next('message');
  expect(message).toMatchObject({ text: 'Yours', files: [{ name: 'record.csv', size: 8 }] });
  const shown = await fetch(workspace.url + (message.files[0]?.url ?? ''));
  expect(await shown.text()).toBe('a,b\n1,2\n');
  const { files } = (await client.conversations.history({ channel: channel_id })).messages?.[0] ?? {};
  const address = files?.[0]?.url_private ?? '';
  expect((await fetch(address)).status).toBe(403);
  const headers = { authorization: `Bearer ${workspace.botToken}` };
  expect(await (await fetch(address, { headers })).text()).toBe('a,b\n1,2\n');
});

test('a file is what was announced, goes where the app is, and is deleted once, by whose it is', async () => {
  const { workspace, call } = await start();
  const robin = workspace.as('robin');
  const channel_id = workspace.appDirectId('robin');
  const begin = async (length: number) => {
    const answer = await call('files.getUploadURLExternal', { filename: 'summary.docx', length });
    return { id: String(answer.file_id), url: String(answer.upload_url) };
  };
  const send = async (url: string, body: string) => (await fetch(url, { method: 'POST', body })).status;
  const complete = (id: string, change = {}) =>
    call('files.completeUploadExternal', { files: [{ id, title: 'Summary' }], channel_id, ...change });

  expect(await call('files.getUploadURLExternal', { filename: 'x', length: 0 })).toMatchObject({
    error: 'invalid_arguments',
  });
  const { id, url } = await begin(3);
  expect(await send(url, 'four')).toBe(400);
  expect(await complete(id)).toMatchObject({ error: 'file_not_found' });
  workspace.faults.next('upload', 'server-error');
  expect(await send(url, 'abc')).toBe(503);
  expect(await send(url, 'abc')).toBe(200);
  // Nobody sees it, and nothing is there to delete, before the last step; which names a conversation, not a person.
  expect(await call('files.info', { file: id })).toMatchObject({ error: 'file_not_found' });
  expect(await call('files.delete', { file: id })).toMatchObject({ error: 'file_not_found' });
  expect(await complete(id, { channel_id: robin.id })).toMatchObject({ error: 'channel_not_found' });
  expect(await complete(id)).toMatchObject({
    ok: true,
    files: [{ id, title: 'Summary', ims: [channel_id] }],
  });
  expect(await send(url, 'abc')).toBe(404);
  expect(await complete(id)).toMatchObject({ error: 'file_not_found' });
  expect(robin.dmsWithBot().at(-1)?.files).toMatchObject([{ name: 'summary.docx', size: 3 }]);

  const before = robin.dmsWithBot().length;
  expect(await call('files.delete', { file: id })).toMatchObject({ ok: true });
  // A message that was the file alone goes with it.
  expect(robin.dmsWithBot()).toHaveLength(before - 1);
  expect(await call('files.delete', { file: id })).toMatchObject({ error: 'file_not_found' });
});

test('reactions know their names and their once', async () => {
  const { workspace, call } = await start();
  const channel = workspace.channelId('chatr-forum');
  const { ts } = await call('chat.postMessage', { channel, text: 'x' });
  const react = async (method: string, name: string) =>
    (await call(`reactions.${method}`, { channel, timestamp: ts, name })).error;
  expect(await react('add', ':tada:')).toBe('invalid_name');
  expect(await react('add', 'tada')).toBeUndefined();
  expect(await react('add', 'tada')).toBe('already_reacted');
  expect(await react('remove', 'tada')).toBeUndefined();
  expect(await react('remove', 'tada')).toBe('no_reaction');
});

test('home tabs: a stale hash is refused, an external id is unique', async () => {
  const { call, id } = await start();
  const view = { type: 'home', external_id: 'one', blocks: [{ type: 'divider' }] };
  const published = await call('views.publish', { user_id: id('robin'), view });
  const { hash, id: viewId } = published.view as { hash: string; id: string };
  expect(await call('views.publish', { user_id: id('robin'), view, hash })).toMatchObject({
    view: { id: viewId },
  });
  expect(await call('views.publish', { user_id: id('robin'), view, hash })).toMatchObject({
    error: 'hash_conflict',
  });
  expect(await call('views.publish', { user_id: id('sam'), view })).toMatchObject({
    error: 'duplicate_external_id',
  });
  expect(await call('views.update', { view_id: 'V0', view })).toMatchObject({ error: 'not_found' });
  expect(
    await call('views.open', {
      trigger_id: '1.2.x',
      view: { ...view, type: 'modal', title: { type: 'plain_text', text: 'x' } },
    }),
  ).toMatchObject({ error: 'invalid_trigger' });
});

test('rate limits, where switched on, name the wait', async () => {
  const { workspace, client } = await start({ rateLimits: true });
  const channel = workspace.channelId('chatr-forum');
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => client.chat.postMessage({ channel, text: 'x' })),
  );
  const refused = outcomes.filter((one) => one.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.reason).toMatchObject({ retryAfter: 1 });
});

test('blocks that need a scope, and images Slack cannot fetch', async () => {
  const { workspace, call } = await start({ manifest: manifest({ scopes: ['chat:write'] }) });
  const channel = workspace.channelId('chatr-forum');
  const video = {
    type: 'video',
    title: { type: 'plain_text', text: 'x' },
    video_url: 'https://example.org/v',
    thumbnail_url: 'https://example.org/t.png',
    alt_text: 'x',
  };
  expect(JSON.stringify(await call('chat.postMessage', { channel, blocks: [video] }))).toContain(
    'links.embed:write',
  );
  for (const image_url of ['http://localhost/a.png', 'https://192.168.1.4/a.png', 'ftp://example.org/a.png'])
    expect(
      await call('chat.postMessage', { channel, blocks: [{ type: 'image', image_url, alt_text: 'x' }] }),
    ).toMatchObject({ error: 'invalid_blocks' });
});

import { expect, test } from 'vitest';
import type { ActResult } from '../src/protocol.ts';
import { manifest, startBot } from './support.ts';

const channelOf = (result: ActResult): string => (result.ok ? (result.channel ?? '') : '');

test('people write to each other, and nothing of it reaches the app', async () => {
  const seen: string[] = [];
  const { workspace, app } = await startBot(undefined, {
    onDelivery: (_, payload) => seen.push(JSON.stringify(payload)),
  });
  const [robin, sam, dana] = ['robin', 'sam', 'dana'].map((name) => workspace.snapshot(name).me.id);
  const open = (as: string, user = '') => workspace.act(as, { do: 'open-direct', user });
  const channel = channelOf(await open('robin', sam));
  expect(channel).toMatch(/^D/);
  expect(await open('sam', robin)).toEqual({ ok: true, channel });
  expect(channelOf(await open('robin', workspace.botUserId))).toBe(workspace.appDirectId('robin'));
  for (const user of [robin, dana, 'USLACKBOT', 'U0'])
    expect(await open('robin', user)).toMatchObject({ ok: false });

  const file = workspace.as('robin').upload('between.txt', 'for Sam alone');
  await workspace.act('robin', { do: 'post', channel, text: 'between us', files: [file] });
  const ts = workspace.snapshot('sam').messages[channel]?.[0]?.ts ?? '';
  await workspace.act('sam', { do: 'react', channel, ts, name: 'wave' });
  await workspace.act('sam', { do: 'post', channel, text: 'between us, back', threadTs: ts });
  expect(workspace.snapshot('sam').conversations.find(({ id }) => id === channel)).toMatchObject({
    kind: 'dm',
    with: robin,
  });
  expect(workspace.snapshot('toni').messages).not.toHaveProperty(channel);
  expect(await workspace.act('toni', { do: 'post', channel, text: 'me too' })).toMatchObject({ ok: false });

  await workspace.settled();
  expect(seen.join()).not.toMatch(/between|wave/);
  const call = (method: string, body: Record<string, unknown>) =>
    app.client.apiCall(method, body).catch((error: { data?: unknown }) => error.data);
  for (const [method, body] of [
    ['conversations.info', { channel }],
    ['conversations.history', { channel }],
    ['conversations.replies', { channel, ts }],
    ['conversations.members', { channel }],
    ['conversations.open', { channel }],
    ['chat.postMessage', { channel, text: 'x' }],
    ['chat.getPermalink', { channel, message_ts: ts }],
    ['reactions.add', { channel, timestamp: ts, name: 'wave' }],
  ] as const)
    expect(await call(method, body), method).toMatchObject({ error: 'channel_not_found' });
  for (const method of ['files.info', 'files.delete'])
    expect(await call(method, { file }), method).toMatchObject({ error: 'file_not_found' });
  expect(JSON.stringify(await call('users.conversations', { types: 'im', user: robin }))).not.toContain(
    channel,
  );
  const stolen = await fetch(`${workspace.url}/files-pri/${workspace.teamId}-${file}/between.txt`, {
    headers: { authorization: `Bearer ${workspace.botToken}` },
  });
  expect(stolen.status).toBe(404);

  // Somebody who has left is not written to.
  await workspace.deactivate('sam');
  expect(await workspace.act('robin', { do: 'post', channel, text: 'Sam?' })).toEqual({
    ok: false,
    error: 'Sam Sample has been deactivated and cannot be written to.',
  });
});

test('threads, reactions and files in a channel are heard by an app that is in it', async () => {
  const events: { type: string; subtype?: string; thread_ts?: string; reaction?: string }[] = [];
  const { workspace } = await startBot(undefined, {
    manifest: manifest({ events: ['message.channels', 'reaction_added', 'reaction_removed'] }),
    onDelivery: (_, payload) => events.push((payload as { event: (typeof events)[number] }).event),
  });
  const channel = workspace.channelId('chatr-forum');
  const act = workspace.act;
  const messages = () => workspace.snapshot('sam').messages[channel] ?? [];
  const file = workspace.as('robin').upload('../week.csv', 'a,b');
  await act('robin', { do: 'post', channel, text: '', files: [file] });
  const root = messages().at(-1);
  expect(root).toMatchObject({ text: '', files: [{ mimetype: 'text/csv', size: 3 }] });
  const ts = root?.ts ?? '';
  expect(await act('sam', { do: 'post', channel, text: 'x', files: [file] })).toMatchObject({ ok: false });
  await act('sam', { do: 'post', channel, text: 'first', threadTs: ts });
  // Answering an answer stays in the same thread.
  await act('robin', { do: 'post', channel, text: 'second', threadTs: messages().at(-1)?.ts ?? '' });
  expect(messages().map(({ threadTs }) => threadTs)).toEqual([undefined, ts, ts]);
  expect(await act('sam', { do: 'post', channel, text: 'x', threadTs: '1.000001' })).toMatchObject({
    ok: false,
  });
  expect(await act('sam', { do: 'post', channel, text: '/try', threadTs: ts })).toMatchObject({ ok: false });
  expect(workspace.as('sam').ephemerals().at(-1)).toMatchObject({ threadTs: ts });

  const react = (who: string, name: string) => act(who, { do: 'react', channel, ts, name });
  await react('sam', 'tada');
  await react('robin', 'tada');
  expect(messages()[0]?.reactions.map(({ name, users }) => [name, users.length])).toEqual([['tada', 2]]);
  await react('robin', 'tada');
  await react('sam', 'tada');
  expect(messages()[0]?.reactions).toEqual([]);
  expect(await react('sam', 'no such thing!')).toMatchObject({ ok: false });
  await workspace.settled();
  expect(
    events.map(({ type, subtype, thread_ts: thread, reaction }) => [type, subtype ?? reaction, thread]),
  ).toEqual([
    ['message', 'file_share', undefined],
    ['message', undefined, ts],
    ['message', undefined, ts],
    ['reaction_added', 'tada', undefined],
    ['reaction_added', 'tada', undefined],
    ['reaction_removed', 'tada', undefined],
    ['reaction_removed', 'tada', undefined],
  ]);
});

test('a file chosen in a form reaches the app as Slack describes it, and only then can it be read', async () => {
  const sent: unknown[] = [];
  const { workspace } = await startBot((bot) => {
    bot.command('/try', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'bring',
          title: { type: 'plain_text', text: 'Bring' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: [
            {
              type: 'input',
              block_id: 'file',
              label: { type: 'plain_text', text: 'A list' },
              element: { type: 'file_input', action_id: 'value', max_files: 1, filetypes: ['csv'] },
            },
          ],
        },
      });
    });
    bot.view('bring', async ({ ack, view }) => {
      await ack();
      sent.push(view.state.values.file?.value);
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  const upload = async (name: string, bytes: string): Promise<ActResult> => {
    const address = `${workspace.url}/practice/upload?as=${robin.id}&name=${encodeURIComponent(name)}`;
    return (await (await fetch(address, { method: 'POST', body: bytes })).json()) as ActResult;
  };
  expect(await upload('empty.csv', '')).toMatchObject({ ok: false });
  const id = async (name: string) => {
    const answer = await upload(name, 'week\n5');
    return answer.ok ? (answer.file?.id ?? '') : '';
  };
  const [list, other] = [await id('../Liste été.CSV'), await id('list.pdf')];
  const address = `${workspace.url}/files-pri/${workspace.teamId}-${list}/x`;
  const read = () => fetch(address, { headers: { authorization: `Bearer ${workspace.botToken}` } });
  expect((await read()).status).toBe(404);
  const foreign = workspace.as('sam').upload('list.csv', 'x');
  for (const wrong of [[other], [foreign], ['F0'], [list, list]])
    await expect(robin.fill({ 'A list': wrong }), String(wrong)).rejects.toThrow();
  await robin.submit({ 'A list': [list] });
  expect(sent).toMatchObject([
    {
      type: 'file_input',
      files: [
        {
          id: list,
          name: '.._Liste été.CSV',
          filetype: 'csv',
          mimetype: 'text/csv',
          size: 6,
          user: robin.id,
        },
      ],
    },
  ]);
  expect(await (await read()).text()).toBe('week\n5');
});

test('the clock stops at each due minute on its way, goes on to the next thing, and says what passed', async () => {
  let due: string[] = [];
  const { workspace, app, clock } = await startBot(undefined, {
    nextDue: async () => due.map((at) => new Date(at)).find((at) => at > clock.now()),
    onForward: async (minutes) => {
      clock.advance(minutes * 60_000);
      const now = clock.now().toISOString();
      const [next = ''] = due;
      if (next === '' || now < next) return;
      due = due.slice(1);
      // At ten nothing is said: a reason to look and nothing more.
      if (now.includes('T10:00')) return;
      await app.client.chat.postMessage({ channel: workspace.as('robin').id, text: now });
      if (now.includes('T09:07'))
        await app.client.chat.postMessage({ channel: workspace.channelId('chatr-forum'), text: now });
    },
  });
  const stage = async (wanted: unknown): Promise<ActResult> => {
    const response = await fetch(`${workspace.url}/practice/stage`, {
      method: 'POST',
      body: JSON.stringify({ stage: wanted }),
    });
    return (await response.json()) as ActResult;
  };
  const robin = workspace.as('robin');
  const passed = () => workspace.snapshot('sam').passed;
  due = [
    '2026-03-02T09:07:00.000Z',
    '2026-03-02T09:41:00.000Z',
    '2026-03-02T10:00:00.000Z',
    '2026-03-05T08:30:00.000Z',
  ];
  expect(workspace.snapshot('robin').knowsNext).toBe(true);
  await stage({ do: 'forward', minutes: 60 });
  expect(robin.dmsWithBot().map(({ at }) => at.slice(11, 16))).toEqual(['09:07', '09:41']);
  expect(passed()).toEqual({
    id: 1,
    from: '2026-03-02T09:00:00.000Z',
    until: '2026-03-02T10:00:00.000Z',
    messages: 3,
    people: [{ id: robin.id, messages: 2 }],
    channels: [workspace.channelId('chatr-forum')],
  });
  await stage({ do: 'forward-to-next' });
  expect(clock.now().toISOString()).toBe('2026-03-05T08:30:00.000Z');
  expect(passed()).toMatchObject({ id: 2, messages: 1 });
  // Everybody can see who has something new.
  expect(workspace.snapshot('sam').unread).toEqual({ [robin.id]: 3 });
  await workspace.act('robin', { do: 'open-messages', channel: workspace.appDirectId('robin') });
  expect(workspace.snapshot('sam').unread).toEqual({});
  // Nothing more is to come: a month is enough.
  await stage({ do: 'forward-to-next' });
  expect(passed()).toMatchObject({ messages: 0, people: [], until: '2026-04-05T08:30:00.000Z' });
  await stage({ do: 'forward', minutes: 366 * 24 * 60 });
  expect(clock.now().toISOString()).toBe('2027-04-06T08:30:00.000Z');
});

test('without a host that knows, the clock goes no further by itself', async () => {
  const { workspace } = await startBot(undefined, { onForward: async () => undefined });
  expect(workspace.snapshot('robin').knowsNext).toBe(false);
  const response = await fetch(`${workspace.url}/practice/stage`, {
    method: 'POST',
    body: JSON.stringify({ stage: { do: 'forward-to-next' } }),
  });
  expect(await response.json()).toMatchObject({ ok: false });
});

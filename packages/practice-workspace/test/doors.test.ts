import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { emojiNames } from '../src/emoji-names.ts';
import type { PracticeWorkspace } from '../src/index.ts';
import type { ActResult, Snapshot } from '../src/protocol.ts';
import { startBot, startWorkspace } from './support.ts';

async function post(workspace: PracticeWorkspace, path: string, body: unknown): Promise<ActResult> {
  const response = await fetch(workspace.url + path, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as ActResult;
}

/** `fetch` would not send a foreign Host. */
function statusWith(
  workspace: PracticeWorkspace,
  headers: Record<string, string>,
  path = '/',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const url = new URL(path, workspace.url);
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

function live(workspace: PracticeWorkspace, as: string) {
  const socket = new WebSocket(`${workspace.url.replace('http', 'ws')}/practice/live?as=${as}`);
  const waiting: ((snapshot: Snapshot) => void)[] = [];
  const arrived: Snapshot[] = [];
  socket.on('message', (data: Buffer) => {
    const snapshot = JSON.parse(data.toString()) as Snapshot;
    const next = waiting.shift();
    if (next) next(snapshot);
    else arrived.push(snapshot);
  });
  onTestFinished(() => socket.terminate());
  return (): Promise<Snapshot> => {
    const ready = arrived.shift();
    return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
  };
}

test('a website of the app is served beside the workspace, its own files and nothing else', async () => {
  const files = new Map([
    ['index.html', '<h1>Portal</h1>'],
    ['style.css', 'h1 {}'],
  ]);
  const workspace = await startWorkspace({ site: { name: 'Resource portal', files } });
  const get = (path: string) => fetch(workspace.url + path);
  expect(await (await get('/site')).text()).toBe('<h1>Portal</h1>');
  expect((await get('/site/style.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
  for (const path of [
    '/site/other.html',
    '/site/../page/main.ts',
    '/site/%2e%2e/index.ts',
    '/site//index.html',
  ])
    expect((await get(path)).url.includes('/site') && (await get(path)).status, path).not.toBe(200);
  files.set('index.html', '<h1>Changed meanwhile</h1>');
  expect(await (await get('/site/')).text()).toBe('<h1>Changed meanwhile</h1>');
  expect(workspace.snapshot('robin').site).toBe('Resource portal');
  expect((await startWorkspace()).snapshot('robin').site).toBeNull();
});

test('the page may load its own files, its import map, and nothing else', async () => {
  const workspace = await startWorkspace();
  const response = await fetch(workspace.url);
  const html = await response.text();
  const map = html.slice(html.indexOf('<script type="importmap">') + 25, html.indexOf('</script>'));
  expect(JSON.parse(map)).toHaveProperty('imports.preact');
  const hash = createHash('sha256').update(map).digest('base64');
  expect(response.headers.get('content-security-policy')).toBe(
    `default-src 'none'; script-src 'self' 'sha256-${hash}'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  );
});

test('the page, its modules without types, and what it imports', async () => {
  const workspace = await startWorkspace();
  const get = async (path: string) => {
    const response = await fetch(workspace.url + path);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  expect(await get('/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
  const live = await get('/page/live.ts');
  expect(live).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' });
  expect(live.text).not.toContain('interface ');
  expect(live.text).not.toContain(': Act,');
  for (const path of ['/protocol.ts', '/vendor/preact.js', '/vendor/preact-hooks.js', '/vendor/htm.js'])
    expect(await get(path)).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' });
  for (const path of [
    '/page/../index.ts',
    '/page/..%2findex.ts',
    '/page/%2e%2e/world.ts',
    '/package.json',
    '/vendor/zod.js',
  ])
    expect((await get(path)).status).toBe(404);
});

test('Slack’s names of emoji come as a module, once the page asks for them', async () => {
  const workspace = await startWorkspace();
  const html = await (await fetch(workspace.url)).text();
  const [, address = ''] = /"#emoji-names": "([^"]+)"/.exec(html) ?? [];
  const response = await fetch(workspace.url + address);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  const served = (await import(`data:text/javascript,${encodeURIComponent(await response.text())}`)) as {
    emojiNames: unknown;
  };
  expect(served.emojiNames).toEqual(emojiNames);
});

test('only this machine, by its own name, and no other site in the browser', async () => {
  const workspace = await startWorkspace();
  const { host, port } = new URL(workspace.url);
  expect(await statusWith(workspace, { host })).toBe(200);
  expect(await statusWith(workspace, { host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(
    200,
  );
  expect(await statusWith(workspace, { host: 'rebound.example' })).toBe(403);
  expect(await statusWith(workspace, { host, origin: 'https://elsewhere.example' })).toBe(403);
  expect(await statusWith(workspace, { host, 'sec-fetch-site': 'cross-site' })).toBe(403);
  const refused = new WebSocket(
    `${workspace.url.replace('http', 'ws')}/practice/live?as=${workspace.as('robin').id}`,
    {
      origin: 'https://elsewhere.example',
    },
  );
  await expect(new Promise((_, reject) => refused.on('error', reject))).rejects.toThrow('403');
});

test('a snapshot at once, and another after each change the person can see', async () => {
  const { workspace, app } = await startBot();
  const next = live(workspace, workspace.as('robin').id);
  const first = await next();
  expect(first).toMatchObject({
    me: { name: 'robin', initials: 'RP' },
    app: { name: 'Practice Bot', connected: true },
    commands: [{ command: '/try' }, { command: '/plain' }],
  });
  expect(first.conversations.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'channel general',
    'channel chatr-forum',
    'private-channel perinatal-pilot',
    'app Practice Bot',
  ]);
  await app.client.chat.postMessage({ channel: workspace.as('robin').id, text: 'For Robin' });
  const second = await next();
  expect(second.messages[workspace.appDirectId('robin')]).toMatchObject([{ text: 'For Robin' }]);
  expect(second.conversations.find(({ kind }) => kind === 'app')).toMatchObject({ unread: 1 });
  expect(second.revision).toBeGreaterThan(first.revision);
});

test('nobody sees what is not theirs', async () => {
  const { workspace, app } = await startBot();
  await app.client.chat.postMessage({ channel: workspace.as('robin').id, text: 'secret one' });
  await app.client.chat.postMessage({ channel: workspace.channelId('perinatal-pilot'), text: 'secret two' });
  await app.client.chat.postEphemeral({
    channel: workspace.channelId('chatr-forum'),
    user: workspace.as('robin').id,
    text: 'secret three',
  });
  await app.client.views.publish({
    user_id: workspace.as('robin').id,
    view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'secret four' } }] },
  });
  for (const name of ['toni', 'gale'])
    expect(JSON.stringify(workspace.snapshot(name))).not.toContain('secret');
  expect(JSON.stringify(workspace.snapshot('robin')).match(/secret/g)).toHaveLength(4);
  expect(workspace.snapshot('gale').conversations.map(({ name }) => name)).not.toContain('general');
});

test('acts over HTTP are the acts of the driver', async () => {
  const { workspace } = await startBot((bot) => bot.command('/try', async ({ ack }) => ack('Hello')));
  const as = workspace.as('robin').id;
  const channel = workspace.appDirectId('robin');
  expect(
    await post(workspace, '/practice/act', { as, act: { do: 'command', text: '/try', channel } }),
  ).toEqual({ ok: true });
  expect(workspace.as('robin').ephemerals()).toMatchObject([{ text: 'Hello' }]);
  const pilot = workspace.channelId('perinatal-pilot');
  const toni = workspace.as('toni').id;
  expect(
    await post(workspace, '/practice/act', { as: toni, act: { do: 'post', text: 'x', channel: pilot } }),
  ).toMatchObject({ ok: false });
  expect(await post(workspace, '/practice/act', { as: 'U0', act: { do: 'open-home' } })).toMatchObject({
    ok: false,
  });
  expect(await post(workspace, '/practice/act', 'nonsense')).toMatchObject({ ok: false });
});

test('the visitor brings people in and moves the clock, and the page is busy meanwhile', async () => {
  const moved: number[] = [];
  const workspace: PracticeWorkspace = await startWorkspace({
    onForward: async (minutes) => {
      moved.push(minutes);
      expect(workspace.snapshot('robin').busy).toBe(true);
      expect(
        await post(workspace, '/practice/stage', { stage: { do: 'forward', minutes: 1 } }),
      ).toMatchObject({ ok: false });
    },
  });
  const joined = await post(workspace, '/practice/stage', { stage: { do: 'new-person' } });
  expect(joined).toMatchObject({ ok: true, user: expect.stringMatching(/^U/) });
  expect(workspace.snapshot('robin').people.at(-1)).toMatchObject({ realName: 'Alex Newcomer' });
  expect(await post(workspace, '/practice/stage', { stage: { do: 'forward', minutes: 90 } })).toEqual({
    ok: true,
  });
  expect(await post(workspace, '/practice/stage', { stage: { do: 'forward', minutes: -1 } })).toMatchObject({
    ok: false,
  });
  expect(moved).toEqual([90]);
  expect(workspace.snapshot('robin').busy).toBe(false);
});

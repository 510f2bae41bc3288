import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { expect, onTestFinished, test } from 'vitest';
import { Faults } from '../src/faults.ts';
import { seededRandom } from '../src/random.ts';
import { startBot, startWorkspace } from './support.ts';

async function sender() {
  const workspace = await startWorkspace();
  const client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const channel = workspace.channelId('chatr-forum');
  const posted = () => workspace.as('sam').messages('chatr-forum').length;
  return { workspace, post: () => client.chat.postMessage({ channel, text: 'x' }), posted };
}

test('429 says how long to wait, and nothing happened', async () => {
  const { workspace, post, posted } = await sender();
  workspace.faults.next('chat.postMessage', 'rate-limit', { retryAfterSeconds: 7 });
  await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
  expect(posted()).toBe(0);
  await post();
  expect(posted()).toBe(1);
});

test.each([
  ['server-error', 0],
  ['drop-request', 0],
  ['server-error-after', 1],
  ['drop-answer', 1],
] as const)('%s leaves %i message behind', async (fault, left) => {
  const { workspace, post, posted } = await sender();
  workspace.faults.next('chat.postMessage', fault);
  await expect(post()).rejects.toThrow();
  expect(posted()).toBe(left);
});

test('a late answer is an answer', async () => {
  const { workspace, post } = await sender();
  workspace.faults.next('chat.postMessage', 'late-answer', { milliseconds: 30 });
  await expect(post()).resolves.toMatchObject({ ok: true });
});

test('an answer that is held is on its way until it is let go', async () => {
  const { workspace, post, posted } = await sender();
  const held = workspace.faults.hold('chat.postMessage');
  const answered = post();
  await held.reached;
  expect(posted()).toBe(1);
  held.release();
  await expect(answered).resolves.toMatchObject({ ok: true });
});

test('the same seed gives the same faults', () => {
  const rates = { calls: { 'rate-limit': 0.2, 'drop-answer': 0.2 } };
  const run = (seed: number) => {
    const faults = new Faults(seededRandom(seed), rates);
    return Array.from({ length: 200 }, () => faults.forCall('chat.postMessage')?.kind);
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
  expect(run(7).filter((kind) => kind !== undefined).length).toBeGreaterThan(50);
});

test('a duplicate delivery reaches the app twice', async () => {
  const seen: string[] = [];
  const { workspace } = await startBot((app) => {
    app.message(/.*/, async ({ body }) => void seen.push(body.event_id));
  });
  workspace.faults.nextDelivery('events_api', 'duplicate');
  await workspace.as('robin').post('Hello');
  expect(seen).toHaveLength(2);
  expect(new Set(seen).size).toBe(1);
});

test('a command while the connection breaks fails for the person', async () => {
  const { workspace } = await startBot();
  workspace.faults.nextDelivery('slash_commands', 'disconnect');
  expect(await workspace.as('robin').command('/try', { mayFail: true })).toMatchObject({
    error: '/try failed with the error "dispatch_failed"',
  });
});

async function connect(options: { appToken: string; apiUrl: string }) {
  const client = new SocketModeClient({
    appToken: options.appToken,
    autoReconnectEnabled: false,
    clientOptions: { slackApiUrl: options.apiUrl },
    logger: quiet,
  });
  const reasons: string[] = [];
  client.on('ws_message', (data: string) => {
    const message = JSON.parse(data) as { type: string; reason?: string };
    if (message.type === 'disconnect') reasons.push(message.reason ?? '');
  });
  const gone = new Promise<void>((resolve) => client.once('disconnected', resolve));
  const started = client.start().then(
    () => 'started',
    () => 'refused',
  );
  onTestFinished(() => client.disconnect().catch(() => undefined));
  return { client, started, reasons, gone };
}

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => 'error' as never,
  setName: () => undefined,
};

test('ten connections are taken, the eleventh is sent away', async () => {
  const workspace = await startWorkspace();
  for (let count = 1; count <= 10; count += 1)
    expect(await (await connect(workspace)).started).toBe('started');
  expect(workspace.connections).toBe(10);
  const eleventh = await connect(workspace);
  await eleventh.gone;
  expect(eleventh.reasons).toEqual(['too_many_websockets']);
  expect(workspace.connections).toBe(10);
});

test('a refresh asks connections to go, and payloads go to those that stay', async () => {
  const { workspace } = await startBot((app) => app.command('/try', async ({ ack }) => ack('Still here')));
  const other = await connect(workspace);
  await other.started;
  await workspace.connected(2);
  workspace.disconnect('refresh_requested', 'all');
  await other.gone;
  expect(other.reasons).toEqual(['refresh_requested']);
});

test('a ticket is good for one connection', async () => {
  const workspace = await startWorkspace();
  const client = new WebClient(workspace.appToken, { slackApiUrl: workspace.apiUrl });
  const { url = '' } = await client.apps.connections.open();
  const outcome = () =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url);
      socket.onmessage = ({ data }) => {
        resolve(JSON.parse(String(data)).type);
        socket.close();
      };
      socket.onerror = () => resolve('refused');
    });
  expect(await outcome()).toBe('hello');
  expect(await outcome()).toBe('refused');
});

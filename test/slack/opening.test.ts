import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPracticeWorkspace, type PracticeWorkspace } from 'practice-workspace';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { createNetwork, type ProxySettings, UnreachableError } from '../../src/lib/network.ts';
import { SocketReceiver } from '../../src/slack/receiver.ts';
import { type ConnectProxy, givenConnectProxy } from '../support/connect-proxy.ts';

const manifest = {
  display_information: { name: 'Practice Bot' },
  oauth_config: { scopes: { bot: ['chat:write'] } },
  settings: { socket_mode_enabled: true },
};

const through = (proxy: ConnectProxy): ProxySettings => ({
  isOn: true,
  http: proxy.address,
  https: proxy.address,
  bypass: '',
});

type Wanted = { proxy?: ProxySettings; appToken: string; apiUrl: string; openWithinMs?: number };

function givenReceiver({ proxy, appToken, apiUrl, openWithinMs = 20_000 }: Wanted) {
  const log: string[] = [];
  const network = createNetwork(proxy);
  const receiver = new SocketReceiver({
    appToken,
    slackApiUrl: apiUrl,
    log: createLog({ level: 'info', write: (line) => log.push(line) }),
    network,
    times: { openWithinMs, againAfterMs: 5, againAtMostMs: 20, pingTimeoutMs: 150 },
  });
  onTestFinished(async () => {
    await receiver.stop();
    await network.close();
  });
  return { receiver, log };
}

async function givenWorkspace(): Promise<PracticeWorkspace> {
  const workspace = await createPracticeWorkspace({ manifest });
  onTestFinished(() => workspace.stop());
  return workspace;
}

/** The Web API by a name that only the proxy knows; the WebSocket's address is the workspace's own. */
const apiByName = ({ apiUrl }: PracticeWorkspace): string => apiUrl.replace('127.0.0.1', 'slack.invalid');

async function sentenceOf(receiver: SocketReceiver): Promise<string> {
  const error = await receiver.start().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnreachableError);
  return (error as Error).message;
}

describe('through a proxy', () => {
  test('Web API and WebSocket go the same way', async () => {
    const proxy = await givenConnectProxy();
    const workspace = await givenWorkspace();
    const { receiver, log } = givenReceiver({
      ...workspace,
      proxy: through(proxy),
      apiUrl: apiByName(workspace),
      appToken: workspace.appToken,
    });
    await receiver.start();
    await workspace.connected(2);
    const targets = proxy.asked.map(({ target }) => target.split(':')[0]);
    expect(targets.filter((name) => name === 'slack.invalid')).not.toEqual([]);
    expect(targets.filter((name) => name === '127.0.0.1')).toHaveLength(2);
    // Both connections are in its hand.
    proxy.cut();
    await expect.poll(() => proxy.asked.length).toBeGreaterThan(targets.length);
    await workspace.connected(2);
    expect(log.join('')).not.toContain('"level":50');
  });

  test('names that are excepted are reached past it', async () => {
    const proxy = await givenConnectProxy();
    const workspace = await givenWorkspace();
    const { receiver } = givenReceiver({
      ...workspace,
      proxy: { ...through(proxy), bypass: 'localhost, 127.0.0.1' },
    });
    await receiver.start();
    await workspace.connected(2);
    expect(proxy.asked).toEqual([]);
  });

  test('a name and a password in its address are sent along', async () => {
    const proxy = await givenConnectProxy();
    const workspace = await givenWorkspace();
    const http = proxy.address.replace('//', '//jane:p%40ss@');
    const { receiver } = givenReceiver({ ...workspace, proxy: { ...through(proxy), http } });
    await receiver.start();
    const basic = `Basic ${Buffer.from('jane:p@ss').toString('base64')}`;
    expect([...new Set(proxy.asked.map(({ authorization }) => authorization))]).toEqual([basic]);
  });

  test('a connection that has died is noticed, its socket closed, and another opened', async () => {
    const proxy = await givenConnectProxy();
    const workspace = await givenWorkspace();
    const { receiver } = givenReceiver({ ...workspace, proxy: through(proxy) });
    await receiver.start();
    await workspace.connected(2);
    await expect.poll(() => receiver.health().connections).toBe(2);
    const asked = proxy.asked.length;
    const frozen = proxy.freezeWebSockets();
    expect(frozen.stillOpen()).toBe(2);
    await expect.poll(() => proxy.asked.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(asked + 2);
    await expect.poll(() => receiver.health().connections, { timeout: 10_000 }).toBe(2);
    // Slack lets an app have ten, and counts those that are dead.
    await expect.poll(() => frozen.stillOpen(), { timeout: 10_000 }).toBe(0);
  });
});

describe('a WebSocket that does not open is told in a sentence, with the cause', () => {
  test.each<[what: string, how: 'silent' | number, says: RegExp]>([
    ['refused', 403, /does not let the connection through \(it answers 403\).*slack\.com/],
    ['asked for a password', 407, /wants a name and a password.*HTTPS_PROXY=/],
    ['never answered', 'silent', /\(no answer\).*HTTPS_PROXY and NO_PROXY/],
  ])('%s by the proxy', async (_what, how, says) => {
    const proxy = await givenConnectProxy();
    proxy.behave(how, /^127\.0\.0\.1:/);
    const workspace = await givenWorkspace();
    const { receiver } = givenReceiver({
      appToken: workspace.appToken,
      apiUrl: apiByName(workspace),
      proxy: { ...through(proxy), http: proxy.address.replace('//', '//jane:secret@') },
      openWithinMs: 400,
    });
    const sentence = await sentenceOf(receiver);
    expect(sentence).toMatch(says);
    expect(sentence).toContain('The connection to Slack has not opened');
    expect(sentence).not.toContain('secret');
    expect(workspace.connections).toBe(0);
  });

  test('answered like a page by something on the way', async () => {
    const apiUrl = await givenApi(({ port }) => `ws://127.0.0.1:${port}/link`);
    const { receiver } = givenReceiver({ appToken: 'xapp-1', apiUrl, openWithinMs: 400 });
    expect(await sentenceOf(receiver)).toMatch(/answers 404 where Slack opens a WebSocket/);
  });

  test('nobody there', async () => {
    const port = await closedPort();
    const apiUrl = await givenApi(() => `ws://127.0.0.1:${port}/link`);
    const { receiver } = givenReceiver({ appToken: 'xapp-1', apiUrl, openWithinMs: 400 });
    expect(await sentenceOf(receiver)).toMatch(/without a proxy \(ECONNREFUSED\).*NODE_USE_ENV_PROXY=1/);
  });

  test('the Web API is gone, while the bot knows of a proxy that is not switched on', async () => {
    const apiUrl = `http://127.0.0.1:${await closedPort()}/api/`;
    const proxy = { isOn: false, http: undefined, https: 'http://proxy.invalid:1', bypass: '' };
    const { receiver } = givenReceiver({ appToken: 'xapp-1', apiUrl, proxy, openWithinMs: 400 });
    expect(await sentenceOf(receiver)).toMatch(/HTTPS_PROXY is set, but used only with NODE_USE_ENV_PROXY=1/);
  });

  test('an app token that Slack refuses is told at once, as Slack says it', async () => {
    const workspace = await givenWorkspace();
    const { receiver } = givenReceiver({ appToken: 'xapp-wrong', apiUrl: workspace.apiUrl });
    await expect(receiver.start()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
  });
});

test('once connected, an outage is told once with its cause, and so is its end', async () => {
  const proxy = await givenConnectProxy();
  const workspace = await givenWorkspace();
  const { receiver, log } = givenReceiver({ ...workspace, proxy: through(proxy), openWithinMs: 100 });
  await receiver.start();
  await workspace.connected(2);
  proxy.behave(503);
  proxy.cut();
  const told = () => log.filter((line) => line.includes('has not opened for'));
  await expect.poll(() => told().length).toBe(1);
  expect(told()[0]).toContain('it answers 503');
  proxy.behave('pass');
  await expect.poll(() => log.some((line) => line.includes('Connected to Slack again'))).toBe(true);
  expect(log.filter((line) => line.includes('"level":50'))).toEqual(told());
});

const openssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!openssl)
  process.stdout.write('Certificates are left out: they are made with openssl, which is not here.\n');

test.skipIf(!openssl)('a certificate of an authority nobody knows is named with its code', async () => {
  const port = await givenTls();
  const says = /\(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS.*not from \.env/;
  const apiUrl = await givenApi(() => `wss://localhost:${port}/link`);
  const settings = { appToken: 'xapp-1', openWithinMs: 400 };
  const proxy = through(await givenConnectProxy());
  const receivers = [
    givenReceiver({ ...settings, apiUrl }),
    givenReceiver({ ...settings, apiUrl: `https://localhost:${port}/api/` }),
    // Behind a proxy that only passes it on.
    givenReceiver({ ...settings, apiUrl, proxy }),
  ];
  for (const sentence of await Promise.all(receivers.map(({ receiver }) => sentenceOf(receiver))))
    expect(sentence).toMatch(says);
});

/** A TLS server with a certificate made for it alone. */
async function givenTls(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-tls-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
  execFileSync('openssl', [...request.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return listening(createServer({ key: readFileSync(key), cert: readFileSync(cert) }));
}

/** A Web API that only says where the WebSocket is; it knows no WebSocket itself. */
async function givenApi(where: (own: { port: number }) => string): Promise<string> {
  const server = createPlainServer((request, response) => {
    if (!request.url?.includes('apps.connections.open')) return void response.writeHead(404).end();
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ ok: true, url: where({ port }) }));
  });
  const port = await listening(server);
  return `http://127.0.0.1:${port}/api/`;
}

async function listening(server: Server | ReturnType<typeof createPlainServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createPlainServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

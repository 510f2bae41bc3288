import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { drawnKey } from '../support/drawn-key.ts';
import { filledInFolder } from '../support/filled-in.ts';
import { compiledCode } from '../support/quick-folder.ts';
import { freePort } from '../support/raw-socket.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Stands in for Slack. @returns its port. */
async function givenServer(answer: Answer): Promise<number> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const says = (response: ServerResponse, answer: object): void => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
};
const self = { ok: true, team_id: 'T1', user_id: 'U1', bot_id: 'B1' };

/** `npm start` with everything set. */
function start(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['src/entry.js', 'start'], {
    env: {
      PATH: process.env.PATH,
      ...compiledCode(),
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      CHATR_ENCRYPTION_KEY: drawnKey().toString('base64'),
      DATABASE_URL: `file:${join(mkdtempSync(join(tmpdir(), 'chatr-start-')), 'chatr.db')}`,
      CHATR_CONTENT_DIR: filledInFolder(),
      PORT: '0',
      ...settings,
    },
  });
  let said = '';
  const heard = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stderr.on('data', heard);
  child.stdout.on('data', heard);
  const ended = new Promise<{ status: number | null; said: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, said }));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ended, said: () => said };
}

test('an app token that Slack refuses, or no Slack at all, is told in a sentence', async () => {
  const refusing = await givenServer((request, response) =>
    says(response, request.url?.includes('auth.test') ? self : { ok: false, error: 'invalid_auth' }),
  );
  const [token, network] = await Promise.all([
    start({ SLACK_API_URL: `http://127.0.0.1:${refusing}/api` }).ended,
    start({ SLACK_API_URL: 'http://127.0.0.1:1/api' }).ended,
  ]);
  expect(token).toEqual({ status: 1, said: expect.stringMatching(/Slack does not accept the token\..*\n$/) });
  expect(network).toEqual({ status: 1, said: expect.stringMatching(/^Slack could not be reached\..*\n$/) });
});

test('while the connection to Slack opens for the first time, nothing says ready', async () => {
  const silent = await givenServer((request, response) => {
    if (request.url?.includes('auth.test')) says(response, self);
  });
  const port = await freePort();
  const { said } = start({ SLACK_API_URL: `http://127.0.0.1:${silent}/api`, PORT: String(port) });
  const health = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      async (response) => `${response.status} ${await response.text()}`,
      () => 'nobody',
    );
  await expect.poll(health, { timeout: 15_000 }).toBe('503 not connected to Slack\n');
  expect(said()).not.toContain('ready');
});

test('it stops within seconds, in order, though Slack answers nothing any more', async () => {
  const silent = await givenServer((request, response) => {
    if (request.url?.includes('auth.test')) says(response, self);
  });
  const { child, ended, said } = start({
    SLACK_API_URL: `http://127.0.0.1:${silent}/api`,
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: 'secret',
    CHATR_FORUM_CHANNEL: 'C0123456789',
  });
  await expect.poll(said, { timeout: 15_000 }).toContain('is ready');
  child.kill('SIGTERM');
  expect((await ended).status).toBe(0);
});

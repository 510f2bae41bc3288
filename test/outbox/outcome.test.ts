import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebAPIPlatformError } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import { createOutboxClient } from '../../src/outbox/client.ts';
import { type CallFailure, failureOf } from '../../src/outbox/outcome.ts';

let address = '';
let stop = async (): Promise<void> => {};
afterEach(() => stop());

/** What the real client makes of a server that answers like this. */
async function failureFrom(answer: RequestListener): Promise<CallFailure> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  const { port } = server.address() as AddressInfo;
  address = `http://127.0.0.1:${port}/api/`;
  return failureAt(address);
}

async function failureAt(slackApiUrl: string): Promise<CallFailure> {
  const client = createOutboxClient({ token: 'xoxb-test', slackApiUrl, timeoutMs: 200 });
  try {
    await client.chat.postMessage({ channel: 'C1', text: 'x' });
  } catch (error) {
    return failureOf(error);
  }
  throw new Error('It should have failed.');
}

describe('what a failed call means, through Slack’s own client', () => {
  test('429 with a header', async () => {
    expect(await failureFrom((_, response) => response.writeHead(429, { 'retry-after': '7' }).end())).toEqual(
      {
        kind: 'later',
        seconds: 7,
        reason: 'ratelimited',
      },
    );
  });
  test('429 without one', async () => {
    expect(await failureFrom((_, response) => response.writeHead(429).end())).toMatchObject({
      kind: 'later',
    });
  });
  test.each([
    ['0', 1],
    ['-5', 1],
    ['soon', 30],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 30],
    ['9999999999999999999999', 3_600],
  ])('429 with the odd header "%s"', async (header, seconds) => {
    const failure = failureFrom((_, response) => response.writeHead(429, { 'retry-after': header }).end());
    expect(await failure).toMatchObject({ kind: 'later', seconds });
  });
  test('502', async () => {
    expect(await failureFrom((_, response) => response.writeHead(502).end('<html>'))).toEqual({
      kind: 'unclear',
      reason: 'http_502',
    });
  });
  test('no answer in time', async () => {
    expect(await failureFrom(() => {})).toMatchObject({ kind: 'unclear' });
  });
  test('a connection that breaks', async () => {
    expect(await failureFrom((request) => request.socket.destroy())).toMatchObject({ kind: 'unclear' });
  });
  test('an answer that breaks off', async () => {
    const failure = await failureFrom((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"ok":true,');
      setImmediate(() => response.destroy());
    });
    expect(failure).toMatchObject({ kind: 'unclear' });
  });
  test('an answer that is no JSON', async () => {
    expect(await failureFrom((_, response) => response.writeHead(200).end('<html>'))).toMatchObject({
      kind: 'unclear',
    });
  });
  test('a server that is not there', async () => {
    await failureFrom((_, response) => response.writeHead(500).end());
    await stop();
    stop = async () => {};
    expect(await failureAt(address)).toEqual({ kind: 'unreached', reason: 'ECONNREFUSED' });
  });
  test('a name that is not there', async () => {
    expect(await failureAt('http://slack.invalid/api/')).toMatchObject({ kind: 'unreached' });
  });
});

test.each<[string, CallFailure['kind']]>([
  ['channel_not_found', 'refused'],
  ['is_archived', 'refused'],
  ['invalid_blocks', 'refused'],
  ['user_disabled', 'refused'],
  ['something_new', 'refused'],
  ['internal_error', 'unclear'],
  ['fatal_error', 'unclear'],
  ['service_unavailable', 'unclear'],
  ['ratelimited', 'later'],
  ['rate_limited', 'later'],
  ['token_revoked', 'not-allowed'],
  ['invalid_auth', 'not-allowed'],
  ['missing_scope', 'not-allowed'],
])('Slack’s %s: %s', (code, kind) => {
  const failure = failureOf(new WebAPIPlatformError({ ok: false, error: code, response_metadata: {} }));
  expect(failure).toMatchObject({ kind, reason: code });
});

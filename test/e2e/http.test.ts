import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { freePort } from '../support/raw-socket.ts';
import { agree, closeAll } from '../support/stories.ts';

const moment = 'A moment: What stayed with you today?';

/** The same community, reached over HTTP instead of a socket. */
const givenHttpCommunity = async (): Promise<Community> => givenCommunity({ httpPort: await freePort() });

test('over HTTP: a newcomer is welcomed, finds, reflects, and every button acknowledges without complaint', async () => {
  const community = await givenHttpCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  await robin.command('/chatr find trauma');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('UK Trauma Council');
  await robin.click('Show 5 more');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('4–8 of');
  await robin.command('/chatr reflect');
  await robin.submit();
  expect(Object.keys(robin.modal()?.errors ?? {})).not.toEqual([]);
  await robin.submit({ [moment]: 'something quiet' });
  expect(robin.visibleText('modal')).toContain('Kept in your journal');
  await robin.click('My journal');
  expect(robin.visibleText('modal')).toContain('something quiet');
  await closeAll(robin);
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('Find a resource');
  await robin.click('Find a resource');
  await robin.submit({ 'What are you looking for?': 'birth trauma' });
  expect(robin.visibleText('modal')).toContain('Make Birth Better');
  expect(robin.notices()).toEqual([]);
  expect(community.log).toEqual([]);
});

test('over HTTP: the health page answers, and a request without Slack’s signature is turned away', async () => {
  const community = await givenHttpCommunity();
  const base = `http://127.0.0.1:${community.config.port}`;
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  const metrics = await (await fetch(`${base}/metrics`)).text();
  expect(metrics).toMatch(/^chatr_up 1$/m);
  expect(metrics).not.toMatch(/robin|@|xox/i);
  const forged = await fetch(`${base}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-signature': 'v0=00',
      'x-slack-request-timestamp': '1',
    },
    body: `command=%2Fchatr&text=help&user_id=${community.as('fran').id}`,
  });
  expect(forged.status).toBe(401);
  expect((await fetch(`${base}/slack/events`)).status).toBe(404);
});

test('over HTTP: signed requests that make no sense do not end the bot', async () => {
  const community = await givenHttpCommunity();
  const url = `http://127.0.0.1:${community.config.port}/slack/events`;
  const send = (type: string, body: string): Promise<Response> => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const hash = createHmac('sha256', community.workspace.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-signature': `v0=${hash}`,
        'x-slack-request-timestamp': timestamp,
      },
      body,
      signal: AbortSignal.timeout(4_000),
    });
  };
  const form = 'application/x-www-form-urlencoded';
  for (const [type, body] of [
    ['application/json', 'not json'],
    [form, 'payload=not+json'],
    [form, 'command=%2Fchatr'],
  ] as const) {
    const { status } = await send(type, body);
    expect(status, `${type} ${body}`).toBeLessThan(600);
  }
  const robin = community.as('robin');
  await robin.command('/chatr find trauma');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('UK Trauma Council');
});

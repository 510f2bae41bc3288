import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { freePort } from '../support/raw-socket.ts';

/** What nobody handles would end the bot. Vitest fails a test for it, too; here it is said which payload it was. */
function unhandled(): string[] {
  const found: string[] = [];
  const note = (reason: unknown) => found.push(String(reason));
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  return found;
}

async function expectAlive(community: Community): Promise<void> {
  const robin = community.as('robin');
  await robin.command('/chatr find trauma');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('UK Trauma Council');
}

/** Bodies that are no payload, and payloads that Bolt throws at or can make nothing of. */
const bodies: unknown[] = [
  null,
  5,
  '',
  'text',
  true,
  [],
  [null],
  {},
  { type: 'nobody_knows' },
  { event: null },
  { event: 5 },
  { event: {} },
  { event: { type: null } },
  { event: { type: 'message', user: null } },
  { event: { type: 'team_join', user: null } },
  { event: { type: 'x', channel: null } },
  { event: { type: 'x', item: null } },
  { event: { type: 'function_executed', function_execution_id: 'Fx1' } },
  { event: { type: 'app_uninstalled' } },
  { type: 'event_callback', authorizations: [null], event: { type: 'app_home_opened', user: 'U1' } },
  { type: 'app_rate_limited', minute_rate_limited: 1 },
  { type: 'block_actions' },
  { type: 'block_actions', actions: null },
  { type: 'block_actions', actions: [], user: null, team: null },
  { type: 'block_actions', actions: [null], user: { id: 'U1' }, team: { id: '__proto__' } },
  { type: 'shortcut' },
  { type: 'message_action', channel: null },
  { type: 'view_closed', view: null },
  { type: 'block_suggestion' },
  { type: 'dialog_submission', user: {} },
  { type: 'interactive_message', actions: [{}] },
  { command: null },
  { command: '/chatr', user_id: null },
  { command: '/chatr', user_id: {}, is_enterprise_install: {} },
  { response_urls: null, command: '/chatr' },
];
const forms: unknown[] = [
  { type: 'view_submission' },
  { type: 'view_submission', view: null },
  { type: 'view_submission', view: {}, user: null },
  { type: 'view_submission', view: { blocks: null }, user: {} },
  { type: 'view_submission', view: { blocks: [{ type: 'input', block_id: 'b' }] }, user: 5, team: 5 },
];

test.each([
  ['a socket', async () => givenCommunity()],
  ['HTTP', async () => givenCommunity({ httpPort: await freePort() })],
])(
  'over %s, whatever cannot be read is acknowledged, and ends nothing',
  async (_how, given) => {
    const rejections = unhandled();
    const community = await given();
    const { workspace } = community;
    for (const body of bodies)
      for (const type of ['events_api', 'interactive'] as const)
        expect(await workspace.deliver(type, body), JSON.stringify(body)).toMatchObject({ kind: 'acked' });
    for (const body of forms) {
      const answer = await workspace.deliver('interactive', body);
      // An empty acknowledgement would close it.
      expect(answer, JSON.stringify(body)).toMatchObject({
        kind: 'acked',
        payload: { response_action: expect.stringMatching(/errors|update/) },
      });
    }
    await expectAlive(community);
    expect(rejections).toEqual([]);
    // What cannot be read is told, without what it says.
    expect(community.log.filter((line) => line.includes('could not be read')).length).toBeGreaterThan(3);
    expect(community.log.join('\n')).not.toContain('__proto__');
  },
  60_000,
);

test('frames that are no envelope, or that pass for a change of the connection, are an error line', async () => {
  const rejections = unhandled();
  const community = await givenCommunity();
  const { workspace } = community;
  const frames = [
    'null',
    '5',
    '"hello"',
    '[]',
    '[null]',
    '{}',
    'not json',
    '',
    '{"type":null,"envelope_id":null}',
    '{"type":"events_api","payload":{}}',
    '{"type":"events_api","payload":null}',
  ];
  for (const frame of frames) workspace.sendFrame(frame);
  for (const type of ['close', 'error', 'disconnected', 'connected', 'slack_event', 'ws_message', 'hello']) {
    workspace.sendFrame(
      JSON.stringify({ type: 'events_api', envelope_id: `e-${type}`, payload: { event: { type } } }),
    );
    if (type !== 'hello')
      workspace.sendFrame(JSON.stringify({ type, envelope_id: `f-${type}`, payload: {} }));
  }
  await expectAlive(community);
  expect(rejections).toEqual([]);
  expect(workspace.connections).toBe(2);
  expect(community.log.filter((line) => line.includes('no envelope'))).toHaveLength(frames.length);
});

test('payloads as deep and as long as can be are acknowledged, and what comes twice is done once', async () => {
  const rejections = unhandled();
  const community = await givenCommunity();
  const { workspace } = community;
  const nested = (depth: number): unknown =>
    JSON.parse(`${'{"event":['.repeat(depth)}null${']}'.repeat(depth)}`);
  const team = { id: workspace.teamId };
  const user = { id: community.as('robin').id, team_id: workspace.teamId };
  for (const type of ['events_api', 'interactive', 'slash_commands'] as const)
    for (const body of [
      nested(1_000),
      { type: 'block_actions', team, user, actions: nested(500) },
      { type: 'block_actions', team, user, actions: [{ action_id: 'x'.repeat(1_000_000) }] },
      { type: 'event_callback', event_id: 'E'.repeat(1_000_000), event: { type: 'x'.repeat(1_000_000) } },
      { command: '/chatr', text: 'x '.repeat(500_000), user_id: user.id, team_id: team.id },
      {
        command: '/chatr',
        text: `find ${'07700 900123 '.repeat(40_000)}`,
        user_id: user.id,
        team_id: team.id,
      },
    ])
      expect(await workspace.deliver(type, body)).toMatchObject({ kind: 'acked' });
  const event = {
    type: 'message',
    channel_type: 'im',
    channel: 'D1',
    user: user.id,
    text: 'hello',
    ts: '1.1',
  };
  const twice = { type: 'event_callback', team_id: team.id, event_id: 'EvTWICE', event };
  for (const _ of [1, 2, 3]) await workspace.deliver('events_api', twice);
  await workspace.settled();
  expect(workspace.calls.filter(({ args }) => JSON.stringify(args).includes('"D1"')).length).toBeLessThan(2);
  await expectAlive(community);
  expect(rejections).toEqual([]);
});

test('over HTTP, a signed body that is no record is acknowledged; what is not signed is turned away', async () => {
  const rejections = unhandled();
  const community = await givenCommunity({ httpPort: await freePort() });
  const send = async (body: string, { type = 'application/json', signed = true } = {}): Promise<number> => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const hash = createHmac('sha256', signed ? community.workspace.signingSecret : 'another')
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    const answer = await fetch(`http://127.0.0.1:${community.config.port}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-signature': `v0=${hash}`,
        'x-slack-request-timestamp': timestamp,
      },
      body,
    });
    return answer.status;
  };
  const form = { type: 'application/x-www-form-urlencoded' };
  expect(await send('null')).toBe(200);
  expect(await send('"text"')).toBe(200);
  expect(await send('payload=null', form)).toBe(200);
  expect(await send('payload=5', form)).toBe(200);
  expect(await send('', form)).toBe(200);
  for (const type of [`${form.type}; charset=utf-8`, form.type.toUpperCase()])
    expect(await send('payload=%7B%7D', { type })).toBe(200);
  expect(await send('null', { signed: false })).toBe(401);
  expect(await send('payload=null', { ...form, signed: false })).toBe(401);
  expect(await send('not json')).toBe(400);
  expect(await send('payload=not+json', form)).toBe(400);
  expect(await send('ssl_check=1', form)).toBe(200);
  expect(await send('x'.repeat(5_000_000))).toBe(413);
  await expectAlive(community);
  expect(rejections).toEqual([]);
});

import { expect, test } from 'vitest';
import { startBot } from './support.ts';

test('a command reaches the app with its text, and the answer is only for the person', async () => {
  const seen: Record<string, unknown>[] = [];
  const { workspace } = await startBot((app) => {
    app.command('/try', async ({ ack, command, respond }) => {
      seen.push(command);
      await ack();
      await respond({ text: `You said ${command.text}` });
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try  hello &  <you> ');
  expect(robin.visibleText(await robin.next('ephemeral'))).toBe('You said hello &  <you>');
  expect(seen[0]).toMatchObject({
    command: '/try',
    text: 'hello &amp;  &lt;you&gt;',
    user_id: robin.id,
    channel_name: 'directmessage',
    team_id: workspace.teamId,
    api_app_id: workspace.appId,
  });
  expect(workspace.as('sam').ephemerals()).toEqual([]);
});

test('names become ids only where the command asks for it', async () => {
  const texts: string[] = [];
  const { workspace } = await startBot((app) => {
    app.command(/.*/, async ({ ack, command }) => {
      texts.push(command.text);
      await ack('Thanks');
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try @sam #chatr-forum', { in: 'chatr-forum' });
  await robin.command('/plain @sam #chatr-forum', { in: 'chatr-forum' });
  expect(texts).toEqual([
    `<@${workspace.as('sam').id}|sam> <#${workspace.channelId('chatr-forum')}|chatr-forum>`,
    '@sam #chatr-forum',
  ]);
});

test('an answer in the channel shows the typed command, too', async () => {
  const { workspace } = await startBot((app) => {
    app.command('/try', async ({ ack }) => ack({ response_type: 'in_channel', text: 'For everybody' }));
  });
  await workspace.as('robin').command('/try this', { in: 'chatr-forum' });
  const seen = workspace.as('sam').messages('chatr-forum');
  expect(seen.map((message) => message.text)).toEqual(['/try this', 'For everybody']);
});

test('no acknowledgement in time is operation_timeout', async () => {
  const { workspace } = await startBot((app) => app.command('/try', async () => undefined), { ackMs: 60 });
  const robin = workspace.as('robin');
  const result = await robin.command('/try', { mayFail: true });
  expect(result).toEqual({ ok: false, error: '/try failed with the error "operation_timeout"' });
  expect(robin.ephemerals().at(-1)).toMatchObject({ fromSlack: true });
});

test('an acknowledgement with blocks that Slack refuses is invalid_command_response', async () => {
  const { workspace } = await startBot((app) => {
    app.command('/try', async ({ ack }) => ack({ text: 'x', blocks: [{ type: 'sectoin' }] }));
  });
  const result = await workspace.as('robin').command('/try', { mayFail: true });
  expect(result).toMatchObject({ error: expect.stringContaining('invalid_command_response') });
});

test('an unknown command never reaches the app', async () => {
  const { workspace } = await startBot();
  const result = await workspace.as('robin').command('/nonsense', { mayFail: true });
  expect(result).toMatchObject({ ok: false, error: expect.stringContaining('is not a valid command') });
});

test('/invite brings the app into a channel that somebody is in, by the name it is mentioned by', async () => {
  const { workspace } = await startBot();
  const robin = workspace.as('robin');
  const name = 'practice-bot';
  const before = await robin.command('/invite @nobody-at-all', { in: 'general', mayFail: true });
  expect(before).toMatchObject({ ok: false, error: 'There is nobody called @nobody-at-all here.' });
  await robin.command(`/invite @${name}`, { in: 'general' });
  const again = await robin.command(`/invite @${name}`, { in: 'general', mayFail: true });
  expect(again).toMatchObject({ error: `@${name} is already in this channel.` });
});

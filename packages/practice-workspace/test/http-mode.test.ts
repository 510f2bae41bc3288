import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import { createPracticeWorkspace } from '../src/index.ts';
import { manifest } from './support.ts';

/** A free port, then a workspace that delivers there, then the real HTTP receiver of Bolt on it. */
async function startHttpBot(listen: (app: App) => void) {
  const probe = createServer();
  const port = await new Promise<number>((resolve) => {
    probe.listen(0, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port));
  });
  await new Promise((resolve) => probe.close(resolve));
  const workspace = await createPracticeWorkspace({
    manifest: manifest({ socketMode: false }),
    requestUrl: `http://127.0.0.1:${port}/slack/events`,
    ackMs: 1_000,
  });
  const receiver = new HTTPReceiver({ signingSecret: workspace.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: workspace.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    botId: workspace.botId,
    botUserId: workspace.botUserId,
    clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } },
  });
  listen(app);
  await app.start({ port, host: '127.0.0.1' });
  onTestFinished(async () => {
    await app.stop();
    await workspace.stop();
  });
  return { app, workspace };
}

test('commands, events, modals and clicks arrive as signed requests', async () => {
  const events: string[] = [];
  const { workspace, app } = await startHttpBot((bot) => {
    bot.command('/try', async ({ ack, command, client }) => {
      await ack({ text: `You said ${command.text}` });
      await client.views.open({
        trigger_id: command.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'form',
          title: { type: 'plain_text', text: 'Form' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: [
            {
              type: 'input',
              block_id: 'name',
              label: { type: 'plain_text', text: 'Name' },
              element: { type: 'plain_text_input', action_id: 'value' },
            },
          ],
        },
      });
    });
    bot.view('form', async ({ ack, view }) => {
      const name = view.state.values.name?.value?.value ?? '';
      if (name === 'ok') await ack();
      else await ack({ response_action: 'errors', errors: { name: `Not ${name}` } });
    });
    bot.event('team_join', async ({ event }) => void events.push(event.type));
    bot.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: 'Gone' });
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try a & b');
  expect((await robin.next('ephemeral')).text).toBe('You said a &amp; b');
  await robin.next('modal');
  await robin.submit({ Name: 'no' });
  expect(robin.modal()?.errors).toEqual({ name: 'Not no' });
  await robin.submit({ Name: 'ok' });
  expect(robin.modal()).toBeNull();
  await workspace.joinPerson();
  expect(events).toEqual(['team_join']);
  await app.client.chat.postMessage({
    channel: robin.id,
    text: 'x',
    blocks: [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
      },
    ],
  });
  await robin.click('Go');
  expect((await robin.next('edited')).text).toBe('Gone');
});

import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { expect, test } from 'vitest';
import { startBot } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const row = (name: string): KnownBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: `*${name}*` },
  accessory: { type: 'button', action_id: 'save', text: plain('Save'), value: name },
});

/** Says what was clicked, a little later than it acknowledges. */
function saves(app: App): void {
  app.action('save', async ({ ack, action, respond }) => {
    await ack();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await respond(`Saved ${'value' in action ? action.value : ''}`);
  });
}

test('an act is over when the listener is, even where the answer comes after the acknowledgement', async () => {
  const { workspace, app } = await startBot(saves);
  const robin = workspace.as('Robin Practice');
  await app.client.chat.postMessage({ channel: robin.id, text: 'List', blocks: [row('A')] });
  await robin.click('Save');
  expect(robin.ephemerals().map((message) => message.text)).toEqual(['Saved A']);
});

test('without a hook into the app an act waits for the first thing that can be seen', async () => {
  const { workspace, app } = await startBot(saves, {}, { hook: false });
  const robin = workspace.as('robin');
  await app.client.chat.postMessage({ channel: robin.id, text: 'List', blocks: [row('A')] });
  await robin.click('Save');
  expect((await robin.next('ephemeral', { matching: /^Saved/ })).text).toBe('Saved A');
  await expect(robin.command('/try')).rejects.toThrow('failed with the error');
});

test('what is there twice has to be named', async () => {
  const { workspace, app } = await startBot(saves);
  const robin = workspace.as('robin');
  await app.client.chat.postMessage({ channel: robin.id, text: 'List', blocks: [row('A'), row('B')] });
  await expect(robin.click('Save')).rejects.toThrow('is there 2 times in the message "*A*"');
  await robin.click({ actionId: 'save', value: 'B' });
  await robin.click('Save', { nth: 0 });
  expect(robin.ephemerals().map((message) => message.text)).toEqual(['Saved B', 'Saved A']);
});

test('what is missing is described, with what is there', async () => {
  const { workspace, app } = await startBot();
  const robin = workspace.as('robin');
  await app.client.chat.postMessage({ channel: robin.id, text: 'List', blocks: [row('A')] });
  await expect(robin.click('Delete')).rejects.toThrow(/finds no "Delete"[\s\S]*button "Save"/);
  expect(() => workspace.as('nobody')).toThrow('Nobody is called "nobody" here; there are');
  await expect(robin.submit()).rejects.toThrow('No modal is open');
});

test('next gives what nobody asked about yet, oldest first, and says what it saw when nothing comes', async () => {
  const { workspace, app } = await startBot(undefined, { patienceMs: 60 });
  const robin = workspace.as('robin');
  for (const text of ['One', 'Two', 'Three']) await app.client.chat.postMessage({ channel: robin.id, text });
  expect((await robin.next('message')).text).toBe('One');
  expect((await robin.next('message', { matching: 'Three' })).text).toBe('Three');
  await expect(robin.next('message')).rejects.toThrow(/Waited 60 ms for a message[\s\S]*Two/);
  const later = robin.next('message', { matching: (message) => message.text.startsWith('F') });
  await app.client.chat.postMessage({ channel: robin.id, text: 'Four' });
  expect((await later).text).toBe('Four');
  await app.client.chat.postMessage({ channel: robin.id, text: 'Five' });
  expect(robin.newMessages().map((message) => message.text)).toEqual(['Five']);
  expect(robin.newMessages()).toEqual([]);
});

test('a modal hides what is behind it', async () => {
  const { workspace, app } = await startBot((bot) => {
    saves(bot);
    bot.command('/try', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({
        trigger_id: command.trigger_id,
        view: { type: 'modal', title: plain('In front'), blocks: [{ type: 'divider' }] },
      });
    });
  });
  const robin = workspace.as('robin');
  await app.client.chat.postMessage({ channel: robin.id, text: 'List', blocks: [row('A')] });
  await robin.command('/try');
  await expect(robin.click('Save')).rejects.toThrow('finds no "Save"');
  expect(robin.visibleText()).toBe('In front');
  await robin.closeModal();
  await robin.click('Save');
});

test('visible text is what stands on the screen, for every kind of block', async () => {
  const { workspace, app } = await startBot();
  const robin = workspace.as('robin');
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain('Head') },
    { type: 'section', text: { type: 'mrkdwn', text: 'A &amp; B' }, fields: [plain('Field')] },
    {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'typed <b>' }] },
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'item' }] }],
        },
      ],
    },
    { type: 'context', elements: [{ type: 'mrkdwn', text: 'Small' }] },
    {
      type: 'table',
      rows: [
        [
          { type: 'raw_text', text: 'a' },
          { type: 'raw_text', text: 'b' },
        ],
      ],
    },
  ];
  await app.client.chat.postMessage({ channel: robin.id, text: 'Fallback', blocks });
  expect(robin.visibleText(await robin.next('message')).split('\n')).toEqual([
    'Head',
    'A & B',
    'Field',
    'typed <b>',
    '• item',
    'Small',
    'a | b',
  ]);
});

test('what people do to the workspace is seen by the app before it is over', async () => {
  const greeted: string[] = [];
  const { workspace } = await startBot((bot) => {
    bot.event('team_join', async ({ event, client }) => {
      await client.chat.postMessage({ channel: event.user.id, text: `Welcome ${event.user.real_name}` });
      greeted.push(event.user.id);
    });
  });
  const kit = await workspace.joinPerson({ realName: 'Kit Newcomer' });
  expect(greeted).toEqual([kit.id]);
  expect(kit.dmsWithBot()).toMatchObject([{ text: 'Welcome Kit Newcomer' }]);
});

import type { Browser, Page } from 'playwright-core';
import { type Bot, startBot } from 'practice-workspace/test-support';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findChromium, openBrowser, openPage } from '../support/chromium.ts';
import { look } from '../support/screens.ts';

const chromium = findChromium();
const isRequired = process.env.CHATR_BROWSER === 'required';
const phone = { width: 390, height: 700 };

/** A small app that answers, writes to Robin at 09:07, and reads the files it is given. */
async function givenBot(): Promise<Bot & { given: unknown[] }> {
  const given: unknown[] = [];
  let isSent = false;
  const due = new Date('2026-03-02T09:07:00Z');
  const bot: Bot = await startBot(
    (app) => {
      app.command('/try', async ({ ack, body, client }) => {
        await ack('You asked, and this is the answer.');
        if (!body.text) return;
        const plain = (text: string) => ({ type: 'plain_text' as const, text });
        const word = (name: string) => ({
          type: 'input' as const,
          block_id: name,
          label: plain(name),
          element: { type: 'plain_text_input' as const, action_id: 'word' },
        });
        if (body.text === 'two words') {
          await client.views.open({
            trigger_id: body.trigger_id,
            view: {
              type: 'modal',
              callback_id: 'words',
              title: plain('Two words'),
              submit: plain('Send'),
              blocks: [word('First'), word('Second')],
            },
          });
          return;
        }
        await client.views.open({
          trigger_id: body.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'bring',
            title: plain('Bring a list'),
            submit: plain('Send'),
            blocks: [
              {
                type: 'input',
                block_id: 'list',
                label: plain('A list'),
                element: { type: 'file_input', action_id: 'file', filetypes: ['csv'], max_files: 1 },
              },
            ],
          },
        });
      });
      app.view('words', async ({ ack, view }) => {
        const isRight = view.state.values.First?.word?.value !== 'wrong';
        await (isRight
          ? ack()
          : ack({ response_action: 'errors', errors: { First: 'Another word, please.' } }));
      });
      app.view('bring', async ({ ack, view }) => {
        await ack();
        given.push(view.state.values.list?.file?.files?.map((file) => file.name));
      });
    },
    {
      nextDue: async () => (isSent ? undefined : due),
      onForward: async (minutes) => {
        bot.clock.advance(minutes * 60_000);
        if (isSent || bot.clock.now() < due) return;
        isSent = true;
        const address = `https://chatr-practice.slack.com/archives/${bot.workspace.channelId('general')}`;
        const text = `See <${address}|the channel>, <@${bot.workspace.as('jo').id}>.`;
        await bot.app.client.chat.postMessage({ channel: bot.workspace.as('robin').id, text });
      },
    },
  );
  return { ...bot, given };
}

describe.skipIf(!chromium && !isRequired)('the practice workspace as a Slack', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(() => browser.close());

  test('two windows on a phone, each screen looked at on a wide one too', { timeout: 60_000 }, async () => {
    const { workspace, given } = await givenBot();
    const channel = workspace.channelId('general');
    const said: string[] = [];
    const window = async (person: string): Promise<Page> => {
      const page = await openPage(browser);
      onTestFinished(() => page.close());
      await page.setViewportSize(phone);
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      await page.goto(`${workspace.url}/#/${workspace.as(person).id}/${channel}`);
      await page.getByRole('main').waitFor();
      return page;
    };
    const isInView = async (page: Page, text: string): Promise<void> => {
      const message = page.getByRole('article').filter({ hasText: text }).last();
      await message.waitFor();
      const [pane, box] = [
        await page.locator('.messages').first().boundingBox(),
        await message.boundingBox(),
      ];
      expect(box && pane && box.y >= pane.y - 1 && box.y < pane.y + pane.height - 20, text).toBe(true);
    };
    const say = async (page: Page, text: string): Promise<void> => {
      await page.getByRole('textbox', { name: /^Message / }).fill(text);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
    };

    for (let count = 0; count < 30; count += 1)
      await workspace.act('sam', { do: 'post', channel, text: `Line ${count}` });
    const jo = await window('jo');
    const robin = await window('robin');

    // One's own and the answer come into view from wherever one was; what others say is announced by a button.
    for (const page of [jo, robin]) await page.locator('.messages').evaluate((pane) => pane.scrollTo(0, 0));
    await jo.getByText('Line 0', { exact: true }).hover();
    await say(jo, 'A word to @robin');
    await isInView(jo, 'A word to');
    await say(jo, '/try');
    await isInView(jo, 'this is the answer');
    const cue = robin.getByRole('button', { name: '1 new message' });
    await cue.waitFor();
    await look(robin, 'new messages');
    await cue.click();
    await cue.waitFor({ state: 'detached' });
    await isInView(robin, 'A word to');

    // A reaction and a thread from the message's own menu.
    const word = robin.getByRole('article').filter({ hasText: 'A word to' }).first();
    await word.getByRole('button', { name: /^Actions/ }).click();
    await robin.getByRole('menuitem', { name: 'React with thumbs up' }).click();
    await word.getByRole('button', { name: /, 1: you$/ }).waitFor();
    await word.getByRole('button', { name: /^Actions/ }).click();
    await robin.getByRole('menuitem', { name: 'Reply in thread' }).click();
    await robin.getByRole('textbox', { name: 'Reply in this thread' }).fill('And one back');
    await robin.keyboard.press('Enter');
    await robin
      .getByRole('complementary', { name: /^Thread/ })
      .getByText('And one back')
      .waitFor();
    await look(robin, 'thread');
    // A reload stays in the thread.
    await robin.reload();
    await robin
      .getByRole('complementary', { name: /^Thread/ })
      .getByText('And one back')
      .waitFor();
    await robin.keyboard.press('Escape');
    await jo.getByRole('button', { name: /1 reply/ }).click();
    await jo
      .getByRole('complementary', { name: /^Thread/ })
      .getByText('And one back')
      .waitFor();
    await jo.getByRole('button', { name: 'Close the thread' }).click();

    // From a name to a conversation, with a file; the other one sees that something is new.
    await robin.getByRole('article').first().getByRole('button', { name: 'Sam', exact: true }).click();
    await look(robin, 'card');
    await robin.keyboard.press('Escape');
    await jo.getByRole('button', { name: '@Robin' }).click();
    await jo.getByRole('dialog').getByRole('button', { name: 'Message' }).click();
    await jo.getByRole('heading', { level: 1, name: 'Robin' }).waitFor();
    const file = { name: 'Notes.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') };
    await jo.locator('input[type=file]').setInputFiles(file);
    await jo.getByRole('list', { name: 'Files to be sent' }).getByText('Notes.csv').waitFor();
    await say(jo, 'Between us');
    const download = jo.waitForEvent('download');
    await jo.getByRole('link', { name: 'Download Notes.csv' }).click();
    expect((await download).suggestedFilename()).toBe('Notes.csv');
    expect(await robin.title()).toMatch(/^\(1\)/);

    // Pressed twice, a window closes once; and what comes up under the pointer is not pressed by the same double click.
    const form = jo.getByRole('dialog', { name: 'Bring a list' });
    const asked: string[] = [];
    jo.on('request', (request) => asked.push(request.postData() ?? ''));
    for (const how of ['Cancel', 'Escape']) {
      await say(jo, '/try a file');
      await form.waitFor();
      if (how === 'Cancel') await form.getByRole('button', { name: how, exact: true }).dblclick();
      else await Promise.all([jo.keyboard.press(how), jo.keyboard.press(how)]);
      await form.waitFor({ state: 'detached' });
    }
    expect(asked.filter((body) => body.includes('"do":"close"'))).toHaveLength(2);

    // A file in a form of the app's.
    await say(jo, '/try a file');
    await form.getByLabel('A list').setInputFiles(file);
    await form.getByText('Notes.csv').waitFor();
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    expect(given).toEqual([['Notes.csv']]);

    // What the app refused, and was put right, is not said again because something else is missing.
    await say(jo, '/try two words');
    const words = jo.getByRole('dialog', { name: 'Two words' });
    const send = words.getByRole('button', { name: 'Send', exact: true });
    const refusal = words.getByText('Another word, please.');
    await words.getByLabel('First').fill('wrong');
    await words.getByLabel('Second').fill('well');
    // Somebody quick puts it right before the page has heard that its own sending is over.
    let letThrough = () => {};
    await jo.route(
      (url) => url.pathname.includes('act'),
      async (route) => {
        if (!route.request().postData()?.includes('"do":"submit"')) return route.continue();
        const response = await route.fetch();
        await new Promise<void>((resolve) => {
          letThrough = resolve;
        });
        await route.fulfill({ response });
      },
    );
    for (let times = 0; times < 2; times += 1) {
      await send.click();
      await refusal.waitFor();
      await words.getByLabel('First').fill('right');
      letThrough();
      await words.locator('button[aria-busy]').waitFor({ state: 'detached' });
      await refusal.waitFor({ state: 'detached' });
      await words.getByLabel('Second').fill('');
      await send.click();
      await words.locator('.input.has-error').getByLabel('Second').waitFor();
      expect(await refusal.count()).toBe(0);
      await words.getByLabel('Second').fill('well');
      if (times === 0) await words.getByLabel('First').fill('wrong');
    }
    await jo.unrouteAll();
    await send.click();
    await words.waitFor({ state: 'detached' });

    // To what is next; the page says what it was, leads there, and a link in it leads back.
    await jo.getByRole('button', { name: 'Forward to what’s next' }).click();
    const passed = jo.getByText('On the way, 1 message to 1 person: Robin');
    await passed.waitFor();
    await look(jo, 'what passed');
    await passed.getByRole('button', { name: 'Robin' }).click();
    await jo.getByRole('article').last().locator('time').getByText('09:07').waitFor();
    await jo.getByRole('link', { name: 'the channel' }).click();
    await jo.getByRole('heading', { level: 1, name: 'general' }).waitFor();

    // Somebody goes while one is them, in both windows.
    await workspace.deactivate('robin');
    for (const page of [jo, robin]) await page.getByText('Robin is deactivated and can only look.').waitFor();
    expect(said).toEqual([]);
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { findChromium, openBrowser, openPage } from '../support/chromium.ts';
import { givenCommunity } from '../support/community.ts';
import { listenForComplaints, visitor } from '../support/visitor.ts';

const chromium = findChromium();
const isRequired = process.env.CHATR_BROWSER === 'required';
if (!chromium && !isRequired)
  process.stderr.write(
    'Left out: the browser test, since there is no Chromium on the PATH. To run it too: apt-get install chromium\n',
  );

let browser: Browser | undefined;
beforeAll(async () => {
  if (chromium) browser = await openBrowser(chromium);
});
afterAll(() => browser?.close());

async function givenPage(): Promise<Page> {
  if (!browser) throw new Error('No Chromium on the PATH. To get it: apt-get install chromium');
  const page = await openPage(browser);
  onTestFinished(() => page.close());
  return page;
}

test.skipIf(!chromium && !isRequired)(
  'onboarding, look-up, check-in and reflection, by clicking on the page in a browser',
  { timeout: 90_000 },
  async () => {
    const { workspace, beat } = await givenCommunity();
    await beat();
    const page = await givenPage();
    const complaints = listenForComplaints(page);
    await page.goto(workspace.url);
    const { main, dialog, newest, tab, goTo, press, say, pick, inModal, forward, be } = visitor(page);

    // Onboarding: the welcome says what is kept before it asks, then agreement, profile, and the first step in Home.
    await be(/^Robin/);
    await goTo(/^ChATR Companion/);
    await tab('Messages');
    await newest.getByText('What I keep:').waitFor();
    await press('Read the community agreement');
    await inModal('How we treat each other', 'I agree');
    await newest.getByText('Thank you.').waitFor();
    await press('Fill in my profile');
    await pick('About you', 'Age groups you work with', 'Perinatal');
    await page.keyboard.press('Escape');
    await inModal('About you', 'Save and go on');
    await inModal('About you', 'Save my profile');
    await dialog('Saved').getByText('Your profile is saved.').waitFor();
    await inModal('Saved', 'Close');
    await tab('Home');
    await main.getByText('Say hello').first().waitFor();

    // Look-up: a wrong letter, a list with more, one kept.
    await goTo(/^general/);
    await say('/chatr find perinatal anxeity');
    await newest.getByText('Only visible to you').waitFor();
    await newest.getByText(/You asked: perinatal anxeity/).waitFor();
    const firstFound = await newest.getByRole('link').first().innerText();
    // Not every entry has an address of its own, but each has a menu.
    await newest.getByRole('button', { name: `More options for ${firstFound}` }).click();
    await page.getByRole('menuitem', { name: 'Save' }).click();
    await goTo(/^ChATR Companion/);
    await main.getByText('Saved resources').waitFor();
    await main.getByRole('link', { name: firstFound }).waitFor();

    // Check-in: a facilitator makes a group and plans one, a day goes by, the trainee answers.
    await be(/^Jo/);
    await goTo(/^general/);
    await say('/chatr groups');
    await press('Make a group');
    await dialog('Make a group').getByLabel('Name').fill('Spring group');
    await pick('Make a group', 'People', 'Robin');
    await page.keyboard.press('Escape');
    await inModal('Make a group', 'Make this group');
    await dialog('Group').getByText('Spring group is made.').waitFor();
    await inModal('Group', 'Close');
    await say('/chatr checkin new');
    await pick('New check-in', 'Who is asked?', 'Spring group');
    await pick('New check-in', 'Which questions?', 'Weekly pulse');
    await inModal('New check-in', 'Next');
    await dialog('When').getByLabel('First date').fill('2026-03-04');
    await dialog('When').getByLabel('Time').fill('09:37');
    await inModal('When', 'Next');
    await inModal('Check and schedule', 'Change how');
    await dialog('How it is asked').getByRole('radio', { name: 'Everybody in the group' }).check();
    await inModal('How it is asked', 'Next');
    await inModal('Check and schedule', 'Schedule check-in');
    await dialog('Scheduled')
      .getByText(/first on Wednesday 4 March, 09:37/)
      .waitFor();
    await inModal('Scheduled', 'Done');
    await forward('a day', 'Wednesday 4 March, 10:00');
    // The page says who was written to, and leads there; it came at its minute.
    await page.getByRole('button', { name: 'Robin', exact: true }).click();
    await newest.locator('time').getByText('09:37', { exact: true }).waitFor();
    await press('Answer: Weekly pulse');
    const checkIn = dialog('Check-in');
    await checkIn.getByRole('radio', { name: '4' }).check();
    await checkIn.getByRole('textbox').fill('Steady, and a good supervision.');
    await inModal('Check-in', 'Send answers');
    await dialog('Thank you').getByText('Your answers are saved.').waitFor();
    await inModal('Thank you', 'Done');
    await be(/^Jo/);
    await goTo(/^general/);
    await say('/chatr checkin list');
    await newest.getByText('Weekly pulse').waitFor();
    expect(await newest.innerText()).not.toContain('Steady');

    // Reflection: what could identify somebody is masked, the author reads it again, nobody else finds it.
    await be(/^Robin/);
    await goTo(/^ChATR Companion/);
    await tab('Home');
    await press('Write a reflection');
    const reflection = dialog('Write a reflection');
    await reflection.getByRole('textbox').first().fill('A hard call from 07700 900123, and I stayed calm.');
    await inModal('Write a reflection', 'Save reflection');
    await dialog('A quick look first').getByText('a phone number').waitFor();
    await inModal('A quick look first', 'Mask it and save');
    await inModal('Saved', 'My journal');
    await dialog('My journal')
      .getByText('A hard call from [phone number removed], and I stayed calm.')
      .waitFor();
    await inModal('My journal', 'Close');
    await be(/^Jo/);
    await press('My journal');
    await dialog('My journal').getByText('Nothing here yet').waitFor();

    expect(complaints).toEqual([]);
  },
);

test.skipIf(!chromium && !isRequired)(
  'the page can be read before it knows Slack’s emoji, and draws them once it does',
  { timeout: 60_000 },
  async () => {
    const { workspace } = await givenCommunity();
    const channel = workspace.channelId('general');
    await workspace.act('robin', { do: 'post', text: 'Morning :wave::skin-tone-3:', channel });
    const page = await givenPage();
    const complaints = listenForComplaints(page);
    let letThemCome = () => {};
    const awaited = new Promise<void>((resolve) => {
      letThemCome = resolve;
    });
    await page.route('**/vendor/emoji-names.js', async (route) => {
      await awaited;
      await route.continue();
    });
    await page.goto(`${workspace.url}/#/${workspace.as('robin').id}/${channel}`);
    const { newest } = visitor(page);
    await newest.getByText('Morning :wave::skin-tone-3:').waitFor();
    letThemCome();
    const wave = newest.getByRole('img', { name: 'wave, skin tone 3' });
    await wave.waitFor();
    expect(await wave.innerText()).toBe('👋🏼');
    expect(complaints).toEqual([]);
  },
);

/** The levels of all headings, in the order in which they are read. */
const headings = (page: Page): Promise<number[]> =>
  page
    .locator('h1, h2, h3, h4, h5, h6')
    .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1])));

test.skipIf(!chromium && !isRequired)(
  'the page can be read aloud level by level, and Arabic from the right',
  { timeout: 60_000 },
  async () => {
    const { workspace, as } = await givenCommunity();
    const channel = workspace.channelId('general');
    const arabic = 'مرحبا، أنا سعيد.';
    await workspace.act('jo', { do: 'post', text: `${arabic}\n• واحد\n> اثنان`, channel });
    const page = await givenPage();
    await page.goto(`${workspace.url}/#/${as('robin').id}/${channel}`);
    const { newest, dialog, main, goTo, tab, press } = visitor(page);
    await newest.locator('.author:dir(ltr)').waitFor();
    for (const part of ['p', 'ul', 'blockquote']) await newest.locator(`${part}:dir(rtl)`).first().waitFor();

    await goTo(/^ChATR Companion/);
    await tab('Home');
    await main.getByText('What you keep').waitFor();
    await press('Write a reflection');
    const form = dialog('Write a reflection');
    await form.getByRole('textbox').first().fill(arabic);
    await form.locator('textarea:dir(rtl)').waitFor();
    await form.getByRole('button', { name: 'Save reflection' }).click();
    await dialog('Saved')
      .getByRole('button', { name: /^Open it/ })
      .click();
    await dialog('Your reflection').locator('blockquote:dir(rtl)').waitFor();

    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').first().waitFor({ state: 'detached' });
    await press('Support');
    await dialog('Support').getByText('Right now').waitFor();
    const levels = await headings(page);
    expect(levels).toContain(3);
    expect(levels.filter((level, at) => at > 0 && level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
  },
);

test.skipIf(!chromium && !isRequired)(
  'on a phone every button has its words on one line, and nothing is wider than the screen',
  { timeout: 60_000 },
  async () => {
    const { workspace, as, forward } = await givenCommunity();
    await forward(30, 10);
    const page = await givenPage();
    await page.setViewportSize({ width: 390, height: 800 });
    await as('sam').click('Read the community agreement');
    await as('sam').click('No, thank you');
    await as('sam').closeModal({ all: true });
    for (const name of ['robin', 'sam', 'jo'])
      for (const tab of ['home', 'messages']) {
        await page.goto('about:blank');
        await page.goto(`${workspace.url}/#/${as(name).id}/app/${tab}`);
        await page
          .getByRole('main')
          .getByRole('button', { name: /agreement|notice/ })
          .first()
          .waitFor();
        const broken = await page
          .locator('main .block-button, main .blocks button')
          .evaluateAll((all) =>
            all
              .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 44)
              .map((one) => one.textContent),
          );
        expect(broken, `${name}, ${tab}`).toEqual([]);
        const width = await page.locator('html').evaluate((root) => root.scrollWidth);
        expect(width, `${name}, ${tab}`).toBe(390);
      }
  },
);

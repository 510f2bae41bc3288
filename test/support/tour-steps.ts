import type { Locator, Page } from 'playwright-core';
import { days, later } from '../../src/lib/clock.ts';
import { visitor } from './visitor.ts';

type Visit = ReturnType<typeof guided>;
type Walk = { id: string; title: string; steps: ((visit: Visit) => Promise<void>)[] };

/**
 * A visitor with a tour beside the Slack.
 * @param look is shown each window before something in it is pressed, and each other page.
 */
export function guided(page: Page, look: (page: Page, what: string) => Promise<void> = async () => {}) {
  const seen = visitor(page);
  const panel = page.getByRole('complementary', { name: /^(Guided tours|For )/ });
  return {
    ...seen,
    page,
    panel,
    look,
    /** By the words on it: a screen reader may hear more of them. */
    press: (words: string) => withWords(seen.main, words).first().click(),
    async inWindow(words: string) {
      const button = withWords(page.locator('dialog[open]').last(), words).first();
      await button.waitFor();
      await look(page, `the window with “${words}”`);
      await button.click();
    },
    /** Lets the windows go that the last step has left. */
    async closeWindows() {
      const open = page.locator('dialog[open]');
      for (let left = await open.count(); left > 0; left = await open.count()) {
        await page.keyboard.press('Escape');
        await open.nth(left - 1).waitFor({ state: 'detached' });
      }
    },
    async write(text: string) {
      await seen.goTo(/^general/);
      await seen.say(text);
    },
  };
}

/** From the list of tours; what another tour has ticked off is done again here. */
export async function beginTour({ panel }: Visit, title: string): Promise<void> {
  await panel.getByRole('button', { name: title }).click();
  await panel.getByRole('button', { name: 'All tours' }).waitFor();
  const again = panel.getByRole('button', { name: 'Begin again' });
  if ((await again.count()) > 0) await again.click();
  await again.waitFor({ state: 'detached' });
}

/** When all of it is done; back to the list. */
export async function endTour(visit: Visit): Promise<void> {
  await visit.closeWindows();
  await visit.panel.getByText('Thank you for looking').waitFor();
  await visit.panel.getByRole('button', { name: 'All tours' }).click();
}

/** Goes to where a step begins, does it, and waits for its tick. */
export async function walk(visit: Visit, nth: number, act: (visit: Visit) => Promise<void>): Promise<void> {
  await visit.closeWindows();
  const step = visit.panel.getByRole('listitem').nth(nth);
  const begin = step.getByRole('button', { name: /^(Be|Go to) / });
  // Nobody is offered to be who they are, or to go to where they are.
  if ((await begin.count()) > 0) {
    await begin.click();
    await begin.waitFor({ state: 'detached' });
  }
  await act(visit);
  await step.getByText('Done:').waitFor({ state: 'attached' });
}

const withWords = (place: Locator, words: string): Locator =>
  place.locator('button').filter({ hasText: new RegExp(`^${words.replaceAll(/[()]/g, '\\$&')}$`) });

/** Each step of each tour as it is really done, now and then by another way than the one it names. */
export const walks: readonly Walk[] = [
  {
    id: 'facilitators',
    title: 'For facilitators',
    steps: [
      async ({ press, dialog }) => {
        await press('Read their words');
        await dialog('In their words').getByText('Six minutes!').waitFor();
      },
      async ({ press, dialog, inWindow }) => {
        await press('Say what we heard');
        const form = dialog('What we heard');
        await form.getByLabel('What we heard').fill('A lighter week.');
        await form.getByLabel('What we will do').fill('The handover call stays short.');
        await form.getByRole('radio', { name: 'To the group’s channel' }).check();
        await inWindow('Preview');
        await inWindow('Post it');
      },
      async ({ press, inWindow }) => {
        await press('A page for the table (Word)');
        await inWindow('Send me the file');
      },
      async ({ press, page, look }) => {
        await press('Back to Home');
        await press('Reports');
        const main = page.getByRole('main');
        await main.getByRole('button', { name: 'Open: the report of First perinatal group' }).click();
        await main.getByText('Screen 1 of').waitFor();
        for (const screen of ['Screen 2 of', 'Screen 3 of', 'Screen 4 of']) {
          await press('More');
          await main.getByText(screen).waitFor();
          await look(page, `the report, ${screen}`);
        }
      },
      async ({ press, page, inWindow }) => {
        const main = page.getByRole('main');
        for (const screen of ['Screen 3 of', 'Screen 2 of', 'Screen 1 of']) {
          await press('Back');
          await main.getByText(screen).waitFor();
        }
        await press('As a Word file');
        await inWindow('Send me the file');
      },
      async ({ press, inWindow }) => {
        await press('Back to Home');
        await press('See who waits for a hello');
        await inWindow('Say hello');
        await inWindow('I have said hello');
      },
      ({ write }) => write('/chatr progress'),
      async ({ page, inWindow, dialog }) => {
        await page.getByRole('main').getByRole('button', { name: 'Open: Perinatal' }).click();
        await inWindow('Session pack');
        await dialog('Session pack').getByText('Arrive and settle').waitFor();
      },
      ({ press }) => press('See what waits'),
      async ({ write, pick, inWindow, dialog }) => {
        await write('/chatr checkin new');
        await pick('New check-in', 'Who is asked?', 'Perinatal pilot');
        await pick('New check-in', 'Which questions?', 'Weekly pulse');
        await inWindow('Next');
        await inWindow('Next');
        await inWindow('Schedule check-in');
        await dialog('Scheduled').waitFor();
      },
      async ({ write, page, inWindow, dialog }) => {
        await write('/chatr pilot new');
        const now = await page.locator('.clock time').getAttribute('datetime');
        const soon = later(new Date(now ?? ''), days(60))
          .toISOString()
          .slice(0, 10);
        await page.locator('dialog[open]').last().getByRole('radio', { name: 'Perinatal pilot' }).check();
        await dialog('Plan a pilot').getByLabel('First day').fill(soon);
        await inWindow('See all dates');
        await dialog('Plan a pilot').getByText('Nothing of this is made yet').waitFor();
      },
      async ({ page }) => {
        await page.getByRole('button', { name: 'Forward to what’s next' }).click();
      },
    ],
  },
  {
    id: 'trainees',
    title: 'For trainees',
    steps: [
      async ({ press, dialog, inWindow }) => {
        await press('Answer now');
        await dialog('Check-in').getByRole('radio', { name: '4' }).check();
        await inWindow('Send answers');
      },
      async ({ write, newest, page }) => {
        await write('/chatr birth trauma');
        await newest.getByText('You asked').waitFor();
        await newest
          .getByRole('button', { name: /^More options/ })
          .last()
          .click();
        await page.getByRole('menuitem', { name: 'Save', exact: true }).click();
      },
      async ({ press, dialog, inWindow }) => {
        await press('Write a reflection');
        await dialog('Write a reflection')
          .getByRole('textbox')
          .first()
          .fill('Rang 07700 900123, and waited.');
        await inWindow('Save reflection');
        await dialog('A quick look first').waitFor();
      },
      ({ press }) => press('My journal'),
      async ({ write, dialog }) => {
        await write('/chatr journal');
        await dialog('My journal').getByText('Nothing here yet').waitFor();
      },
      async ({ press, inWindow }) => {
        await press('Open what I noted');
        await inWindow('Partly');
      },
      async ({ write, inWindow, dialog }) => {
        await write('/chatr training');
        await inWindow('Past sessions');
        await dialog('Past sessions').getByText('Certificate (Word)').waitFor();
      },
      async ({ press, dialog, inWindow, page, look }) => {
        await press('CPD record');
        await inWindow('Choose entries');
        // A midwife's is of two forms.
        await dialog('Tick entries').getByRole('checkbox').first().check();
        await inWindow('Go on');
        await dialog('Tick entries').getByText('2 of 2').waitFor();
        await inWindow('Go on');
        await dialog('CPD record').getByRole('button', { name: 'Check and take away' }).waitFor();
        await look(page, 'the CPD record');
      },
      ({ write }) => write('/chatr pause'),
    ],
  },
  {
    id: 'data-protection',
    title: 'For data-protection officers',
    steps: [
      ({ write }) => write('/chatr my data'),
      async ({ press, inWindow }) => {
        await press('Get a copy');
        await inWindow('Send me the file');
      },
      async ({ press, dialog }) => {
        await press('What others see of me');
        await dialog('What others see').getByText('A colleague').first().waitFor();
      },
      ({ press }) => press('Privacy notice'),
      async ({ main }) => main.getByText('You said no').waitFor(),
      async ({ press }) => {
        await press('Results');
        await press('Read their words');
      },
      async ({ panel, page, look }) => {
        const opened = page.waitForEvent('popup');
        await panel.getByRole('link', { name: 'Open it' }).click();
        const copy = await opened;
        await copy.getByText('participations').first().waitFor();
        await copy.getByRole('region', { name: 'keys' }).getByText('bytes').first().waitFor();
        await look(copy, 'a copy of the database and of the key file');
        await copy.close();
      },
      async ({ write, press, inWindow, dialog }) => {
        await write('/chatr my data');
        await press('Have everything deleted');
        await inWindow('Delete everything');
        // Asked once more.
        await inWindow('Delete everything');
        await dialog('Deleted').getByText('What is left, and why').waitFor();
      },
    ],
  },
];

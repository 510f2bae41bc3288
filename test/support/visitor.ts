import type { Page } from 'playwright-core';

/** What a visitor does on the page, found by what they see. */
export function visitor(page: Page) {
  const main = page.getByRole('main');
  const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
  return {
    main,
    dialog,
    newest: main.getByRole('article').last(),
    be: (person: RegExp) => be(page, person),
    tab: (name: string) => main.getByRole('link', { name }).click(),
    goTo: (place: RegExp) => page.getByRole('navigation').getByRole('link', { name: place }).first().click(),
    press: (name: string | RegExp) =>
      main
        .getByRole('button', { name, exact: typeof name === 'string' })
        .first()
        .click(),
    async say(text: string) {
      await noWindow(page);
      const send = page.getByRole('button', { name: 'Send', exact: true });
      // A place that is just coming has a field of its own, empty.
      do await main.getByRole('textbox', { name: /^Message / }).fill(text);
      while ((await send.getAttribute('aria-disabled')) === 'true');
      await send.click();
    },
    async pick(modal: string, label: string, option: string) {
      await dialog(modal).getByRole('combobox', { name: label }).click();
      await page.getByRole('listbox').getByRole('option', { name: option }).first().click();
    },
    inModal: (modal: string, button: string) =>
      dialog(modal).getByRole('button', { name: button, exact: true }).click(),
    /** @param until what the practice clock says then. */
    async forward(what: string, until: string) {
      await page.getByRole('button', { name: `Forward ${what}` }).click();
      await page.getByRole('group', { name: 'Practice clock' }).getByText(until).waitFor({ timeout: 20_000 });
      await page.getByText('The clock is moving').waitFor({ state: 'detached', timeout: 20_000 });
    },
  };
}

/** Errors and warnings in the console, refusals of the Content-Security-Policy among them. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  return complaints;
}

/** Behind a window that is about to close nothing can be typed or chosen. */
const noWindow = (page: Page) => page.locator('dialog[open]').first().waitFor({ state: 'detached' });

async function be(page: Page, person: RegExp): Promise<void> {
  await noWindow(page);
  const select = page.getByLabel('You are');
  const option = select.locator('option').filter({ hasText: person }).first();
  await option.waitFor({ state: 'attached' });
  const id = await option.getAttribute('value');
  await select.selectOption(id);
  // The links of the one before lead back to them.
  await page.locator(`nav a[href^="#/${id}/"]`).first().waitFor();
}

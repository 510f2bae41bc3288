import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const phone = { width: 390, height: 740 };
const computer = { width: 1280, height: 800 };

/**
 * Nothing is wrong for a screen reader or wider than the screen, on a phone and on a computer.
 * @param what it is called where something is.
 */
export async function look(page: Page, what: string): Promise<void> {
  // A page that was loaded again has lost it.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source);
  // What waits for an answer is drawn paler, and passes.
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  // The size that the page has comes last, so that it stays.
  const isPhone = page.viewportSize()?.width === phone.width;
  for (const size of isPhone ? [computer, phone] : [phone, computer]) {
    await page.setViewportSize(size);
    const { violations, width } = await page.evaluate<Pick<AxeResults, 'violations'> & { width: number }>(
      lookOnce,
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    expect(found, `${what}, ${size.width} wide`).toEqual([]);
    expect(width, what).toBe(size.width);
  }
}

const wanted = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  // It takes a label that is scrolled out of sight for a hidden one; the rule "label" looks whether there is one.
  rules: { 'label-title-only': { enabled: false } },
};

const lookOnce = `(async () => {
  // What lies under a window cannot be reached.
  const top = [...document.querySelectorAll('dialog[open]')].at(-1);
  const { violations } = await axe.run(top ?? document, ${JSON.stringify(wanted)});
  return { violations, width: document.documentElement.scrollWidth };
})()`;

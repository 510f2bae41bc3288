import axe, { type AxeResults } from 'axe-core';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, openBrowser } from '../../../support/chromium.ts';
import { empty, example, large, nasty } from './example.ts';
import { drawHtml, drawWord } from './support.ts';

const chromium = findChromium();
const isRequired = process.env.CHATR_BROWSER === 'required';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe.skipIf(!chromium && !isRequired)('a report in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(() => browser.close());

  test('axe finds nothing, no page is wider than its screen, nothing runs, and one drawing of each chart is there', async () => {
    const page = await browser.newPage({ locale: 'en-GB' });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => said.push(request.url()));
    for (const [name, report] of Object.entries({ example, empty, large, nasty })) {
      await page.setContent(await drawHtml(report));
      await page.evaluate(axe.source);
      for (const width of [390, 1280, 320]) {
        const at = `${name} at ${width}`;
        await page.setViewportSize({ width, height: 844 });
        if (width !== 320) {
          const violations = await page.evaluate<AxeResults['violations']>(
            `axe.run(document, { preload: false, resultTypes: ['violations'], runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`,
          );
          expect(violations, at).toEqual([]);
        }
        expect(await page.evaluate('document.documentElement.scrollWidth'), at).toBe(width);
        const drawings = await page.evaluate(
          "[...document.querySelectorAll('figure')].map((one) => new Set([...one.querySelectorAll('svg')].flatMap((svg) => svg.checkVisibility() ? svg.classList[0] : [])).size)",
        );
        expect(new Set(drawings as number[]), at).toEqual(new Set(name === 'empty' ? [] : [1]));
      }
      expect(await page.evaluate('window.ran')).toBeUndefined();
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('main script, main img').count()).toBe(0);
    }
    expect(said).toEqual([]);
    await page.close();
  }, 120_000);

  test('whatever people write, each part of the Word file is XML', async () => {
    const page = await browser.newPage();
    const parts = Object.entries(unzipSync(await drawWord(nasty)))
      .filter(([name]) => /\.(xml|rels|svg)$/.test(name))
      .map(([name, bytes]) => [name, strFromU8(bytes)]);
    const wrong = await page.evaluate(
      `${JSON.stringify(parts)}.filter(([, text]) => new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror'))`,
    );
    expect(parts.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
    await page.close();
  });
});

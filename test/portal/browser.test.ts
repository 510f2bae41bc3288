import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { toCatalogue } from '../../src/features/resources/content.ts';
import { makePortal, writePortal } from '../../src/portal/export.ts';
import type { Portal } from '../../src/portal/portal.ts';
import { sharedCode } from '../../src/portal/shared-code.ts';
import { anyCharacter } from '../support/any-text.ts';
import { findChromium, openBrowser } from '../support/chromium.ts';
import { inShort, shipped } from './support.ts';

const chromium = findChromium();
const isRequired = process.env.CHATR_BROWSER === 'required';

/** One of each kind, and what search makes of the page that has everything. */
const kinds = [
  'index.html',
  'start-here.html',
  'new.html',
  'all.html',
  'all.html#q=baby%20won%27t%20settle',
  'all.html#q=printer',
  'all.html#q=feeling%20really%20low',
  'all.html#q=camhs',
  'topic-birth-trauma.html',
  'age-0-5.html',
  'kind-programme.html',
  'glossary.html',
  'pathways.html',
  'pathway-domestic-abuse.html',
  'help.html',
  'about.html',
];

const short = inShort(shipped);

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const shared = await sharedCode();

describe.skipIf(!chromium && !isRequired)('the portal in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(() => browser.close());

  const folders = new Map<Portal, string>();
  afterAll(() => {
    for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
  });
  /** Made once for all who only read it. */
  function folderOf(portal: Portal): string {
    const folder = folders.get(portal) ?? mkdtempSync(join(tmpdir(), 'chatr-portal-'));
    if (!folders.has(portal)) writePortal(folder, makePortal(portal, shared));
    folders.set(portal, folder);
    return folder;
  }

  /** Opened from a folder, as from a memory stick; what the console says is a failure. */
  async function givenSite(
    how: { portal?: Portal; width?: number; scripts?: boolean } = {},
  ): Promise<{ page: Page; go(name: string): Promise<unknown>; folder: string }> {
    const folder = folderOf(how.portal ?? shipped);
    const context = await browser.newContext({
      locale: 'en-GB',
      viewport: { width: how.width ?? 1280, height: 844 },
      colorScheme: 'light',
      javaScriptEnabled: how.scripts ?? true,
    });
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    onTestFinished(async () => {
      await context.close();
      expect(said).toEqual([]);
    });
    return { page, folder, go: (name) => page.goto(`${pathToFileURL(folder).href}/${name}`) };
  }

  test.each([390, 1280])(
    'at %i: axe finds nothing on any kind of page, in light and on a phone in dark, and none is wider than the screen',
    async (width) => {
      // How long axe takes grows with the entries, and what it finds does not: see `inShort`.
      const { page, go } = await givenSite({ width, portal: short });
      const look = async (name: string, rules: readonly string[]) => {
        // What it passes over has a node for each element: looked at and sent, that is most of the time it takes.
        const violations = await page.evaluate<AxeResults['violations']>(
          `axe.run(document, { preload: false, resultTypes: ['violations'], runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`,
        );
        expect(violations, name).toEqual([]);
      };
      const isWide = width > 1000;
      // Wide, the pages differ by their columns alone.
      for (const name of isWide ? kinds.slice(0, 5) : kinds) {
        await go(name);
        await page.evaluate(axe.source);
        await look(name, everyRule);
        const wide = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wide, name).toBe(0);
        if (isWide) continue;
        // In the dark only colours differ.
        await page.emulateMedia({ colorScheme: 'dark' });
        await look(`${name} in the dark`, ['color-contrast']);
        await page.emulateMedia({ colorScheme: 'light' });
      }
    },
    120_000,
  );

  test('with every entry and on the smallest phones no page is wider than the screen, and the search button is on it', async () => {
    const { page, go } = await givenSite();
    for (const name of kinds) {
      await go(name);
      for (const width of [320, 360, 390, 1280]) {
        await page.setViewportSize({ width, height: 640 });
        const needed = await page.evaluate(
          "[document.documentElement.scrollWidth, document.querySelector('.search button').getBoundingClientRect().right]",
        );
        const [wide = 0, buttonEnds = 0] = needed as number[];
        expect(wide, `${name} at ${width}`).toBe(width);
        expect(buttonEnds, `${name} at ${width}`).toBeLessThanOrEqual(width);
      }
    }
    // Letters twice as large, and a word without end.
    await page.setViewportSize({ width: 390, height: 640 });
    for (const name of [
      `all.html#q=${'a'.repeat(180)}`,
      'all.html#q=domestic%20abuse',
      'pathway-domestic-abuse.html',
      'glossary.html',
    ]) {
      await go(name);
      await page.addStyleTag({ content: ':root { font-size: 200%; }' });
      const [wide, field = 0] = (await page.evaluate(
        "[document.documentElement.scrollWidth, document.querySelector('#q').getBoundingClientRect().width]",
      )) as number[];
      expect(wide, name).toBe(390);
      expect(field, name).toBeGreaterThan(250);
    }
  });

  test('by keyboard alone: past the menu, a question, its answers, and back', async () => {
    const { page, go } = await givenSite({ width: 390 });
    const focused = () => page.locator(':focus');
    const press = async (key: string, times = 1) => {
      for (let nth = 0; nth < times; nth += 1) await page.keyboard.press(key);
    };
    await go('index.html');
    await press('Tab');
    expect(await focused().textContent()).toBe('Skip to the content');
    await press('Enter');
    await press('Tab');
    expect(await focused().textContent()).toBe('See everything from A to Z');
    await press('Shift+Tab');
    await page.locator('#q').focus();
    await page.keyboard.type('cpc');
    await press('Enter');
    await page.waitForURL(/all\.html#q=cpc$/);
    expect(await page.locator('#said').textContent()).toMatch(/^\d+ resources for ‘cpc’, best first\.$/);
    // What it means, and then what there is.
    expect(await page.locator('#found .wording').textContent()).toContain('hild protection conference');
    expect(await page.locator('#found .entries h2').first().textContent()).toContain(
      'Child Protection Conferences',
    );
    // Past the menu what was found stays, and what was asked for.
    await page.locator('.skip').focus();
    await press('Enter');
    await page.waitForURL(/#q=cpc$/);
    await page.locator('main').focus();
    await press('Tab');
    expect(await focused().getAttribute('href')).toBe('glossary.html#child-protection-conference');
    await press('Tab');
    expect(await focused().getAttribute('href')).toContain('chscp.org.uk/child-protection-conferences');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
    // What was skipped to is a step of its own.
    await page.goBack();
    await page.goBack();
    await page.waitForURL(/index\.html/);
  });

  test('search: as one types, with a slip of the finger, nothing for what is not here, back to everything', async () => {
    const { page, go } = await givenSite();
    await go('all.html');
    const said = page.locator('#said');
    const ask = async (
      question: string,
      answer: RegExp,
      how: 'as one types' | 'at once' = 'as one types',
    ) => {
      await page.locator('#q').fill(question);
      if (how === 'at once') await page.locator('#q').press('Enter');
      await said.filter({ hasText: answer }).waitFor();
      return page.locator('#found h2').allTextContents();
    };
    const names = async (question: string) => (await ask(question, new RegExp(`‘${question}’`))).join('\n');
    expect(await names('core module')).toMatch(/^Core module/);
    expect(await names('perinatal session')).toMatch(/^Perinatal session/);
    expect(await names('working together')).toContain('Working together to safeguard children 2026');
    expect(await names('trama informed')).toContain('Trauma');
    // Pages that say who to turn to stand among the others, where they fit.
    expect(await names('dad hits mum')).toMatch(/^Who to turn to: Domestic abuse/);
    expect(await page.locator('#found .entries a').first().getAttribute('href')).toBe(
      'pathway-domestic-abuse.html',
    );
    expect(await names('cpd log')).not.toContain('Who to turn to');
    expect(await ask('printer', /^Nothing here for ‘printer’\.$/)).toEqual(['Other ways to look']);
    const ways = () => page.locator('#found a').allTextContents();
    expect(await ways()).toEqual([
      'All topics',
      'Start here: a short list, picked by hand',
      'Everything from A to Z',
      'Help now: who to turn to',
    ]);
    // A word of ours is explained, and a short form of several meanings is asked about.
    await ask('what is toxic stress', /‘what is toxic stress’/);
    expect(await page.locator('#found').textContent()).toMatch(
      /^\s*Toxic stress\s*Strong, long-lasting stress/,
    );
    expect(await page.locator('#found .wording a').getAttribute('href')).toBe('glossary.html#toxic-stress');
    await ask('CP', /^‘CP’ can mean several things\.$/);
    await page.locator('#found').getByRole('link', { name: 'child protection' }).click();
    await said.filter({ hasText: 'resources for ‘child protection’' }).waitFor();
    // What was not taken as it was typed is said, with a way back.
    await ask('domesic abuse', /‘domesic abuse’/);
    expect(await page.locator('#found > p').first().textContent()).toContain(
      'Showing results for ‘domestic’.',
    );
    await page.getByRole('link', { name: 'Search for exactly ‘domesic’' }).click();
    await said.filter({ hasText: '‘"domesic" abuse’' }).waitFor();
    expect(await page.locator('#found').textContent()).not.toContain('Showing results for');
    expect(await ask('type:video age:0-5', /^3 resources/)).toHaveLength(3);
    await ask('sleep age:99', /‘sleep age:99’/);
    expect(await page.locator('#found > p').allTextContents()).toEqual([
      'There is nothing for ‘age:99’, so that was left out. All age groups',
    ]);
    // One word of many says nothing of the rest, and something of where to look.
    await ask('laminator printer photocopier bereaved', /^Nothing here for ‘laminator/);
    expect((await ways())[0]).toBe('Bereavement and loss');
    expect(await page.locator('#found').textContent()).not.toContain('/chatr');
    expect(await page.locator('#everything').isVisible()).toBe(false);
    expect(await page.locator('#found').textContent()).toMatch(/Other ways to look.*Help now/s);
    for (const text of [
      'I want to die',
      'i cant cope anymore',
      'sucidal',
      'hit by her husband',
      'I can’t go on',
      'her uncle touches her',
      'dad slapped Mia',
      'she’s being kicked at home',
      'feeling really low',
      'dad hits mum',
    ]) {
      await ask(text, new RegExp(`‘${text}’`), 'at once');
      expect([text, await page.locator('#found').textContent()]).toEqual([
        text,
        expect.stringMatching(/^If somebody needs help now: .*999.*111.*116 123.*safeguarding lead/),
      ]);
    }
    await ask('bruise on a 3 month old', /‘bruise on/, 'at once');
    expect(await page.locator('#found .urgent').textContent()).toMatch(/^Worried about a child\?/);
    for (const text of ['skills for midwives', 'birth trauma', 'dads', 'milestones in the first year']) {
      await ask(text, new RegExp(`‘${text}’`), 'at once');
      expect([text, await page.locator('#found .urgent').count()]).toEqual([text, 0]);
    }
    await page.locator('#q').fill('');
    await page.locator('#everything').waitFor();
    expect(await said.textContent()).toBe(`${shipped.catalogue.shown.length} resources.`);
  });

  test('whatever is typed, search neither fails nor runs it', async () => {
    const { page, go } = await givenSite();
    await go('all.html');
    const odd = [
      '',
      '   ',
      '<img src=x onerror=alert(1)>',
      '🙂',
      'ملف',
      '"; DROP TABLE',
      '((',
      "n't",
      '‘’“”–',
    ];
    for (const text of [...odd, 'a'.repeat(2_000), ...fc.sample(fc.string({ unit: anyCharacter }), 15)]) {
      await page.locator('#q').fill(text);
      await page.locator('#q').press('Enter');
      expect(await page.locator('#found img').count()).toBe(0);
    }
  });

  test('without scripts everything can be read, and where the search would be stands that it needs them', async () => {
    const { page, go } = await givenSite({ scripts: false });
    await go('index.html');
    expect(await page.getByRole('search').isVisible()).toBe(false);
    const instead = page.locator('.unscripted');
    expect(await instead.innerText()).toContain('Searching needs scripts');
    expect(await page.getByText('Search in your own words, or').isVisible()).toBe(false);
    await instead.getByRole('link').click();
    await page.waitForURL(/all\.html/);
    expect(await page.locator('#everything .entry').count()).toBe(shipped.catalogue.shown.length);
    expect(await page.getByText('find in page').isVisible()).toBe(true);
    expect(await page.getByText('In danger, or finding things hard?').isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Topics' }).click();
    await page.getByRole('link', { name: 'Birth trauma' }).click();
    await page.getByRole('heading', { level: 1, name: 'Birth trauma' }).waitFor();
  });

  test('on paper: no menu, no search, and each address in full', async () => {
    const { page, go } = await givenSite();
    await go('topic-birth-trauma.html');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('search').isVisible()).toBe(false);
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    const after = await page.evaluate(`getComputedStyle(document.querySelector('.away'), '::after').content`);
    expect(after).toContain('https://');
    await go('pathway-domestic-abuse.html');
    expect(await page.locator('.crumb').innerText()).toBe('Who to turn to');
    const breaks = await page.evaluate(`getComputedStyle(document.querySelector('.lives')).breakAfter`);
    expect(breaks).toBe('avoid');
  });

  test('from a folder of a web server: what is searched for is sent to nobody, and once opened it works without a connection', async () => {
    const { folder } = await givenSite();
    const types: Record<string, string> = {
      '.html': 'text/html',
      '.css': 'text/css',
      '.js': 'text/javascript',
      '.svg': 'image/svg+xml',
      '.json': 'application/feed+json',
    };
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
      const name =
        new URL(request.url ?? '/', 'http://x').pathname.replace('/team/chatr/', '') || 'index.html';
      response
        .setHeader('content-type', types[extname(name)] ?? 'text/plain')
        .end(readFileSync(join(folder, name)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/team/chatr`;
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    // Other people's pages, and what they are told.
    await page.route(/^https:/, async (route) => {
      asked.push(`${route.request().url()} ${JSON.stringify(await route.request().allHeaders())}`);
      await route.fulfill({ body: 'a page elsewhere' });
    });
    const heading = page.locator('#what');
    const askFor = async (words: string) => {
      await page.locator('#q').fill(words);
      await page.locator('#q').press('Enter');
      await heading.filter({ hasText: `Search: ${words}` }).waitFor();
    };
    // An older link was sent before this site could do anything about it; from there nothing goes further.
    await page.goto(`${address}/all.html?q=sleep+Kayleigh`);
    await page.waitForURL(`${address}/all.html#q=sleep+Kayleigh`);
    expect(asked.filter((line) => /kayleigh/i.test(line))).toHaveLength(1);
    asked.splice(0);
    await page.goto(`${address}/`);
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await askFor('Kayleigh\u2019s sleep');
    await askFor('client Kayleigh self harm');
    await page.locator('#found .away').first().click();
    await page.waitForURL(/^https:/);
    await page.goBack();
    await heading.filter({ hasText: 'Search: client Kayleigh self harm' }).waitFor();
    await page.goto(`${address}/all.html?q=baby+Kayleigh`);
    await heading.filter({ hasText: 'Search: baby Kayleigh' }).waitFor();
    // Sent before the script has come, the form has nothing to send.
    await page.goto(`${address}/`);
    await page.locator('#q').fill('Kayleigh');
    await page.evaluate("document.querySelector('.search').submit()");
    await page.waitForURL(/all\.html/);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.some((line) => line.startsWith('https:'))).toBe(true);
    expect(asked.filter((line) => /kayleigh|client/i.test(line))).toEqual([]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await page.goto(`${address}/topic-birth-trauma.html`);
    await page.getByRole('heading', { level: 1, name: 'Birth trauma' }).waitFor();
    await page.goto(`${address}/all.html#q=dads`);
    await page.getByText('‘dads’').waitFor();
    await page.goto(`${address}/`);
    await page.getByRole('heading', { name: 'Start here' }).waitFor();
  });

  test('hostile titles, publishers and summaries stand there as they are, and none of them runs', async () => {
    const nasty = [
      '<script>window.ran = 1</script>',
      '"><img src=x onerror="window.ran = 1">',
      "' onmouseover='window.ran = 1",
      '</title></h1><h1>another',
      '{{7*7}} <!-- -->',
      '&lt;b&gt; &amp; &#60;',
      '\u202eright to left\u202c and \u2066isolated\u2069',
      ']]></script><svg onload=window.ran=1>',
    ];
    const drawn = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), {
      numRuns: 60,
      seed: 8,
    });
    const texts = [...nasty, ...drawn];
    const [model] = shipped.catalogue.shown;
    if (!model) throw new Error('The catalogue is empty.');
    const resources = texts.map((text, nth) => ({
      ...model,
      id: `r${nth}`,
      title: text,
      publisher: text,
      summary: text,
      asked_as: [{ say: text }],
    }));
    const portal: Portal = {
      ...shipped,
      catalogue: toCatalogue(resources),
      startHere: {
        ...shipped.startHere,
        groups: [{ id: 'x', label: nasty.join(' '), entries: ['r0', 'r1'] }],
      },
      glossary: {
        terms: shipped.glossary.terms.map((term, nth) => ({
          ...term,
          term: `${texts[nth % texts.length]} ${nth}`,
          definition: texts[nth % texts.length] ?? '',
        })),
      },
    };
    const { page, go } = await givenSite({ portal });
    for (const name of ['all.html', 'start-here.html', 'index.html', 'glossary.html', 'new.html']) {
      await go(name);
      expect(await page.locator('main script, main img, main svg').count(), name).toBe(0);
      expect(await page.locator('h1').count(), name).toBe(1);
      expect(await page.evaluate('window.ran'), name).toBeUndefined();
    }
    await go('all.html');
    const squeezed = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    for (const [nth, text] of texts.entries()) {
      const entry = page.locator(`#r${nth}`);
      const title = (await entry.locator('h3').textContent()) ?? '';
      expect(squeezed(title.replace(/ \(another website\)$/, ''))).toBe(squeezed(text));
    }
  });
});

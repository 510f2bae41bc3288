import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** A Chromium on the PATH, or undefined. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A headless browser that calls nothing outside of this machine by itself. */
export const openBrowser = (executablePath: string): Promise<Browser> => {
  const off = ['background-networking', 'component-update', 'sync', 'gpu', 'quic'];
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--no-first-run', ...off.map((what) => `--disable-${what}`)],
  });
};

/** A page on a British visitor's screen, who was nowhere before. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    // What moves would be looked at half way.
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(10_000);
  return page;
}

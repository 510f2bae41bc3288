// Takes the README's picture of the demo anew: `node scripts/run.js scripts/screenshot.ts`. Needs Chromium.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginDemo } from '../src/demo/begin.ts';
import { openWaitingRoom } from '../src/demo/waiting.ts';
import { findChromium, openBrowser, openPage } from '../test/support/chromium.ts';

const picture = 'docs/images/practice-workspace.png';
const chromium = findChromium();
if (!chromium) throw new Error('No Chromium on the PATH. To get it: apt-get install chromium');

const room = await openWaitingRoom(0);
// In a place of its own, so that nobody has been on a tour yet.
const place = mkdtempSync(join(tmpdir(), 'chatr-pictures-'));
const demo = await beginDemo({ room, cacheFolder: join(place, '.cache'), isEmpty: false, onLiving() {} });
const browser = await openBrowser(chromium);
const page = await openPage(browser);
await page.goto(room.url);
const robin = page
  .getByLabel('You are')
  .locator('option')
  .filter({ hasText: /^Robin/ });
await robin.waitFor({ state: 'attached' });
await page.goto(`${room.url}/#/${await robin.getAttribute('value')}/app/home`);
await page.reload();
await page.getByRole('main').getByText('Saved resources').waitFor();
await page.screenshot({ path: picture });
await browser.close();
await demo.stop();
rmSync(place, { recursive: true });
process.stdout.write(`Saved ${picture}\n`);

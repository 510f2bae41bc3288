// Takes a picture of each step of the guided tours, wide and narrow, as it stands once the step is done:
// `node scripts/run.js scripts/tour-pictures.ts <folder>`. Needs Chromium.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginDemo } from '../src/demo/begin.ts';
import { openWaitingRoom } from '../src/demo/waiting.ts';
import { findChromium, openBrowser, openPage } from '../test/support/chromium.ts';
import { beginTour, endTour, guided, walk, walks } from '../test/support/tour-steps.ts';

const folder = process.argv[2];
const chromium = findChromium();
if (folder === undefined) throw new Error('Say which folder the pictures should go into.');
if (!chromium) throw new Error('No Chromium on the PATH. To get it: apt-get install chromium');
mkdirSync(folder, { recursive: true });

const room = await openWaitingRoom(0);
// In a place of its own, so that nobody has been on a tour yet.
const place = mkdtempSync(join(tmpdir(), 'chatr-pictures-'));
const demo = await beginDemo({ room, cacheFolder: join(place, '.cache'), isEmpty: false, onLiving() {} });
const browser = await openBrowser(chromium);
const page = await openPage(browser);
await page.goto(room.url);
const visit = guided(page);
const picture = async (name: string) => {
  for (const [width, height] of [
    [390, 740],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
};
await visit.panel.getByText('Pick one.').waitFor();
await picture('tours');
for (const { id, title, steps } of walks) {
  await beginTour(visit, title);
  for (const [nth, act] of steps.entries()) {
    await walk(visit, nth, act);
    await picture(`${id}-${nth + 1}`);
  }
  await endTour(visit);
}
await browser.close();
await demo.stop();
rmSync(place, { recursive: true });

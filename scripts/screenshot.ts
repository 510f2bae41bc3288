// Takes the README's picture of the practice workspace anew: `node scripts/run.js scripts/screenshot.ts`. Needs Chromium.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPracticeWorkspace } from 'practice-workspace';
import { parse } from 'yaml';
import { createBot } from '../src/app.ts';
import { ManualClock } from '../src/lib/clock.ts';
import { createLog } from '../src/lib/log.ts';
import { systemRandom } from '../src/lib/random.ts';
import { findChromium, openBrowser, openPage } from '../test/support/chromium.ts';

const picture = 'docs/images/practice-workspace.png';
const chromium = findChromium();
if (!chromium) throw new Error('No Chromium on the PATH. To get it: apt-get install chromium');

const dir = mkdtempSync(join(tmpdir(), 'chatr-screenshot-'));
const clock = new ManualClock('2026-03-03T10:00:00Z');
const workspace = await createPracticeWorkspace({
  manifest: parse(readFileSync('manifest.yml', 'utf8')),
  clock,
  appIdle: async () => bot.settled(),
});
const bot = await createBot({
  config: {
    botToken: workspace.botToken,
    connection: { kind: 'socket', appToken: workspace.appToken },
    slackApiUrl: workspace.apiUrl,
    databaseUrl: `file:${join(dir, 'chatr.db')}`,
    facilitators: [workspace.as('jo').id],
    forumChannel: workspace.channelId('chatr-forum'),
    timeZone: 'Europe/London',
    contentDir: 'data',
    encryptionKey: systemRandom.bytes(32),
    port: 0,
    logLevel: 'warn',
  },
  log: createLog({ level: 'warn', readable: true }),
  clock,
  heartbeat: false,
});
await workspace.connected(1);
await bot.settled();
clock.forward(1);
await beat();
await beat();

const [robin, jo] = [workspace.as('robin'), workspace.as('jo')];
await robin.click('Read the community agreement');
await robin.submit();
await robin.closeModal({ all: true });
await robin.command('/chatr find birth trauma');
await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
await robin.command('/chatr reflect');
await robin.submit({ 'A moment: What stayed with you today?': 'Asking first changed the whole visit.' });
await robin.closeModal({ all: true });
await jo.command('/chatr groups');
await jo.click('Make a group');
await jo.submit({ Name: 'Spring group', People: ['robin', 'sam'] });
await jo.closeModal({ all: true });
await jo.command('/chatr checkin new');
await jo.submit({ 'Who is asked?': 'Spring group', 'Which questions?': 'Weekly pulse' });
await jo.submit({ 'First date': '2026-03-04', Time: '09:30' });
await jo.click('Change how');
await jo.submit({ 'Who gets it?': 'Everybody in the group' });
await jo.submit();
await jo.closeModal({ all: true });
for (let hour = 0; hour < 24; hour += 1) {
  clock.forward(60);
  await beat();
}

const browser = await openBrowser(chromium);
const page = await openPage(browser);
await page.goto(`${workspace.url}/#/${robin.id}/app/home`);
await page.getByRole('main').getByText('Saved resources').waitFor();
await workspace.settled();
await page.screenshot({ path: picture });
await browser.close();
await bot.stop();
await workspace.stop();
rmSync(dir, { recursive: true, force: true });
process.stdout.write(`Saved ${picture}\n`);

async function beat(): Promise<void> {
  await bot.beat();
  await workspace.settled();
}

import { readFileSync } from 'node:fs';
import { createPracticeWorkspace } from 'practice-workspace';
import { parse } from 'yaml';
import { type Bot, createBot } from './app.ts';
import type { Config } from './config.ts';
import { openContent } from './features/kept-content.ts';
import { ShiftedClock, systemClock } from './lib/clock.ts';
import { createLog, type Log } from './lib/log.ts';
import { systemRandom } from './lib/random.ts';
import { makePortal } from './portal/export.ts';
import { nextAllowed } from './scheduler/calendar.ts';

const timeZone = 'Europe/London';
const contentDir = 'data';
/** Small enough that nobody's steps run together, large enough that a week passes in seconds. */
const stepMinutes = 20;

/**
 * `npm run demo`: the real bot, connected over a real socket to a practice workspace on this computer. Starts afresh
 * each time, on a working day at a civil hour, so that a visitor is not met by silence.
 * @param untilStopped waits for the signal to stop, then runs what it is given.
 * @param cacheFolder where checked content is kept between starts.
 */
export async function runDemo(
  untilStopped: (stop: () => Promise<void>, log: Log) => Promise<number>,
  cacheFolder: string,
): Promise<number> {
  const log = createLog({ level: 'warn', readable: true });
  const clock = new ShiftedClock();
  // Read once: at a civil hour it starts at that very instant, and a clock does not go back.
  const now = systemClock.now();
  const start = nextAllowed(now, {
    zone: timeZone,
    programmeZone: timeZone,
    quietFrom: '16:00',
    quietUntil: '09:30',
  });
  clock.forward((start.getTime() - now.getTime()) / 60_000);

  let bot: Bot | undefined;
  let catchingUp: Promise<void> = Promise.resolve();
  const beat = (): Promise<void> => {
    catchingUp = catchingUp.then(() => bot?.beat());
    return catchingUp;
  };
  const forward = async (minutes: number): Promise<void> => {
    for (let left = minutes; left > 0; left -= stepMinutes) {
      clock.forward(Math.min(left, stepMinutes));
      await beat();
    }
    await bot?.settled();
  };

  const content = await openContent(contentDir, { cacheFolder, log });
  const portal = makePortal({ ...content, on: clock.now().toISOString().slice(0, 10) });

  const open = (port: number) =>
    createPracticeWorkspace({
      manifest: parse(readFileSync('manifest.yml', 'utf8')),
      clock,
      port,
      defaultChannels: ['general', 'chatr-forum'],
      onForward: forward,
      nextDue: async () => bot?.nextDue(),
      site: { name: 'Resource portal', files: portal },
    });
  // Something else may be using the usual port: any other will do, the address is printed.
  const workspace = await open(3000).catch(() => open(0));
  const config: Config = {
    botToken: workspace.botToken,
    connection: { kind: 'socket', appToken: workspace.appToken },
    slackApiUrl: workspace.apiUrl,
    // Nothing is left behind, and two demos do not meet.
    databaseUrl: 'file::memory:',
    facilitators: [workspace.snapshot('jo').me.id],
    forumChannel: workspace.channelId('chatr-forum'),
    timeZone,
    contentDir,
    encryptionKey: systemRandom.bytes(32),
    port: 0,
    logLevel: 'warn',
  };
  bot = await createBot({ config, log, clock, content, heartbeat: false });
  await bot.settled();
  // The members of the forum are welcomed one after the other; a visitor finds that done.
  await forward(stepMinutes);
  // The practice clock runs on between jumps, so the bot has its beat as in real life.
  const heart = setInterval(() => void beat(), 5_000);

  process.stdout.write(
    [
      '',
      `  ChATR Companion is ready in a practice workspace: open ${workspace.url}`,
      `  The resource portal as a website of its own: ${workspace.url}/site/`,
      '',
      '  Everyone in it is made up, and it starts afresh each time. Stop it with Ctrl+C.',
      '',
    ].join('\n'),
  );
  return untilStopped(async () => {
    clearInterval(heart);
    await catchingUp;
    await bot?.stop();
    await workspace.stop();
  }, log);
}

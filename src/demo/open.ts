import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import {
  createPracticeWorkspace,
  type PracticeOptions,
  type PracticeWorkspace,
  type SavedWorld,
  type Seeds,
  type Site,
  type Tour,
} from 'practice-workspace';
import { parse } from 'yaml';
import { type Bot, createBot } from '../app.ts';
import type { Content } from '../features/content.ts';
import type { ShiftedClock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

export const timeZone = 'Europe/London';
export const contentDir = 'data';

export type OpenParts = {
  clock: ShiftedClock;
  content: Content;
  log: Log;
  /** SQLite, of this demo alone. */
  databaseUrl: string;
  encryptionKey: Buffer;
  /** Left out: the few people that a practice workspace has by itself. */
  seeds?: Seeds;
  saved?: SavedWorld;
  server?: Server;
  /** A file of the website, of what people see in Slack at that moment. */
  site?: (name: string, now: Content) => ReturnType<Site['files']['get']>;
  tours?: readonly Tour[];
  touring?: PracticeOptions['touring'];
  /** How long the bot may take to answer; left out as in Slack. */
  patienceMs?: number;
};

export type Opened = {
  workspace: PracticeWorkspace;
  clock: ShiftedClock;
  /** One beat of the bot, after those that are under way. */
  beat(): Promise<void>;
  /** Moves the clock in steps of so many minutes, with a beat at each. */
  forward(minutes: number, stepMinutes: number): Promise<void>;
  stop(): Promise<void>;
};

/** Small enough that nobody's steps run together, large enough that a week passes in seconds. */
const stepMinutes = 20;

/** The real bot, connected over a real socket to a practice workspace on this computer. */
export async function openWorkspace(parts: OpenParts): Promise<Opened> {
  const { clock, content, log, databaseUrl, encryptionKey, seeds, saved, server, site, tours, touring } =
    parts;
  const { patienceMs } = parts;
  let bot: Bot | undefined;
  let catchingUp: Promise<void> = Promise.resolve();
  const beat = (): Promise<void> => {
    catchingUp = catchingUp.then(() => bot?.beat());
    return catchingUp;
  };
  const forward = async (minutes: number, step: number): Promise<void> => {
    for (let left = minutes; left > 0; left -= step) {
      clock.forward(Math.min(left, step));
      await beat();
    }
    await bot?.settled();
  };
  const workspace = await createPracticeWorkspace({
    manifest: parse(readFileSync('manifest.yml', 'utf8')),
    clock,
    defaultChannels: ['general', 'chatr-forum'],
    appIdle: async () => bot?.settled(),
    onForward: (minutes) => forward(minutes, stepMinutes),
    nextDue: async () => bot?.nextDue(),
    ...(seeds && { seeds }),
    ...(saved && { saved }),
    ...(server && { server }),
    ...(tours && { tours }),
    ...(touring && { touring }),
    ...(site && {
      site: { name: 'Resource portal', files: { get: (name) => site(name, bot?.content() ?? content) } },
    }),
    ...(patienceMs !== undefined && { ackMs: patienceMs, triggerMs: patienceMs }),
  });
  const stop = async (): Promise<void> => {
    await catchingUp;
    await bot?.stop();
    await workspace.stop();
  };
  try {
    bot = await createBot({
      config: {
        botToken: workspace.botToken,
        connection: { kind: 'socket', appToken: workspace.appToken },
        slackApiUrl: workspace.apiUrl,
        databaseUrl,
        facilitators: [workspace.snapshot('jo').me.id],
        forumChannel: workspace.channelId('chatr-forum'),
        timeZone,
        contentDir,
        encryptionKey,
        port: 0,
        logLevel: 'warn',
      },
      log,
      clock,
      content,
      heartbeat: false,
    });
    await bot.settled();
  } catch (error) {
    await workspace.stop();
    throw error;
  }
  return { workspace, clock, beat, forward, stop };
}

import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  createPracticeWorkspace,
  type PersonDriver,
  type PracticeOptions,
  type PracticeWorkspace,
  type SavedWorld,
} from 'practice-workspace';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { type Bot, createBot } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import type { Content } from '../../src/features/content.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Outside } from '../../src/lib/outside.ts';
import { shippedContent } from './shipped.ts';
import { writeMigrated } from './store.ts';

const manifest = parse(readFileSync('manifest.yml', 'utf8'));

export type Community = {
  workspace: PracticeWorkspace;
  clock: ManualClock;
  config: Config;
  /** Every line the bot logged. */
  log: string[];
  bot(): Bot;
  as(person: string): PersonDriver;
  /** Moves the clock, in steps of at most `stepMinutes`, with the bot's beat at each. */
  forward(minutes: number, stepMinutes?: number): Promise<void>;
  /** One beat now, and everything it causes. */
  beat(): Promise<void>;
  /** The bot is stopped, and nothing is delivered to it until `startBot`. */
  stopBot(): Promise<void>;
  /** @param changed content that the community has edited meanwhile. */
  startBot(changed?: Partial<Content>): Promise<void>;
};

export type CommunityOptions = {
  /** Default: Tuesday 3 March 2026, 10:00 in London. */
  at?: string;
  config?: Partial<Config>;
  workspace?: Partial<PracticeOptions>;
  /** Slack reaches the bot over HTTP on this port, instead of a socket. */
  httpPort?: number;
  /** The way to other people's web servers. Left out: none is visited. */
  outside?: Outside;
  /** Default true: the forum's members are the community, as in the demo. */
  forum?: boolean;
  /** Goes on where another stood: the same people, messages and rows, of its own from there. */
  from?: Kept;
};

/** As a community stood when its bot was stopped. */
type Kept = { world: SavedWorld; folder: string };

/**
 * What several tests begin with, lived in the first of them; each goes on from there with a community of its own, whose bot
 * has just been started.
 */
export function livedOnce(
  live: (options: CommunityOptions) => Promise<Community>,
): (options?: CommunityOptions) => Promise<Community> {
  let kept: Promise<Kept> | undefined;
  return async (options = {}) => {
    kept ??= live({}).then(keep);
    return givenCommunity({ ...options, from: await kept });
  };
}

async function keep({ workspace, config, stopBot }: Community): Promise<Kept> {
  await stopBot();
  const folder = mkdtempSync(join(tmpdir(), 'chatr-kept-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(dirname(config.databaseUrl.slice('file:'.length)), folder, { recursive: true });
  return { world: workspace.save(), folder };
}

/** The same app, told to be reached at an address of its own. */
const overHttp = (port: number): Pick<PracticeOptions, 'manifest' | 'requestUrl'> => ({
  manifest: { ...manifest, settings: { ...manifest.settings, socket_mode_enabled: false } },
  requestUrl: `http://127.0.0.1:${port}/slack/events`,
});

/** A practice workspace with the real bot in it, over a real socket, on a real file. Gone when the test is over. */
export async function givenCommunity(options: CommunityOptions = {}): Promise<Community> {
  const { from } = options;
  const clock = new ManualClock(from?.world.at ?? options.at ?? '2026-03-03T10:00:00Z');
  const dir = mkdtempSync(join(tmpdir(), 'chatr-e2e-'));
  let bot: Bot | undefined;
  let isStarting = false;
  const log: string[] = [];
  const workspace = await createPracticeWorkspace({
    ...(options.httpPort === undefined ? { manifest } : overHttp(options.httpPort)),
    clock,
    ...(from && { saved: structuredClone(from.world) }),
    // A start may be held up while others act.
    appIdle: async () => (isStarting ? undefined : bot?.settled()),
    nextDue: async () => bot?.nextDue(),
    // The page's "Forward a day", as in the demo.
    onForward: async (minutes) => {
      for (let left = minutes; left > 0; left -= 30) {
        clock.forward(Math.min(left, 30));
        await bot?.beat();
      }
      await bot?.settled();
    },
    ...options.workspace,
  });
  const config: Config = {
    botToken: workspace.botToken,
    connection:
      options.httpPort === undefined
        ? { kind: 'socket', appToken: workspace.appToken }
        : { kind: 'http', signingSecret: workspace.signingSecret },
    slackApiUrl: workspace.apiUrl,
    databaseUrl: `file:${join(dir, 'chatr.db')}`,
    facilitators: [workspace.as('jo').id],
    forumChannel: (options.forum ?? true) ? workspace.channelId('chatr-forum') : undefined,
    timeZone: 'Europe/London',
    contentDir: 'data',
    encryptionKey: Buffer.alloc(32, 9),
    port: options.httpPort ?? 0,
    logLevel: 'warn',
    ...options.config,
  };
  if (from) cpSync(from.folder, dir, { recursive: true });
  else await writeMigrated(join(dir, 'chatr.db'));
  const startBot = async (changed: Partial<Content> = {}): Promise<void> => {
    isStarting = true;
    bot = await createBot({
      config,
      log: createLog({ level: config.logLevel, write: (line) => log.push(line) }),
      clock,
      content: { ...shippedContent(), ...changed },
      heartbeat: false,
      ...(options.outside && { outside: options.outside }),
    });
    if (config.connection.kind === 'socket') await workspace.connected(1);
    await bot.settled();
    isStarting = false;
  };
  const stopBot = async (): Promise<void> => {
    await bot?.stop();
    bot = undefined;
  };
  const beat = async (): Promise<void> => {
    await bot?.beat();
    await workspace.settled();
  };
  await startBot();
  onTestFinished(async () => {
    await stopBot();
    await workspace.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    workspace,
    clock,
    config,
    log,
    bot() {
      if (!bot) throw new Error('The bot is stopped.');
      return bot;
    },
    as: (person) => workspace.as(person),
    async forward(minutes, stepMinutes = 30) {
      for (let left = minutes; left > 0; left -= stepMinutes) {
        clock.forward(Math.min(left, stepMinutes));
        await beat();
      }
    },
    beat,
    stopBot,
    startBot,
  };
}

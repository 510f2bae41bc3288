import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  createPracticeWorkspace,
  type PracticeWorkspace,
  type RecordedCall,
  type Seeds,
} from 'practice-workspace';
import { parse } from 'yaml';
import { type Bot, createBot } from '../../src/app.ts';
import type { Content } from '../../src/features/content.ts';
import { later, ManualClock, minutes } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { shippedContent } from '../support/shipped.ts';

/** Nobody waits longer than this for a look at everything, due or not. */
const longestRestMinutes = 120;
/** Longer than the sender waits before it looks up what came to no clear end. */
const unclearMs = 20_000;

const manifest = parse(readFileSync('manifest.yml', 'utf8'));

export type TownOptions = {
  at: string;
  seed: number;
  seeds: Seeds;
  /** Handles of the facilitators. */
  facilitators: readonly string[];
  changed?: Partial<Content>;
  /** Each call to Slack that took effect, as it happens. */
  onCall(call: RecordedCall): void;
};

/**
 * The real bot in a practice workspace, over a real socket and on a real file, that can be killed at any call to Slack:
 * what is on the disk at that instant is all that the next one gets, and nothing the old one still says is heard.
 */
export type Town = {
  workspace: PracticeWorkspace;
  clock: ManualClock;
  /** What the bot logged that is a fault of ours. */
  faults: string[];
  kills(): number;
  isUp(): boolean;
  /** What was done while this was another number may be lost. */
  generation(): number;
  /** One beat now, and everything it causes; after a kill the next bot starts. */
  beat(): Promise<void>;
  /** Waits for everything that somebody's act has caused; after a kill the next bot starts. */
  settled(): Promise<void>;
  /** At the nth call from now on the process is gone. */
  killAt(call: number): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** The next instant at which a beat could do anything. This alone is read from the bot's own tables. */
  nextDue(): Date;
  close(): Promise<void>;
};

export async function openTown({
  at,
  seed,
  seeds,
  facilitators,
  changed,
  onCall,
}: TownOptions): Promise<Town> {
  const clock = new ManualClock(at);
  const dir = mkdtempSync(join(tmpdir(), 'chatr-simulation-'));
  const read = shippedContent();
  // Each start would index the whole catalogue, which nobody looks for here.
  const { all, shown } = read.catalogue;
  const catalogue = { ...read.catalogue, all: all.slice(0, 5), shown: shown.slice(0, 5) };
  const content = { ...read, catalogue, ...changed };
  const faults: string[] = [];
  let bot: Bot | undefined;
  let dying: Promise<void> | undefined;
  let eye: Database.Database | undefined;
  let generation = 0;
  let kills = 0;
  let callsToLive = Number.POSITIVE_INFINITY;
  const fileOf = (number: number) => join(dir, `${number}.db`);
  const keysOf = (number: number) => join(dir, `${number}.keys`);

  const workspace = await createPracticeWorkspace({
    manifest,
    clock,
    seed,
    seeds,
    // Slack's own limits would only end a run on a busy machine.
    ackMs: 30_000,
    triggerMs: 30_000,
    appIdle: async () => (dying ? undefined : bot?.settled()),
    onCall(call) {
      if (dying) return;
      onCall(call);
      callsToLive -= 1;
      if (callsToLive <= 0 && bot) die(bot);
    },
  });

  function die(victim: Bot): void {
    callsToLive = Number.POSITIVE_INFINITY;
    kills += 1;
    for (const end of ['', '-wal'])
      if (existsSync(`${fileOf(generation)}${end}`))
        copyFileSync(`${fileOf(generation)}${end}`, `${fileOf(generation + 1)}${end}`);
    // After the database: no key that it needs may be missing.
    if (existsSync(keysOf(generation))) copyFileSync(keysOf(generation), keysOf(generation + 1));
    generation += 1;
    workspace.faults.clear();
    workspace.faults.setRates({ calls: { revoked: 1 } });
    dying = victim.stop();
  }

  async function start(): Promise<void> {
    const mine = generation;
    bot = await createBot({
      config: {
        botToken: workspace.botToken,
        connection: { kind: 'socket', appToken: workspace.appToken },
        slackApiUrl: workspace.apiUrl,
        databaseUrl: `file:${fileOf(mine)}`,
        // A kill leaves it as it is, for whoever comes next.
        keyFile: join(dir, 'chatr.keys'),
        forumChannel: undefined,
        facilitators: facilitators.map((name) => workspace.as(name).id),
        timeZone: 'Europe/London',
        contentDir: 'data',
        encryptionKey: Buffer.alloc(32, 9),
        port: 0,
        logLevel: 'warn',
      },
      log: createLog({
        level: 'warn',
        write: (line) => {
          // What a dying one says of itself is not heard.
          if (mine === generation && /A job failed|could not be served|failed for good/.test(line))
            faults.push(line);
        },
      }),
      clock,
      content,
      heartbeat: false,
    });
    await workspace.connected(1);
    await bot.settled();
    eye?.close();
    eye = new Database(fileOf(mine), { readonly: true });
  }

  async function buried(): Promise<void> {
    if (!dying) return;
    await dying;
    await workspace.settled();
    dying = undefined;
    workspace.faults.clear();
    for (const end of ['', '-wal', '-shm']) rmSync(`${fileOf(generation - 1)}${end}`, { force: true });
    await start();
  }

  const settled = async () => {
    await workspace.settled();
    await buried();
  };

  await start();
  return {
    workspace,
    clock,
    faults,
    kills: () => kills,
    isUp: () => bot !== undefined,
    generation: () => generation,
    async beat() {
      await bot?.beat();
      await settled();
    },
    settled,
    killAt: (call) => {
      callsToLive = call;
    },
    async stop() {
      callsToLive = Number.POSITIVE_INFINITY;
      await bot?.stop();
      bot = undefined;
    },
    start,
    nextDue() {
      const now = clock.now();
      const row = eye
        ?.prepare(
          `select min(at) as at from (
             select min(send_after) as at from outbox where status = 'queued'
             union all select min(next_at) from checkins where status = 'running'
             union all select min(closes_at) from checkin_rounds where status = 'open'
             union all select min(remind_at) from checkin_rounds where status = 'open'
             union all select min(journeys.next_at) from journeys join people on people.id = journeys.person_id
               where status = 'active' and away_at is null and deactivated_at is null
           )`,
        )
        .get() as { at: string | null };
      const attempt = eye
        ?.prepare(`select min(attempt_at) as at from outbox where status in ('sending', 'unclear')`)
        .get() as { at: string | null };
      const times = [
        later(now, minutes(longestRestMinutes)).getTime(),
        ...(row.at ? [Date.parse(row.at)] : []),
        ...(attempt.at ? [Date.parse(attempt.at) + unclearMs] : []),
      ];
      return new Date(Math.max(Math.min(...times), later(now, minutes(1)).getTime()));
    },
    async close() {
      eye?.close();
      await dying;
      if (!dying) await bot?.stop();
      await workspace.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

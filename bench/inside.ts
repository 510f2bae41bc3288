import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/**
 * The bot of the checkout in which this is started, without its own heartbeat, for what only shows from inside: how long a
 * beat takes, and how many queries are asked. Spoken to by messages between the processes. With BENCH_FORWARD_MS it has its
 * heartbeat, and its clock is so far ahead.
 */
export type Question = { ask: 'beats'; times: number } | { ask: 'queries' };
/** How many there have been since the start, what was asked for just now included. */
export type Reply = { queries: number };

const from = (path: string) => import(pathToFileURL(resolve(path)).href);
const { createBot }: typeof import('../src/app.ts') = await from('src/app.ts');
const { readConfig, environment }: typeof import('../src/config.ts') = await from('src/config.ts');
const { createLog }: typeof import('../src/lib/log.ts') = await from('src/lib/log.ts');

const queries = countQueries();
const config = readConfig(environment());
const log = createLog({ level: config.logLevel, readable: false });
const forward = Number(process.env.BENCH_FORWARD_MS ?? 0);
const { ShiftedClock }: typeof import('../src/lib/clock.ts') = await from('src/lib/clock.ts');
const clock = new ShiftedClock();
clock.forward(forward / 60_000);
const bot = await createBot({ config, log, clock, heartbeat: forward > 0 });
await bot.settled();
// As `npm start` does.
setFlagsFromString('--no-turbofan');

async function answer(question: Question): Promise<void> {
  if (question.ask === 'beats') for (let beat = 0; beat < question.times; beat += 1) await bot.beat();
  const reply: Reply = { queries: queries() };
  process.send?.(reply);
}

process.on('message', (question: Question) => void answer(question));
process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
process.send?.('ready');

/** Counts what SQLite is asked; the beginning and end of a transaction are no questions. */
function countQueries(): () => number {
  const Database: typeof import('better-sqlite3') = createRequire(resolve('package.json'))('better-sqlite3');
  let count = 0;
  const scratch = new Database(':memory:');
  const statement = Object.getPrototypeOf(scratch.prepare('select 1'));
  for (const method of ['run', 'get', 'all', 'iterate']) {
    const original = statement[method];
    statement[method] = function (this: { source: string }, ...values: unknown[]) {
      if (!/^\s*(begin|commit|rollback)\b/i.test(this.source)) count += 1;
      return original.apply(this, values);
    };
  }
  scratch.close();
  return () => count;
}

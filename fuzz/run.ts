import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPracticeWorkspace } from 'practice-workspace';
import { parse } from 'yaml';
import { type Bot, createBot } from '../src/app.ts';
import { loadContent } from '../src/features/content.ts';
import { ManualClock } from '../src/lib/clock.ts';
import { createLog } from '../src/lib/log.ts';
import { attack, type Outcome, type Target } from './attack.ts';
import type { Payload } from './mutate.ts';

const usage = `npm run fuzz -- [--payloads=20000] [--seed=1]

Sends payloads that Slack never would to the real bot, half of them over a socket and half over HTTP, as trainees who also
send what facilitators and others sent: each must be acknowledged, none may end the program, be left unhandled, or read or change anything of another person. Every 40 meet
the community as it was at first. The same seed sends the same payloads. Ends with status 1 if one did.
`;

const { values } = parseArgs({
  options: {
    payloads: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function givenTarget(httpPort?: number): Promise<Target & { stop(): Promise<void> }> {
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const dir = mkdtempSync(join(tmpdir(), 'chatr-fuzz-'));
  const database = join(dir, 'chatr.db');
  const log: string[] = [];
  const seen: Payload[] = [];
  let bot: Bot | undefined;
  const manifest = parse(readFileSync('manifest.yml', 'utf8'));
  const workspace = await createPracticeWorkspace({
    manifest: {
      ...manifest,
      settings: { ...manifest.settings, socket_mode_enabled: httpPort === undefined },
    },
    ...(httpPort !== undefined && { requestUrl: `http://127.0.0.1:${httpPort}/slack/events` }),
    clock,
    appIdle: async () => bot?.settled(),
    onDelivery: (type, body) => void seen.push({ type, body }),
  });
  bot = await createBot({
    config: {
      botToken: workspace.botToken,
      connection:
        httpPort === undefined
          ? { kind: 'socket', appToken: workspace.appToken }
          : { kind: 'http', signingSecret: workspace.signingSecret },
      slackApiUrl: workspace.apiUrl,
      databaseUrl: `file:${database}`,
      facilitators: [workspace.as('jo').id],
      forumChannel: workspace.channelId('chatr-forum'),
      timeZone: 'Europe/London',
      contentDir: 'data',
      encryptionKey: Buffer.alloc(32, 9),
      port: httpPort ?? 0,
      logLevel: 'warn',
    },
    log: createLog({ level: 'warn', write: (line) => log.push(line) }),
    clock,
    content: loadContent('data'),
    heartbeat: false,
  });
  await bot.settled();
  const running = bot;
  return {
    workspace,
    seen,
    database,
    log,
    settled: () => workspace.settled(),
    async beat() {
      await running.beat();
      await workspace.settled();
    },
    async forward(minutes, stepMinutes = 30) {
      for (let left = minutes; left > 0; left -= stepMinutes) {
        clock.forward(Math.min(left, stepMinutes));
        await running.beat();
        await workspace.settled();
      }
    },
    async stop() {
      await running.stop();
      await workspace.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function tell(how: string, outcome: Outcome): boolean {
  const { payloads, slowest, late, isAlive, ...found } = outcome;
  const wrong = Object.entries(found).filter(([, list]) => list.length > 0);
  say(
    `${how}: ${payloads} payloads, the slowest acknowledged after ${Math.round(slowest)} ms${late > 0 ? `; ${late} too late, and in time when sent again` : ''}.`,
  );
  for (const [what, list] of wrong) {
    say(`  ${what}: ${list.length}`);
    for (const one of list.slice(0, 5)) say(`    ${one.slice(0, 1_000)}`);
  }
  if (!isAlive) say('  It does not answer any more.');
  return wrong.length === 0 && isAlive;
}

/** So many at most are sent to one community, made anew for them. */
const atMost = 2_500;

async function run(): Promise<boolean> {
  const all = Number(values.payloads);
  const parts = 2 * Math.ceil(all / 2 / atMost);
  let isWell = true;
  for (let part = 0; part < parts; part += 1) {
    const overHttp = part % 2 === 1;
    const target = await givenTarget(overHttp ? await freePort() : undefined);
    const outcome = await attack(target, {
      payloads: Math.ceil(all / parts),
      seed: Number(values.seed) * 1_000 + part,
      attackers: ['robin', 'toni'],
      victims: ['sam', 'jo'],
    });
    isWell = tell(overHttp ? 'Over HTTP' : 'Over a socket', outcome) && isWell;
    await target.stop();
  }
  return isWell;
}

if (values.help) say(usage);
else process.exitCode = (await run()) ? 0 : 1;

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPracticeWorkspace, type PracticeWorkspace } from 'practice-workspace';
import { parse } from 'yaml';

/**
 * Two ratios, each measured in one run against a bare Bolt app that only acknowledges (bench/bare.ts): slash command to
 * visible answer for `/chatr find` with 50 in flight, and start-up to ready; resident memory beside them. The two bots
 * take turns in rounds, so that a noisy machine slows both. Ratios only: milliseconds of another machine mean nothing.
 */
const inFlight = 50;
const rounds = 6;
const commandsARound = 300;
const starts = 7;

const questions = [
  'find birth trauma',
  'find DVA',
  'find infant mental health for dads',
  'find attachmnet',
  'find trauma-informed school behaviour',
  'find looking after myself',
  'find PIMH',
  'find adultification',
];

type Kind = 'bare' | 'same-answer' | 'companion';
const kinds = ['bare', 'same-answer', 'companion'] as const;
type Running = { process: ChildProcess; readyMs: number; workspace: PracticeWorkspace };

/** One database for all starts: an installed bot has its tables. */
const databases = mkdtempSync(join(tmpdir(), 'chatr-bench-'));

async function start(kind: Kind, answer?: string): Promise<Running> {
  const workspace = await createPracticeWorkspace({ manifest: parse(readFileSync('manifest.yml', 'utf8')) });
  const args = kind === 'companion' ? ['src/entry.js', 'start'] : ['bench/bare.ts'];
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: 'var/.cache',
      SLACK_API_URL: workspace.apiUrl,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      CHATR_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
      DATABASE_URL: `file:${join(databases, 'chatr.db')}`,
      PORT: '0',
      ...(answer && { BARE_ANSWER: answer }),
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (/ready/i.test(chunk.toString())) resolve();
    });
    child.once('exit', (code) =>
      reject(new Error(`The ${kind} app ended with ${code} before it was ready.`)),
    );
  });
  return { process: child, readyMs: performance.now() - began, workspace };
}

async function stop({ process: child, workspace }: Running): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.removeAllListeners('exit');
  child.once('exit', () => {});
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await Promise.race([gone, new Promise((resolve) => child.once('exit', resolve))]);
  clearTimeout(killer);
  await workspace.stop();
}

/** Milliseconds from each command to its visible answer, `inFlight` at a time. */
async function ask({ workspace }: Running, count: number): Promise<number[]> {
  const channel = workspace.channelId('chatr-forum');
  const times: number[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) {
      const text = `/chatr ${questions[next % questions.length]}`;
      next += 1;
      const began = performance.now();
      const result = await workspace.act('robin', { do: 'command', text, channel });
      if (!result.ok) throw new Error(result.error);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return times;
}

const quantile = (numbers: number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ??
  Number.NaN;

const residentMb = (child: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const line = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const startTimes: Record<'bare' | 'companion', number[]> = { bare: [], companion: [] };
for (let round = 0; round < starts; round += 1)
  for (const kind of ['bare', 'companion'] as const) {
    const running = await start(kind);
    // The first start of each fills the compile cache, as an installed bot's has.
    if (round > 0) startTimes[kind].push(running.readyMs);
    await stop(running);
  }

const companion = await start('companion');
const idle = residentMb(companion.process);
await companion.workspace.act('robin', {
  do: 'command',
  text: '/chatr find birth trauma',
  channel: companion.workspace.channelId('chatr-forum'),
});
const shown = Object.values(companion.workspace.snapshot('robin').messages).flat().at(-1);
const answer = JSON.stringify({ text: shown?.text, blocks: shown?.blocks, response_type: 'ephemeral' });
const bare = await start('bare');
const idleBare = residentMb(bare.process);
const apps = { bare, 'same-answer': await start('same-answer', answer), companion };
const answers: Record<Kind, number[]> = { bare: [], 'same-answer': [], companion: [] };
for (const kind of kinds) await ask(apps[kind], commandsARound);
for (let round = 0; round < rounds; round += 1)
  for (const kind of kinds) answers[kind].push(...(await ask(apps[kind], commandsARound)));
const after = { bare: residentMb(bare.process), companion: residentMb(companion.process) };
for (const kind of kinds) await stop(apps[kind]);

const ratio = (share: number, to: Kind): string =>
  (quantile(answers.companion, share) / quantile(answers[to], share)).toFixed(2);
const asked = answers.companion.length + commandsARound;
line(`/chatr find to visible answer, ${inFlight} in flight, ${answers.companion.length} commands each:`);
line('                 × bare with a short text   × bare with the same answer');
line(`  median         ${ratio(0.5, 'bare').padEnd(26)} ${ratio(0.5, 'same-answer')}   (aim: 1.3)`);
line(`  p99            ${ratio(0.99, 'bare').padEnd(26)} ${ratio(0.99, 'same-answer')}   (aim: 1.5)`);
const startRatio = quantile(startTimes.companion, 0.5) / quantile(startTimes.bare, 0.5);
line(`start-up to ready, median of ${starts - 1}: ${startRatio.toFixed(2)} × bare   (aim: 2)`);
line(`resident memory, idle: ${idle.toFixed(0)} MB (bare ${idleBare.toFixed(0)} MB)`);
line(
  `resident memory after ${asked} commands: ${after.companion.toFixed(0)} MB (bare ${after.bare.toFixed(0)} MB)`,
);
process.exit(0);

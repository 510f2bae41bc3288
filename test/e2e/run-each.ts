/**
 * A program of its own that stands for many: the commands it is sent run in it one after the other, so that all that the
 * bot consists of is read once. Where one should be stopped, it is by a signal.
 */

import { main } from '../../src/main.ts';

export type Asked = {
  command: string;
  settings: Record<string, string>;
  /** The folder it is started in. */
  cwd: string;
  /** What it says when it is to be stopped. Left out: it ends by itself. */
  until: string | undefined;
};

export type Heard = { kind: 'said' } | { kind: 'ended'; status: number; output: string };

const tell = (heard: Heard) => process.send?.(heard);
const around = { ...process.env };
let output = '';
let until: string | undefined;

for (const stream of [process.stdout, process.stderr])
  stream.write = (chunk: string | Uint8Array) => {
    output += chunk;
    if (until !== undefined && output.includes(until)) {
      until = undefined;
      tell({ kind: 'said' });
    }
    return true;
  };

// A command that is over ends the process a moment later, whatever is left; here it goes on until nobody asks any more.
const end = process.exit.bind(process);
process.exit = (() => {}) as typeof process.exit;
process.once('disconnect', () => end(0));

// What it left for later would speak while another one runs.
const { setTimeout: begin } = globalThis;
const timers = new Set<NodeJS.Timeout>();
globalThis.setTimeout = Object.assign((...args: Parameters<typeof begin>) => {
  const timer = begin(...args);
  timers.add(timer);
  return timer;
}, begin);

async function run(asked: Asked): Promise<void> {
  output = '';
  until = asked.until;
  process.exitCode = undefined;
  process.env = { ...around, ...asked.settings };
  process.chdir(asked.cwd);
  await main(asked.command.split(' '), 'var/.cache');
  for (const signal of ['SIGTERM', 'SIGINT', 'unhandledRejection']) process.removeAllListeners(signal);
  for (const timer of timers) clearTimeout(timer);
  timers.clear();
  tell({ kind: 'ended', status: Number(process.exitCode ?? 0), output });
  process.exitCode = 0;
}

process.on('message', (asked: Asked) => void run(asked));

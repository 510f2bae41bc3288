import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Runs a program by way of scripts/run.js, as `npm start` does, and calls `onOutput` with all that it has said so far. */
function run(
  program: string,
  { options = [], args = [], onOutput }: { options?: string[]; args?: string[]; onOutput?: Listener } = {},
): Promise<{ status: number | null; output: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-run-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'program.mjs');
  writeFileSync(file, program);
  return new Promise((done) => {
    const child = spawn(process.execPath, ['scripts/run.js', ...options, file, ...args]);
    let output = '';
    const read = (data: Buffer): void => {
      output += data.toString();
      onOutput?.(output, (signal) => child.kill(signal));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (status) => done({ status, output }));
  });
}

type Listener = (output: string, kill: (signal: NodeJS.Signals) => void) => void;

const withOptions = { options: ['--max-semi-space-size=4'] };
const sayHow =
  'console.log(JSON.stringify([process.execArgv, process.argv.slice(2)])); process.exitCode = 3;';
const untilTold = `process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('here');`;

test.each([
  ['without options', {}, []],
  ['with options of Node', withOptions, ['--max-semi-space-size=4']],
])('a program %s gets its arguments, and its end is told', async (_how, options, heard) => {
  const { status, output } = await run(sayHow, { ...options, args: ['start', '--fast'] });
  expect(JSON.parse(output)).toEqual([heard, ['start', '--fast']]);
  expect(status).toBe(3);
});

test('a program with options of Node is one that keeps no memory for each thread apart', async () => {
  const { output } = await run('console.log(process.env.MALLOC_ARENA_MAX)', withOptions);
  expect(output.trim()).toBe('1');
});

test.each([
  ['without options', {}],
  ['with options of Node', withOptions],
])('a program %s is stopped by a signal in its own way', async (_how, options) => {
  const { status } = await run(untilTold, {
    ...options,
    onOutput: (output, kill) => output.includes('here') && kill('SIGTERM'),
  });
  expect(status).toBe(7);
});

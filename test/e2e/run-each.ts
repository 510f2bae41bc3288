/** A program of its own: commands that end by themselves, one after the other, and what became of each. */

import { main } from '../../src/main.ts';

const commands: [command: string, settings: Record<string, string>][] = JSON.parse(process.argv[2] ?? '[]');
const around = { ...process.env };
let output = '';
const write = process.stdout.write.bind(process.stdout);
for (const stream of [process.stdout, process.stderr])
  stream.write = (chunk: string | Uint8Array) => {
    output += chunk;
    return true;
  };
// A start that failed ends the process a moment later, whatever is left; here it goes on.
process.exit = (() => {}) as typeof process.exit;
const runs = [];
for (const [command, settings] of commands) {
  output = '';
  process.exitCode = undefined;
  process.env = { ...around, ...settings };
  await main(command.split(' '), 'var/.cache');
  runs.push({ status: process.exitCode ?? 0, output });
}
process.exitCode = 0;
write(JSON.stringify(runs));

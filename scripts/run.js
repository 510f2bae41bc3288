// Runs a program with the Node that package.json pins, whatever Node started this file:
// `node scripts/run.js [options of Node …] <file> …`.
// Plain JavaScript that an old Node can read. npm 10 links no `node` of the platform packages, so scripts go through here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const wanted = 26;
const given = process.argv.slice(2);
const at = given.findIndex((one) => !one.startsWith('-'));
const options = given.slice(0, at);
const [file, ...args] = given.slice(at);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const system = process.platform === 'win32' ? 'win' : process.platform;
const program = process.platform === 'win32' ? 'node.exe' : 'node';
const pinned = [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]
  .map((name) => resolve(root, 'node_modules', name, 'bin', program))
  .find((path) => existsSync(path));

// The C library keeps memory for each thread apart, and gives little of it back; it reads this only when a program starts.
const sparing = { MALLOC_ARENA_MAX: '1', ...process.env };

if (Number(process.versions.node.split('.')[0]) >= wanted) {
  if (options.length === 0) {
    process.argv.splice(1, 2, resolve(root, file));
    await import(pathToFileURL(resolve(root, file)).href);
  } else {
    // Some options are heard only when Node starts.
    const all = [...process.execArgv, ...options, resolve(root, file), ...args];
    // In place of this process where the system can, so that nothing stands between the program and its signals.
    if (process.platform === 'win32') start(process.execPath, all, process.env);
    else process.execve(process.execPath, [process.argv0, ...all], sparing);
  }
} else if (pinned) {
  const path = `${dirname(pinned)}${delimiter}${process.env.PATH ?? ''}`;
  start(pinned, [...options, resolve(root, file), ...args], { ...sparing, PATH: path });
} else {
  process.stderr.write(
    `ChATR Companion needs Node ${wanted} and was started with Node ${process.versions.node}. ` +
      'Run "npm ci" first: it brings the right one for most machines. Otherwise install it from nodejs.org.\n',
  );
  process.exit(2);
}

/** As a child that gets our signals and whose end is ours. */
function start(node, all, env) {
  const child = spawn(node, all, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

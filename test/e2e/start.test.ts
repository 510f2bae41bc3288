import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { createPracticeWorkspace } from 'practice-workspace';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

type Run = { status: number | null; output: string };
type Settings = Record<string, string>;

/**
 * Only root may disregard file permissions, so it gives that up: as another account it could not read a clone that is
 * its own alone, such as one under /root.
 */
const obedient = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-start-'));
  chmodSync(dir, 0o777);
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** One for all, so that only the first start has to read everything anew. */
const home = mkdtempSync(join(tmpdir(), 'chatr-home-'));
chmodSync(home, 0o777);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs a command of the bot as an operator does, in an empty folder, until it ends or says `until`. */
function run(
  command: string,
  settings: Settings = {},
  { until, obeys = false }: { until?: string; obeys?: boolean } = {},
): Promise<Run> {
  return new Promise((done) => {
    const program = [process.execPath, resolve('src/entry.js'), command];
    const [first = '', ...args]: string[] = obeys ? [...obedient, ...program] : program;
    const child = spawn(first, args, { cwd: home, env: { PATH: process.env.PATH, ...settings } });
    let output = '';
    const read = (data: Buffer): void => {
      output += data.toString();
      if (until !== undefined && output.includes(until)) child.kill('SIGTERM');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (status) => done({ status, output }));
  });
}

const complete: Settings = {
  SLACK_BOT_TOKEN: 'xoxb-none',
  SLACK_APP_TOKEN: 'xapp-none',
  SLACK_API_URL: 'http://127.0.0.1:1/api/',
  CHATR_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
  CHATR_CONTENT_DIR: resolve('data'),
  PORT: '0',
};

test('an operator without settings hears what is missing, where Slack shows it, and of the demo', async () => {
  const { status, output } = await run('start');
  expect(status).toBe(2);
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'CHATR_ENCRYPTION_KEY', 'npm run demo'])
    expect(output).toContain(name);
  expect(output).not.toMatch(/\n\s+at /);
});

test('a file that is no database, a folder that cannot be written, a path that cannot be: one clear sentence each', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'letter.db'), 'Dear database, '.repeat(500));
  mkdirSync(join(dir, 'locked'));
  new Database(join(dir, 'locked', 'chatr.db')).exec('create table x (a)').close();
  chmodSync(join(dir, 'locked', 'chatr.db'), 0o444);
  chmodSync(join(dir, 'locked'), 0o555);
  writeFileSync(join(dir, 'file'), '');
  const start = (path: string) =>
    run('start', { ...complete, DATABASE_URL: `file:${path}` }, { obeys: true });
  const [letter, locked, beneathFile] = await Promise.all([
    start(join(dir, 'letter.db')),
    start(join(dir, 'locked', 'chatr.db')),
    start(join(dir, 'file', 'chatr.db')),
  ]);
  expect(letter).toMatchObject({ status: 1, output: expect.stringContaining('is not a readable database') });
  expect(locked).toMatchObject({ status: 1, output: expect.stringContaining('cannot be written') });
  expect(beneathFile).toMatchObject({ status: 1, output: expect.stringContaining('cannot be opened') });
  for (const { output } of [letter, locked, beneathFile]) {
    expect(output.trim().split('\n'), output).toHaveLength(1);
    expect(output).not.toContain('ERR_');
  }
  expect(readFileSync(join(dir, 'letter.db'), 'utf8'), 'nothing in it was changed').toBe(
    'Dear database, '.repeat(500),
  );
});

test('a database written by a newer version is left alone', async () => {
  const dir = folder();
  const workspace = await createPracticeWorkspace({ manifest: parse(readFileSync('manifest.yml', 'utf8')) });
  onTestFinished(() => workspace.stop());
  const settings = {
    ...complete,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    DATABASE_URL: `file:${join(dir, 'chatr.db')}`,
  };
  const first = await run('start', settings, { until: 'is ready' });
  expect(first.output).toContain('ChATR Companion is ready');
  const db = new Database(join(dir, 'chatr.db'));
  db.exec("insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')");
  db.close();
  const { status, output } = await run('start', settings);
  expect(status).toBe(1);
  expect(output).toMatch(/newer/);
  expect(output).not.toMatch(/\n\s+at /);

  const occupied = createServer();
  await new Promise<void>((ready) => occupied.listen(0, ready));
  onTestFinished(() => void occupied.close());
  const port = String((occupied.address() as AddressInfo).port);
  const other = await run('start', {
    ...settings,
    DATABASE_URL: `file:${join(dir, 'other.db')}`,
    PORT: port,
  });
  expect(other.status).toBe(1);
  expect(other.output).toContain('The port is in use. Set PORT');
});

test('a token that Slack refuses is said in words', async () => {
  const workspace = await createPracticeWorkspace({ manifest: parse(readFileSync('manifest.yml', 'utf8')) });
  onTestFinished(() => workspace.stop());
  const { status, output } = await run('start', { ...complete, SLACK_API_URL: workspace.apiUrl });
  expect(status).toBe(1);
  expect(output).toContain('Slack does not accept the token');
  expect(output).not.toContain('xoxb-none');
});

test('content in order is said so; broken YAML and ids used twice are listed as file:line with what to do', async () => {
  const data = join(folder(), 'data');
  cpSync('data', data, { recursive: true });
  const good = await run('check-content', { CHATR_CONTENT_DIR: data });
  expect(good).toMatchObject({ status: 0, output: expect.stringContaining('is in order') });

  const checkins = readFileSync('data/checkins.yaml', 'utf8');
  const again = checkins.indexOf('  - id: weekly-pulse');
  const end = checkins.indexOf('  - id: post-session');
  writeFileSync(
    join(data, 'checkins.yaml'),
    `${checkins.trimEnd()}\n${checkins.slice(again, end).replaceAll('&a1', '&again').replaceAll('*a1', '*again')}`,
  );
  const topics = readFileSync('data/topics.yaml', 'utf8');
  writeFileSync(join(data, 'topics.yaml'), `${topics}\nbroken: [unclosed\n  "quote\n`);
  const glossary = readFileSync('data/glossary.yaml', 'utf8');
  writeFileSync(join(data, 'glossary.yaml'), `${glossary}\nunknown_thing: 1\n`);
  const bad = await run('check-content', { CHATR_CONTENT_DIR: data });
  expect(bad.status).toBe(1);
  expect(bad.output).toMatch(/checkins\.yaml:\d+.*"weekly-pulse" is used twice/);
  expect(bad.output).toMatch(/topics\.yaml:\d+/);
  expect(bad.output).toMatch(/glossary\.yaml:\d+.*unknown_thing/);
  expect(bad.output).not.toMatch(/\n\s+at /);
  const started = await run('start', { ...complete, CHATR_CONTENT_DIR: data });
  expect(started).toMatchObject({ status: 1, output: expect.stringContaining('Nothing was started') });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { createPracticeWorkspace } from 'practice-workspace';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';
import { drawnKey } from '../support/drawn-key.ts';
import { filledInFolder } from '../support/filled-in.ts';
import { compiledCode } from '../support/quick-folder.ts';
import { freePort } from '../support/raw-socket.ts';
import type { Asked, Heard } from './run-each.ts';

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

/** Whoever is not root can else not take it away. */
const openAgain = (dir: string) => onTestFinished(() => chmodSync(dir, 0o755));

/** One for all, so that only the first start has to read everything anew. */
const home = mkdtempSync(join(tmpdir(), 'chatr-home-'));
chmodSync(home, 0o777);
afterAll(() => rmSync(home, { recursive: true, force: true }));

type RunOptions = {
  /** Stops it as soon as it has said this. */
  until?: string;
  /** What is done then, before it is stopped. */
  use?: () => Promise<unknown>;
  /** The folder it is started in. */
  cwd?: string;
};

/** Runs a command of the bot as an operator does, in an empty folder, in a process of its own, until it ends. */
function runBeside(command: string, settings: Settings = {}): Promise<Run> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve('src/entry.js'), ...command.split(' ')], {
      cwd: home,
      env: { PATH: process.env.PATH, ...compiledCode(), ...settings },
    });
    let output = '';
    const read = (data: Buffer): void => {
      output += data.toString();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (status) => done({ status, output }));
  });
}

let operator: ChildProcess | undefined;
afterAll(async () => {
  if (!operator?.connected) return;
  const ended = once(operator, 'exit');
  operator.disconnect();
  await ended;
});

/** One process for all of a file's commands that run one after the other, which must heed the permissions of files. */
function givenOperator(): ChildProcess {
  const program = [process.execPath, join(import.meta.dirname, 'run-each.ts')];
  const [first = '', ...args]: string[] = [...obedient, ...program];
  operator ??= spawn(first, args, {
    cwd: home,
    env: { PATH: process.env.PATH, ...compiledCode() },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return operator;
}

/** The same beside no other, until it ends or says `until`. */
function run(
  command: string,
  settings: Settings = {},
  { until, use, cwd = home }: RunOptions = {},
): Promise<Run> {
  const child = givenOperator();
  const asked: Asked = { command, settings, cwd, until };
  return new Promise((done, fail) => {
    const gone = () => fail(new Error(`It ended during "${command}".`));
    const hear = (heard: Heard): void => {
      if (heard.kind === 'said')
        Promise.resolve(use?.())
          .catch(fail)
          .finally(() => child.kill('SIGTERM'));
      else {
        child.off('message', hear).off('exit', gone);
        done(heard);
      }
    };
    child.on('message', hear).on('exit', gone);
    child.send(asked);
  });
}

type Command = readonly [command: string, settings: Settings];

async function runEach(commands: readonly Command[]): Promise<Run[]> {
  const runs: Run[] = [];
  for (const [command, settings] of commands) runs.push(await run(command, settings));
  return runs;
}

const complete: Settings = {
  SLACK_BOT_TOKEN: 'xoxb-none',
  SLACK_APP_TOKEN: 'xapp-none',
  SLACK_API_URL: 'http://127.0.0.1:1/api/',
  CHATR_ENCRYPTION_KEY: drawnKey().toString('base64'),
  CHATR_CONTENT_DIR: filledInFolder(),
  PORT: '0',
};

test('an operator without settings hears what is missing, where Slack shows it, and of the demo', async () => {
  const { status, output } = await runBeside('start');
  expect(status).toBe(2);
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'CHATR_ENCRYPTION_KEY', 'npm run demo'])
    expect(output).toContain(name);
  expect(output).not.toMatch(/\n\s+at /);
});

test('whoever asks a command for help gets the list of all, and nothing is done', async () => {
  const dir = folder();
  const lines = ['start', 'demo', 'backup', 'restore', 'person', 'content', 'check-content', 'export-portal'];
  const settings = { ...complete, DATABASE_URL: `file:${join(dir, 'chatr.db')}` };
  const [help, wrong, ...runs] = await runEach([
    ['help', {}],
    ['demonstrate', {}],
    ...lines.map((line): Command => [`${line} --help`, settings]),
    ['doctor -h', settings],
  ]);
  expect(help).toMatchObject({ status: 0, output: expect.stringContaining('npm run demo') });
  expect(wrong).toMatchObject({ status: 2, output: expect.stringContaining('"demonstrate" is not known') });
  expect(runs).toEqual(Array.from({ length: lines.length + 1 }, () => help));
  expect(readdirSync(dir)).toEqual([]);
});

test('a port for the demo that is none is refused before anything is lived', async () => {
  const [tooFar, none] = await runEach([
    ['demo --port 99999', {}],
    ['demo --port', {}],
  ]);
  expect(tooFar).toMatchObject({ status: 2, output: expect.stringContaining('must be a port number') });
  expect(none).toMatchObject({ status: 2, output: expect.stringContaining('npm run demo -- --port 4501') });
});

test('nobody is greeted while the privacy notice has blanks: each sentence is named, and no database is begun', async () => {
  const dir = folder();
  const settings = {
    ...complete,
    CHATR_CONTENT_DIR: resolve('data'),
    DATABASE_URL: `file:${join(dir, 'chatr.db')}`,
  };
  const [{ status, output } = { status: 0, output: '' }] = await runEach([['start', settings]]);
  expect(status).toBe(2);
  expect(output).toContain('/data/onboarding.yaml, under privacy_notice:');
  expect(output).toContain('• Who is responsible: The programme team will tell you who the controller is');
  expect(output).toContain(
    '• Where, and for how long: The programme team will tell you how long the rest is kept.',
  );
  expect(output).toContain('npm run demo');
  expect(output.match(/•/g)).toHaveLength(4);
  expect(output).not.toMatch(/\n\s+at /);
  expect(existsSync(join(dir, 'chatr.db'))).toBe(false);
});

test('a file that is no database, a folder that cannot be written, a path that cannot be: one clear sentence each', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'letter.db'), 'Dear database, '.repeat(500));
  mkdirSync(join(dir, 'locked'));
  new Database(join(dir, 'locked', 'chatr.db')).exec('create table x (a)').close();
  chmodSync(join(dir, 'locked', 'chatr.db'), 0o444);
  chmodSync(join(dir, 'locked'), 0o555);
  openAgain(join(dir, 'locked'));
  writeFileSync(join(dir, 'file'), '');
  const start = (path: string): Command => ['start', { ...complete, DATABASE_URL: `file:${path}` }];
  const runs = await runEach([
    start(join(dir, 'letter.db')),
    start(join(dir, 'locked', 'chatr.db')),
    start(join(dir, 'file', 'chatr.db')),
  ]);
  const [letter, locked, beneathFile] = runs;
  expect(letter).toMatchObject({ status: 1, output: expect.stringContaining('is not a readable database') });
  expect(locked).toMatchObject({ status: 1, output: expect.stringContaining('cannot be written') });
  expect(beneathFile).toMatchObject({ status: 1, output: expect.stringContaining('cannot be opened') });
  expect(runs).toHaveLength(3);
  for (const { output } of runs) {
    expect(output.trim().split('\n'), output).toHaveLength(1);
    expect(output).not.toContain('ERR_');
  }
  expect(readFileSync(join(dir, 'letter.db'), 'utf8'), 'nothing in it was changed').toBe(
    'Dear database, '.repeat(500),
  );
});

test('another program’s database, a device, links in a circle and a closed folder: one clear sentence, nothing changed', async () => {
  const dir = folder();
  const at = (name: string) => join(dir, name);
  const others = new Database(at('others.db'));
  others.exec("create table notes (words); insert into notes values ('milk')");
  others.close();
  const before = readFileSync(at('others.db'));
  symlinkSync(at('round'), at('about'));
  symlinkSync(at('about'), at('round'));
  mkdirSync(at('closed'), { mode: 0 });
  openAgain(at('closed'));
  writeFileSync(at('to-read.db'), '');
  chmodSync(at('to-read.db'), 0o444);
  writeFileSync(at('emptied.db'), '');
  const start = (path: string, command = 'start'): Command => [
    command,
    { ...complete, DATABASE_URL: `file:${path}` },
  ];
  const runs = await runEach([
    start(at('others.db')),
    start(at('others.db'), `backup ${at('copy.db')}`),
    start('/dev/null'),
    start(at('round')),
    start(at(`${'x'.repeat(300)}.db`)),
    start(at('closed/chatr.db')),
    start(at('to-read.db')),
    start(at('emptied.db')),
    start(at('another.db')),
  ]);
  const [started, backedUp, device, inCircle, tooLong, closed, toRead, emptied, another] =
    runs.map(sentenceOf);
  const belongs =
    /others\.db belongs to another program \(it has a table "notes"\)\. Nothing in it was changed/;
  expect(started).toMatch(belongs);
  expect(backedUp).toMatch(belongs);
  expect(readFileSync(at('others.db'))).toEqual(before);
  expect(device).toContain('/dev/null is no file that can be kept in');
  expect(inCircle).toContain('its links lead in a circle');
  expect(tooLong).toContain('its name is too long');
  expect(closed).toContain('cannot be written');
  expect(toRead).toContain('cannot be written');
  expect(statSync(at('to-read.db')).mode & 0o777).toBe(0o444);
  // One that was made empty beforehand is begun; here it fails for want of Slack, which leaves nothing to be missed.
  expect(emptied).toContain('Slack could not be reached');
  expect(another).toContain('Slack could not be reached');
});

/** A practice workspace, and the settings of a bot in it with a database and a key of its own. */
async function givenWorkspace() {
  const dir = folder();
  const workspace = await createPracticeWorkspace({ manifest: parse(readFileSync('manifest.yml', 'utf8')) });
  onTestFinished(() => workspace.stop());
  const settings: Settings = {
    ...complete,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    CHATR_ENCRYPTION_KEY: drawnKey().toString('base64'),
    DATABASE_URL: `file:${join(dir, 'chatr.db')}`,
  };
  const start = (changed: Settings = {}, { args = '', ...options }: RunOptions & { args?: string } = {}) =>
    run(`start${args}`, { ...settings, ...changed }, { until: 'is ready', ...options });
  return { dir, settings, file: join(dir, 'chatr.db'), start };
}

/** The one sentence an operator gets, and nothing for programmers. */
function sentenceOf(run: Run | undefined): string {
  if (!run) throw new Error('Nothing was run.');
  const { status, output } = run;
  expect(status, output).toBe(1);
  expect(output.trim().split('\n'), output).toHaveLength(1);
  expect(output).not.toMatch(/[{}]|\bat /);
  return output.trim();
}

test('a second bot, another key and an older version are refused, whatever the port, and change no byte', async () => {
  const { settings, file, start } = await givenWorkspace();
  let second: Run | undefined;
  const first = await start(
    {},
    {
      use: async () => {
        second = await runBeside('start', settings);
      },
    },
  );
  expect(first.status, first.output).toBe(0);
  expect(second && sentenceOf(second)).toMatch(
    /Only one bot may run on a database: stop the other one first/,
  );

  const before = readFileSync(file);
  const otherKey = { CHATR_ENCRYPTION_KEY: drawnKey().toString('base64') };
  expect(sentenceOf(await start(otherKey))).toMatch(/CHATR_ENCRYPTION_KEY is not the key of this database/);
  expect(readFileSync(file)).toEqual(before);

  const db = new Database(file);
  db.exec("insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')");
  db.close();
  const newer = readFileSync(file);
  expect(sentenceOf(await start())).toMatch(/written by a newer version/);
  expect(readFileSync(file)).toEqual(newer);
});

// Only Linux and Windows answer at the whole of 127.0.0.0/8.
test.skipIf(process.platform === 'darwin')(
  'health and numbers are for this machine alone, unless HOST says otherwise',
  async () => {
    const { start } = await givenWorkspace();
    const port = await freePort();
    // Another address of this machine, which whoever listens on all of them answers at.
    const answers = (host: string) =>
      fetch(`http://${host}:${port}/healthz`).then(
        ({ status }) => status,
        () => 'nobody',
      );
    const heard: unknown[] = [];
    const use = async () => void heard.push([await answers('127.0.0.1'), await answers('127.0.0.2')]);
    await start({ PORT: String(port) }, { use });
    await start({ PORT: String(port), HOST: '0.0.0.0' }, { use });
    expect(heard).toEqual([
      [200, 'nobody'],
      [200, 200],
    ]);
  },
);

test('a port in use and an address that is not this machine’s are told with their setting', async () => {
  const { settings } = await givenWorkspace();
  const occupied = createServer();
  await new Promise<void>((ready) => occupied.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void occupied.close());
  const port = String((occupied.address() as AddressInfo).port);
  const [inUse, elsewhere] = await runEach([
    ['start', { ...settings, PORT: port }],
    ['start', { ...settings, HOST: '192.0.2.1' }],
  ]);
  expect(sentenceOf(inUse)).toContain('The port is in use. Set PORT');
  expect(sentenceOf(elsewhere)).toContain('HOST is no address of this machine');
});

test('a database that was here and is gone is told before an empty one is begun, and how to go on', async () => {
  const { dir, file, settings, start } = await givenWorkspace();
  await start();
  truncateSync(file);
  const elsewhere = { DATABASE_URL: `file:${join(dir, 'other', 'chatr.db')}` };
  const [emptied, moved, misspelt] = await runEach([
    ['start', settings],
    ['start', { ...settings, ...elsewhere }],
    ['start --old', settings],
  ]);
  expect(sentenceOf(emptied)).toMatch(
    /chatr\.db had a community in it .* Now nothing is in it\. Nothing was started/,
  );
  expect(sentenceOf(moved)).toMatch(
    /Nothing is in the database .*other.* with this key, on .* its community was in /,
  );
  expect(existsSync(join(dir, 'other'))).toBe(false);

  expect(misspelt?.output).toContain('"--old" is not known here');
  expect((await start(elsewhere, { args: ' --new' })).status).toBe(0);
});

test('npm run restore brings a copy back, and the bot starts with it', async () => {
  const { dir, settings, file, start } = await givenWorkspace();
  await start();
  const copy = join(dir, 'copy.db');
  const backedUp = await run(`backup ${copy}`, settings);
  // Each to a place of its own, and both are named.
  expect(backedUp.output).toContain(`The database was copied to ${copy}.`);
  const keyCopy = join(dir, 'key-backups', 'chatr.keys');
  expect(backedUp.output).toContain(`The keys were copied to ${keyCopy}.`);
  expect(existsSync(keyCopy)).toBe(true);
  writeFileSync(file, 'Dear database');
  const [unreadable, restored, wordless] = await runEach([
    ['start', settings],
    [`restore ${copy}`, settings],
    ['restore', settings],
  ]);
  expect(sentenceOf(unreadable)).toContain('is not a readable database');
  expect(restored?.output).toMatch(
    /copy\.db is the database again\. What was there before is kept as .*replaced-.*: delete it once all is well/,
  );
  expect(restored?.status).toBe(0);
  expect(wordless?.output).toContain('Say which copy to bring back');
  expect((await start()).status).toBe(0);

  const keyFile = join(dir, 'chatr.keys');
  rmSync(keyFile);
  const [alone, keyless, whole] = await runEach([
    [`backup ${copy}`, settings],
    ['start', settings],
    [`restore ${copy} ${keyCopy}`, settings],
  ]);
  expect(alone?.output).toContain('chatr.keys is no readable key file. The keys were not copied.');
  expect(alone?.status).toBe(1);
  expect(sentenceOf(keyless)).toMatch(/The key file .*chatr\.keys is not there/);
  expect(whole?.output).toContain('is the key file again');
  expect((await start()).status).toBe(0);
});

test('npm run rotate-key wraps the keys anew, says what to do then, and may be run again', async () => {
  const { settings, start } = await givenWorkspace();
  const key = drawnKey().toString('base64');
  const rotating = { ...settings, CHATR_NEW_ENCRYPTION_KEY: key };
  let whileRunning: Run | undefined;
  const use = async () => {
    whileRunning = await runBeside('rotate-key', rotating);
  };
  await start({}, { use });
  expect(whileRunning?.output).toContain('stop the other one first');
  const [done, again] = await runEach([
    ['rotate-key', rotating],
    ['rotate-key', rotating],
  ]);
  expect(done?.output).toMatch(/is wrapped with the new master key now.*that of CHATR_ENCRYPTION_KEY/s);
  expect(done?.status).toBe(0);
  expect(again?.output).toContain('wrapped with the new master key already');
  expect((await start({ CHATR_ENCRYPTION_KEY: key })).status).toBe(0);
});

test('settings are read from .env in the encoding it is in, and mistakes in it are told by their names', async () => {
  const { dir: cwd, settings } = await givenWorkspace();
  mkdirSync(join(home, 'var'), { recursive: true });
  symlinkSync(join(home, 'var'), join(cwd, 'var'));
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const started = async (content: string | Buffer) => {
    writeFileSync(join(cwd, '.env'), content);
    return run('start', {}, { cwd, until: 'is ready' });
  };
  expect((await started(`\uFEFF${lines.join('\r\n')}`)).output).toContain('is ready');
  expect((await started(Buffer.from(`\uFEFF${lines.join('\n')}`, 'utf16le'))).output).toContain('is ready');

  const wrong = await started([...lines, 'CHATR_FORUM_CHANNEL=#chatr-forum'].join('\n'));
  expect(wrong.status).toBe(2);
  expect(wrong.output).toContain('CHATR_FORUM_CHANNEL must be a channel id such as C0123456789');

  const misspelt = await started(
    [...lines, 'CHATR_FORUM_CHANEL=C0123456789', 'DATABASE_URI=x', 'A: b'].join('\n'),
  );
  expect(misspelt.status).toBe(2);
  expect(misspelt.output).toContain(
    'CHATR_FORUM_CHANEL in .env is no setting. Did you mean CHATR_FORUM_CHANNEL?',
  );
  expect(misspelt.output).toContain('Did you mean DATABASE_URL?');
  expect(misspelt.output).toMatch(/\.env:\d+ is no setting: write it as NAME=value/);
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
  const whole = join(folder(), 'data');
  cpSync('data', whole, { recursive: true });

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
  const [good, bad, started] = await runEach([
    ['check-content', { CHATR_CONTENT_DIR: whole }],
    ['check-content', { CHATR_CONTENT_DIR: data }],
    ['start', { ...complete, CHATR_CONTENT_DIR: data }],
  ]);
  if (!bad) throw new Error('Nothing was run.');
  expect(good).toMatchObject({ status: 0, output: expect.stringContaining('is in order') });
  expect(bad.status).toBe(1);
  expect(bad.output).toMatch(/checkins\.yaml:\d+.*"weekly-pulse" is used twice/);
  expect(bad.output).toMatch(/topics\.yaml:\d+/);
  expect(bad.output).toMatch(/glossary\.yaml:\d+.*unknown_thing/);
  expect(bad.output).not.toMatch(/\n\s+at /);
  expect(started).toMatchObject({ status: 1, output: expect.stringContaining('Nothing was started') });
});

test('npm run content -- export writes a content folder that the loader takes, and says what is new in it', async () => {
  const dir = folder();
  const settings = { CHATR_CONTENT_DIR: resolve('data'), DATABASE_URL: `file:${join(dir, 'chatr.db')}` };
  const to = join(dir, 'out');
  expect(
    await runEach([
      ['content', settings],
      [`content export ${to}`, settings],
    ]),
  ).toMatchObject([{ status: 2 }, { status: 1 }]);
  expect(existsSync(to)).toBe(false);

  const store = await openStore(settings.DATABASE_URL);
  await migrate(store);
  await store.close();
  const nothing = await run(`content export ${to}`, settings);
  expect(nothing).toMatchObject({ status: 0, output: expect.stringContaining('changed nothing') });
  expect(readFileSync(join(to, 'resources.yaml'), 'utf8')).toBe(readFileSync('data/resources.yaml', 'utf8'));

  const raw = new Database(join(dir, 'chatr.db'));
  raw
    .prepare('insert into topic_phrases values (?, ?, ?, ?, ?)')
    .run('quokkanight', 'resilience', '{"say":"quokka at night"}', 'p1', '2026-03-03T10:00:00.000Z');
  raw.close();
  const [some, checked] = await runEach([
    [`content export ${to}`, settings],
    ['check-content', { CHATR_CONTENT_DIR: to }],
  ]);
  expect(some).toMatchObject({ status: 0, output: expect.stringContaining('topics.yaml') });
  expect(readFileSync(join(to, 'topics.yaml'), 'utf8')).toContain('- quokka at night');
  expect(checked).toMatchObject({ status: 0 });
});

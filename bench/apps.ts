import { type ChildProcess, fork, spawn } from 'node:child_process';
import { constants, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPracticeWorkspace, type PracticeOptions, type PracticeWorkspace } from 'practice-workspace';
import { parse } from 'yaml';
import { filledInFolder } from '../test/support/filled-in.ts';
import { agree } from '../test/support/stories.ts';
import { actors, encryptionKey, forum, type Size, workspaceOf } from './community.ts';
import type { Question, Reply } from './inside.ts';
import { comeToRest, kill } from './processes.ts';

/** One state of the project, in a folder of its own with its packages installed. */
export type Checkout = {
  name: string;
  root: string;
  /** A filled database of each size, to be copied. */
  databases: ReadonlyMap<Size, string>;
};

/** What is measured: the yardstick, or the bot of a checkout in a community of a size. */
export type Subject = { kind: 'bare' } | Bot;
export type Bot = { kind: 'bot'; checkout: Checkout; size: Size };

/** What the bare app answers: messages of the bot's own, by the text of the command, and a page of App Home; as JSON. */
export type Answers = { messages: string; home: string };

export type Running = {
  subject: Subject;
  pid: number;
  workspace: PracticeWorkspace;
  database: string;
  stop(): Promise<void>;
};

export type Started = Running & {
  /** From the start of the process until it said that it is ready. */
  readyMs: number;
};

/** The bot, asked from inside. */
export type Inside = Running & { ask(question: Question): Promise<Reply> };

const here = fileURLToPath(new URL('.', import.meta.url));
export const scratch = mkdtempSync(join(tmpdir(), 'chatr-bench-'));
const alive = new Set<number>();
let made = 0;

/** However a run ends, nothing of it stays. */
export function clearUp(): void {
  for (const pid of alive) kill(pid);
  rmSync(scratch, { recursive: true, force: true });
}

export const nameOf = (subject: Subject): string =>
  subject.kind === 'bare' ? 'the bare app' : `the bot in ${basename(subject.checkout.root)}`;

/** Starts one, on a workspace and a copy of the database of its own. */
export async function start(subject: Subject, answers?: Answers): Promise<Started> {
  const room = await prepare(subject);
  const { program, cwd, env } = programOf(subject, answers);
  const began = performance.now();
  const child = spawn(process.execPath, program, {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...room.env, ...env },
  });
  const app = keep(subject, room, child);
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (/ready/i.test(chunk.toString())) resolve();
    });
    child.once('exit', (code) =>
      reject(new Error(`${nameOf(subject)} ended with ${code} before it was ready.`)),
    );
  });
  return { ...app, readyMs: performance.now() - began };
}

export type InsideOptions = {
  workspace?: Partial<PracticeOptions>;
  /** So far ahead is its clock, with its own heartbeat. Left out: no heartbeat. */
  forwardMs?: number;
  /** Before it starts, on its database. */
  before?(file: string, workspace: PracticeWorkspace): void;
};

/** The same bot, asked from inside. */
export async function startInside(
  subject: Bot,
  { workspace: options = {}, forwardMs, before }: InsideOptions = {},
): Promise<Inside> {
  const room = await prepare(subject, options);
  before?.(room.database, room.workspace);
  const { root } = subject.checkout;
  const child = fork(join(here, 'inside.ts'), {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...room.env, ...(forwardMs !== undefined && { BENCH_FORWARD_MS: String(forwardMs) }) },
    execArgv: startWords(root).filter((word) => word.startsWith('--')),
  });
  const app = keep(subject, room, child);
  const heard = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${nameOf(subject)} ended with ${code}.`));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        resolve(message as T);
      });
    });
  await heard();
  return {
    ...app,
    async ask(question) {
      const reply = heard<Reply>();
      child.send(question);
      return reply;
    },
  };
}

/** The member reads the agreement and agrees, by the page and the window that everybody gets. */
export async function agreeAsMember({ subject, workspace, pid }: Running): Promise<void> {
  if (subject.kind === 'bare') return;
  const member = workspace.as(actors.member);
  await member.openHome();
  await agree(member);
  await comeToRest(pid);
}

type Room = { workspace: PracticeWorkspace; database: string; env: NodeJS.ProcessEnv };

async function prepare(subject: Subject, options: Partial<PracticeOptions> = {}): Promise<Room> {
  const root = subject.kind === 'bot' ? subject.checkout.root : '.';
  const workspace = await createPracticeWorkspace({
    manifest: parse(readFileSync(join(root, 'manifest.yml'), 'utf8')),
    seeds: workspaceOf(subject.kind === 'bot' ? subject.size : 1),
    // Slack's own limits would only end a run on a busy machine.
    ackMs: 30_000,
    triggerMs: 30_000,
    patienceMs: 60_000,
    ...options,
  });
  made += 1;
  const database = join(scratch, `${made}.db`);
  const filled = subject.kind === 'bot' ? subject.checkout.databases.get(subject.size) : undefined;
  for (const end of ['.db', '.keys']) {
    const from = filled?.replace(/\.db$/, end);
    // A checkout from before there were key files has none.
    if (from && existsSync(from))
      copyFileSync(from, database.replace(/\.db$/, end), constants.COPYFILE_FICLONE);
  }
  return {
    workspace,
    database,
    env: {
      PATH: process.env.PATH,
      SLACK_API_URL: workspace.apiUrl,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      CHATR_ENCRYPTION_KEY: encryptionKey.toString('base64'),
      // With blanks in its notice it would greet nobody.
      CHATR_CONTENT_DIR: filledInFolder(root),
      CHATR_FORUM_CHANNEL: forum,
      CHATR_FACILITATORS: actors.lead,
      // Whether links of the catalogue work has nothing to do with how many people there are.
      CHATR_LINK_CHECK: 'off',
      DATABASE_URL: `file:${database}`,
      PORT: '0',
    },
  };
}

function programOf(subject: Subject, answers: Answers | undefined) {
  if (subject.kind === 'bot')
    return { program: startWords(subject.checkout.root), cwd: subject.checkout.root, env: {} };
  return {
    program: [join(here, 'bare.ts')],
    cwd: '.',
    env: {
      // The bot keeps its compiled code between starts; so does the app it is compared with.
      NODE_COMPILE_CACHE: join(scratch, 'compiled'),
      ...(answers && { BARE_MESSAGES: answers.messages, BARE_HOME: answers.home }),
    },
  };
}

/** What `npm start` gives to Node in that checkout, its flags included. */
function startWords(root: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [node, ...words] = String(scripts.start).split(' ');
  if (node !== 'node') throw new Error(`The start script of ${root} does not begin with "node".`);
  return words;
}

function keep(subject: Subject, { workspace, database }: Room, child: ChildProcess): Running {
  const pid = child.pid ?? 0;
  alive.add(pid);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    subject,
    pid,
    workspace,
    database,
    async stop() {
      const tooLong = setTimeout(() => kill(pid), 10_000);
      child.kill('SIGTERM');
      await gone;
      clearTimeout(tooLong);
      alive.delete(pid);
      await workspace.stop();
      for (const file of ['', '-wal', '-shm']) rmSync(`${database}${file}`, { force: true });
    },
  };
}

import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createPracticeWorkspace, type PracticeWorkspace } from 'practice-workspace';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { drawnKey } from '../support/drawn-key.ts';
import { filledInFolder } from '../support/filled-in.ts';
import { compiledCode } from '../support/quick-folder.ts';

const asBefore = 'The content is as it was when it was last checked';
const anew = 'The content was read and checked';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-warm-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function givenWorkspace(): Promise<PracticeWorkspace> {
  const workspace = await createPracticeWorkspace({ manifest: parse(readFileSync('manifest.yml', 'utf8')) });
  onTestFinished(() => workspace.stop());
  return workspace;
}

type Start = {
  /** Where the operator stands; the cache is in its `var`. */
  cwd: string;
  workspace?: PracticeWorkspace;
  settings?: Record<string, string>;
  /** While it runs, as soon as it is ready; then it is stopped. */
  use?: () => Promise<void>;
};

/** One run of `start`, to its end. Without a workspace Slack does not answer, and it ends by itself. */
async function start({ cwd, workspace, settings, use }: Start) {
  const child = spawn(process.execPath, [resolve('src/entry.js'), 'start'], {
    cwd,
    env: {
      PATH: process.env.PATH,
      ...compiledCode(),
      SLACK_BOT_TOKEN: workspace?.botToken ?? 'xoxb-none',
      SLACK_APP_TOKEN: workspace?.appToken ?? 'xapp-none',
      SLACK_API_URL: workspace?.apiUrl ?? 'http://127.0.0.1:1/api/',
      CHATR_ENCRYPTION_KEY: drawnKey().toString('base64'),
      CHATR_CONTENT_DIR: filledInFolder(),
      DATABASE_URL: 'file::memory:',
      LOG_LEVEL: 'debug',
      PORT: '0',
      ...settings,
    },
  });
  let output = '';
  let isReady = false;
  let failure: unknown;
  const read = (data: Buffer): void => {
    output += data.toString();
    if (isReady || !output.includes('ChATR Companion is ready')) return;
    isReady = true;
    (use?.() ?? Promise.resolve())
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => child.kill('SIGTERM'));
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const status = await new Promise<number | null>((done) => void child.on('close', done));
  if (failure) throw failure;
  return { status, output, isReady };
}

test('a bot that finds its content checked answers as the one that checked it, from the first question on', async () => {
  const workspace = await givenWorkspace();
  const robin = workspace.as('robin');
  const cwd = folder();
  const lines = ['find birth trauma', 'find perinatel', 'browse', 'define ACE score', 'support', 'help'];
  const run = async () => {
    const answers: string[] = [];
    const { output, status } = await start({
      cwd,
      workspace,
      use: async () => {
        for (const line of lines) {
          await robin.command(`/chatr ${line}`);
          answers.push(robin.visibleText(await robin.next('ephemeral')));
        }
      },
    });
    expect(status).toBe(0);
    return { output, answers };
  };
  const cold = await run();
  const warm = await run();
  expect(cold.output).toContain(anew);
  expect(warm.output).toContain(asBefore);
  expect(cold.answers[0]).toContain('Make Birth Better');
  expect(warm.answers).toEqual(cold.answers);
});

test('where nothing can be kept the bot starts all the same', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'var'), 'a file where the folder should be');
  const workspace = await givenWorkspace();
  const { status, isReady, output } = await start({ cwd, workspace });
  expect({ status, isReady }, output).toEqual({ status: 0, isReady: true });
});

test('when the content is wrong and the token is refused as well, the content is told, once', async () => {
  const data = join(folder(), 'data');
  cpSync('data', data, { recursive: true });
  appendFileSync(join(data, 'topics.yaml'), '\nunknown_thing: 1\n');
  const workspace = await givenWorkspace();
  const settings = { CHATR_CONTENT_DIR: data, SLACK_BOT_TOKEN: 'xoxb-none', LOG_LEVEL: 'info' };
  const { status, output } = await start({ cwd: folder(), workspace, settings });
  expect(status).toBe(1);
  expect(output).toMatch(
    /^.*topics\.yaml:\d+.*unknown_thing.*\n\nOne thing in the content needs mending\. Nothing was started\.\n$/,
  );
});

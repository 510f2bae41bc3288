import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createPracticeWorkspace, defaultSeeds } from 'practice-workspace';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { givenCommunity } from '../support/community.ts';
import { givenConnectProxy } from '../support/connect-proxy.ts';
import { drawnKey } from '../support/drawn-key.ts';
import { filledInFolder } from '../support/filled-in.ts';
import { compiledCode } from '../support/quick-folder.ts';
import { agree, closeAll } from '../support/stories.ts';

/** `npm start` in a folder of its own with this `.env`, until it says it is ready or ends. */
async function start(settings: Record<string, string>, environment: Record<string, string> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-proxy-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(dir, '.env'), lines.join(''));
  const child = spawn(process.execPath, [resolve('src/entry.js'), 'start'], {
    cwd: dir,
    env: { PATH: process.env.PATH, ...compiledCode(), ...environment },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  return new Promise<{ output: string; isReady: boolean }>((done) => {
    const read = (data: Buffer): void => {
      output += data.toString();
      if (output.includes('is ready')) done({ output, isReady: true });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => done({ output, isReady: false }));
  });
}

test.each([
  ['.env', true],
  ['the environment, in lower case', false],
])('with three lines in %s, everything goes through the proxy', async (_where, inFile) => {
  const proxy = await givenConnectProxy();
  const workspace = await createPracticeWorkspace({
    manifest: parse(readFileSync('manifest.yml', 'utf8')),
    seeds: defaultSeeds,
  });
  onTestFinished(() => workspace.stop());
  const settings = {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    // A name that only the proxy can resolve.
    SLACK_API_URL: workspace.apiUrl.replace('127.0.0.1', 'slack.invalid'),
    CHATR_ENCRYPTION_KEY: drawnKey().toString('base64'),
    CHATR_CONTENT_DIR: filledInFolder(),
    PORT: '0',
  };
  const upper = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.address, NO_PROXY: 'localhost' };
  const lower = { NODE_USE_ENV_PROXY: '1', http_proxy: proxy.address, no_proxy: 'localhost' };
  const { output, isReady } = inFile
    ? await start({ ...settings, ...upper })
    : await start(settings, { ...lower, HTTP_PROXY: 'http://proxy.invalid:1' });
  expect(isReady, output).toBe(true);
  await workspace.connected(2);
  const robin = workspace.as('robin');
  await robin.command('/chatr find trauma');
  await expect.poll(() => robin.visibleText(robin.ephemerals().at(-1))).toContain('UK Trauma Council');
  const names = proxy.asked.map(({ target }) => target.split(':')[0]);
  expect(new Set(names)).toEqual(new Set(['slack.invalid', '127.0.0.1']));
});

test('answers, windows and what takes long go through the proxy, too', async () => {
  const proxy = await givenConnectProxy();
  const community = await givenCommunity({
    config: { proxy: { isOn: true, http: proxy.address, https: undefined, bypass: '' } },
  });
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  await robin.command('/chatr reflect');
  await robin.submit({ 'A moment: What stayed with you today?': 'the kingfisher' });
  expect(robin.visibleText('modal')).toContain('Kept in your journal');
  await closeAll(robin);
  await robin.command('/chatr find trauma');
  await robin.click('Show 5 more');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('4–8 of');
  expect(community.log).toEqual([]);
});

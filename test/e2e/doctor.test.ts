import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keyFileBeside } from '../../src/db/address.ts';
import { lastBackup, rememberBackup } from '../../src/db/last-backup.ts';
import { examine, type Patient, sayFindings } from '../../src/doctor.ts';
import { wantedScopes } from '../../src/slack/scopes.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { filledInFolder } from '../support/filled-in.ts';
import { compiledCode } from '../support/quick-folder.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-doctor-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const fileOf = ({ config }: Community): string => config.databaseUrl.slice('file:'.length);

const keyFileOf = ({ config }: Community): string =>
  config.keyFile ?? keyFileBeside(config.databaseUrl) ?? '';

/** The community as its operator has it, with a backup of that age. */
function patientOf(
  community: Community,
  backupDaysAgo: number,
  change: Partial<Patient['config']> = {},
): Patient {
  const backups = join(folder(), 'backups.json');
  const madeAt = new Date(community.clock.now().getTime() - backupDaysAgo * 86_400_000);
  rememberBackup(backups, fileOf(community), { copy: '/backups/chatr.db', madeAt });
  rememberBackup(backups, keyFileOf(community), { copy: '/key-backups/chatr.keys', madeAt });
  const config = { ...community.config, contentDir: filledInFolder(), ...change };
  return { config, clock: community.clock, backups };
}

const wrongs = async (patient: Patient) =>
  (await examine(patient)).filter(({ is }) => is === 'wrong').map(({ what, said }) => `${what}: ${said}`);

test('beside a bot that runs: everything is looked at, nothing is wrong, and no secret is said', async () => {
  const community = await givenCommunity();
  const patient = patientOf(community, 1);
  const findings = await examine(patient);
  expect(findings.map(({ what, is }) => `${what}: ${is}`)).toEqual([
    'Time: fine',
    'Content: fine',
    'Privacy notice: fine',
    'Database: fine',
    'Keys: fine',
    'Backup: fine',
    'Backup of the keys: fine',
    'Facilitators: fine',
    'Contacts: fine',
    'Slack: fine',
    'Permissions: fine',
    'Socket Mode: fine',
    'Forum channel: fine',
  ]);
  const said = sayFindings(findings);
  expect(said).toContain('Nothing is wrong.');
  expect(said).toContain('In Europe/London it is 10:00 on 3 March 2026');
  for (const secret of [
    community.workspace.botToken,
    community.workspace.appToken,
    patient.config.encryptionKey.toString('base64'),
  ])
    expect(said).not.toContain(secret);
  expect(community.log).toEqual([]);
});

test('each thing that is wrong is said with what to do', async () => {
  const community = await givenCommunity();
  const away = 'C0NOTTHERE';
  const ill = patientOf(community, 8, {
    contentDir: 'data',
    encryptionKey: Buffer.alloc(32, 1),
    forumChannel: away,
  });
  expect(await wrongs(ill)).toEqual([
    expect.stringMatching(/^Privacy notice: 4 sentences wait .*data\/onboarding\.yaml/),
    expect.stringMatching(/^Keys: CHATR_ENCRYPTION_KEY/),
    expect.stringMatching(/^Backup: The last one is of 23 February 2026, .*npm run backup makes one/),
    expect.stringMatching(/^Backup of the keys: The last one is of 23 February 2026/),
    expect.stringMatching(/^Forum channel: There is no such channel that the bot could see\. Invite the bot/),
  ]);
  const cut = patientOf(community, 1, {
    botToken: 'xoxb-other',
    connection: { kind: 'socket', appToken: 'xapp-other' },
  });
  expect(await wrongs(cut)).toEqual([expect.stringMatching(/^Slack: Slack does not accept the token/)]);
  expect(await wrongs({ ...cut, backups: join(folder(), 'none.json') })).toContainEqual(
    expect.stringMatching(/^Backup: None is known of/),
  );
  const lost = patientOf(community, 1, { databaseUrl: `file:${join(folder(), 'chatr.db')}` });
  expect((await examine(lost)).filter(({ what }) => what === 'Database')).toEqual([
    {
      what: 'Database',
      is: 'unknown',
      said: expect.stringMatching(/There is none yet at .*npm start makes it/),
    },
  ]);
  community.workspace.reinstall(wantedScopes.filter((scope) => scope !== 'files:write'));
  expect(await wrongs(patientOf(community, 1))).toEqual([
    expect.stringMatching(/^Permissions: The app lacks files:write\. At api\.slack\.com\/apps paste/),
  ]);
  community.workspace.reinstall(wantedScopes);
  // Half a year on nobody has looked at the contacts, and nobody has made a copy.
  community.clock.forward(200 * 24 * 60);
  expect(await wrongs(patientOf(community, 1))).toEqual([
    expect.stringMatching(
      /^Contacts: \d+ are due to be checked: .*, .* and others\. Curators do it in App Home/,
    ),
  ]);
});

test('as a command: the backup that was made is known, Slack is out of reach, and the status says that something is wrong', async () => {
  const community = await givenCommunity({ config: { encryptionKey: randomBytes(32) } });
  const dir = folder();
  const run = (...args: string[]) => runWith({}, ...args);
  const runWith = (change: Record<string, string>, ...args: string[]) =>
    new Promise<{ status: number | null; output: string }>((done) => {
      const child = spawn(process.execPath, [resolve('src/entry.js'), ...args], {
        cwd: dir,
        env: {
          PATH: process.env.PATH,
          ...compiledCode(),
          SLACK_BOT_TOKEN: 'xoxb-none',
          SLACK_APP_TOKEN: 'xapp-none',
          SLACK_API_URL: 'http://127.0.0.1:1/api/',
          CHATR_ENCRYPTION_KEY: community.config.encryptionKey.toString('base64'),
          CHATR_CONTENT_DIR: filledInFolder(),
          DATABASE_URL: community.config.databaseUrl,
          ...change,
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => {
          output += data.toString();
        });
      child.on('close', (status) => done({ status, output }));
    });
  const copy = join(dir, 'copy.db');
  expect(await run('backup', 'copy.db', 'copy.keys')).toMatchObject({ status: 0 });
  expect(lastBackup(join(dir, 'var', 'backups.json'), fileOf(community))).toMatchObject({ copy });
  const { status, output } = await run('doctor');
  expect(status, output).toBe(1);
  expect(output).toContain(`, ${copy}. Is it on another machine, too?`);
  expect(output).toMatch(/WRONG +Slack: Slack could not be reached\./);
  expect(output).not.toMatch(/xoxb-none|xapp-none/);
  expect(output).not.toMatch(/\n\s+at /);
  expect(await run('doctor', 'now')).toMatchObject({ status: 2 });

  // Before anything is set up, all that can be looked at is.
  const bare = { SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '', CHATR_ENCRYPTION_KEY: '' };
  const begun = await runWith(bare, 'doctor');
  expect(begun.status, begun.output).toBe(1);
  for (const name of Object.keys(bare))
    expect(begun.output).toMatch(new RegExp(`WRONG +Settings: ${name} is missing`));
  expect(begun.output).toMatch(/ok +Content:/);
  expect(begun.output).toMatch(/ok +Backup:/);
  expect(begun.output).toMatch(/\? +Keys: Not looked at/);
  expect(begun.output).toMatch(/\? +Slack: Not looked at/);
  // Nothing is there to copy, and no folder is to blame.
  const none = await runWith({ DATABASE_URL: `file:${join(dir, 'none.db')}` }, 'backup');
  expect(none.output).toContain('there is none yet. npm start makes it');
  expect(none.status).toBe(1);
});

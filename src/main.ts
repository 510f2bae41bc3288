import { existsSync, mkdirSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import {
  ConfigError,
  environment,
  readBackupConfig,
  readConfig,
  readConfigAsFar,
  readDemoPort,
  readKeyConfig,
  readLocalConfig,
  readRotationConfig,
} from './config.ts';
import { ContentError } from './content/problems.ts';
import { readAddress } from './db/address.ts';
import { rememberBackup } from './db/last-backup.ts';
import { fullDisk, StoreError, troubleOf } from './db/trouble.ts';
import type { Content } from './features/content.ts';
import { systemClock } from './lib/clock.ts';
import { createLog, describeError, type Log } from './lib/log.ts';
import { UnreachableError } from './lib/network.ts';
import { adviceOn } from './slack/advice.ts';

const usage = `ChATR Companion

  npm run demo             try everything in a practice workspace, three weeks into a pilot, without any account
  npm run demo -- --empty  the same, where nothing has happened yet
  npm run demo -- --port 4501  the same, at this port (or set PORT); where it is in use, at any that is free
  npm start                run the bot in your own Slack workspace
  npm start -- --new       the same, where the database is gone and an empty one is meant
  npm start -- --older-keys  the same, where the key file is lost and only an older copy of it is left
  npm run check:content    check the files in the content folder
  npm run export:portal -- FOLDER  write the whole catalogue as a website that needs no server
  npm run content -- export [FOLDER]
                           write the catalogue as curators have it into a content folder (default: the one in use)
  npm run backup           copy the database and the key file while the bot runs, into two folders
  npm run backup -- FILE KEYS  the same, to these two files
  npm run doctor           look at the settings, Slack, the database and the content, and say what to mend
  npm run rotate-key       wrap the keys with CHATR_NEW_ENCRYPTION_KEY, while no bot runs
  npm run restore -- FILE  put such a copy of the database in its place, while no bot runs; the key file stays
  npm run restore -- FILE KEYS  the same, with the copy of the key file
  npm run person -- export SLACK-ID [FOLDER]
                           write everything that is kept about somebody, as a document and as JSON
  npm run person -- forget SLACK-ID [--yes]
                           delete everything about somebody, while no bot runs; without --yes only say what would go
`;

const asksForHelp = new Set(['--help', '-h']);

/**
 * The command line. Sets the exit status: 0 done, 1 failed, 2 set up wrongly.
 * @param cacheFolder where to keep what the next start need not work out again.
 */
export async function main(args: readonly string[], cacheFolder: string): Promise<void> {
  const [command = 'help', ...rest] = args;
  try {
    process.exitCode = await run(command, rest, cacheFolder);
  } catch (error) {
    if (error instanceof ConfigError) return fail(2, error.message);
    if (error instanceof ContentError) return fail(1, `${error.message}\n\n${sayProblemCount(error)}`);
    if (error instanceof StoreError || error instanceof UnreachableError) return fail(1, error.message);
    fail(1, sayUnexpected(error));
  }
}

async function run(command: string, args: readonly string[], cacheFolder: string): Promise<number> {
  // Whatever a command takes, this is no file and nobody's id.
  if (command === 'help' || [command, ...args].some((one) => asksForHelp.has(one))) {
    say(usage);
    return 0;
  }
  switch (command) {
    case 'start':
      return start(args, cacheFolder);
    case 'demo': {
      const at = args.indexOf('--port');
      const asked = at < 0 ? undefined : args[at + 1];
      const unknown = (asked === undefined ? args : args.toSpliced(at, 2)).find((one) => one !== '--empty');
      if (unknown !== undefined) return unknownArguments([unknown]);
      const port = readDemoPort(asked);
      const { runDemo } = await import('./demo.ts');
      return runDemo({ untilStopped, cacheFolder, port, isEmpty: args.includes('--empty') });
    }
    case 'check-content': {
      const { loadContent } = await import('./features/content.ts');
      const { contentDir } = readLocalConfig(environment());
      const content = loadContent(contentDir);
      say(
        `The content in ${contentDir} is in order: ${content.catalogue.shown.length} resources can be found, ${content.catalogue.heldBack.length} are held back.`,
      );
      const { blanksIn, sayBlanks } = await import('./features/onboarding/index.ts');
      const blanks = blanksIn(content.journey.privacyNotice);
      if (blanks.length > 0) say(`\n${sayBlanks(blanks, contentDir)}`);
      return 0;
    }
    case 'export-portal':
      return exportPortal(args);
    case 'content':
      return args[0] === 'export' && args.length <= 2 ? exportContent(args[1]) : unknownArguments(args);
    case 'person':
      return person(args);
    case 'backup':
      return backup(args, cacheFolder);
    case 'doctor':
      return args.length === 0 ? doctor(cacheFolder) : unknownArguments(args);
    case 'rotate-key':
      return rotateKey(args);
    case 'restore':
      return restore(args);
    default:
      return unknownArguments([command, ...args]);
  }
}

async function start(args: readonly string[], cacheFolder: string): Promise<number> {
  const unknown = args.find((one) => !['--new', '--older-keys'].includes(one));
  if (unknown !== undefined) return unknownArguments([unknown]);
  const config = readConfig(environment());
  const log = createLog({ level: config.logLevel, readable: process.stdout.isTTY });
  const { createBot } = await import('./app.ts');
  flushCompileCache();
  // Until it is connected there is nothing to put in order. The listener stays: a signal that comes while the last one of
  // a process is taken away is lost.
  let isConnected = false;
  process.on('SIGTERM', () => {
    if (!isConnected) process.exit(0);
  });
  const whereabouts = {
    // Beside the cache, which may be deleted at any time.
    file: join(dirname(cacheFolder), 'databases.json'),
    mayBeginAnew: args.includes('--new'),
  };
  const bot = await createBot({
    config,
    log,
    health: true,
    cacheFolder,
    whereabouts,
    mayLackKeys: args.includes('--older-keys'),
  });
  isConnected = true;
  flushCompileCache();
  // Its code is hardly quicker than the first compiler's, and making it takes longer than it saves. Said here and not when
  // Node starts: there it would make Node refuse the compiled code that it brings of itself, a tenth of a start.
  setFlagsFromString('--no-turbofan');
  return untilStopped(() => bot.stop(), log);
}

async function exportPortal([folder, ...others]: readonly string[]): Promise<number> {
  if (others.length > 0) {
    say(
      `Name one folder. One with spaces in its name stands in quotes: npm run export:portal -- "${[folder, ...others].join(' ')}"`,
    );
    return 2;
  }
  if (!folder) {
    say('Say where the site should go, for example: npm run export:portal -- var/portal');
    return 2;
  }
  const { loadContent } = await import('./features/content.ts');
  const { PortalFolderError, makePortal, writePortal } = await import('./portal/export.ts');
  const { sharedCode } = await import('./portal/shared-code.ts');
  const { contentDir, databaseUrl } = readLocalConfig(environment());
  const { content, isCurated } = await asCurated(loadContent(contentDir), databaseUrl);
  const on = systemClock.now().toISOString().slice(0, 10);
  const files = makePortal({ ...content, on }, await sharedCode());
  let written: number;
  try {
    written = writePortal(folder, files);
  } catch (error) {
    if (!(error instanceof PortalFolderError)) throw error;
    say(error.message);
    return 2;
  }
  say(
    `The site is in ${folder}: ${written} files${isCurated ? ', with what curators have changed' : ''}. Open index.html there, or put the folder on any web server.`,
  );
  return 0;
}

/** The catalogue as curators have it where the bot's database is there, or as the files have it. */
async function asCurated(
  content: Content,
  databaseUrl: string,
): Promise<{ content: Content; isCurated: boolean }> {
  const asWritten = { content, isCurated: false };
  const address = readAddress(databaseUrl);
  if ('kind' in address && address.kind === 'sqlite' && !existsSync(address.file)) return asWritten;
  const { openStore } = await import('./db/open.ts');
  const { appliedNames } = await import('./db/applied.ts');
  const { asCuratorsHaveIt } = await import('./features/resources/index.ts');
  const store = await openStore(databaseUrl, { mustExist: true });
  try {
    // An older version had no curators who changed anything.
    const applied = await appliedNames(store.db);
    if (!applied.includes('0013-catalogue')) return asWritten;
    const curated = await asCuratorsHaveIt(store.db, content);
    if (!applied.includes('0062-pathway-readings')) return { content: curated, isCurated: true };
    const { withReadings } = await import('./features/pathways/index.ts');
    return {
      content: { ...curated, pathways: await withReadings(store.db, content.pathways) },
      isCurated: true,
    };
  } finally {
    await store.close();
  }
}

/** Beside the cache, which may be deleted at any time. */
const backupsIn = (cacheFolder: string): string => join(dirname(cacheFolder), 'backups.json');

async function doctor(cacheFolder: string): Promise<number> {
  const { config, missing } = readConfigAsFar(environment());
  const { examine, sayFindings } = await import('./doctor.ts');
  const findings = await examine({ config, missing, clock: systemClock, backups: backupsIn(cacheFolder) });
  say(sayFindings(findings));
  return findings.some(({ is }) => is === 'wrong') ? 1 : 0;
}

/** Copies the database and then the keys, so that the copy of the keys has each that the other needs. */
async function backup(args: readonly string[], cacheFolder: string): Promise<number> {
  const remembered = backupsIn(cacheFolder);
  const madeAt = systemClock.now();
  const { databaseUrl, keyFile } = readBackupConfig(environment());
  const address = readAddress(databaseUrl);
  const database = 'kind' in address && address.kind === 'sqlite' ? address.file : undefined;
  const isServer = database === undefined;
  const [file, copy] = isServer ? [undefined, args[0]] : args;
  const unknown = args.slice(isServer ? 1 : 2);
  if (unknown.length > 0) return unknownArguments(unknown);
  const { openStore } = await import('./db/open.ts');
  const { keyFileOf } = await import('./db/key.ts');
  const { copyKeyFile } = await import('./db/key-file.ts');
  const to = file ?? besides(database ?? '', 'backups', madeAt);
  const keysTo = copy ?? (keyFile && besides(keyFile, 'key-backups'));
  // A mistyped address must not make an empty database, and copy that.
  const store = await openStore(databaseUrl, { mustExist: true });
  let known: string | undefined;
  try {
    known = await keyFileOf(store.db);
    if (!isServer) {
      if (file === undefined) mkdirSync(dirname(to), { recursive: true });
      await store.backup(to);
      rememberBackup(remembered, store.place ?? '', { copy: resolve(to), madeAt });
      say(`The database was copied to ${to}.`);
    }
  } finally {
    await store.close();
  }
  if (known === undefined || !keyFile || !keysTo) {
    say('There are no keys to copy yet. The bot makes a key file when it is started.');
    return 0;
  }
  copyKeyFile(keyFile, keysTo, known);
  rememberBackup(remembered, keyFile, { copy: resolve(keysTo), madeAt });
  say(`The keys were copied to ${keysTo}.`);
  if (isServer) say('Copy the database with pg_dump, before the keys.');
  else if (dirname(resolve(to)) === dirname(resolve(keysTo)))
    say('Both are in one folder: move one of them to another place.');
  say(
    'Keep the two copies apart from each other, and CHATR_ENCRYPTION_KEY apart from both. Keep only the latest copy of the keys: in an older one is what was forgotten since.',
  );
  return 0;
}

/** A place for a copy in a folder beside what is copied. @param on where each day has a copy of its own. */
function besides(file: string, folder: string, on?: Date): string {
  const end = extname(file);
  const day = on ? `-${on.toISOString().slice(0, 10)}` : '';
  return join(dirname(file), folder, `${basename(file, end)}${day}${end}`);
}

async function person(args: readonly string[]): Promise<number> {
  const isSure = args.includes('--yes');
  const [what, slackId, folder, ...rest] = args.filter((one) => one !== '--yes');
  const isAsked = what === 'export' ? !isSure : what === 'forget' && folder === undefined;
  if (!isAsked || slackId === undefined || rest.length > 0) {
    say(
      'Say whose data, for example: npm run person -- export U012ABCDEF, or npm run person -- forget U012ABCDEF',
    );
    return 2;
  }
  const setup = readKeyConfig(environment());
  const { exportPerson, forgetSomebody } = await import('./person.ts');
  const { status, lines } =
    what === 'export'
      ? await exportPerson(setup, { slackId, folder })
      : await forgetSomebody(setup, { slackId, isSure });
  say(lines.join('\n'));
  return status;
}

async function exportContent(folder: string | undefined): Promise<number> {
  const { contentDir, databaseUrl } = readLocalConfig(environment());
  const to = folder ?? contentDir;
  const { loadContent } = await import('./features/content.ts');
  const { openStore } = await import('./db/open.ts');
  const { appliedNames } = await import('./db/applied.ts');
  const { exportCatalogue } = await import('./features/resources/index.ts');
  const content = loadContent(contentDir);
  const store = await openStore(databaseUrl, { mustExist: true });
  try {
    if (!(await appliedNames(store.db)).includes('0013-catalogue')) {
      say('This database is from an older version. Start the bot once, then export.');
      return 1;
    }
    const { changed, entries } = await exportCatalogue(store.db, { dir: contentDir, ...content }, to);
    loadContent(to);
    say(
      changed.length === 0
        ? `Curators have changed nothing that ${contentDir} does not say already. All ${entries} entries are in ${to}.`
        : `All ${entries} entries are in ${to}. Other than in ${contentDir} until now: ${changed.join(', ')}.`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

function unknownArguments(args: readonly string[]): number {
  say(`"${args.join(' ')}" is not known here.\n\n${usage}`);
  return 2;
}

async function rotateKey(args: readonly string[]): Promise<number> {
  if (args.length > 0) return unknownArguments(args);
  const { databaseUrl, keyFile = '', ...keys } = readRotationConfig(environment());
  const { rotate } = await import('./db/rotate.ts');
  const outcome = await rotate({ databaseUrl, place: keyFile, ...keys });
  say(
    outcome === 'done'
      ? `Every key in ${keyFile} is wrapped with the new master key now. What people wrote stayed as it is.`
      : `The keys in ${keyFile} are wrapped with the new master key already.`,
  );
  say(
    [
      'Now, in the settings:',
      '  1. Make the value of CHATR_NEW_ENCRYPTION_KEY that of CHATR_ENCRYPTION_KEY, and take CHATR_NEW_ENCRYPTION_KEY out.',
      '  2. Keep a copy of that key where the earlier one was kept.',
      '  3. Start the bot, then npm run backup: earlier copies of the key file open with the earlier key only.',
      '  4. Delete those copies, and then the earlier key. Copies of the database from before there were key files need it too.',
    ].join('\n'),
  );
  return 0;
}

async function restore([copy, keyCopy, ...more]: readonly string[]): Promise<number> {
  if (!copy || more.length > 0) {
    say('Say which copy to bring back, for example: npm run restore -- var/backups/chatr-2026-03-03.db');
    return 2;
  }
  const { databaseUrl, encryptionKey, keyFile = '' } = readKeyConfig(environment());
  const { restore: bringBack } = await import('./db/restore.ts');
  const keys = { encryptionKey, place: keyFile, copy: keyCopy };
  const kept = await bringBack(copy, databaseUrl, keys, systemClock.now());
  say(
    `${copy} is the database again.${kept.length > 0 ? ` What was there before is kept as ${kept[0]}: delete it once all is well, since it holds what people have deleted since.` : ''}`,
  );
  say(
    keyCopy === undefined
      ? `The key file ${keyFile} stays as it was: whoever was forgotten since that copy is deleted again when the bot starts.`
      : `${keyCopy} is the key file again. The earlier one was moved aside, too: delete it once all is well, since in it is what was forgotten since.`,
  );
  say('Start the bot: npm start');
  return 0;
}

/**
 * Waits for SIGTERM or SIGINT, then stops in order. Never hangs: after 15 seconds it gives up with status 1. A promise
 * that nobody handles is a bug: it is logged and the process ends, so that the supervisor starts a fresh one.
 */
export async function untilStopped(stop: () => Promise<void>, log: Log): Promise<number> {
  let stopping = false;
  process.on('unhandledRejection', (reason) => {
    if (stopping) return;
    log.fatal(describeError(reason), 'Something failed where nobody could handle it');
    process.exit(1);
  });
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  stopping = true;
  setTimeout(() => {
    log.error('Stopping took too long');
    process.exit(1);
  }, 15_000).unref();
  await stop();
  process.exit(0);
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function fail(status: number, text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = status;
  // Slack's library may have timers left after a refused token.
  setTimeout(() => process.exit(status), 100).unref();
}

function sayProblemCount({ problems }: ContentError): string {
  return problems.length === 1
    ? 'One thing in the content needs mending. Nothing was started.'
    : `${problems.length} things in the content need mending. Nothing was started.`;
}

/** Slack's codes are told with what they mean; for anything else the operator gets the class and the place. */
function sayUnexpected(error: unknown): string {
  const described = describeError(error);
  const known = adviceOn(described.slack);
  if (known) return known;
  if (described.code === 'EADDRINUSE')
    return 'The port is in use. Set PORT to another number, or stop the other program.';
  if (described.code === 'EADDRNOTAVAIL' || described.code === 'ENOTFOUND')
    return 'HOST is no address of this machine. Leave it out, or set it to 0.0.0.0 for all of them.';
  if (error instanceof Error && 'syscall' in error && error.syscall === 'listen')
    return 'This account may not listen on PORT. Set it to a number from 1024 up.';
  if (troubleOf(error) === 'full') return fullDisk;
  if (troubleOf(error) === 'busy')
    return 'The database is in use by another program. Close that one, then start again.';
  return `ChATR Companion could not start, for a reason that it does not know. Whoever mends it needs this line:\n${JSON.stringify(described)}`;
}

import { existsSync } from 'node:fs';
import type { WebClient } from '@slack/web-api';
import { listLeadFacilitators } from './community/cohorts.ts';
import type { Config, Missing } from './config.ts';
import { ContentError } from './content/problems.ts';
import { inMemory, keyFileBeside, readAddress } from './db/address.ts';
import { appliedNames } from './db/applied.ts';
import { lastBackup } from './db/last-backup.ts';
import { lookAtKeys } from './db/look-at-keys.ts';
import { refuseNewer } from './db/migrate.ts';
import { openStore, type Store } from './db/open.ts';
import { StoreError } from './db/trouble.ts';
import { type Content, loadContent } from './features/content.ts';
import { blanksIn } from './features/onboarding/index.ts';
import { asCuratorsHaveIt, listOverdueContacts } from './features/resources/index.ts';
import { type Clock, days, later } from './lib/clock.ts';
import { describeError, slackCode } from './lib/log.ts';
import { createNetwork, sayWhyUnreachable } from './lib/network.ts';
import { createOutboxClient } from './outbox/client.ts';
import { localDate, localTime } from './scheduler/calendar.ts';
import { adviceOn } from './slack/advice.ts';
import { inviteMe } from './slack/room.ts';
import { createGrants } from './slack/scopes.ts';
import { list, sayFullDate } from './slack/text.ts';

/** What was looked at, and where it is wrong what to do. Never a secret, never anybody's words. */
export type Finding = { what: string; is: 'fine' | 'wrong' | 'unknown'; said: string };

export type Patient = {
  config: Config;
  /** Settings that are not there yet: what needs them is not looked at. */
  missing?: readonly Missing[];
  clock: Clock;
  /** Where the last backup is remembered. */
  backups: string;
};

/** Looks at everything that an operator may have to mend, and changes nothing. May run beside the bot. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const { config, missing = [], clock } = patient;
  const findings: Finding[] = [
    ...missing.map(({ name, said }) => wrong('Settings', `${name} ${said}`)),
    clockOf(config, clock),
  ];
  const content = contentOf(config, findings);
  if (content) findings.push(noticeOf(content, config));
  findings.push(...(await databaseOf(patient, content)));
  findings.push(...(await slackOf(patient)));
  return findings;
}

const fine = (what: string, said: string): Finding => ({ what, is: 'fine', said });
const wrong = (what: string, said: string): Finding => ({ what, is: 'wrong', said });
const unknown = (what: string, said: string): Finding => ({ what, is: 'unknown', said });

/** Nobody but the operator knows whether it is right. */
function clockOf({ timeZone }: Config, clock: Clock): Finding {
  const now = clock.now();
  return fine(
    'Time',
    `In ${timeZone} it is ${localTime(now, timeZone)} on ${sayFullDate(localDate(now, timeZone))}. If not, set the machine's clock, or CHATR_TIMEZONE.`,
  );
}

function contentOf({ contentDir }: Config, findings: Finding[]): Content | undefined {
  try {
    const content = loadContent(contentDir);
    findings.push(fine('Content', `The files in ${contentDir} are in order.`));
    return content;
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const many = error.problems.length;
    findings.push(
      wrong(
        'Content',
        `${many === 1 ? 'One thing is' : `${many} things are`} wrong. npm run check:content names each.`,
      ),
    );
    return undefined;
  }
}

function noticeOf({ journey }: Content, { contentDir }: Config): Finding {
  const blanks = blanksIn(journey.privacyNotice);
  return blanks.length === 0
    ? fine('Privacy notice', 'It has no blanks.')
    : wrong(
        'Privacy notice',
        `${blanks.length === 1 ? 'A sentence waits' : `${blanks.length} sentences wait`} for what only your programme can say. Fill in privacy_notice in ${contentDir}/onboarding.yaml; npm start names each.`,
      );
}

async function databaseOf(patient: Patient, content: Content | undefined): Promise<Finding[]> {
  const { config } = patient;
  const address = readAddress(config.databaseUrl);
  if ('kind' in address && address.kind === 'sqlite' && !existsSync(address.file))
    return [unknown('Database', `There is none yet at ${address.file}. npm start makes it.`)];
  let store: Store | undefined;
  try {
    store = await openStore(config.databaseUrl, { mustExist: true });
    const { db, place = 'memory' } = store;
    const applied = await appliedNames(db);
    if (applied.length === 0)
      return [unknown('Database', `Nothing is in ${place} yet. npm start begins there.`)];
    refuseNewer(applied);
    return [
      fine('Database', `${place} can be read.`),
      await keysOf(store, patient, applied),
      ...backupsOf(patient, store),
      await facilitatorsOf(store),
      ...(content ? [await contactsOf(patient, store, content)] : []),
    ];
  } catch (error) {
    return [wrong('Database', error instanceof StoreError ? error.message : sayUnexpected(error))];
  } finally {
    await store?.close();
  }
}

const keyFileOf = ({ keyFile, databaseUrl }: Config): string =>
  keyFile ?? keyFileBeside(databaseUrl) ?? inMemory;

const isMissing = ({ missing = [] }: Patient, name: Missing['name']): boolean =>
  missing.some((one) => one.name === name);

async function keysOf({ db }: Store, patient: Patient, applied: readonly string[]): Promise<Finding> {
  if (isMissing(patient, 'CHATR_ENCRYPTION_KEY'))
    return unknown('Keys', 'Not looked at, since CHATR_ENCRYPTION_KEY is missing.');
  const { config } = patient;
  const place = keyFileOf(config);
  try {
    await lookAtKeys(db, applied, { place, encryptionKey: config.encryptionKey });
    return fine(
      'Keys',
      `CHATR_ENCRYPTION_KEY and ${place} belong to the database. Is CHATR_ENCRYPTION_KEY kept apart from all copies?`,
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return wrong('Keys', error.message);
  }
}

const freshForDays = 7;

function backupsOf(patient: Patient, { engine, place = '' }: Store): Finding[] {
  const keys = backupOf(patient, 'Backup of the keys', keyFileOf(patient.config));
  if (engine === 'sqlite') return [backupOf(patient, 'Backup', place), keys];
  const said = 'PostgreSQL is backed up by pg_dump, of which nothing is known here. Look when it last ran.';
  return [unknown('Backup', said), keys];
}

function backupOf({ backups, clock }: Patient, what: string, place: string): Finding {
  const last = lastBackup(backups, place);
  const how = 'npm run backup makes one while the bot runs; let the machine do it each night.';
  if (!last) return wrong(what, `None is known of. ${how}`);
  const day = sayFullDate(last.madeAt.toISOString().slice(0, 10));
  return last.madeAt < later(clock.now(), -days(freshForDays))
    ? wrong(what, `The last one is of ${day}, ${last.copy}. ${how}`)
    : fine(what, `The last one is of ${day}, ${last.copy}. Is it on another machine, too?`);
}

async function facilitatorsOf({ db }: Store): Promise<Finding> {
  const many = (await listLeadFacilitators(db)).length;
  return many > 0
    ? fine('Facilitators', `${many === 1 ? 'One leads' : `${many} lead`} the programme.`)
    : wrong('Facilitators', 'Nobody leads the programme. Set CHATR_FACILITATORS, and start the bot again.');
}

async function contactsOf({ clock }: Patient, { db }: Store, content: Content): Promise<Finding> {
  const { signposts } = await asCuratorsHaveIt(db, content);
  const overdue = await listOverdueContacts(db, signposts, clock.now());
  return overdue.length === 0
    ? fine('Contacts', 'Every support line and safeguarding contact has been checked in time.')
    : wrong(
        'Contacts',
        `${overdue.length === 1 ? 'One is' : `${overdue.length} are`} due to be checked: ${list(overdue.slice(0, 5))}${overdue.length > 5 ? ' and others' : ''}. Curators do it in App Home, in their queue.`,
      );
}

async function slackOf(patient: Patient): Promise<Finding[]> {
  const { config } = patient;
  if (isMissing(patient, 'SLACK_BOT_TOKEN'))
    return [unknown('Slack', 'Not looked at, since SLACK_BOT_TOKEN is missing.')];
  const network = createNetwork(config.proxy);
  const at = { slackApiUrl: config.slackApiUrl, fetch: network.fetch };
  const client = createOutboxClient({ token: config.botToken, ...at });
  try {
    const self = await client.auth.test();
    return [
      fine('Slack', `The app is in the workspace ${self.team ?? 'of the token'}.`),
      scopesOf(createGrants(client, self).missing(), self.response_metadata?.scopes?.length ?? 0),
      ...(config.connection.kind === 'socket' ? [await socketOf(config.connection.appToken, at)] : []),
      await channelOf(client, config.forumChannel),
    ];
  } catch (error) {
    const said =
      slackCode(error) === undefined
        ? `Slack could not be reached. ${sayWhyUnreachable(error, config.proxy)}`
        : sayRefusal(error);
    return [wrong('Slack', said)];
  } finally {
    await network.close();
  }
}

const sayRefusal = (error: unknown): string =>
  adviceOn(slackCode(error)) ?? `Slack answered ${slackCode(error) ?? 'something else'}.`;

function scopesOf(missing: readonly string[], given: number): Finding {
  if (given === 0) return unknown('Permissions', 'Slack does not say which the app has.');
  return missing.length === 0
    ? fine('Permissions', 'The app has all that manifest.yml asks for.')
    : wrong(
        'Permissions',
        `The app lacks ${list([...missing])}. At api.slack.com/apps paste the present manifest.yml under “App Manifest”, then reinstall it under “Install App”.`,
      );
}

async function socketOf(
  appToken: string,
  at: { slackApiUrl: string | undefined; fetch: typeof fetch },
): Promise<Finding> {
  try {
    // Asks for an address to connect to, and connects to none.
    await createOutboxClient({ token: appToken, ...at }).apps.connections.open();
    return fine('Socket Mode', 'SLACK_APP_TOKEN opens a connection.');
  } catch (error) {
    return wrong('Socket Mode', sayRefusal(error));
  }
}

async function channelOf(client: WebClient, channel: string | undefined): Promise<Finding> {
  if (channel === undefined)
    return unknown(
      'Forum channel',
      'CHATR_FORUM_CHANNEL is not set: whoever uses the bot or is in a group is welcomed.',
    );
  try {
    const { channel: found } = await client.conversations.info({ channel });
    if (found?.is_archived)
      return wrong('Forum channel', `#${found.name} is archived. Set CHATR_FORUM_CHANNEL to another.`);
    return found?.is_member
      ? fine('Forum channel', `The bot is in #${found.name}.`)
      : wrong('Forum channel', `The bot is not in #${found?.name}. Invite it there: ${inviteMe}`);
  } catch (error) {
    return wrong(
      'Forum channel',
      slackCode(error) === 'channel_not_found'
        ? 'There is no such channel that the bot could see. Invite the bot there, or set CHATR_FORUM_CHANNEL to another.'
        : sayRefusal(error),
    );
  }
}

const sayUnexpected = (error: unknown): string =>
  `It failed for a reason that is not known here. Whoever mends it needs this line: ${JSON.stringify(describeError(error))}`;

const marks = { fine: 'ok    ', wrong: 'WRONG ', unknown: '?     ' } as const;

/** For a terminal, with what is wrong last, where it is still in sight. */
export function sayFindings(findings: readonly Finding[]): string {
  const line = ({ what, is, said }: Finding): string => `${marks[is]} ${what}: ${said}`;
  const bad = findings.filter(({ is }) => is === 'wrong');
  const good = findings.filter(({ is }) => is !== 'wrong');
  const sum =
    bad.length === 0
      ? 'Nothing is wrong.'
      : bad.length === 1
        ? 'One thing is wrong.'
        : `${bad.length} things are wrong.`;
  return [...good.map(line), ...bad.map(line), '', sum].join('\n');
}

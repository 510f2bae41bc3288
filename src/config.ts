import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { inMemory, keyFileBeside, readAddress } from './db/address.ts';
import { readKey } from './lib/crypto.ts';
import { readEnvFile } from './lib/env-file.ts';
import type { ProxySettings } from './lib/network.ts';
import { Wrong } from './lib/wrong.ts';
import { isZone } from './scheduler/calendar.ts';

/** Settings that are missing or wrong, all at once. The message is for the operator's terminal. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** What was copied along is no part of a value: quotes, signs that nobody sees. */
const uncovered = (value: string): string => value.replace(/^[\s\p{Cf}"'“”‘’]+|[\s\p{Cf}"'“”‘’]+$/gu, '');

/** An empty line in .env means "not set". */
const bare = (value: unknown): unknown =>
  typeof value === 'string' ? uncovered(value) || undefined : undefined;

const withoutBreaks = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\s+/g, '') : value;

/** One setting. @param read makes of it what it stands for. */
const text = <T = string>(read: (value: string) => T | Wrong = (value) => value as T) =>
  z.preprocess(
    bare,
    z
      .string()
      .optional()
      .transform((value, context): T | undefined => {
        if (value === undefined) return undefined;
        const meant = /[\p{Cc}]/u.test(value)
          ? new Wrong('has a line break in it. In double quotes "\\n" means one: use single quotes.')
          : read(value);
        if (!(meant instanceof Wrong)) return meant;
        context.addIssue(meant.problem);
        return z.NEVER;
      }),
  );

/** What Slack's tokens begin with, and where they belong. */
const tokens: readonly [RegExp, string][] = [
  [/^xoxb-/i, 'the bot’s token, for SLACK_BOT_TOKEN'],
  [/^xapp-/i, 'the app-level token, for SLACK_APP_TOKEN'],
  [/^xoxp-/i, 'a person’s token, which is not used'],
  [/^xox/i, 'another token, which is not used'],
];
const tokenIn = (written: string): string | undefined => tokens.find(([start]) => start.test(written))?.[1];

const token = (start: string, howToGet: string) => (written: string) => {
  if (written.startsWith(start) && /^[\w-]{6,}$/.test(written)) return written;
  const what = tokenIn(written);
  const why = written.startsWith(start)
    ? '. This one has a sign in it that no token has, or an end is missing'
    : what === undefined
      ? ''
      : `. This is ${what}`;
  return new Wrong(`must start with "${start}"${why}. ${howToGet}`);
};

const schema = z.object({
  SLACK_BOT_TOKEN: text(
    token(
      'xoxb-',
      'Slack shows it at api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token.',
    ),
  ),
  SLACK_APP_TOKEN: text(
    token(
      'xapp-',
      'Make one at api.slack.com/apps → your app → Basic Information → App-Level Tokens, with the scope connections:write.',
    ),
  ),
  SLACK_SIGNING_SECRET: text((written) =>
    tokenIn(written) === undefined && /^[\x21-\x7e]+$/.test(written)
      ? written
      : new Wrong(
          'must be the signing secret, which is no token. Slack shows it at api.slack.com/apps → your app → Basic Information → App Credentials.',
        ),
  ),
  SLACK_API_URL: text(readApiUrl),
  DATABASE_URL: text((url) => {
    const address = readAddress(url);
    return address instanceof Wrong ? address : url;
  }),
  CHATR_FACILITATORS: text(readFacilitators),
  CHATR_FORUM_CHANNEL: text(readChannel),
  CHATR_TIMEZONE: text(readZone),
  CHATR_CONTENT_DIR: text(),
  // By copying it may have got line breaks, which are no part of it.
  CHATR_ENCRYPTION_KEY: z.preprocess(withoutBreaks, text(readKey)),
  CHATR_NEW_ENCRYPTION_KEY: z.preprocess(withoutBreaks, text(readKey)),
  CHATR_KEY_FILE: text(readKeyFile),
  CHATR_LINK_CHECK: text((choice) =>
    /^(on|off)$/i.test(choice) ? choice.toLowerCase() === 'on' : new Wrong('must be on or off.'),
  ),
  CHATR_PUBLIC_URL: text(readPublicUrl),
  HOST: text((host) =>
    isIP(host) !== 0 || /^[a-z][\w.-]*$/i.test(host)
      ? host
      : new Wrong('must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.'),
  ),
  PORT: text((port) =>
    /^\d{1,5}$/.test(port) && Number(port) <= 65_535
      ? Number(port)
      : new Wrong('must be a port number from 0 to 65535.'),
  ),
  LOG_LEVEL: text(
    (level) =>
      levels.find((one) => one === level.toLowerCase()) ?? new Wrong(`must be one of ${levels.join(', ')}.`),
  ),
});

export const settingNames: readonly string[] = Object.keys(schema.shape);

export type Config = {
  botToken: string;
  /** Socket Mode when the app token is set; else HTTP. */
  connection: { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };
  slackApiUrl: string | undefined;
  databaseUrl: string;
  /** Slack user ids and e-mail addresses, as written. */
  facilitators: string[];
  forumChannel: string | undefined;
  timeZone: string;
  contentDir: string;
  /** The master key, which wraps the others. */
  encryptionKey: Buffer;
  /** Where the owners' keys are. Left out: beside an SQLite file, or in memory with a database in memory. */
  keyFile?: string | undefined;
  /** Whether the catalogue's links are visited, to find out which are broken. */
  linkCheck?: boolean;
  /** Where people's calendars reach the bot, ending in "/". Left out, or over Socket Mode: they are offered no feed. */
  publicUrl?: string | undefined;
  /** The address to listen on. Left out: this machine's own alone, or over HTTP, where Slack must get in, every one. */
  host?: string | undefined;
  port: number;
  logLevel: (typeof levels)[number];
  /** Undefined where no proxy is named. */
  proxy?: ProxySettings | undefined;
};

/** What does not need Slack: enough to check content. */
export type LocalConfig = Pick<Config, 'contentDir' | 'databaseUrl' | 'keyFile' | 'logLevel'>;

export type Environment = Record<string, string | undefined>;

/**
 * The one reader of the process's environment. A `.env` file in the current folder adds what is not set there.
 * @throws ConfigError when that file cannot be what was meant.
 */
export function environment(): Environment {
  const { values, problems } = readEnvFile('.env');
  problems.push(...Object.keys(values).flatMap((name) => misspelt(name)));
  // What other programs are set with stands there too: of that, only what is almost one of ours.
  const around = Object.keys(process.env).filter((name) => /^(CHATR|SLACK|DATABASE)_/i.test(name));
  problems.push(
    ...around.filter((name) => !(name in values)).flatMap((name) => misspelt(name, 'the environment')),
  );
  if (problems.length > 0) throw new ConfigError(sayProblems(problems));
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
  return process.env;
}

/** A setting that nobody reads is one that is not set, and nobody would notice. */
function misspelt(name: string, where: '.env' | 'the environment' = '.env'): string[] {
  const nearest = closest(name.toUpperCase(), settingNames);
  const isOurs = (where === '.env' && /^CHATR_/i.test(name)) || distance(nearest, name.toUpperCase()) <= 2;
  if (settingNames.includes(name) || !isOurs) return [];
  return [`${name} in ${where} is no setting. Did you mean ${nearest}?`];
}

/** @throws ConfigError naming each setting that is wrong. */
export function readLocalConfig(env: Environment): LocalConfig {
  return local(check(env, schema.pick(localSettings)));
}

const localSettings = {
  CHATR_CONTENT_DIR: true,
  DATABASE_URL: true,
  CHATR_KEY_FILE: true,
  LOG_LEVEL: true,
} as const;

/**
 * Where the demo is wanted. What .env says is about the bot, and no reason for the demo not to start.
 * @param asked on the command line. @returns undefined where nobody says. @throws ConfigError when it is no port.
 */
export const readDemoPort = (asked: string | undefined): number | undefined =>
  check({ PORT: asked ?? process.env.PORT }, schema.pick({ PORT: true })).PORT;

/** What a backup is made of, which takes no key. @throws ConfigError naming each setting that is missing or wrong. */
export const readBackupConfig = (env: Environment): LocalConfig =>
  local(check(env, schema.pick(localSettings), [], keyFileProblems(env)));

/**
 * What the commands need that work on keys.
 * @throws ConfigError naming each setting that is missing or wrong.
 */
export function readKeyConfig(env: Environment): LocalConfig & Pick<Config, 'encryptionKey' | 'timeZone'> {
  const values = check(
    env,
    schema.pick({ ...localSettings, CHATR_ENCRYPTION_KEY: true, CHATR_TIMEZONE: true }),
    ['CHATR_ENCRYPTION_KEY'],
    keyFileProblems(env),
  );
  return {
    ...local(values),
    encryptionKey: values.CHATR_ENCRYPTION_KEY ?? Buffer.alloc(0),
    timeZone: values.CHATR_TIMEZONE ?? usualZone,
  };
}

/** What wrapping the keys anew needs. @throws ConfigError naming each setting that is missing or wrong. */
export function readRotationConfig(
  env: Environment,
): ReturnType<typeof readKeyConfig> & { newEncryptionKey: Buffer } {
  const config = readKeyConfig(env);
  const { CHATR_NEW_ENCRYPTION_KEY: newKey } = check(env, schema.pick({ CHATR_NEW_ENCRYPTION_KEY: true }), [
    'CHATR_NEW_ENCRYPTION_KEY',
  ]);
  return { ...config, newEncryptionKey: newKey ?? Buffer.alloc(0) };
}

/** A server has no folder of its own to keep keys beside it, and one file cannot be both. */
function keyFileProblems(env: Environment): string[] {
  const url = bare(env.DATABASE_URL);
  const [database, keys] = [url ?? defaultDatabase, bare(env.CHATR_KEY_FILE)].map((one) =>
    typeof one === 'string' ? resolve(one.replace(/^file:/i, '')) : undefined,
  );
  if (keys !== undefined && keys === database)
    return ['CHATR_KEY_FILE is the database itself. Name another file, for example var/chatr.keys.'];
  if (typeof url !== 'string' || !/^postgres/i.test(url) || isSet(env, 'CHATR_KEY_FILE')) return [];
  return [
    'CHATR_KEY_FILE is missing. With PostgreSQL it must be said where the keys are kept that people’s words are sealed with: a file on this machine, for example /var/lib/chatr/chatr.keys. Back it up apart from the database.',
  ];
}

/** @throws ConfigError naming each setting that is missing or wrong, where Slack shows it, and the demo. */
export const readConfig = (env: Environment): Config => toConfig(env, neededIn(env));

/** A setting that the bot cannot start without. */
export type Missing = { name: Needed; said: string };

/**
 * The settings as far as they are there, for whoever looks at the rest: what is missing is empty, and named.
 * @throws ConfigError naming each setting that is wrong.
 */
export const readConfigAsFar = (env: Environment): { config: Config; missing: Missing[] } => ({
  config: toConfig(env, []),
  missing: neededIn(env)
    .filter((name) => !isSet(env, name))
    .map((name) => ({ name, said: isMissing[name] })),
});

function neededIn(env: Environment): Needed[] {
  const isHttp = isSet(env, 'SLACK_SIGNING_SECRET') && !isSet(env, 'SLACK_APP_TOKEN');
  return ['SLACK_BOT_TOKEN', ...(isHttp ? [] : (['SLACK_APP_TOKEN'] as const)), 'CHATR_ENCRYPTION_KEY'];
}

function toConfig(env: Environment, needed: readonly Needed[]): Config {
  const proxyProblems: string[] = [];
  const proxy = readProxy(env, proxyProblems);
  const values = check(env, schema, needed, [...proxyProblems, ...keyFileProblems(env)]);
  return {
    ...local(values),
    proxy,
    botToken: values.SLACK_BOT_TOKEN ?? '',
    connection: values.SLACK_APP_TOKEN
      ? { kind: 'socket', appToken: values.SLACK_APP_TOKEN }
      : { kind: 'http', signingSecret: values.SLACK_SIGNING_SECRET ?? '' },
    slackApiUrl: values.SLACK_API_URL && `${values.SLACK_API_URL.replace(/\/+$/, '')}/`,
    facilitators: values.CHATR_FACILITATORS ?? [],
    forumChannel: values.CHATR_FORUM_CHANNEL,
    timeZone: values.CHATR_TIMEZONE ?? usualZone,
    encryptionKey: values.CHATR_ENCRYPTION_KEY ?? Buffer.alloc(0),
    linkCheck: values.CHATR_LINK_CHECK ?? true,
    publicUrl: values.CHATR_PUBLIC_URL,
    host: values.HOST,
    port: values.PORT ?? 3000,
  };
}

const isMissing = {
  SLACK_BOT_TOKEN:
    'is missing. Slack shows it at api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (it starts with xoxb-).',
  SLACK_APP_TOKEN:
    'is missing. Make one at api.slack.com/apps → your app → Basic Information → App-Level Tokens, with the scope connections:write (it starts with xapp-). Or, where Slack can reach this machine, set SLACK_SIGNING_SECRET (Basic Information → App Credentials) instead.',
  CHATR_ENCRYPTION_KEY:
    'is missing. Private reflections are encrypted with it. Make one with: openssl rand -base64 32. Keep a copy apart from the database.',
  CHATR_NEW_ENCRYPTION_KEY:
    'is missing. Put the key that is to take the place of CHATR_ENCRYPTION_KEY there. Make one with: openssl rand -base64 32',
};

type Needed = Exclude<keyof typeof isMissing, 'CHATR_NEW_ENCRYPTION_KEY'>;

/** What other programs read, too: as with them, lower-case names come first and a scheme can be left out. */
function readProxy(env: Environment, problems: string[]): ProxySettings | undefined {
  const isOn = /^(1|true|yes|on)$/i.test(env.NODE_USE_ENV_PROXY?.trim() ?? '');
  const addressIn = (...names: string[]): string | undefined => {
    const name = names.find((one) => env[one]?.trim());
    if (name === undefined) return undefined;
    const written = env[name]?.trim() ?? '';
    const address = written.includes('://') ? written : `http://${written}`;
    if (isOn && !isProxyAddress(address))
      problems.push(
        `${name} must be the address of a proxy, for example http://proxy.example:8080 or http://name:password@proxy.example:8080. In a password, signs such as @ and : are written as %40 and %3A.`,
      );
    return address;
  };
  const http = addressIn('http_proxy', 'HTTP_PROXY');
  const https = addressIn('https_proxy', 'HTTPS_PROXY');
  if (http === undefined && https === undefined) return undefined;
  return { isOn, http, https, bypass: env.no_proxy?.trim() || env.NO_PROXY?.trim() || '' };
}

function isProxyAddress(address: string): boolean {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  try {
    decodeURIComponent(`${url.username}${url.password}`);
    return true;
  } catch {
    return false;
  }
}

const isSet = (env: Environment, name: string): boolean => bare(env[name]) !== undefined;

function check<Shape extends z.ZodObject>(
  env: Environment,
  settings: Shape,
  needed: readonly (keyof typeof isMissing)[] = [],
  more: readonly string[] = [],
): z.output<Shape> {
  const { data, error } = settings.safeParse(env);
  const problems = [
    ...(error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`),
    ...more,
    ...needed.filter((name) => !isSet(env, name)).map((name) => `${name} ${isMissing[name]}`),
  ];
  if (data === undefined || problems.length > 0) throw new ConfigError(sayProblems(problems));
  return data;
}

const defaultDatabase = 'file:var/chatr.db';
const usualZone = 'Europe/London';

const local = (values: Pick<z.output<typeof schema>, keyof typeof localSettings>): LocalConfig => ({
  contentDir: values.CHATR_CONTENT_DIR ?? 'data',
  databaseUrl: values.DATABASE_URL ?? defaultDatabase,
  keyFile: values.CHATR_KEY_FILE ?? keyFileBeside(values.DATABASE_URL ?? defaultDatabase),
  logLevel: values.LOG_LEVEL ?? 'info',
});

/** The path of a file, as in DATABASE_URL, with or without its "file:". */
function readKeyFile(written: string): string | Wrong {
  const address = readAddress(/^file:/i.test(written) ? written : `file:${written}`);
  return !(address instanceof Wrong) && address.kind === 'sqlite' && address.file !== inMemory
    ? address.file
    : new Wrong('must be the path of a file, for example var/chatr.keys.');
}

function readApiUrl(written: string): string | Wrong {
  const url = URL.parse(written);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || /\s/.test(written))
    return new Wrong(
      'must be an address that starts with https:// (or leave it out: then it is Slack itself).',
    );
  if (url.hostname === 'slack.com' && !/^\/api\/*$/.test(url.pathname))
    return new Wrong('must be https://slack.com/api/ for Slack itself (or leave it out).');
  return url.href;
}

/** HTTPS, since what is secret stands in the path. */
function readPublicUrl(written: string): string | Wrong {
  const url = URL.parse(written);
  if (url?.protocol !== 'https:' || url.search || url.hash || url.username || /\s/.test(written))
    return new Wrong(
      'must be the address at which the bot is reached over HTTPS, without what comes after it, for example https://chatr.example.org',
    );
  return `${url.href.replace(/\/+$/, '')}/`;
}

/** Capitals with a digit in them, or as many as the oldest ids have: GENERAL and CHATRFORUM are names. */
const isId = (written: string): boolean => /^[A-Z](?=.*\d|.{8}$)[A-Z0-9]{2,}$/.test(written);

/** What Slack's ids begin with. */
const kindsOfId: Record<string, string> = {
  A: 'an app’s id',
  B: 'a bot’s id',
  C: 'a channel’s id',
  D: 'a direct conversation’s id',
  E: 'an organisation’s id',
  F: 'a file’s id',
  G: 'a channel’s id',
  S: 'a user group’s id',
  T: 'a workspace’s id',
  U: 'a person’s id',
  W: 'a person’s id',
};

const kindOf = (written: string): string =>
  tokenIn(written) ?? ((isId(written) && kindsOfId[written.charAt(0)]) || 'a name');

/** The id in what Slack offers to copy: a link, or a mention in a message's text; the address in a link to write to. */
const idIn = (written: string): string =>
  /^(?:(?:https?:\/\/)?[\w.-]*slack[\w-]*\.com\/(?:archives|team|client\/\w+)\/|<[#@])(\w+)(?:\W.*)?$/.exec(
    written,
  )?.[1] ?? written.replace(/^<?mailto:([^|>]+)(?:[|>].*)?$/i, '$1');

function readChannel(written: string): string | Wrong {
  const id = idIn(written);
  if (isId(id) && /^[CG]/.test(id)) return id;
  return new Wrong(
    `must be a channel id such as C0123456789, or the channel’s link; this is ${kindOf(id)}. Slack shows the id at the foot of the channel’s details.`,
  );
}

function readFacilitators(written: string): string[] | Wrong {
  const people = written.split(/[\s,;]+/).flatMap((one) => idIn(uncovered(one)) || []);
  const other = people.find((one) => !/^[^@<>]+@[^@<>]+$/.test(one) && !(isId(one) && /^[UW]/.test(one)));
  if (other === undefined) return people;
  // Not repeated, should it be a secret.
  const which = tokenIn(other) === undefined ? `"${other}"` : 'one of them';
  return new Wrong(
    `must be Slack user ids such as U0123456789, or e-mail addresses, separated by commas; ${which} is ${kindOf(other)}.`,
  );
}

/** Where those who write a zone by its letters most likely are. */
const places: Record<string, string> = {
  UK: 'Europe/London',
  BST: 'Europe/London',
  GMT: 'Europe/London',
  IST: 'Europe/Dublin',
  WET: 'Europe/Lisbon',
  CET: 'Europe/Paris',
  MET: 'Europe/Paris',
  EET: 'Europe/Athens',
  EST: 'America/New_York',
  CST: 'America/Chicago',
  MST: 'America/Denver',
  PST: 'America/Los_Angeles',
  HST: 'Pacific/Honolulu',
};

/** GMT, EST5EDT, Etc/GMT-1, +01:00: none of them names a place. UTC is what it says. */
const noPlace =
  /^(?!(etc\/)?utc$)(etc\/|systemv\/|[a-z]{3}(\d[a-z]{3})?$|(gmt|utc).|greenwich|universal|zulu|[+-]?\d)/i;
const noSummerTime = /^(etc\/)?(gmt|uct|utc|greenwich|universal|zulu)|\d$/i;

/**
 * A zone that the calendar knows, and that belongs to a place. Letters stand for several ones (IST), for half of the year
 * (BST), or, as a fixed distance does, for one that never changes its clocks.
 */
function readZone(written: string): string | Wrong {
  if (isZone(written) && !noPlace.test(written)) return written;
  const letters = written.toUpperCase().replace(/^ETC\/|[-+\d].*$/g, '');
  const why = noSummerTime.test(written) ? ` ("${written}" has no summer time)` : '';
  return new Wrong(
    `must be the time zone of a place${why}: write ${places[letters] ?? nearestZone(written)}, or another place’s in the same way.`,
  );
}

/** The one that somebody most likely meant by its name or by its city's. */
function nearestZone(written: string): string {
  const typed = written.toLowerCase().replace(/\s+/g, '_');
  const near = Intl.supportedValuesOf('timeZone').find((zone) =>
    [zone, zone.slice(zone.lastIndexOf('/') + 1)].some(
      (name) => distance(name.toLowerCase(), typed) <= Math.min(2, typed.length / 3),
    ),
  );
  return near ?? 'Europe/London';
}

const sayProblems = (problems: string[]): string =>
  [
    'ChATR Companion cannot start yet:',
    ...problems.map((problem) => `  • ${problem}`),
    '',
    'Put the settings into a file named .env in this folder (.env.example lists them all),',
    'or try everything without any account: npm run demo',
  ].join('\n');

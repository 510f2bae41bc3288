import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { ProxySettings } from './lib/network.ts';

/** Settings that are missing or wrong, all at once. The message is for the operator's terminal. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const entries = (listed: string | undefined): string[] => (listed ?? '').split(/[\s,;]+/).filter(Boolean);

/** An empty line in .env means "not set". */
const text = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
  z.string().trim().optional(),
);

const schema = z.object({
  SLACK_BOT_TOKEN: text.refine((token) => token === undefined || token.startsWith('xoxb-'), {
    error:
      'must start with "xoxb-". Slack shows it at api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token.',
  }),
  SLACK_APP_TOKEN: text.refine((token) => token === undefined || token.startsWith('xapp-'), {
    error:
      'must start with "xapp-". Make one at api.slack.com/apps → your app → Basic Information → App-Level Tokens, with the scope connections:write.',
  }),
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: text.refine((url) => url === undefined || /^https?:\/\//.test(url), {
    error: 'must be an address that starts with https:// (or leave it out: then it is Slack itself).',
  }),
  DATABASE_URL: text.refine((url) => url === undefined || /^(file:|postgres(ql)?:\/\/)/.test(url), {
    error: 'must start with "file:" or "postgres://", for example file:var/chatr.db.',
  }),
  CHATR_FACILITATORS: text.refine(
    (named) => entries(named).every((one) => /^[UW][A-Z0-9]{2,}$|^[^@]+@[^@]+$/.test(one)),
    {
      error: 'must be Slack user ids such as U0123456789, or e-mail addresses, separated by commas.',
    },
  ),
  CHATR_FORUM_CHANNEL: text.refine((id) => id === undefined || /^[CG][A-Z0-9]{2,}$/.test(id), {
    error: 'must be a channel id such as C0123456789. Slack shows it at the foot of the channel’s details.',
  }),
  CHATR_TIMEZONE: text.refine((zone) => zone === undefined || isZone(zone), {
    error: 'must be the name of a time zone such as Europe/London.',
  }),
  CHATR_CONTENT_DIR: text,
  CHATR_ENCRYPTION_KEY: text.refine((key) => key === undefined || Buffer.from(key, 'base64').length === 32, {
    error:
      'must be 32 bytes in base64. Make one with: openssl rand -base64 32. Keep it outside the database’s backups: without it reflections cannot be read.',
  }),
  PORT: text
    .transform((port) => Number(port ?? 3000))
    .refine((port) => Number.isInteger(port) && port >= 0 && port <= 65_535, {
      error: 'must be a port number from 0 to 65535.',
    }),
  LOG_LEVEL: text
    .transform((level) => level ?? 'info')
    .pipe(z.enum(levels, { error: `must be one of ${levels.join(', ')}.` })),
});

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
  encryptionKey: Buffer;
  port: number;
  logLevel: (typeof levels)[number];
  /** Undefined where no proxy is named. */
  proxy?: ProxySettings | undefined;
};

/** What does not need Slack: enough to check content, or to make a backup. */
export type LocalConfig = Pick<Config, 'contentDir' | 'databaseUrl' | 'logLevel'>;

export type Environment = Record<string, string | undefined>;

/** The one reader of the process's environment. A `.env` file in the current folder adds what is not set there. */
export function environment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** @throws ConfigError naming each setting that is wrong. */
export function readLocalConfig(env: Environment): LocalConfig {
  const parsed = parse(env);
  if (parsed.problems.length > 0) throw new ConfigError(sayProblems(parsed.problems));
  return local(parsed.values);
}

/** @throws ConfigError naming each setting that is missing or wrong, where Slack shows it, and the demo. */
export function readConfig(env: Environment): Config {
  const { values, problems } = parse(env);
  if (!values.SLACK_BOT_TOKEN && !problems.some(startsWith('SLACK_BOT_TOKEN')))
    problems.push(
      'SLACK_BOT_TOKEN is missing. Slack shows it at api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (it starts with xoxb-).',
    );
  if (
    !values.SLACK_APP_TOKEN &&
    !values.SLACK_SIGNING_SECRET &&
    !problems.some(startsWith('SLACK_APP_TOKEN'))
  )
    problems.push(
      'SLACK_APP_TOKEN is missing. Make one at api.slack.com/apps → your app → Basic Information → App-Level Tokens, with the scope connections:write (it starts with xapp-). Or, where Slack can reach this machine, set SLACK_SIGNING_SECRET (Basic Information → App Credentials) instead.',
    );
  if (!values.CHATR_ENCRYPTION_KEY && !problems.some(startsWith('CHATR_ENCRYPTION_KEY')))
    problems.push(
      'CHATR_ENCRYPTION_KEY is missing. Private reflections are encrypted with it. Make one with: openssl rand -base64 32. Keep a copy apart from the database.',
    );
  const proxy = readProxy(env, problems);
  if (problems.length > 0) throw new ConfigError(sayProblems(problems));
  return {
    ...local(values),
    proxy,
    botToken: values.SLACK_BOT_TOKEN ?? '',
    connection: values.SLACK_APP_TOKEN
      ? { kind: 'socket', appToken: values.SLACK_APP_TOKEN }
      : { kind: 'http', signingSecret: values.SLACK_SIGNING_SECRET ?? '' },
    slackApiUrl: values.SLACK_API_URL && `${values.SLACK_API_URL.replace(/\/+$/, '')}/`,
    facilitators: entries(values.CHATR_FACILITATORS),
    forumChannel: values.CHATR_FORUM_CHANNEL,
    timeZone: values.CHATR_TIMEZONE ?? 'Europe/London',
    encryptionKey: Buffer.from(values.CHATR_ENCRYPTION_KEY ?? '', 'base64'),
    port: values.PORT,
  };
}

type Values = z.output<typeof schema>;

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

function parse(env: Environment): { values: Values; problems: string[] } {
  const result = schema.safeParse(env);
  if (result.success) return { values: result.data, problems: [] };
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const broken = new Set(result.error.issues.map((issue) => String(issue.path[0])));
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !broken.has(name)));
  return { values: schema.parse(rest), problems };
}

const local = (values: Values): LocalConfig => ({
  contentDir: values.CHATR_CONTENT_DIR ?? 'data',
  databaseUrl: values.DATABASE_URL ?? 'file:var/chatr.db',
  logLevel: values.LOG_LEVEL,
});

const startsWith = (name: string) => (problem: string) => problem.startsWith(name);

const sayProblems = (problems: string[]): string =>
  [
    'ChATR Companion cannot start yet:',
    ...problems.map((problem) => `  • ${problem}`),
    '',
    'Put the settings into a file named .env in this folder (.env.example lists them all),',
    'or try everything without any account: npm run demo',
  ].join('\n');

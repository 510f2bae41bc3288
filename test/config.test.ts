import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ConfigError,
  readBackupConfig,
  readConfig,
  readKeyConfig,
  readLocalConfig,
  readRotationConfig,
  settingNames,
} from '../src/config.ts';
import { nextAllowed } from '../src/scheduler/calendar.ts';
import { drawnKey } from './support/drawn-key.ts';

const key = drawnKey();
const complete = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  CHATR_ENCRYPTION_KEY: key.toString('base64'),
};

const complaint = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

/** What is said of one setting, without its name. */
const said = (name: string, value: string): string => {
  const lines = complaint({ ...complete, [name]: value })
    .split('\n')
    .filter((line) => line.startsWith('  • '));
  expect(lines.length, `${name}=${value}: ${lines.join('; ')}`).toBeLessThanOrEqual(1);
  return lines[0]?.replace(`  • ${name} `, '') ?? '';
};

describe('settings', () => {
  test('the defaults are those of the design', () => {
    expect(readConfig(complete)).toEqual({
      linkCheck: true,
      botToken: 'xoxb-1',
      connection: { kind: 'socket', appToken: 'xapp-1' },
      slackApiUrl: undefined,
      databaseUrl: 'file:var/chatr.db',
      facilitators: [],
      forumChannel: undefined,
      timeZone: 'Europe/London',
      contentDir: 'data',
      encryptionKey: key,
      keyFile: resolve('var/chatr.keys'),
      host: undefined,
      port: 3000,
      logLevel: 'info',
    });
  });

  test('nothing set: each missing setting is named, with where Slack shows it, and the demo', () => {
    const text = complaint({});
    expect(text).toContain('SLACK_BOT_TOKEN is missing. Slack shows it at api.slack.com/apps');
    expect(text).toContain('SLACK_APP_TOKEN is missing.');
    expect(text).toContain('CHATR_ENCRYPTION_KEY is missing.');
    expect(text).toContain('npm run demo');
  });

  test('a signing secret instead of an app token means HTTP', () => {
    const { SLACK_APP_TOKEN: _, ...rest } = complete;
    expect(readConfig({ ...rest, SLACK_SIGNING_SECRET: 's' }).connection).toEqual({
      kind: 'http',
      signingSecret: 's',
    });
  });

  test('an empty line means "not set", also in quotes', () => {
    const config = readConfig({ ...complete, CHATR_FORUM_CHANNEL: '', PORT: ' ', CHATR_TIMEZONE: '""' });
    expect(config).toMatchObject({ forumChannel: undefined, port: 3000, timeZone: 'Europe/London' });
  });

  test('what was copied along with a value is no part of it', () => {
    for (const around of ['"', "'", ' ', '\u200B', '\u00A0', '\uFEFF'])
      expect(said('CHATR_FORUM_CHANNEL', `${around}C0123456789${around}`)).toBe('');
    expect(readConfig({ ...complete, CHATR_FORUM_CHANNEL: '“C0123456789”' }).forumChannel).toBe(
      'C0123456789',
    );
  });

  test.each([
    ['SLACK_BOT_TOKEN', 'xapp-wrong', 'must start with "xoxb-"'],
    ['SLACK_APP_TOKEN', 'xoxb-wrong', 'must start with "xapp-"'],
    ['SLACK_BOT_TOKEN', 'xapp-wrong', 'This is the app-level token, for SLACK_APP_TOKEN.'],
    ['SLACK_APP_TOKEN', 'xoxb-wrong', 'This is the bot’s token, for SLACK_BOT_TOKEN.'],
    ['SLACK_BOT_TOKEN', 'xoxp-1-2', 'This is a person’s token'],
    ['SLACK_BOT_TOKEN', 'xoxb–1–2', 'This is another token'],
    ['SLACK_BOT_TOKEN', 'xoxb-1-2…', 'a sign in it that no token has'],
    ['SLACK_BOT_TOKEN', 'xoxb-1-2,', 'a sign in it that no token has'],
    ['SLACK_BOT_TOKEN', 'xoxb-1\u200b2', 'a sign in it that no token has'],
    ['SLACK_BOT_TOKEN', 'xoxb-', 'an end is missing'],
    ['SLACK_SIGNING_SECRET', 'xapp-1', 'is no token'],
    ['SLACK_SIGNING_SECRET', 'two words', 'must be the signing secret'],
    ['SLACK_API_URL', 'slack', 'https://'],
    ['SLACK_API_URL', 'https://', 'https://'],
    ['SLACK_API_URL', 'https://slack com/api', 'starts with https://'],
    ['SLACK_API_URL', 'https://slack.com:99999/api', 'starts with https://'],
    ['SLACK_API_URL', 'https://slack.com/api/?a=b', 'starts with https://'],
    ['SLACK_API_URL', 'https://slack.com', 'must be https://slack.com/api/'],
    ['DATABASE_URL', 'mysql://x', '"file:"'],
    ['DATABASE_URL', 'file:C:\newchatr.db', 'single quotes'],
    ['HOST', 'http://localhost', 'must be an address of this machine'],
    ['HOST', '*', '0.0.0.0'],
    ['HOST', '127.0.0.1:3000', 'must be an address of this machine'],
    ['HOST', '256.1.1.1', 'must be an address of this machine'],
    ['HOST', '1', 'must be an address of this machine'],
    ['PORT', 'http', 'port number'],
    ['PORT', '0x50', 'port number'],
    ['PORT', '1e3', 'port number'],
    ['PORT', '65536', 'port number'],
    ['PORT', 'tcp://10.0.0.1:3000', 'port number'],
    ['LOG_LEVEL', 'loud', 'must be one of'],
    ['CHATR_LINK_CHECK', 'perhaps', 'must be on or off'],
    ['CHATR_PUBLIC_URL', 'http://chatr.example', 'reached over HTTPS'],
    ['CHATR_PUBLIC_URL', 'chatr.example', 'reached over HTTPS'],
    ['CHATR_PUBLIC_URL', 'https://a:b@chatr.example', 'reached over HTTPS'],
    ['CHATR_PUBLIC_URL', 'https://chatr.example/?x=1', 'reached over HTTPS'],
  ])('%s=%s is explained', (name, value, words) => {
    expect(said(name, value)).toContain(words);
  });

  test('calendars are told one address, however its end was written', () => {
    for (const written of ['https://chatr.example', 'https://chatr.example/', '"https://chatr.example//"'])
      expect(readConfig({ ...complete, CHATR_PUBLIC_URL: written }).publicUrl).toBe('https://chatr.example/');
    expect(readConfig(complete).publicUrl).toBeUndefined();
  });

  test('links are visited unless that is switched off', () => {
    expect(readConfig({ ...complete, CHATR_LINK_CHECK: 'Off' }).linkCheck).toBe(false);
    expect(readConfig({ ...complete, CHATR_LINK_CHECK: '' }).linkCheck).toBe(true);
  });

  test('all mistakes come in one list', () => {
    const text = complaint({ SLACK_BOT_TOKEN: 'x', PORT: '-1', CHATR_TIMEZONE: 'Mars/One' });
    expect(text.split('\n').filter((line) => line.startsWith('  • '))).toHaveLength(5);
  });

  test('checking content and backing up need no Slack, and are not stopped by what they do not use', () => {
    expect(readLocalConfig({ CHATR_TIMEZONE: 'GMT', CHATR_FORUM_CHANNEL: '#forum' }).contentDir).toBe('data');
    expect(() => readLocalConfig({ DATABASE_URL: 'file:' })).toThrow(/DATABASE_URL names no file/);
  });

  test('.env.example documents exactly the settings there are', () => {
    const example = readFileSync('.env.example', 'utf8');
    const documented = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1] ?? '');
    expect(documented.toSorted()).toEqual(settingNames.toSorted());
  });
});

describe('who and where in Slack', () => {
  test.each([
    'C0123456789',
    'G012ABCDE',
    'https://practice.slack.com/archives/C0123456789',
    'https://practice.slack.com/archives/C0123456789/p1700000000000000?thread_ts=1.2',
    'https://app.slack.com/client/T0123456789/C0123456789',
    'https://practice.enterprise.slack.com/archives/C0123456789',
    '<#C0123456789|chatr-forum>',
    '<#C0123456789>',
    'practice.slack.com/archives/C0123456789',
    'https://practice.slack.com/archives/C0123456789/',
  ])('CHATR_FORUM_CHANNEL=%s is a channel', (written) => {
    expect(readConfig({ ...complete, CHATR_FORUM_CHANNEL: written }).forumChannel).toMatch(
      /^(C0123456789|G012ABCDE)$/,
    );
  });

  test.each([
    ['#chatr-forum', 'this is a name'],
    ['chatr-forum', 'this is a name'],
    ['"#chatr-forum"', 'this is a name'],
    ['GENERAL', 'this is a name'],
    ['CHATRFORUM', 'this is a name'],
    ['C01ABCDEF,C02ABCDEF', 'this is a name'],
    ['S0123456789', 'this is a user group’s id'],
    ['xoxb-1-2', 'this is the bot’s token, for SLACK_BOT_TOKEN'],
    ['D0123456789', 'this is a direct conversation’s id'],
    ['U0123456789', 'this is a person’s id'],
    ['W0123456789', 'this is a person’s id'],
    ['T0123456789', 'this is a workspace’s id'],
    ['https://practice.slack.com/archives/D0123456789', 'this is a direct conversation’s id'],
    ['https://practice.slack.com/team/U0123456789', 'this is a person’s id'],
    ['<@U0123456789>', 'this is a person’s id'],
    ['https://example.org/archives/C0123456789', 'this is a name'],
  ])('CHATR_FORUM_CHANNEL=%s is none', (written, what) => {
    expect(said('CHATR_FORUM_CHANNEL', written)).toMatch(/^must be a channel id such as C0123456789/);
    expect(said('CHATR_FORUM_CHANNEL', written)).toContain(what);
  });

  test('facilitators: ids, addresses, and what Slack offers to copy', () => {
    const written =
      'U0123456789; jo@example.org,<@W0123456789|sam> https://practice.slack.com/team/U0ABCDEFG';
    expect(readConfig({ ...complete, CHATR_FACILITATORS: written }).facilitators).toEqual([
      'U0123456789',
      'jo@example.org',
      'W0123456789',
      'U0ABCDEFG',
    ]);
    const quoted = '"U0123456789", "mailto:jo@example.org", <mailto:sam@example.org|sam@example.org>,';
    expect(readConfig({ ...complete, CHATR_FACILITATORS: quoted }).facilitators).toEqual([
      'U0123456789',
      'jo@example.org',
      'sam@example.org',
    ]);
  });

  test('a token in the place of a facilitator is not repeated', () => {
    expect(said('CHATR_FACILITATORS', 'xoxb-123-secret')).toContain('one of them is the bot’s token');
    expect(said('CHATR_FACILITATORS', 'xoxb-123-secret')).not.toContain('secret');
  });

  test.each([
    ['U0123456789, jo', '"jo" is a name'],
    ['@jo', '"@jo" is a name'],
    ['C0123456789', 'is a channel’s id'],
    ['B0123456789', 'is a bot’s id'],
  ])('CHATR_FACILITATORS=%s is explained', (written, what) => {
    expect(said('CHATR_FACILITATORS', written)).toContain(what);
  });
});

describe('the time zone of the programme', () => {
  test.each([
    ['BST', 'Europe/London'],
    ['bst', 'Europe/London'],
    ['IST', 'Europe/Dublin'],
    ['CET', 'Europe/Paris'],
    ['EST5EDT', 'America/New_York'],
    ['PST', 'America/Los_Angeles'],
    ['ACT', 'Europe/London'],
    ['London', 'Europe/London'],
    ['new york', 'America/New_York'],
    ['Europe/Lodnon', 'Europe/London'],
    ['Europe/Pariss', 'Europe/Paris'],
    ['buenos aires', 'America/Buenos_Aires'],
    ['Mars/One', 'Europe/London'],
    ['UK', 'Europe/London'],
    ['ROK', 'Europe/London'],
    ['HST', 'Pacific/Honolulu'],
    ['United Kingdom', 'Europe/London'],
  ])('%s is answered with %s', (written, place) => {
    expect(said('CHATR_TIMEZONE', written)).toMatch(/^must be the time zone of a place: write /);
    expect(said('CHATR_TIMEZONE', written)).toContain(`write ${place},`);
  });

  test.each([
    'GMT',
    'gmt',
    'Etc/GMT',
    'GMT0',
    'GMT+0',
    'GMT+1',
    'Greenwich',
    'Zulu',
    'UTC+1',
    'Etc/GMT-1',
    'SystemV/AST4',
    '+01:00',
    '-05',
    '01:00',
  ])('%s has no summer time', (written) => {
    expect(said('CHATR_TIMEZONE', written)).toContain(
      `("${written}" has no summer time): write Europe/London`,
    );
  });

  test.each([
    'Europe/London',
    'europe/london',
    'Europe/Kyiv',
    'Asia/Kolkata',
    'America/Argentina/Buenos_Aires',
    'GB',
    'Eire',
    'UTC',
  ])('%s is taken', (zone) => {
    expect(said('CHATR_TIMEZONE', zone)).toBe('');
  });

  test('whatever is taken, planning can use', () => {
    const at = new Date('2026-03-03T10:00:00Z');
    const known = [
      ...Intl.supportedValuesOf('timeZone'),
      'EST',
      'HST',
      'AST',
      'CTT',
      'ROC',
      'US/Eastern',
      'W-SU',
    ];
    const zone = fc.oneof(
      fc.constantFrom(...known),
      fc.stringMatching(/^[A-Z]{2,4}\d?$/),
      fc.stringMatching(/^[+-]?\d\d:?\d\d$/),
      fc.string(),
    );
    fc.assert(
      fc.property(zone, (written) => {
        const problem = said('CHATR_TIMEZONE', written);
        if (problem !== '') return;
        const { timeZone } = readConfig({ ...complete, CHATR_TIMEZONE: written });
        const rules = { zone: undefined, programmeZone: timeZone, quietFrom: '18:00', quietUntil: '09:00' };
        expect(nextAllowed(at, rules).getTime()).toBeGreaterThanOrEqual(at.getTime());
      }),
    );
    expect(Intl.supportedValuesOf('timeZone').filter((one) => said('CHATR_TIMEZONE', one) !== '')).toEqual(
      [],
    );
  });
});

describe('the key', () => {
  test('any 32 bytes by chance, in base64 or hexadecimal, are the key', () => {
    for (const _ of Array.from({ length: 200 })) {
      const bytes = randomBytes(32);
      for (const written of [
        bytes.toString('base64'),
        bytes.toString('hex'),
        bytes.toString('hex').toUpperCase(),
      ]) {
        // One in 7,000 consists of letters alone.
        if (/^[a-z]+=$/i.test(written)) continue;
        expect(readConfig({ ...complete, CHATR_ENCRYPTION_KEY: written }).encryptionKey).toEqual(bytes);
      }
    }
  });

  test('with PostgreSQL it must be said where the keys are; else they are beside the database', () => {
    const onServer = { ...complete, DATABASE_URL: 'postgres://a:b@db/chatr' };
    expect(() => readConfig(onServer)).toThrow(/CHATR_KEY_FILE is missing\. With PostgreSQL/);
    for (const read of [readBackupConfig, readKeyConfig, readConfig])
      expect(() => read(onServer)).toThrow(/CHATR_KEY_FILE is missing/);
    expect(readConfig({ ...onServer, CHATR_KEY_FILE: '/srv/chatr.keys' }).keyFile).toBe('/srv/chatr.keys');
    expect(readConfig({ ...complete, DATABASE_URL: 'file:/srv/pilot.sqlite' }).keyFile).toBe(
      '/srv/pilot.keys',
    );
    expect(readConfig({ ...complete, CHATR_KEY_FILE: 'file:elsewhere/my.keys' }).keyFile).toBe(
      resolve('elsewhere/my.keys'),
    );
    expect(() => readRotationConfig(complete)).toThrow(/CHATR_NEW_ENCRYPTION_KEY is missing.*openssl rand/);
    expect(said('CHATR_KEY_FILE', 'var/chatr.db')).toMatch(/^is the database itself/);
    expect(said('CHATR_KEY_FILE', '/srv/')).toMatch(/^must be the path of a file/);
  });

  const good = key.toString('base64');
  test.each([
    ['too short', 'c2hvcnQ='],
    ['too long', randomBytes(33).toString('base64')],
    ['a passphrase of 43 letters', 'correcthorsebatterystapleandonelittlestory'.padEnd(43, 'y')],
    ['words with spaces', 'correct horse battery staple and one little story of mine'],
    ['with rubbish inside', `${good.slice(0, 20)}*!${good.slice(20)}`],
    ['with bits that mean nothing', `${'A'.repeat(42)}B=`],
    ['hexadecimal with a sign too few', key.toString('hex').slice(1)],
  ])('%s is refused, with how to make one', (_what, written) => {
    expect(said('CHATR_ENCRYPTION_KEY', written)).toMatch(
      /^must be 32 random bytes .* openssl rand -base64 32/,
    );
  });

  test.each([
    ['without its padding', good.slice(0, -1)],
    ['for addresses (base64url)', key.toString('base64url')],
    ['for addresses, with its padding', good.replaceAll('+', '-').replaceAll('/', '_')],
    ['with a space inside', `${good.slice(0, 20)} ${good.slice(20)}`],
    ['on two lines', `${good.slice(0, 20)}\r\n${good.slice(20)}\n`],
    ['hexadecimal in groups', key.toString('hex').replace(/.{8}/g, '$& ')],
  ])('%s it is still the key that was meant', (_what, written) => {
    expect(readConfig({ ...complete, CHATR_ENCRYPTION_KEY: written }).encryptionKey).toEqual(key);
  });

  test.each([
    ['zeros', Buffer.alloc(32).toString('base64')],
    ['zeros in hexadecimal', '0'.repeat(64)],
    ['one byte again and again', Buffer.alloc(32, 7).toString('base64')],
    ['one after the other', Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64')],
    ['a passphrase of 32 signs', Buffer.from('correct horse battery staple 123').toString('base64')],
    ['a passphrase with a padding', `${'CorrectHorseBatteryStapleOnceUponAMidnightDreary'.slice(0, 42)}w=`],
    ['a pattern in hexadecimal', '0123456789abcdef'.repeat(4)],
    ['the example of other programs', 'deadbeef'.repeat(8)],
  ])('%s is refused', (_what, written) => {
    expect(said('CHATR_ENCRYPTION_KEY', written)).toMatch(
      /^was made up, not drawn by chance\. .* openssl rand/,
    );
  });
});

describe('a proxy', () => {
  const proxyOf = (env: Record<string, string>) => readConfig({ ...complete, ...env }).proxy;

  test.each<[string, Record<string, string>, object | undefined]>([
    ['none', {}, undefined],
    ['switched on, none named', { NODE_USE_ENV_PROXY: '1' }, undefined],
    ['empty lines', { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: '', https_proxy: ' ' }, undefined],
    [
      'named, not switched on',
      { HTTPS_PROXY: 'http://p:1' },
      { isOn: false, http: undefined, https: 'http://p:1', bypass: '' },
    ],
    [
      'the three lines',
      { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://p:1', NO_PROXY: 'localhost,.nhs.example' },
      { isOn: true, http: undefined, https: 'http://p:1', bypass: 'localhost,.nhs.example' },
    ],
    [
      'lower case comes first',
      {
        NODE_USE_ENV_PROXY: '1',
        HTTPS_PROXY: 'http://other:1',
        https_proxy: 'http://p:1',
        http_proxy: 'http://q:2',
        no_proxy: '*',
        NO_PROXY: 'x',
      },
      { isOn: true, http: 'http://q:2', https: 'http://p:1', bypass: '*' },
    ],
    [
      'an address without a scheme',
      { NODE_USE_ENV_PROXY: 'true', HTTPS_PROXY: 'proxy.example:8080' },
      { isOn: true, http: undefined, https: 'http://proxy.example:8080', bypass: '' },
    ],
    ['switched off', { NODE_USE_ENV_PROXY: '0', HTTPS_PROXY: 'http://p:1' }, { isOn: false }],
  ])('%s', (_what, env, proxy) => {
    if (proxy === undefined) expect(proxyOf(env)).toBeUndefined();
    else expect(proxyOf(env)).toMatchObject(proxy);
  });

  test.each(['http://', 'socks5://p:1', 'http://jane:100%@p:1', 'http://p:port', 'ftp://p'])(
    '%s is none: the setting is named, its value is not repeated',
    (address) => {
      const said = complaint({ ...complete, NODE_USE_ENV_PROXY: '1', https_proxy: address });
      expect(said).toContain(
        'https_proxy must be the address of a proxy, for example http://proxy.example:8080',
      );
      expect(said).not.toContain('jane');
      expect(complaint({ ...complete, https_proxy: address })).toBe('');
    },
  );
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, readLocalConfig } from '../src/config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const complete = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', CHATR_ENCRYPTION_KEY: key };

const complaint = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

describe('settings', () => {
  test('the defaults are those of the design', () => {
    expect(readConfig(complete)).toEqual({
      botToken: 'xoxb-1',
      connection: { kind: 'socket', appToken: 'xapp-1' },
      slackApiUrl: undefined,
      databaseUrl: 'file:var/chatr.db',
      facilitators: [],
      forumChannel: undefined,
      timeZone: 'Europe/London',
      contentDir: 'data',
      encryptionKey: Buffer.alloc(32, 7),
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

  test('an empty line means "not set"', () => {
    expect(readConfig({ ...complete, CHATR_FORUM_CHANNEL: '', PORT: ' ' }).port).toBe(3000);
  });

  test.each([
    ['SLACK_BOT_TOKEN', 'xapp-wrong', 'must start with "xoxb-"'],
    ['SLACK_APP_TOKEN', 'xoxb-wrong', 'must start with "xapp-"'],
    ['SLACK_API_URL', 'slack', 'https://'],
    ['DATABASE_URL', 'mysql://x', '"file:"'],
    ['CHATR_FORUM_CHANNEL', '#forum', 'channel id such as C0123456789'],
    ['CHATR_FACILITATORS', 'U0123456789, jo', 'Slack user ids such as U0123456789, or e-mail addresses'],
    ['CHATR_TIMEZONE', 'London', 'Europe/London'],
    ['CHATR_ENCRYPTION_KEY', 'c2hvcnQ=', '32 bytes in base64'],
    ['PORT', 'http', 'port number'],
    ['LOG_LEVEL', 'loud', 'must be one of'],
  ])('%s=%s is explained', (name, value, words) => {
    const text = complaint({ ...complete, [name]: value });
    expect(text).toContain(`${name} `);
    expect(text).toContain(words);
    expect(text.split('\n').filter((line) => line.startsWith('  • '))).toHaveLength(1);
  });

  test('all mistakes come in one list', () => {
    const text = complaint({ SLACK_BOT_TOKEN: 'x', PORT: '-1', CHATR_TIMEZONE: 'Mars/One' });
    expect(text.split('\n').filter((line) => line.startsWith('  • '))).toHaveLength(5);
  });

  test('checking content needs no Slack', () => {
    expect(readLocalConfig({}).contentDir).toBe('data');
  });

  test('.env.example documents exactly the settings there are', () => {
    const example = readFileSync('.env.example', 'utf8');
    const documented = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1] ?? '').toSorted();
    const read = [...readFileSync('src/config.ts', 'utf8').matchAll(/^ {2}([A-Z_]+): text/gm)]
      .map((match) => match[1] ?? '')
      .toSorted();
    expect(documented).toEqual(read);
    expect(read).toHaveLength(12);
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

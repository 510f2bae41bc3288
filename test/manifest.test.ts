import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inviteMe } from '../src/slack/room.ts';
import { wantedScopes } from '../src/slack/scopes.ts';

type Manifest = {
  display_information: { name: string };
  features: {
    bot_user: { display_name: string };
    shortcuts: { callback_id: string; type: string }[];
    slash_commands: { command: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
};
const manifest: Manifest = parse(readFileSync('manifest.yml', 'utf8'));

test('the bot is invited by the name that people can type', () => {
  expect(inviteMe).toBe(`/invite @${manifest.features.bot_user.display_name}`);
  expect(readFileSync('README.md', 'utf8')).toContain(`\`${inviteMe}\``);
});

const code = ['src/features', 'src/slack', 'src/outbox', 'src/community', 'src/scheduler']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .concat('src/app.ts')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

const found = (pattern: RegExp): string[] => [
  ...new Set(
    [...code.matchAll(pattern)].flatMap((match) => match.slice(1).filter((name) => name !== undefined)),
  ),
];

/** Bot-token scopes a call needs, each from the method's page. @see https://docs.slack.dev/reference/methods */
const scopesOfMethod: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'conversations.open': ['im:write'],
  'conversations.history': ['im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read', 'users:read.email'],
  'files.info': ['files:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
};
/** @see https://docs.slack.dev/reference/events */
const scopesOfEvent: Record<string, string[]> = {
  app_home_opened: [],
  team_join: ['users:read'],
  user_change: ['users:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.im': ['im:history'],
};

const methods = found(
  /\b[cC]lient\.((?:chat|conversations|users|views|files|auth|team|bots|reactions|pins)\.[a-zA-Z]+)\(|(?:paginate|apiCall)\(\s*'([a-zA-Z.]+)'/g,
);
const events = found(/to\.onEvent\('([a-z_]+)'/g).map((name) => (name === 'message' ? 'message.im' : name));

test('fits Slack’s own schema', () => {
  const schema = JSON.parse(
    readFileSync('test/support/slack-manifest-schema/manifest.schema.1.0.0.json', 'utf8'),
  );
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  expect(validate(manifest) ? [] : validate.errors).toEqual([]);
});

describe('declares what the code uses and nothing more', () => {
  test('events', () => {
    expect(events.length).toBeGreaterThan(3);
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(
      [...new Set(events)].toSorted(),
    );
  });

  test('commands', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(
      found(/to\.onCommand\('([^']+)'/g),
    );
  });

  test('shortcuts', () => {
    const registered = found(/'(chatr\.[a-z-]+)'/g);
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id).toSorted()).toEqual(
      registered.toSorted(),
    );
    // The one about a message stands in the menu of messages.
    expect(
      manifest.features.shortcuts.filter(({ type }) => type === 'message').map((one) => one.callback_id),
    ).toEqual(['chatr.suggest', 'chatr.reflect-on']);
  });

  test('every method called is one whose scopes are known here', () => {
    expect(methods.length).toBeGreaterThan(5);
    expect(methods.filter((method) => !(method in scopesOfMethod))).toEqual([]);
  });

  test('scopes', () => {
    const needed = new Set([
      'commands',
      ...methods.flatMap((method) => scopesOfMethod[method] ?? []),
      ...events.flatMap((event) => scopesOfEvent[event] ?? []),
      // A file chosen in a modal is downloaded with the bot's token: no method, but a scope.
      ...(code.includes("type: 'file_input'") ? ['files:read'] : []),
    ]);
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...needed].toSorted());
  });

  test('the program compares what it was given with the same scopes', () => {
    expect([...wantedScopes].toSorted()).toEqual(manifest.oauth_config.scopes.bot.toSorted());
  });

  test('each scope has its reason in docs/privacy/scopes.md', () => {
    const reasons = readFileSync('docs/privacy/scopes.md', 'utf8');
    for (const scope of manifest.oauth_config.scopes.bot) expect(reasons).toContain(`\`${scope}\``);
  });
});

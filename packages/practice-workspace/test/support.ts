import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import {
  createPracticeWorkspace,
  type PracticeManifest,
  type PracticeOptions,
  type PracticeWorkspace,
  practiceClock,
  type SettableClock,
} from '../src/index.ts';

/** A small app with everything switched on; tests override what they are about. */
export function manifest(
  change: { scopes?: string[]; events?: string[]; socketMode?: boolean } = {},
): PracticeManifest {
  return {
    display_information: { name: 'Practice Bot', description: 'A small bot for tests' },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'practice-bot' },
      slash_commands: [
        { command: '/try', description: 'Tries something', usage_hint: 'anything', should_escape: true },
        { command: '/plain', description: 'Without escaping of names', should_escape: false },
      ],
      shortcuts: [
        { name: 'Start here', type: 'global', callback_id: 'start', description: 'Starts' },
        { name: 'Keep this', type: 'message', callback_id: 'keep', description: 'Keeps a message' },
      ],
    },
    oauth_config: {
      scopes: {
        bot: change.scopes ?? [
          'commands',
          'chat:write',
          'im:write',
          'mpim:write',
          'im:history',
          'im:read',
          'channels:read',
          'channels:history',
          'channels:join',
          'channels:manage',
          'groups:read',
          'users:read',
          'users:read.email',
          'files:write',
          'files:read',
          'reactions:write',
          'reactions:read',
          'team:read',
        ],
      },
    },
    settings: {
      event_subscriptions: {
        bot_events: change.events ?? [
          'team_join',
          'user_change',
          'member_joined_channel',
          'member_left_channel',
          'app_home_opened',
          'message.im',
          'message.channels',
        ],
      },
      interactivity: { is_enabled: true },
      socket_mode_enabled: change.socketMode ?? true,
    },
  };
}

/** Counts running listeners, as a receiver would. */
class Listeners {
  #running = 0;
  #waiting: (() => void)[] = [];

  async during(work: () => Promise<void>): Promise<void> {
    this.#running += 1;
    try {
      await work();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

export type Bot = { app: App; workspace: PracticeWorkspace; clock: SettableClock };

export async function startWorkspace(options: Partial<PracticeOptions> = {}): Promise<PracticeWorkspace> {
  const workspace = await createPracticeWorkspace({ manifest: manifest(), ...options });
  onTestFinished(() => workspace.stop());
  return workspace;
}

/** A workspace with a fixed clock, and an app of the real Bolt connected to it over its own socket. */
export async function startBot(
  listen: (app: App) => void = () => undefined,
  options: Partial<PracticeOptions> = {},
  { hook = true }: { hook?: boolean } = {},
): Promise<Bot> {
  const clock = practiceClock('2026-03-02T09:00:00Z');
  const running = new Listeners();
  const workspace = await createPracticeWorkspace({
    manifest: manifest(),
    clock,
    ...(hook && { appIdle: () => running.idle() }),
    ackMs: 1_000,
    ...options,
  });
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: workspace.apiUrl } },
  });
  const app = new App({
    token: workspace.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    botId: workspace.botId,
    botUserId: workspace.botUserId,
    convoStore: false,
    clientOptions: {
      slackApiUrl: workspace.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });
  app.use(({ next }) => running.during(next));
  listen(app);
  await app.start();
  onTestFinished(async () => {
    // `app.stop()` would not wait for the connection to be closed.
    await receiver.client.disconnect();
    await workspace.stop();
  });
  await workspace.connected();
  return { app, workspace, clock };
}

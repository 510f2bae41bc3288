import {
  type App,
  HTTPReceiver,
  type Logger,
  LogLevel,
  type Receiver,
  type ReceiverEvent,
} from '@slack/bolt';
import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import { systemClock } from '../lib/clock.ts';
import { describeError, type Log } from '../lib/log.ts';

type Ack = (answer?: unknown) => Promise<void>;
type Delivery = {
  body: Record<string, unknown>;
  ack: Ack;
  retry_num?: number;
  retry_reason?: string;
};

export type Health = { isReady: boolean; connections: number };

/** Resolves after a while, and keeps no program running for it. */
export const deadline = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });

/** The listeners that are running: most of their work comes after the acknowledgement, and stopping waits for it. */
class Running {
  readonly #works = new Set<Promise<void>>();

  add(work: Promise<void>): void {
    const done = work.finally(() => this.#works.delete(done));
    this.#works.add(done);
  }

  async idle(): Promise<void> {
    while (this.#works.size > 0) await Promise.allSettled([...this.#works]);
  }
}

/**
 * Socket Mode over two connections: Slack closes each every few hours, and the library needs 5 seconds to come back, in
 * which commands and clicks would fail. Slack sends every payload to one of them only.
 * Keep the work-around here; it goes when socket-mode closes the gap itself.
 * @see https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export class SocketReceiver implements Receiver {
  readonly #clients: SocketModeClient[];
  readonly #running = new Running();
  readonly #connected = new Set<SocketModeClient>();
  readonly #log: Log;
  #lostAt: Date | undefined;
  #app: App | undefined;

  constructor({
    appToken,
    slackApiUrl,
    log,
  }: { appToken: string; slackApiUrl: string | undefined; log: Log }) {
    this.#log = log;
    this.#clients = [0, 1].map(() => new SocketModeClient(this.#options(appToken, slackApiUrl)));
    for (const client of this.#clients) {
      client.on('connected', () => {
        this.#connected.add(client);
        this.#lostAt = undefined;
      });
      for (const lost of ['disconnected', 'reconnecting', 'close'])
        client.on(lost, () => {
          this.#connected.delete(client);
          if (this.#connected.size === 0) this.#lostAt ??= systemClock.now();
        });
      client.on('slack_event', (delivery: Delivery) => this.#running.add(this.#handle(delivery)));
    }
  }

  /** A fresh object for each client: Socket Mode writes its own retry settings into what it is given. */
  #options(appToken: string, slackApiUrl: string | undefined): SocketModeOptions {
    return {
      appToken,
      logger: slackLogger(this.#log),
      // No `headers` here: they would take the place of the library's own, which carry the app token.
      clientOptions: { ...(slackApiUrl && { slackApiUrl }), timeout: 10_000 },
    };
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {
    const [first, ...others] = this.#clients;
    await first?.start();
    // Ready is when the first can answer; the second only has to be there when Slack closes the first.
    for (const client of others)
      client
        .start()
        .catch((error: unknown) =>
          this.#log.warn(describeError(error), 'The second connection did not start'),
        );
  }

  /** Ready: some connection is open, or the last one was lost less than a minute ago. */
  health(): Health {
    const lostFor = this.#lostAt === undefined ? 0 : systemClock.now().getTime() - this.#lostAt.getTime();
    return {
      isReady: this.#connected.size > 0 || (this.#lostAt !== undefined && lostFor < 60_000),
      connections: this.#connected.size,
    };
  }

  /** Resolves when no listener is running. */
  idle(): Promise<void> {
    return this.#running.idle();
  }

  /** Nothing more is delivered; what was, goes on. */
  async stop(): Promise<void> {
    await Promise.race([
      Promise.allSettled(this.#clients.map((client) => client.disconnect())),
      deadline(3_000),
    ]);
  }

  async #handle({ body, ack, retry_num: retryNum, retry_reason: retryReason }: Delivery): Promise<void> {
    try {
      await this.#app?.processEvent({
        body,
        ack,
        ...(retryNum !== undefined && { retryNum }),
        ...(retryReason !== undefined && { retryReason }),
      });
    } catch {
      // app.error has reported it; an event that was not acknowledged comes again.
    }
  }
}

/** Slack's libraries write payloads at debug and tokens in addresses: they get warnings and errors only. */
export function slackLogger(log: Log): Logger {
  const write = (level: 'warn' | 'error') => (first: unknown) =>
    log[level]({ from: 'slack', ...(first instanceof Error && describeError(first)) }, sayShort(first));
  return {
    debug: () => {},
    info: () => {},
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}

const sayShort = (first: unknown): string =>
  typeof first === 'string' ? first.slice(0, 200) : 'Slack library message';

/**
 * Bolt's receiver, that can be waited for. An acknowledgement goes out at once, as over a socket: with Bolt's
 * `processBeforeResponse` it would wait for the listener's whole work, past Slack's three seconds, and then come after,
 * and in place of, what the listener had shown.
 */
export class HttpReceiver extends HTTPReceiver {
  readonly #running = new Running();

  constructor({ signingSecret, log }: { signingSecret: string; log: Log }) {
    super({ signingSecret, logger: slackLogger(log) });
  }

  override init(app: App): void {
    const processEvent = (event: ReceiverEvent): Promise<void> => {
      const work = app.processEvent(event);
      // Bolt hears of a failure; here only its end counts.
      this.#running.add(work.catch(() => {}));
      return work;
    };
    super.init({ processEvent } as App);
  }

  /** Resolves when no listener is running. */
  idle(): Promise<void> {
    return this.#running.idle();
  }
}

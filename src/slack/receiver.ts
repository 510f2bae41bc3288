import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  type App,
  HTTPResponseAck,
  HTTPModuleFunctions as http,
  type Logger,
  LogLevel,
  type Receiver,
  type ReceiverEvent,
} from '@slack/bolt';
import { systemClock } from '../lib/clock.ts';
import { describeError, type Log, slackCode } from '../lib/log.ts';
import { createNetwork, type Network, sayWhyUnreachable, UnreachableError } from '../lib/network.ts';
import { refusalOf } from './refusal.ts';
import { type Delivery, SocketLine } from './socket-line.ts';

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
 * Gives a payload to Bolt and sees that it is acknowledged, whatever it is. Bolt's reader throws at some and makes nothing
 * of others; Slack would send an event again and again, and tell a person that nothing answers. Never throws.
 */
async function deliver(app: App, event: ReceiverEvent, log: Log): Promise<void> {
  let isAcknowledged = false;
  const ack: ReceiverEvent['ack'] = async (answer) => {
    isAcknowledged = true;
    await event.ack(answer);
  };
  try {
    await app.processEvent({ ...event, ack });
  } catch (error) {
    log.error(describeError(error), 'A payload could not be read, or not be acknowledged');
  }
  if (isAcknowledged) return;
  await ack(refusalOf(event.body, notTaken)).catch((error: unknown) =>
    log.error(describeError(error), 'A payload could not be acknowledged'),
  );
}

const notTaken =
  'That did not finish, and it may not have been saved. Please copy what you wrote, close this, and open it again.';

export type SocketReceiverParts = {
  appToken: string;
  slackApiUrl: string | undefined;
  log: Log;
  /** Left out: directly, without a proxy. */
  network?: Network;
  times?: Partial<typeof usualTimes>;
};

const usualTimes = {
  /** After so long without a connection the operator is told why; a start gives up. */
  openWithinMs: 20_000,
  /** Before it is tried again; then longer, up to `againAtMostMs`. */
  againAfterMs: 1_000,
  againAtMostMs: 30_000,
  /** Without an answer to a ping for so long, a connection is dead. */
  pingTimeoutMs: 5_000,
};

/** Slack's own troubles. */
const passing = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'team_added_to_org',
]);

/**
 * Socket Mode over two connections: Slack closes each every few hours, and until it is open again commands and clicks
 * would fail. Slack sends every payload to one of them only.
 * @see https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export class SocketReceiver implements Receiver {
  readonly #lines: SocketLine[];
  readonly #running = new Running();
  readonly #connected = new Set<SocketLine>();
  readonly #failures = new Map<SocketLine, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #log: Log;
  readonly #network: Network;
  readonly #times: typeof usualTimes;
  readonly #opened = Promise.withResolvers<void>();
  #wasOpen = false;
  #lostAt: Date | undefined;
  #telling: NodeJS.Timeout | undefined;
  #trouble: unknown;
  #isStopping = false;
  #app: App | undefined;

  constructor({ appToken, slackApiUrl, log, network = createNetwork(), times }: SocketReceiverParts) {
    this.#log = log;
    this.#network = network;
    this.#times = { ...usualTimes, ...times };
    this.#opened.promise.catch(() => {});
    this.#lines = [0, 1].map(() => {
      const line = new SocketLine({
        appToken,
        // What goes wrong is told here, once and with its cause.
        logger: slackLogger(log, 'debug'),
        clientPingTimeout: this.#times.pingTimeoutMs,
        dispatcher: network.dispatcher,
        // No `headers` here: they would take the place of the library's own, which carry the app token.
        clientOptions: {
          ...(slackApiUrl && { slackApiUrl }),
          fetch: network.fetch,
          timeout: 10_000,
          retryConfig: { retries: 0 },
        },
      });
      line.on('connected', () => this.#hasOpened(line));
      line.on('disconnected', () => {
        // What never opened is told by the rejection of its start.
        if (this.#connected.delete(line)) this.#openAgain(line);
      });
      line.on('odd', () => log.error('Slack sent a frame that is no envelope'));
      line.on('delivery', (delivery: Delivery) => this.#running.add(this.#handle(delivery)));
      return line;
    });
  }

  init(app: App): void {
    this.#app = app;
  }

  /**
   * Ready is when the first line can answer; the second only has to be there when Slack closes the first.
   * @throws Slack's refusal of the app token, or UnreachableError.
   */
  async start(): Promise<void> {
    const [first, ...others] = this.#lines;
    if (first) this.#open(first);
    this.#noticeLoss();
    try {
      await this.#opened.promise;
    } catch (error) {
      await this.stop();
      throw error;
    }
    for (const line of others) this.#open(line);
  }

  #open(line: SocketLine): void {
    line.start().then(
      // A stop that came while it opened did not find it.
      () => this.#isStopping && void line.disconnect(),
      (error: unknown) => {
        this.#trouble = error ?? line.trouble;
        // Slack will say the same to every further try.
        if (!passing.has(slackCode(error) ?? 'internal_error')) this.#opened.reject(error);
        this.#openAgain(line);
      },
    );
  }

  #openAgain(line: SocketLine): void {
    if (this.#connected.size === 0) this.#noticeLoss();
    if (this.#isStopping) return;
    const failures = this.#failures.get(line) ?? 0;
    this.#failures.set(line, failures + 1);
    const { againAfterMs, againAtMostMs } = this.#times;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.#open(line);
      },
      Math.min(againAfterMs * 2 ** failures, againAtMostMs),
    );
    this.#timers.add(timer);
  }

  #hasOpened(line: SocketLine): void {
    this.#connected.add(line);
    this.#failures.delete(line);
    this.#lostAt = undefined;
    this.#trouble = undefined;
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#wasOpen && this.#connected.size === 1) this.#log.info('Connected to Slack again');
    this.#wasOpen = true;
    this.#opened.resolve();
  }

  /** Told once, and not when another line is open or soon is. */
  #noticeLoss(): void {
    if (this.#isStopping || this.#telling) return;
    this.#lostAt ??= systemClock.now();
    const { openWithinMs } = this.#times;
    this.#telling = setTimeout(() => {
      const why = sayWhyUnreachable(this.#trouble, this.#network.proxy);
      const sentence = `The connection to Slack has not opened for ${openWithinMs / 1_000} seconds. ${why}`;
      if (this.#wasOpen) this.#log.error(describeError(this.#trouble), sentence);
      else this.#opened.reject(new UnreachableError(sentence, { cause: this.#trouble }));
    }, openWithinMs);
  }

  /** Ready: some connection is open, or the last one that was has been lost for less than a minute. */
  health(): Health {
    const lostFor = this.#lostAt === undefined ? 0 : systemClock.now().getTime() - this.#lostAt.getTime();
    return {
      isReady: this.#connected.size > 0 || (this.#wasOpen && lostFor < 60_000),
      connections: this.#connected.size,
    };
  }

  /** Resolves when no listener is running. */
  idle(): Promise<void> {
    return this.#running.idle();
  }

  /** Nothing more is delivered; what was, goes on. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#telling);
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.race([Promise.allSettled(this.#lines.map((line) => line.disconnect())), deadline(3_000)]);
  }

  async #handle({ retryNum, retryReason, body, ack }: Delivery): Promise<void> {
    if (!this.#app) return;
    const event = {
      // Bolt takes any body for a record, and what it throws at another is caught.
      body: body as ReceiverEvent['body'],
      ack,
      ...(retryNum !== undefined && { retryNum }),
      ...(retryReason !== undefined && { retryReason }),
    };
    await deliver(this.#app, event, this.#log);
  }
}

/**
 * Slack's libraries write payloads at debug and tokens in addresses: they get warnings and errors only.
 * @param as of a lower level, where somebody else tells what goes wrong.
 */
export function slackLogger(log: Log, as?: 'debug'): Logger {
  const write = (level: 'warn' | 'error') => (first: unknown) =>
    log[as ?? level]({ from: 'slack', ...(first instanceof Error && describeError(first)) }, sayShort(first));
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
 * Slack's requests over HTTP, read with Bolt's own functions. Its receiver reads them where nobody can catch what it
 * throws, and it throws at a body that is `null`. An acknowledgement goes out at once, as over a socket: with Bolt's
 * `processBeforeResponse` it would wait for the listener's whole work, past Slack's three seconds, and then come after,
 * and in place of, what the listener had shown.
 */
export class HttpReceiver implements Receiver {
  readonly #running = new Running();
  readonly #signingSecret: string;
  readonly #log: Log;
  readonly #logger: Logger;
  #app: App | undefined;

  constructor({ signingSecret, log }: { signingSecret: string; log: Log }) {
    this.#signingSecret = signingSecret;
    this.#log = log;
    this.#logger = slackLogger(log);
  }

  init(app: App): void {
    this.#app = app;
  }

  readonly requestListener: RequestListener = (request, response) => {
    const served = this.#serve(request, response).catch((error: unknown) => {
      this.#log.error(describeError(error), 'A request could not be answered');
      if (!response.headersSent) http.buildNoBodyResponse(response, 500);
    });
    this.#running.add(served);
  };

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url?.split('?')[0] !== '/slack/events')
      return http.buildNoBodyResponse(response, 404);
    const logger = this.#logger;
    const read = await this.#read(request);
    if (typeof read === 'number') return http.buildNoBodyResponse(response, read);
    const { body, httpRequest } = read;
    const { ssl_check: check, type } = (body ?? {}) as { ssl_check?: unknown; type?: unknown };
    if (check === '1') return http.buildSSLCheckResponse(response);
    if (type === 'url_verification') return http.buildUrlVerificationResponse(response, body);
    const acknowledging = new HTTPResponseAck({
      logger,
      processBeforeResponse: false,
      httpRequest,
      httpRequestBody: body as ReceiverEvent['body'],
      httpResponse: response,
    });
    const retryNum = http.extractRetryNumFromHTTPRequest(request);
    const retryReason = http.extractRetryReasonFromHTTPRequest(request);
    const event: ReceiverEvent = {
      body: body as ReceiverEvent['body'],
      ack: acknowledging.bind(),
      ...(retryNum !== undefined && { retryNum }),
      ...(retryReason !== undefined && { retryReason }),
    };
    if (this.#app) await deliver(this.#app, event, this.#log);
  }

  /** @returns a status instead, for what Slack did not sign or nobody can read. */
  async #read(request: IncomingMessage) {
    const options = { signingSecret: this.#signingSecret, bodyLimit: http.defaultBodyLimit };
    let httpRequest: Awaited<ReturnType<typeof http.parseAndVerifyHTTPRequest>>;
    try {
      httpRequest = await http.parseAndVerifyHTTPRequest({ ...options, logger: this.#logger }, request);
    } catch (error) {
      this.#log.warn(describeError(error), 'A request was not signed by Slack');
      return http.isRawBodyError(error) && error.statusCode === 413 ? 413 : 401;
    }
    // Bolt knows a form by these letters alone, and what stands in front of the bot may add an encoding.
    const kind = httpRequest.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (kind !== undefined) httpRequest.headers['content-type'] = kind;
    try {
      return { httpRequest, body: http.parseHTTPRequestBody(httpRequest) as unknown };
    } catch (error) {
      this.#log.warn(describeError(error), 'A request could not be read');
      return 400;
    }
  }

  // Listening and closing belong to the server that is given the listener.
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** Resolves when no listener is running. */
  idle(): Promise<void> {
    return this.#running.idle();
  }
}

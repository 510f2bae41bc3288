import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Db } from './db/schema.ts';
import { type Clock, later, minutes } from './lib/clock.ts';

export type Watched = {
  db: Db;
  clock: Clock;
  /** When the last beat was over, or the bot began. */
  lastBeatAt(): Date;
  /** How many permissions Slack has not given. */
  missingScopes(): number;
  /** Undefined over HTTP, where Slack connects. */
  connection(): { isReady: boolean; connections: number } | undefined;
};

/** Longer than a beat that has much to send. */
const beatWithin = minutes(15);
/** A store that does not answer, such as a server that is gone, must not leave whoever asks waiting. */
const answerWithinMs = 2_000;

/** What `/metrics` has, each behind `chatr_`. */
const helps = {
  up: 'The bot runs: 1',
  ready: 'Whether the bot can do its work: 1 or 0',
  connections: 'Open connections to Slack (Socket Mode)',
  scopes_missing: 'Permissions that this version needs and Slack has not given; the log names them',
  resident_bytes: 'Memory in use',
  last_beat_seconds: 'When what is due was last looked at, in seconds since 1970',
  people: 'People the bot has met',
  outbox_queued: 'Messages that wait',
  outbox_sending: 'Messages on their way',
  outbox_unclear: 'Messages of which Slack has not said whether it has them',
  outbox_sent: 'Messages sent of which that is still known: of the last 90 days, and some of the last year',
  outbox_failed: 'Messages that could not be delivered',
  outbox_expired: 'Messages whose time was over before they could be sent',
  outbox_cancelled: 'Messages that were called back',
};
type Numbers = Partial<Record<keyof typeof helps, number>>;

/**
 * The bot's own small page for whoever watches over it: `/healthz` (200, or 503 with the reason) and `/metrics` (numbers
 * for Prometheus). Everything else goes to `otherwise`: Slack's requests, where the bot is reached over HTTP.
 * @param listen without a host: on every address of the machine.
 */
export async function serveHealth(
  listen: { port: number; host: string | undefined },
  watched: Watched,
  otherwise?: RequestListener,
): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path !== '/healthz' && path !== '/metrics') {
      answerOther(request, response, otherwise);
      return;
    }
    const answer = (status: number, body: string) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
    inTime(look(watched))
      .then(async ({ problem, numbers }) => {
        if (path === '/metrics') answer(200, await write(numbers));
        else answer(problem === undefined ? 200 : 503, `${problem ?? 'ready'}\n`);
      })
      .catch(() => answer(503, 'the database cannot be read\n'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, () => resolve());
  });
  return server;
}

/** @throws what the store does when it cannot be read. */
async function look({ db, clock, lastBeatAt, missingScopes, connection }: Watched) {
  // The names too, so that the pages of people are read and not only an index of theirs.
  const met = await db
    .selectFrom('people')
    .select((eb) => [eb.fn.countAll<number>().as('number'), eb.fn.max('display_name').as('last')])
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('outbox')
    .select(['status', (eb) => eb.fn.countAll<number>().as('number')])
    .groupBy('status')
    .execute();
  const slack = connection();
  const problem =
    slack?.isReady === false
      ? 'not connected to Slack'
      : lastBeatAt() < later(clock.now(), -beatWithin)
        ? 'what is due has not been looked at for a quarter of an hour'
        : undefined;
  const numbers: Numbers = {
    // One that has none now must not be missing from an alarm's rule.
    ...Object.fromEntries(
      Object.keys(helps)
        .filter((name) => name.startsWith('outbox'))
        .map((name) => [name, 0]),
    ),
    ...Object.fromEntries(rows.map(({ status, number }) => [`outbox_${status}`, Number(number)])),
    up: 1,
    ready: problem === undefined ? 1 : 0,
    ...(slack && { connections: slack.connections }),
    scopes_missing: missingScopes(),
    resident_bytes: process.memoryUsage.rss(),
    last_beat_seconds: lastBeatAt().getTime() / 1000,
    people: Number(met.number),
  };
  return { problem, numbers };
}

/** Made new each time: numbers that are not there now leave nothing behind. Loaded when somebody asks for them. */
async function write(numbers: Numbers): Promise<string> {
  const { Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  for (const [name, value] of Object.entries(numbers)) {
    const help = helps[name as keyof Numbers];
    if (help) new Gauge({ name: `chatr_${name}`, help, registers: [registry] }).set(value);
  }
  return registry.metrics();
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No answer in time.')), answerWithinMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Slack's own paths are the receiver's; it throws at any other, and whoever scans the network must not end the bot. */
function answerOther(request: IncomingMessage, response: ServerResponse, otherwise?: RequestListener): void {
  try {
    if (otherwise) otherwise(request, response);
    else response.writeHead(404).end();
  } catch {
    if (!response.headersSent) response.writeHead(404).end();
  }
}

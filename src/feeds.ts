import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Clock, later, minutes } from './lib/clock.ts';
import { describeError, type Log } from './lib/log.ts';

export type FeedParts = {
  clock: Clock;
  log: Log;
  /** @returns undefined for an address that is nobody's. */
  read(secret: string): Promise<string | undefined>;
};

/** Below the public address of the bot. */
const asked = /^\/calendar\/([\w-]{1,100})\.ics$/;

/** Calendars ask some times a day. Behind a proxy all of them come from one address. */
const mostAMinute = 300;

/**
 * People's calendars, at addresses that only they know. Whatever is nobody's gets the same answer as any other path, and each
 * is counted before anything is looked up. No address is logged.
 * @param otherwise answers everything else.
 */
export function serveFeeds(parts: FeedParts, otherwise: RequestListener): RequestListener {
  let counted: { since: Date; times: Map<string, number> } = { since: new Date(0), times: new Map() };

  function isTooOften(from: string): boolean {
    const now = parts.clock.now();
    if (counted.since < later(now, -minutes(1))) counted = { since: now, times: new Map() };
    const times = (counted.times.get(from) ?? 0) + 1;
    counted.times.set(from, times);
    return times > mostAMinute;
  }

  return (request, response) => {
    const [, secret] = asked.exec(request.url?.split('?')[0] ?? '') ?? [];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (secret === undefined || !isRead) return otherwise(request, response);
    if (isTooOften(request.socket.remoteAddress ?? ''))
      return void response.writeHead(429, { 'retry-after': '60' }).end();
    parts.read(secret).then(
      (calendar) => answer(request, response, calendar),
      (error: unknown) => {
        parts.log.error(describeError(error), 'A calendar could not be read');
        response.writeHead(503, { 'retry-after': '600' }).end();
      },
    );
  };
}

function answer(request: IncomingMessage, response: ServerResponse, calendar: string | undefined): void {
  if (calendar === undefined) return void response.writeHead(404).end();
  const tag = `"${createHash('sha256').update(calendar).digest('base64url')}"`;
  const headers = {
    // Asked each time, so that an address that is stopped is dead at once, in caches too.
    'cache-control': 'private, no-cache',
    etag: tag,
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow, noarchive',
    'x-content-type-options': 'nosniff',
  };
  if (request.headers['if-none-match'] === tag) return void response.writeHead(304, headers).end();
  response
    .writeHead(200, {
      ...headers,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="sessions.ics"',
    })
    .end(calendar);
}

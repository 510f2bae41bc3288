import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Log } from '../lib/log.ts';

/** Slack's own client, set so that each call is made once and its outcome comes back to us. */
export type OutboxClient = WebClient;

/** How long one call may take before its outcome counts as unclear. */
export const CALL_TIMEOUT_MS = 15_000;

export type OutboxClientOptions = {
  token: string;
  /** Slack's own when left out. */
  slackApiUrl?: string | undefined;
  log?: Log;
  timeoutMs?: number;
  /** Left out: Node's own, which knows no proxy of ours. */
  fetch?: typeof fetch;
};

/**
 * A client for the sender alone. No retries: after a lost answer they would post twice. 429 comes back at once instead of
 * holding every call. Each client gets option objects of its own, since the library writes into them.
 */
export function createOutboxClient({
  token,
  slackApiUrl,
  log,
  timeoutMs = CALL_TIMEOUT_MS,
  fetch,
}: OutboxClientOptions): OutboxClient {
  return new WebClient(token, {
    ...(slackApiUrl !== undefined && { slackApiUrl }),
    ...(fetch && { fetch }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    headers: {},
    logger: quietLogger(log),
  });
}

/** The sender reports outcomes itself. The library's lines may quote what was sent, so only its word that it warned goes on. */
function quietLogger(log: Log | undefined): Logger {
  const nothing = () => {};
  return {
    debug: nothing,
    info: nothing,
    warn: () => log?.debug('Slack’s client warned of a call.'),
    error: () => log?.warn('Slack’s client reported an error.'),
    setLevel: nothing,
    getLevel: () => LogLevel.INFO,
    setName: nothing,
  };
}

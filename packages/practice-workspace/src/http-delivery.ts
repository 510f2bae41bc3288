import { createHmac } from 'node:crypto';
import type { Answer, Envelope, Transport } from './delivery.ts';
import { isObject, parseJson, textOf } from './json.ts';
import type { InstalledApp } from './manifest.ts';

/**
 * Events, commands and interactions as signed HTTP requests, for an app without Socket Mode.
 * /apis/events-api, /authentication/verifying-requests-from-slack
 */
export function httpTransport(
  app: InstalledApp,
  signingSecret: string,
  requestUrl: string | undefined,
): Transport {
  let broken = false;

  function urlFor(envelope: Envelope): string {
    if (requestUrl !== undefined) return requestUrl;
    const payload = isObject(envelope.payload) ? envelope.payload : {};
    if (envelope.type === 'events_api') return app.eventsUrl;
    if (envelope.type === 'interactive')
      return payload.type === 'block_suggestion' ? app.optionsUrl : app.interactivityUrl;
    return app.commands.find((one) => one.command === payload.command)?.url ?? '';
  }

  return {
    get connected() {
      return requestUrl !== undefined || app.eventsUrl !== '' || app.interactivityUrl !== '';
    },
    breakOne() {
      broken = true;
    },
    async send(envelope, deadline): Promise<Answer> {
      const url = urlFor(envelope);
      if (broken || url === '') {
        broken = false;
        return { kind: 'unreachable' };
      }
      const isEvent = envelope.type === 'events_api';
      const body = isEvent ? JSON.stringify(envelope.payload) : formOf(envelope);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
      try {
        const response = await fetch(url, {
          method: 'POST',
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(deadline),
          headers: {
            'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
            'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
            'x-slack-request-timestamp': timestamp,
            'x-slack-signature': `v0=${signature}`,
            ...((envelope.retry_attempt ?? 0) > 0 && {
              'x-slack-retry-num': String(envelope.retry_attempt),
              'x-slack-retry-reason': envelope.retry_reason ?? '',
            }),
          },
        });
        const text = await response.text();
        const noRetry = response.headers.get('x-slack-no-retry') === '1';
        if (!response.ok) return { kind: 'refused', reason: 'http_error', noRetry };
        return { kind: 'acked', payload: text === '' ? {} : (parseJson(text) ?? text) };
      } catch (error) {
        return error instanceof DOMException && error.name === 'TimeoutError'
          ? { kind: 'timeout', reason: 'http_timeout' }
          : { kind: 'unreachable' };
      }
    },
  };
}

function formOf(envelope: Envelope): string {
  if (envelope.type === 'interactive')
    return new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString();
  return new URLSearchParams(
    Object.entries(isObject(envelope.payload) ? envelope.payload : {}).map(
      ([key, value]): [string, string] => [key, textOf(value)],
    ),
  ).toString();
}

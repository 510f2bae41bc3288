import type { AnyMiddlewareArgs, App, CodedError, Context } from '@slack/bolt';
import { troubleOf } from '../db/trouble.ts';
import { describeError, type Log } from '../lib/log.ts';
import { newReference, type Random } from '../lib/random.ts';
import { mrkdwn } from './text.ts';

type Body = AnyMiddlewareArgs['body'];
type Failure = { error: CodedError; body: Body; context: Context };
type ErrorDeps = {
  log: Log;
  random: Random;
  /** Says it in their own conversation with the bot, database or not. */
  notify(slackId: string, text: string): Promise<void>;
  fetch: typeof fetch;
  /** Whom to turn to, by name. */
  contact(): Promise<string | undefined>;
};

/**
 * The one place where an unexpected failure ends: logged with a reference and no text anybody wrote; the person is told
 * what happened to their work and whom to tell.
 */
export function reportErrors(app: App, { log, random, notify, fetch, contact }: ErrorDeps): void {
  app.error(async ({ error, body, context }: Failure) => {
    const reference = newReference(random);
    log.error({ reference, ...describeError(causeOf(error)), ...whatWasIt(body) }, 'A listener failed');
    const who = await contact().catch(() => undefined);
    const { text } = sorry[troubleOf(causeOf(error)) ?? 'other'](who ?? 'a facilitator', reference);
    await tell({ body, userId: context.userId, notify, fetch, text }).catch((failure: unknown) =>
      log.warn({ reference, ...describeError(failure) }, 'The person could not be told'),
    );
  });
}

const sorry = {
  busy: (who: string, reference: string) =>
    mrkdwn`I am busy just now, and this was not saved. Please try again in a minute; if it happens twice, tell ${who} this reference: ${reference}.`,
  full: (who: string, reference: string) =>
    mrkdwn`I have no room left to keep anything, so this was not saved. Please tell ${who} this reference: ${reference}. Then try again.`,
  other: (who: string, reference: string) =>
    mrkdwn`That did not finish, and it may not have been saved. Please have a look, then try again; if it happens twice, tell ${who} this reference: ${reference}.`,
};

/** Bolt wraps what listeners throw: one in `original`, several in `originals`. */
function causeOf(error: CodedError): unknown {
  if ('original' in error && error.original instanceof Error) return error.original;
  return 'originals' in error && Array.isArray(error.originals) ? error.originals[0] : error;
}

async function tell({
  body,
  userId,
  notify,
  fetch,
  text,
}: Pick<ErrorDeps, 'notify' | 'fetch'> & {
  body: Body;
  userId: string | undefined;
  text: string;
}): Promise<void> {
  const responseUrl =
    'response_url' in body && typeof body.response_url === 'string' ? body.response_url : undefined;
  if (responseUrl) {
    await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text, response_type: 'ephemeral', replace_original: false }),
      signal: AbortSignal.timeout(10_000),
    });
    return;
  }
  // An event nobody waits for an answer to: no message out of the blue.
  if ('event' in body || userId === undefined) return;
  await notify(userId, text);
}

/** Which button, modal, command or event, by our own names only. */
function whatWasIt(body: Body): Record<string, string> {
  if ('command' in body && typeof body.command === 'string') return { command: body.command };
  if ('actions' in body && Array.isArray(body.actions)) return { action: String(body.actions[0]?.action_id) };
  if ('view' in body && typeof body.view === 'object' && body.view !== null && 'callback_id' in body.view)
    return { view: String(body.view.callback_id) };
  if ('event' in body && typeof body.event === 'object' && body.event !== null && 'type' in body.event)
    return { event: String(body.event.type) };
  return {};
}

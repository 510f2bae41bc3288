import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallFault, Planned } from '../faults.ts';
import { answerJson, readBody } from '../http.ts';
import { isObject, type JsonObject, parseJson, textOf } from '../json.ts';
import type { Slack } from '../slack.ts';
import { SlackError } from '../slack-error.ts';
import { Call, type Method } from './call.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import type { RateLimits } from './rate-limits.ts';
import { users } from './users.ts';
import { views } from './views.ts';
import { workspace } from './workspace.ts';

const methods = new Map<string, Method>(
  Object.entries({ ...workspace, ...chat, ...conversations, ...users, ...views, ...files }),
);
/** Real methods that only a user token may call. */
const userOnly = /^(reminders\.|search\.|dnd\.setSnooze|users\.profile\.set|admin\.)/;

const maxCalls = 20_000;

export type Tokens = { botToken: string; appToken: string };
export type RecordedCall = { method: string; args: JsonObject; answer: JsonObject | undefined };

/** The Web API: HTTP 200 with `ok: false` for what it refuses. /apis/web-api */
export class WebApi {
  readonly #slack: Slack;
  readonly #tokens: Tokens;
  readonly #limits: RateLimits;
  readonly #onCall: (call: RecordedCall) => void;
  /** Calls in order, with their answers, for tests to look at. Tokens are left out. */
  readonly calls: RecordedCall[] = [];

  constructor(
    slack: Slack,
    tokens: Tokens,
    limits: RateLimits,
    onCall: (call: RecordedCall) => void = () => undefined,
  ) {
    this.#slack = slack;
    this.#tokens = tokens;
    this.#limits = limits;
    this.#onCall = onCall;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    // While its answer is held, a call is nothing that others wait for.
    const answer = await this.#slack.activity.during(() => this.#take(request, response, url));
    await answer?.();
  }

  /** @returns how to answer, where the answer is held back. */
  async #take(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<(() => Promise<void>) | undefined> {
    const method = url.pathname.slice('/api/'.length);
    const { args, unreadable } = await readArguments(request, url);
    const token = tokenOf(request, args);
    delete args.token;
    const fault = this.#slack.faults.forCall(method);
    const limited = fault ? undefined : this.#limits.secondsToWait(method, textOf(args.channel));
    if (limited !== undefined) {
      tooMany(response, limited);
      return undefined;
    }
    if (fault && (await before(fault, response))) return undefined;
    const answer = unreadable ? { ok: false, error: 'invalid_json' } : this.#answer(method, args, token);
    const call: RecordedCall = { method, args, answer };
    this.calls.push(call);
    this.#onCall(call);
    // A demo may run for days.
    if (this.calls.length > maxCalls) this.calls.splice(0, maxCalls / 2);
    if (fault && (await after(fault, response))) return undefined;
    response.setHeader('x-oauth-scopes', [...this.#slack.world.app.scopes].join(','));
    response.setHeader('x-slack-req-id', this.#slack.world.random.token(32));
    const { held } = fault ?? {};
    if (!held) {
      answerJson(response, 200, answer);
      return undefined;
    }
    return async () => {
      held.reach();
      await held.released;
      answerJson(response, 200, answer);
    };
  }

  #answer(name: string, args: JsonObject, token: string): JsonObject {
    try {
      const method = methods.get(name);
      if (!method)
        throw userOnly.test(name)
          ? new SlackError('not_allowed_token_type')
          : new SlackError('unknown_method', { req_method: name });
      this.#authorize(method, token);
      const call = new Call(this.#slack, args);
      if (method.token === 'bot') call.needScope(...method.scopes);
      return { ok: true, ...method.run(call) };
    } catch (error) {
      if (error instanceof SlackError) return { ok: false, error: error.code, ...error.details };
      throw error;
    }
  }

  #authorize(method: Method, token: string): void {
    if (method.token === 'none') return;
    if (token === '') throw new SlackError('not_authed');
    const { botToken, appToken } = this.#tokens;
    if (token !== botToken && token !== appToken) throw new SlackError('invalid_auth');
    if ((token === appToken) !== (method.token === 'app')) throw new SlackError('not_allowed_token_type');
  }
}

function tooMany(response: ServerResponse, seconds: number): void {
  response.setHeader('retry-after', String(seconds));
  answerJson(response, 429, { ok: false, error: 'ratelimited' });
}

/** Faults instead of the call; true when the call must not take place. */
async function before(fault: Planned<CallFault>, response: ServerResponse): Promise<boolean> {
  if (fault.kind === 'rate-limit') tooMany(response, fault.detail.retryAfterSeconds ?? 1);
  else if (fault.kind === 'server-error')
    answerJson(response, 503, { ok: false, error: 'service_unavailable' });
  else if (fault.kind === 'revoked') answerJson(response, 200, { ok: false, error: 'token_revoked' });
  else if (fault.kind === 'drop-request') response.destroy();
  else return false;
  return true;
}

/** Faults after the call took effect; true when its answer must not be sent. */
async function after(fault: Planned<CallFault>, response: ServerResponse): Promise<boolean> {
  if (fault.kind === 'late-answer') {
    await new Promise((resolve) => setTimeout(resolve, fault.detail.milliseconds ?? 100));
    return false;
  }
  if (fault.kind === 'held') return false;
  if (fault.kind === 'server-error-after') answerJson(response, 500, { ok: false, error: 'internal_error' });
  else response.destroy();
  return true;
}

async function readArguments(
  request: IncomingMessage,
  url: URL,
): Promise<{ args: JsonObject; unreadable: boolean }> {
  const args: JsonObject = Object.fromEntries(url.searchParams);
  const body = (await readBody(request)).toString('utf8');
  if (body === '') return { args, unreadable: false };
  if (/^application\/json/i.test(request.headers['content-type'] ?? '')) {
    const read = parseJson(body);
    return isObject(read) ? { args: { ...args, ...read }, unreadable: false } : { args, unreadable: true };
  }
  return { args: { ...args, ...Object.fromEntries(new URLSearchParams(body)) }, unreadable: false };
}

function tokenOf(request: IncomingMessage, args: JsonObject): string {
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? textOf(args.token);
}

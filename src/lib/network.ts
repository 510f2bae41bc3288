import type { Duplex } from 'node:stream';
import {
  Agent,
  DecoratorHandler,
  type Dispatcher,
  EnvHttpProxyAgent,
  Pool,
  FormData as UndiciFormData,
  fetch as undiciFetch,
} from 'undici';
import { slackCode } from './log.ts';

/** What the usual settings say of a proxy: addresses with their scheme, and the hosts that are reached without it. */
export type ProxySettings = {
  /** Whether NODE_USE_ENV_PROXY asks for it. */
  isOn: boolean;
  http: string | undefined;
  https: string | undefined;
  bypass: string;
};

export type Network = {
  fetch: typeof fetch;
  dispatcher: Dispatcher;
  proxy: ProxySettings | undefined;
  close(): Promise<void>;
};

/** A proxy that never answers would otherwise be waited for five minutes. */
const headersTimeout = 15_000;

/**
 * The one way to Slack for the Web API and the WebSocket alike: through the proxy where one is set, and directly
 * otherwise. Node's own `fetch` would go through a proxy only as the real environment says, and its WebSocket never does.
 */
export function createNetwork(proxy?: ProxySettings): Network {
  const dispatcher = proxy?.isOn
    ? new EnvHttpProxyAgent({
        headersTimeout,
        // An empty address means none; left out, it would be looked up in the environment.
        httpProxy: proxy.http ?? '',
        httpsProxy: proxy.https ?? '',
        noProxy: proxy.bypass,
        clientFactory: (origin: URL, options: object) => new Pool(origin, { ...options, headersTimeout }),
      })
    : new Agent({ headersTimeout });
  const reach = (url: string | URL, init: RequestInit = {}) =>
    undiciFetch(url, { ...(init as object), ...(init.body && { body: ownForm(init.body) }), dispatcher });
  return {
    // The same standard, in a package's types and in Node's.
    fetch: reach as unknown as typeof fetch,
    dispatcher,
    proxy,
    close: () => dispatcher.destroy(),
  };
}

/** A form of Node's own class would be sent as "[object FormData]". */
function ownForm(body: unknown): string {
  if (!(body instanceof FormData)) return body as string;
  const form = new UndiciFormData();
  for (const [name, value] of body) form.append(name, value);
  return form as unknown as string;
}

/** Slack was not reached. The message is for the operator: what is wrong, and what to do. */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
}

/** A WebSocket was answered like an ordinary request. */
class NotUpgradedError extends Error {
  override name = 'NotUpgradedError';
  readonly status: number;
  constructor(status: number) {
    super(`Answered ${status} to a WebSocket`);
    this.status = status;
  }
}

/** How the WebSockets that go through a dispatcher open: the ones that did, and why the last one did not. */
export type Opening = { trouble: unknown; sockets: Set<Duplex> };

/** Writes down in `opening` what becomes of each WebSocket. */
export const watched = (dispatcher: Dispatcher, opening: Opening): Dispatcher =>
  dispatcher.compose(
    (dispatch) => (request, handler) =>
      dispatch(request, request.upgrade ? watching(handler, opening) : handler),
  );

function watching(handler: Dispatcher.DispatchHandler, opening: Opening): Dispatcher.DispatchHandler {
  const inner: Dispatcher.DispatchHandler = new DecoratorHandler(handler);
  return {
    onRequestStart: (...given) => inner.onRequestStart?.(...given),
    onRequestUpgrade(controller, status, headers, socket) {
      opening.sockets.add(socket);
      inner.onRequestUpgrade?.(controller, status, headers, socket);
    },
    onResponseStart(controller, status, ...given) {
      opening.trouble = new NotUpgradedError(status);
      inner.onResponseStart?.(controller, status, ...given);
    },
    onResponseData: (...given) => inner.onResponseData?.(...given),
    onResponseEnd: (...given) => inner.onResponseEnd?.(...given),
    onResponseError(controller, error) {
      opening.trouble ??= error;
      inner.onResponseError?.(controller, error);
    },
  };
}

/** Of errors wrapped in each other, the innermost word on what went wrong. */
function causeOf(error: unknown): string | undefined {
  let found: string | undefined;
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    const [, refused] = /^Proxy response \((\d+)\)/.exec(at.message) ?? [];
    if (refused !== undefined) return `PROXY_${refused}`;
    if (at instanceof NotUpgradedError) found = `UPGRADE_${at.status}`;
    else if ('statusCode' in at) found = `HTTP_${String(at.statusCode)}`;
    else if (at.name === 'TimeoutError') found = 'no answer';
    else if ('code' in at && typeof at.code === 'string' && !at.code.startsWith('slack_')) found = at.code;
  }
  return found;
}

const unknownAuthority = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED|CERT_SIGNATURE_|INVALID_CA)/;

/**
 * Why Slack cannot be reached and what to do about it, for whoever runs the bot. Names no address with a password.
 * @param error what the last attempt ended with; undefined when there was no answer at all.
 */
export function sayWhyUnreachable(error: unknown, proxy: ProxySettings | undefined): string {
  const code = causeOf(error);
  const address = proxy?.isOn ? (proxy.https ?? proxy.http) : undefined;
  const via = address === undefined ? undefined : `the proxy ${new URL(address).host}`;
  const said = slackCode(error);
  if (said !== undefined) return `Slack answers "${said}". Check SLACK_APP_TOKEN and SLACK_BOT_TOKEN.`;
  if (code !== undefined && unknownAuthority.test(code))
    return `The certificate that was shown comes from an authority this machine does not know (${code}). Some proxies look into the traffic and show their own: ask for the certificate of its authority, and name its file in NODE_EXTRA_CA_CERTS. Node reads that only from the environment the bot is started in, not from .env.`;
  if (code !== undefined && /^(CERT_|ERR_TLS_CERT_)/.test(code))
    return `The certificate that was shown does not hold (${code}). Check this machine's date and time, and SLACK_API_URL.`;
  if (code === 'PROXY_407')
    return `${capital(via)} wants a name and a password. Put them into its address: HTTPS_PROXY=http://name:password@proxy.example:8080.`;
  if (code?.startsWith('PROXY_'))
    return `${capital(via)} does not let the connection through (it answers ${code.slice(6)}). Ask whoever runs it to allow slack.com and all names under it.`;
  if (code?.startsWith('HTTP_'))
    return `Its address answers ${code.slice(5)}. Try again in some minutes, and check SLACK_API_URL.`;
  if (code?.startsWith('UPGRADE_'))
    return `Something on the way answers ${code.slice(8)} where Slack opens a WebSocket. Ask whoever runs the network to let WebSockets to wss-primary.slack.com and wss-backup.slack.com through.`;
  const what = code ?? (error === undefined ? 'no answer' : 'the connection broke');
  if (via !== undefined)
    return `It was tried through ${via} (${what}). Check HTTPS_PROXY and NO_PROXY, and that the proxy lets slack.com and all names under it through.`;
  return `It was tried without a proxy (${what}). Check the network and SLACK_API_URL. ${
    proxy === undefined
      ? 'Where a proxy is needed, set NODE_USE_ENV_PROXY=1 and HTTPS_PROXY.'
      : 'HTTPS_PROXY is set, but used only with NODE_USE_ENV_PROXY=1.'
  }`;
}

const capital = (text = 'The proxy'): string => text.charAt(0).toUpperCase() + text.slice(1);

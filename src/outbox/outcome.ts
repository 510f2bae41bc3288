import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

/** What a failed call means for the message it carried. `reason` is Slack's error code or a short word of ours. */
export type CallFailure =
  /** Slack asks us to wait; nothing happened. */
  | { kind: 'later'; seconds: number; reason: string }
  /** It concerns the app, not this message (a revoked token, a missing scope): everything waits until it is put right. */
  | { kind: 'not-allowed'; reason: string }
  /** Slack was not reached; nothing happened. */
  | { kind: 'unreached'; reason: string }
  /** Slack says no to this message, and will again. */
  | { kind: 'refused'; reason: string }
  /** It may have happened or not. */
  | { kind: 'unclear'; reason: string };

/** @see reference of chat.postMessage and conversations.open on docs.slack.dev for the codes. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'later', seconds: usable(error.retryAfter), reason: 'ratelimited' };
  if (error instanceof WebAPIPlatformError) return ofCode(error.data.error);
  if (error instanceof WebAPIHTTPError) return { kind: 'unclear', reason: `http_${error.statusCode}` };
  const code = networkCode(error);
  if (code !== undefined && unreached.has(code)) return { kind: 'unreached', reason: code };
  if (error instanceof WebAPIRequestError) return { kind: 'unclear', reason: code ?? 'no_answer' };
  // A 429 without a usable Retry-After header reaches us as a plain Error.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain'))
    return { kind: 'later', seconds: DEFAULT_WAIT_SECONDS, reason: 'ratelimited' };
  return { kind: 'unclear', reason: 'unknown' };
}

function ofCode(code: string): CallFailure {
  // The client takes any text for an error code: the page of a proxy in between, for one.
  if (!/^[a-z][a-z0-9_]*$/.test(code)) return { kind: 'unclear', reason: 'not_slack' };
  if (slackIsUnsure.has(code)) return { kind: 'unclear', reason: code };
  if (code === 'ratelimited' || code === 'rate_limited')
    return { kind: 'later', seconds: DEFAULT_WAIT_SECONDS, reason: code };
  if (aboutTheApp.has(code)) return { kind: 'not-allowed', reason: code };
  return { kind: 'refused', reason: code };
}

const DEFAULT_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 3_600;

/** As the header says, within reason: at once would be asked again at once, and a number without end is no instant. */
const usable = (seconds: number): number =>
  Number.isNaN(seconds) ? DEFAULT_WAIT_SECONDS : Math.min(Math.max(seconds, 1), LONGEST_WAIT_SECONDS);

const slackIsUnsure = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

const aboutTheApp = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'org_login_required',
  'ekm_access_denied',
  'access_denied',
  'team_access_not_granted',
  'accesslimited',
  'messages_tab_disabled',
  'two_factor_setup_required',
]);

/** The connection was never made, so nothing can have been posted. */
const unreached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** `fetch` hides the system's code some causes down. */
function networkCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string' && /^[A-Z_]+$/.test(at.code)) return at.code;
  return undefined;
}

import robotsParser from 'robots-parser';
import { type Outside, PrivateAddressError, type Reply } from '../../../lib/outside.ts';
import { sameAddress } from '../address.ts';

/**
 * What became of a visit. 'blocked': the site does not let programs in, and says nothing of the page; 'slow': no answer in
 * time; 'unproven': its certificate lacks a link that browsers find by themselves and we do not; 'failed': it could not be
 * reached, or said that something is wrong; 'private': it leads into a private network.
 */
export const outcomes = [
  'fine',
  'moved',
  'gone',
  'blocked',
  'slow',
  'unproven',
  'failed',
  'private',
] as const;
export type Outcome = (typeof outcomes)[number];

export type Redirect = { status: number; to: string };

export type Found = {
  outcome: Outcome;
  status: number | undefined;
  /** Where it leads for good, in another place than before. */
  movedTo: string | undefined;
  redirects: Redirect[];
};

/** `not-visited`: this machine's own network was at fault, so nothing was learned. */
export type VisitOutcome = Found | { outcome: 'not-visited' };

/** Says who is there and what for, and by which name robots.txt can send it away. */
export const robotName = 'ChATR-Companion';
const userAgent = `${robotName}/0.1 (self-hosted link checker of a resource catalogue; asks for each page a few times a month and reads no content)`;

/** Its types say a module with a default; what is loaded is the function itself. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

const mostRedirects = 8;
const wholeVisitMs = 45_000;
const robotsBytes = 500 * 1024;
const keptRobots = 500;

export type Visitor = {
  visit(url: string, stop?: AbortSignal): Promise<VisitOutcome>;
};

/** Visits pages as a polite guest: asks robots.txt at each host, for the head only where that will do, and reads nothing. */
export function createVisitor(outside: Outside): Visitor {
  const robots = new Map<string, { allows(url: string): boolean; since: number }>();
  let visits = 0;

  async function mayVisit(url: URL, signal: AbortSignal): Promise<boolean> {
    const known = robots.get(url.origin);
    // What a host says holds for as long as everything else is visited once more.
    if (known && visits - known.since < keptRobots) return known.allows(url.href);
    const rules = await readRobots(url.origin, signal);
    if (robots.size >= keptRobots) robots.clear();
    robots.set(url.origin, { allows: rules, since: visits });
    return rules(url.href);
  }

  /** @see https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1 */
  async function readRobots(origin: string, signal: AbortSignal): Promise<(url: string) => boolean> {
    let at = new URL('/robots.txt', origin);
    for (let hops = 0; hops <= 5; hops += 1) {
      const reply = await outside.ask(at, { method: 'GET', userAgent, signal, bodyBytes: robotsBytes });
      const next = targetOf(reply, at);
      if (next) {
        at = next;
        continue;
      }
      if (reply.status >= 200 && reply.status < 300) {
        const parsed = parseRobots(`${origin}/robots.txt`, reply.body);
        return (url) => parsed.isAllowed(url, robotName) !== false;
      }
      // No such file: everything may be visited. A server in trouble: nothing, for now.
      return () => reply.status < 500;
    }
    return () => true;
  }

  async function askPolitely(url: URL, signal: AbortSignal): Promise<Reply> {
    try {
      const head = await outside.ask(url, { method: 'HEAD', userAgent, signal });
      if (head.status < 400) return head;
    } catch (error) {
      // Some servers hang up on a HEAD; what is wrong with the connection itself shows again.
      if (error instanceof PrivateAddressError || signal.aborted) throw error;
    }
    return outside.ask(url, { method: 'GET', userAgent, signal });
  }

  async function follow(start: URL, signal: AbortSignal): Promise<Found> {
    const redirects: Redirect[] = [];
    let at = start;
    let forGood: URL = start;
    let isForGood = true;
    const found = (outcome: Outcome, status: number | undefined): Found => ({
      outcome,
      status,
      movedTo: undefined,
      redirects,
    });
    for (;;) {
      if (!(await mayVisit(at, signal))) return found('blocked', undefined);
      const reply = await askPolitely(at, signal);
      const { status } = reply;
      const next = targetOf(reply, at);
      if (!next) {
        const outcome = outcomeOf(status);
        const hasMoved = outcome === 'fine' && sameAddress(forGood.href) !== sameAddress(start.href);
        return hasMoved ? { ...found('moved', status), movedTo: forGood.href } : found(outcome, status);
      }
      redirects.push({ status, to: next.href });
      if (redirects.length > mostRedirects) return found('failed', status);
      if (next.protocol !== 'http:' && next.protocol !== 'https:') return found('failed', status);
      isForGood &&= status === 301 || status === 308;
      if (isForGood) forGood = next;
      at = next;
    }
  }

  return {
    async visit(address, stop) {
      visits += 1;
      const url = URL.parse(address);
      if (!url) return { outcome: 'failed', status: undefined, movedTo: undefined, redirects: [] };
      const limit = AbortSignal.timeout(wholeVisitMs);
      const signal = stop ? AbortSignal.any([limit, stop]) : limit;
      try {
        return await follow(url, signal);
      } catch (error) {
        if (stop?.aborted) return { outcome: 'not-visited' };
        const outcome = outcomeOfError(error);
        return outcome === 'not-visited'
          ? { outcome }
          : { outcome, status: undefined, movedTo: undefined, redirects: [] };
      }
    },
  };
}

/** Where an answer sends its reader. Only what a browser would follow by itself. */
function targetOf({ status, location }: Reply, at: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  return URL.parse(location, at) ?? undefined;
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'fine';
  if (status === 404 || status === 410) return 'gone';
  // "You may not", "too many of you", and what sites say that take every program for an attacker.
  if ([401, 402, 403, 405, 406, 429, 451, 999].includes(status)) return 'blocked';
  return status === 408 || status === 504 || status === 524 ? 'slow' : 'failed';
}

const slow = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);
/** Common on servers that send only their own certificate. One that is of another name or too old fails, as in a browser. */
const unproven = new Set(['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']);
/** This machine has no network, no one to ask for names, or a proxy that refuses. */
const own = new Set([
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'UND_ERR_ABORTED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

function outcomeOfError(error: unknown): Outcome | 'not-visited' {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof PrivateAddressError) return 'private';
    if (at.name === 'TimeoutError') return 'slow';
    const code = 'code' in at ? String(at.code) : '';
    if (slow.has(code)) return 'slow';
    if (unproven.has(code)) return 'unproven';
    if (own.has(code)) return 'not-visited';
  }
  return 'failed';
}

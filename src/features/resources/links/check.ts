import { describeError } from '../../../lib/log.ts';
import type { Outside } from '../../../lib/outside.ts';
import type { Job } from '../../feature.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';
import { createVisitor, type Found } from './visit.ts';

export type LinkChecker = {
  job: Job;
  /** Resolves when no visit is under way. */
  settled(): Promise<void>;
  /** Breaks off the visit that is under way; it is made again in an hour. */
  stop(): void;
};

/** At each beat so many links, of as many hosts, one after the other: no host is asked twice in a minute. */
const perBeat = 4;
const lookAhead = 100;

/** Visits the catalogue's links, beside the beats: a server that does not answer holds up nobody's message. */
export function createLinkChecker(
  { db, clock, live, log, trust }: Pick<Deps, 'db' | 'clock' | 'live' | 'log' | 'trust'>,
  outside: Outside,
): LinkChecker {
  const visitor = createVisitor(outside);
  const stopping = new AbortController();
  let running: Promise<void> | undefined;

  async function takeDue(now: Date): Promise<string[]> {
    await store.keepOnly(
      db,
      live.now.shown.flatMap(({ url }) => url ?? []),
      now,
    );
    const hosts = new Set<string>();
    const taken: string[] = [];
    for (const due of await store.listDue(db, now, lookAhead)) {
      const host = URL.parse(due.url)?.host ?? due.url;
      if (hosts.has(host) || taken.length === perBeat) continue;
      hosts.add(host);
      if (await store.claim(db, due, now)) taken.push(due.url);
    }
    return taken;
  }

  async function visitAll(urls: readonly string[]): Promise<void> {
    for (const url of urls) {
      const found = await visitor.visit(url, stopping.signal);
      if (stopping.signal.aborted) return;
      if (found.outcome === 'not-visited') continue;
      if (isSilent(found) && !(await isConnected(url))) continue;
      await db
        .transaction()
        .execute((trx) => store.recordVisit(trx, url, found, clock.now()))
        .catch((error: unknown) => log.warn(describeError(error), 'A visit was not written down'));
      trust.changed();
    }
  }

  /**
   * Whether this machine is on the network at all: something that opened before still answers. Without that, a cut cable
   * would break every link in three days.
   */
  async function isConnected(failed: string): Promise<boolean> {
    const witness = await store.findWitness(db, failed);
    if (witness === undefined) return false;
    const found = await visitor.visit(witness, stopping.signal);
    return found.outcome !== 'not-visited' && !isSilent(found);
  }

  return {
    job: {
      name: 'resources.links',
      async run(now) {
        if (running || stopping.signal.aborted) return;
        const urls = await takeDue(now);
        if (urls.length === 0) return;
        running = visitAll(urls).finally(() => {
          running = undefined;
        });
      },
    },
    async settled() {
      await running;
    },
    stop: () => stopping.abort(),
  };
}

/** Nobody answered: neither the page nor anything on the way to it. */
const isSilent = ({ outcome, status, redirects }: Found): boolean =>
  outcome === 'failed' && status === undefined && redirects.length === 0;

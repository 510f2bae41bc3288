import type { Routes } from './routes.ts';

/** Somebody came into a channel, or went out of it. */
export type Change = { channelId: string; slackId: string; isIn: boolean };

/**
 * Whether somebody has come into a channel (true) or gone (false) since its list began to be read; undefined when nothing
 * was heard of them, and the list knows better.
 */
export type LastHeard = (slackId: string) => boolean | undefined;

export type Comings = {
  listen(to: Routes): void;
  /** Who came and went, for one person in the order in which it happened, and never two things at a time. */
  onChange(run: (change: Change) => Promise<void>): void;
  /**
   * Reading who is in a channel takes several calls, and what follows from it minutes. A list is old when it comes: what is
   * heard meanwhile counts for more.
   */
  during<T>(channelId: string, work: (heard: LastHeard) => Promise<T>): Promise<T>;
  /** Everything about one person, one after the other. Never for them again inside. */
  inTurn<T>(slackId: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody's turn is waited for. */
  settled(): Promise<void>;
};

/** So many times are kept, so that news that is delivered late is known for what it is. */
const mostKept = 5_000;

export function createComings(): Comings {
  const listening: ((change: Change) => Promise<void>)[] = [];
  const reading = new Map<string, Set<Map<string, boolean>>>();
  const turns = new Map<string, Promise<unknown>>();
  const latest = new Map<string, number>();

  /** Slack promises no order, and delivers again what failed. */
  function isOldNews({ channelId, slackId }: Change, at: number): boolean {
    const about = `${channelId} ${slackId}`;
    if ((latest.get(about) ?? 0) > at) return true;
    latest.delete(about);
    latest.set(about, at);
    const [oldest] = latest.keys();
    if (latest.size > mostKept && oldest !== undefined) latest.delete(oldest);
    return false;
  }

  async function changed(change: Change, at: string | undefined): Promise<void> {
    if (isOldNews(change, Number(at ?? Number.NaN))) return;
    for (const heard of reading.get(change.channelId) ?? []) heard.set(change.slackId, change.isIn);
    await inTurn(change.slackId, async () => {
      const ended = await Promise.allSettled(listening.map((run) => run(change)));
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    });
  }

  function inTurn<T>(slackId: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(slackId) ?? Promise.resolve();
    const mine = before.then(work, work);
    const turn = mine.then(
      () => {},
      () => {},
    );
    turns.set(slackId, turn);
    void turn.then(() => turns.get(slackId) === turn && turns.delete(slackId));
    return mine;
  }

  return {
    listen(to) {
      to.onEvent('member_joined_channel', ({ event: { channel: channelId, user: slackId, event_ts: at } }) =>
        changed({ channelId, slackId, isIn: true }, at),
      );
      to.onEvent('member_left_channel', ({ event: { channel: channelId, user: slackId, event_ts: at } }) =>
        changed({ channelId, slackId, isIn: false }, at),
      );
    },
    onChange: (run) => void listening.push(run),
    async during(channelId, work) {
      const heard = new Map<string, boolean>();
      const open = reading.get(channelId) ?? new Set();
      reading.set(channelId, open.add(heard));
      try {
        return await work((slackId) => heard.get(slackId));
      } finally {
        open.delete(heard);
        if (open.size === 0) reading.delete(channelId);
      }
    },
    inTurn,
    async settled() {
      while (turns.size > 0) await Promise.all(turns.values());
    },
  };
}

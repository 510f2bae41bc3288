import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, minutes } from '../lib/clock.ts';
import { describeError, type Log } from '../lib/log.ts';
import type { Sender } from './sender.ts';

export type SendingOn = {
  /** Begins to send what is left, unless it is at it. Returns at once. */
  begin(): void;
  /** Resolves when it has come to its end. */
  settled(): Promise<void>;
  /** Resolves once the present round is over; the rest waits until it begins again. */
  pause(): Promise<void>;
  /** The same for good. */
  stop(): Promise<void>;
};

export type SendingOnDeps = {
  sender: Pick<Sender, 'sendDue' | 'nextDueAt'>;
  clock: Clock;
  log: Log;
  /** Unless another bot on the same store is at it. */
  inTurn(work: () => Promise<void>): Promise<void>;
};

/**
 * Between two beats: what a round has left behind, for its length or because Slack asked to wait for a moment, goes as fast
 * as Slack takes it. A round in which nothing went leaves the rest for the next beat, which finds out why.
 */
export function createSendingOn({ sender, clock, log, inTurn }: SendingOnDeps): SendingOn {
  let pausing = new AbortController();
  let running: Promise<void> | undefined;
  let isStopped = false;

  async function work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const dueAt = await sender.nextDueAt();
      const ahead = dueAt === undefined ? Number.POSITIVE_INFINITY : dueAt.getTime() - clock.now().getTime();
      // What comes later is the next beat's.
      if (signal.aborted || ahead > minutes(1)) return;
      if (ahead > 0) await wait(ahead, undefined, { signal });
      let sent = 0;
      await inTurn(async () => {
        ({ sent } = await sender.sendDue(clock.now()));
      });
      if (sent === 0) return;
    }
  }

  async function pause(): Promise<void> {
    pausing.abort();
    await running;
  }

  return {
    begin() {
      if (isStopped || running) return;
      pausing = new AbortController();
      const { signal } = pausing;
      running = work(signal)
        .catch((error: unknown) => {
          if (!signal.aborted)
            log.error(describeError(error), 'Sending stopped; the next beat goes on with it.');
        })
        .finally(() => {
          running = undefined;
        });
    },
    async settled() {
      await running;
    },
    pause,
    async stop() {
      isStopped = true;
      await pause();
    },
  };
}

import { hours } from '../lib/clock.ts';
import { describeError, type Log } from '../lib/log.ts';

/** Something that is looked at on each beat. A feature's Job has this shape. */
export type ScheduledJob = {
  name: string;
  /** Housekeeping, which nobody waits for: at the first tick and then once an hour. Left out: at each tick. */
  every?: 'hour';
  /** Decides and enqueues whatever is due at `now`, in transactions of its own. Running it twice changes nothing more. */
  run(now: Date): Promise<void>;
};

export type Scheduler = {
  /**
   * Runs every job once, in order, for the given instant. Never two rounds at a time: a tick during a round is kept,
   * several become one (the latest instant), and each caller waits until a round for their instant or a later one is over.
   * A job that fails is logged; the others run all the same, and it has its next chance at the next tick. Never rejects.
   */
  tick(now: Date): Promise<void>;
  /** Ticks from now on do nothing; resolves when the running job is over. */
  stop(): Promise<void>;
};

export function createScheduler({ jobs, log }: { jobs: readonly ScheduledJob[]; log: Log }): Scheduler {
  let running: Promise<void> | undefined;
  let waiting: ({ now: Date } & PromiseWithResolvers<void>) | undefined;
  let isStopped = false;
  const lastHours = new Map<ScheduledJob, number>();

  async function round(now: Date): Promise<void> {
    const hour = Math.floor(now.getTime() / hours(1));
    for (const job of jobs) {
      if (isStopped) return;
      if (job.every === 'hour' && lastHours.get(job) === hour) continue;
      try {
        await job.run(now);
        lastHours.set(job, hour);
      } catch (error) {
        log.error(
          { job: job.name, ...describeError(error) },
          'A job failed; it runs again at the next beat.',
        );
      }
    }
  }

  function begin(now: Date): Promise<void> {
    running = round(now).then(() => {
      const next = waiting;
      waiting = undefined;
      running = undefined;
      if (next !== undefined) void begin(next.now).then(next.resolve);
    });
    return running;
  }

  return {
    tick(now) {
      if (isStopped) return Promise.resolve();
      if (running === undefined) return begin(now);
      waiting ??= { now, ...Promise.withResolvers<void>() };
      if (now > waiting.now) waiting.now = now;
      return waiting.promise;
    },
    async stop() {
      isStopped = true;
      await Promise.all([running, waiting?.promise]);
    },
  };
}

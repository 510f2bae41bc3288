import cron from 'node-cron';
import { describeError, type Log } from '../lib/log.ts';

export type Heartbeat = {
  /** No further beats; resolves when the one that is running is over. */
  stop(): Promise<void>;
};

/**
 * Calls `beat` at every full minute, never two at a time. It carries nobody's schedule: what is due is decided from what
 * is stored, so a beat that comes late or not at all loses nothing. UTC, since in a zone with clock changes node-cron
 * would lose an hour. A beat that fails is logged.
 */
export function startHeartbeat(beat: () => Promise<void>, log?: Log): Heartbeat {
  let running: Promise<void> | undefined;
  const task = cron.schedule(
    '* * * * *',
    async () => {
      running = beat().catch((error: unknown) => {
        log?.error(describeError(error), 'A beat failed; the next one comes in a minute.');
      });
      await running;
    },
    {
      timezone: 'Etc/UTC',
      noOverlap: true,
      // By default a beat that is more than a second late is only reported, not run.
      missedExecutionTolerance: 59_000,
      suppressMissedWarning: true,
      logger: quiet,
    },
  );
  return {
    async stop() {
      await task.destroy();
      await running;
    },
  };
}

/** node-cron would write to the console. A beat that is left out because the last one still runs is nothing to report. */
const quiet = { info() {}, warn() {}, error() {}, debug() {} };

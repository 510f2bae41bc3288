import { setImmediate as turn } from 'node:timers/promises';
import { describeError, type Log } from '../lib/log.ts';

/**
 * One after another, as jobs do it. What fails is logged and has its next chance at the next beat; the others, who may come
 * after it every time, get their turn. Between two of them whoever waits for an answer is served.
 */
export async function forEach<T>(
  log: Log,
  job: string,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      log.error({ job, ...describeError(error) }, 'One of several could not be done; the others go on');
    }
    await turn();
  }
}

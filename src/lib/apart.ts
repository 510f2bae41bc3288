import { Worker } from 'node:worker_threads';

/**
 * Calls the `draw` of a module in a thread of its own: what takes seconds to draw would leave everybody else without an
 * answer for as long.
 * @param given is copied into that thread, and what comes of it back: values only, no functions.
 */
export function drawApart<Draw extends (...given: never[]) => Promise<unknown>>(
  module: URL,
  ...given: Parameters<Draw>
): Promise<Awaited<ReturnType<Draw>>> {
  const worker = new Worker(new URL('./apart-worker.ts', import.meta.url), {
    workerData: { module: module.href, given },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    // Nothing after one of the two.
    worker.once('exit', () => reject(new Error('The thread ended before it had drawn anything.')));
  });
}

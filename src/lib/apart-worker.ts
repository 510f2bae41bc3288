import { parentPort, workerData } from 'node:worker_threads';

/** Begun by `drawApart`, which says what is drawn, and of what. */
const { module, given }: { module: string; given: unknown[] } = workerData;
const { draw }: { draw: (...given: unknown[]) => Promise<unknown> } = await import(module);
parentPort?.postMessage(await draw(...given));

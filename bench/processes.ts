import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What an app costs, seen from outside: nothing of the measuring runs in it. Of the whole family, should the start script
 * put a process in front of the bot. Linux only: these files are where it tells.
 */
export const canMeasure = process.platform === 'linux';

function familyOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return [pid, ...children.flatMap((child) => familyOf(Number(child)))];
  } catch {
    return [];
  }
}

/** Milliseconds of processor so far, of all its threads. From schedstat, since `stat` counts in steps of ten. */
export function processorMs(pid: number): number {
  let nanoseconds = 0;
  for (const member of familyOf(pid))
    for (const thread of readdirSync(`/proc/${member}/task`))
      try {
        nanoseconds += Number(readFileSync(`/proc/${member}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
      } catch {
        // A thread that ended between the two readings.
      }
  return nanoseconds / 1e6;
}

export function residentMb(pid: number): number {
  const kilobytes = familyOf(pid).map((member) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${member}/status`, 'utf8'))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/**
 * Until it has done nothing for a moment: what it does after its answer is part of what the answer costs. Gives up waiting
 * after a minute, for an app that never rests.
 */
export async function comeToRest(pid: number, quietMs = 30): Promise<void> {
  let before = processorMs(pid);
  for (let looked = 0; looked < 60_000 / quietMs; looked += 1) {
    await wait(quietMs);
    const now = processorMs(pid);
    if (now - before < quietMs / 50) return;
    before = now;
  }
}

/** Whole family, since a process in front of the bot may not pass this on. */
export function kill(pid: number): void {
  for (const member of familyOf(pid))
    try {
      process.kill(member, 'SIGKILL');
    } catch {
      // Gone already.
    }
}

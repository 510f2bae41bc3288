import { expect, test } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { createScheduler } from '../../src/scheduler/scheduler.ts';

const silent = createLog({ level: 'silent' });
const minute = (count: number): Date => new Date(Date.UTC(2026, 2, 3, 10, count));

/** A job that waits until it is told to go on. */
function slowJob() {
  const seen: Date[] = [];
  const gates: (() => void)[] = [];
  let atOnce = 0;
  let most = 0;
  return {
    seen,
    most: () => most,
    goOn: () => gates.shift()?.(),
    job: {
      name: 'slow',
      async run(now: Date) {
        atOnce += 1;
        most = Math.max(most, atOnce);
        seen.push(now);
        await new Promise<void>((resolve) => gates.push(resolve));
        atOnce -= 1;
      },
    },
  };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

test('jobs run in order, with the instant of the tick', async () => {
  const seen: string[] = [];
  const job = (name: string) => ({
    name,
    run: async (now: Date) => {
      seen.push(`${name} ${now.toISOString()}`);
    },
  });
  const scheduler = createScheduler({ jobs: [job('first'), job('second')], log: silent });
  await scheduler.tick(minute(0));
  expect(seen).toEqual(['first 2026-03-03T10:00:00.000Z', 'second 2026-03-03T10:00:00.000Z']);
});

test('a job that fails stops nobody else, is logged without its message, and runs again', async () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', write: (line) => lines.push(line) });
  let ran = 0;
  const jobs = [
    { name: 'broken', run: () => Promise.reject(new TypeError('what somebody wrote')) },
    {
      name: 'broken at once',
      run: (): Promise<void> => {
        throw new RangeError('x');
      },
    },
    {
      name: 'fine',
      run: async () => {
        ran += 1;
      },
    },
  ];
  const scheduler = createScheduler({ jobs, log });
  await scheduler.tick(minute(0));
  await scheduler.tick(minute(1));
  expect(ran).toBe(2);
  expect(lines).toHaveLength(4);
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ job: 'broken', error: 'TypeError' });
  expect(lines.join('')).not.toContain('what somebody wrote');
});

test('ticks during a round become one more round, at the latest instant, and each caller waits for it', async () => {
  const slow = slowJob();
  const scheduler = createScheduler({ jobs: [slow.job], log: silent });
  const done: number[] = [];
  const ticks = [0, 1, 3, 2].map((at) => scheduler.tick(minute(at)).then(() => done.push(at)));
  await soon();
  slow.goOn();
  await soon();
  expect(done).toEqual([0]);
  slow.goOn();
  await Promise.all(ticks);
  expect(slow.seen).toEqual([minute(0), minute(3)]);
  expect(slow.most()).toBe(1);
  const after = scheduler.tick(minute(4));
  await soon();
  slow.goOn();
  await after;
  expect(slow.seen).toHaveLength(3);
});

test('stopping waits for the job that runs; nothing begins after it', async () => {
  const slow = slowJob();
  const scheduler = createScheduler({ jobs: [slow.job, slow.job], log: silent });
  const running = scheduler.tick(minute(0));
  const waiting = scheduler.tick(minute(1));
  await soon();
  let isStopped = false;
  const stopped = scheduler.stop().then(() => {
    isStopped = true;
  });
  await soon();
  expect(isStopped).toBe(false);
  slow.goOn();
  await Promise.all([stopped, running, waiting]);
  await scheduler.tick(minute(2));
  expect(slow.seen).toEqual([minute(0)]);
});

test('housekeeping runs at the first tick and then once an hour, and again where it failed', async () => {
  const seen: string[] = [];
  let fails = true;
  const scheduler = createScheduler({
    log: silent,
    jobs: [
      { name: 'tidy', every: 'hour', run: async (now) => void seen.push(now.toISOString().slice(11, 16)) },
      {
        name: 'fails once',
        every: 'hour',
        async run() {
          if (!fails) seen.push('mended');
          const failsNow = fails;
          fails = false;
          if (failsNow) throw new Error('broken');
        },
      },
    ],
  });
  for (const count of [5, 6, 59, 60, 61, 180]) await scheduler.tick(minute(count));
  expect(seen).toEqual(['10:05', 'mended', '11:00', 'mended', '13:00', 'mended']);
});

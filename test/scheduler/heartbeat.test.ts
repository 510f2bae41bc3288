import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { startHeartbeat } from '../../src/scheduler/heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-29T00:58:30Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

test('beats every minute, over a change of the clocks as well, until it is stopped', async () => {
  const beats: string[] = [];
  const heartbeat = startHeartbeat(async () => {
    beats.push(new Date().toISOString().slice(11, 16));
  });
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  expect(beats).toEqual(['00:59', '01:00', '01:01', '01:02']);
  await heartbeat.stop();
  await vi.advanceTimersByTimeAsync(3 * 60_000);
  expect(beats).toHaveLength(4);
});

test('a beat that takes long is not joined by another, and stopping waits for it', async () => {
  let begun = 0;
  let finish = (): void => {};
  const heartbeat = startHeartbeat(async () => {
    begun += 1;
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(begun).toBe(1);
  let isStopped = false;
  const stopped = heartbeat.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(isStopped).toBe(false);
  finish();
  await stopped;
});

test('a beat that fails is logged, and the next one comes', async () => {
  const lines: string[] = [];
  let beats = 0;
  const heartbeat = startHeartbeat(
    () => {
      beats += 1;
      return Promise.reject(new TypeError('text'));
    },
    createLog({ level: 'info', write: (line) => lines.push(line) }),
  );
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect(beats).toBe(2);
  expect(lines).toHaveLength(2);
  await heartbeat.stop();
});

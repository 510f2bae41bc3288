import { setImmediate as turn } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { createGarbage } from '../../src/lib/garbage.ts';

const usedMb = (): number => getHeapStatistics().used_heap_size / 2 ** 20;

/** Held until all of it is there, so that it has grown old. */
function litter(mb: number): number {
  return Array.from({ length: mb * 8 }, () => new Array<number>(2 ** 14).fill(1.5)).length;
}

test('what is no longer needed goes: all of it after a start, and later once there is much', async () => {
  const garbage = createGarbage();
  garbage.collectAll();
  const rest = usedMb();

  litter(24);
  await turn();
  expect(usedMb()).toBeGreaterThan(rest + 16);
  garbage.collectIfMuch();
  expect(usedMb()).toBeLessThan(rest + 8);

  litter(8);
  await turn();
  garbage.collectIfMuch();
  expect(usedMb()).toBeGreaterThan(rest + 6);
});

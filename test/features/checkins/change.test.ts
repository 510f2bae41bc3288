import quantile from '@stdlib/stats-base-dists-t-quantile';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeOf, sureOf } from '../../../src/features/checkins/comparing/change.ts';

/** Γ of a half or a whole number above 0. */
const gamma = (at: number): number =>
  at === 0.5 ? Math.sqrt(Math.PI) : at === 1 ? 1 : (at - 1) * gamma(at - 1);

/** How much of Student's t lies below: half of all, and the area under its density from 0 on, by Simpson's rule. */
function below(t: number, freedom: number): number {
  const density = (x: number) =>
    (gamma((freedom + 1) / 2) / (Math.sqrt(freedom * Math.PI) * gamma(freedom / 2))) *
    (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
  const steps = 2000;
  const width = t / steps;
  let area = density(0) + density(t);
  for (let step = 1; step < steps; step += 1) area += (step % 2 === 1 ? 4 : 2) * density(step * width);
  return 0.5 + (area * width) / 3;
}

/** The same the other way round, by halving. */
function independent(freedom: number): number {
  let [low, high] = [0, 20];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (below(middle, freedom) < (1 + sureOf / 100) / 2) low = middle;
    else high = middle;
  }
  return low;
}

// As printed: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, two-sided 95%.
test.each([
  [11, 2.201],
  [13, 2.16],
  [19, 2.093],
  [29, 2.045],
  [39, 2.023],
])(
  'Student’s t for %i and one more: as in printed tables, and as the area under its density has it',
  (freedom, printed) => {
    expect(quantile(0.975, freedom)).toBeCloseTo(printed, 3);
    expect(quantile(0.975, freedom)).toBeCloseTo(independent(freedom), 6);
  },
);

test('of any dozen people and more, the interval holds what another reckoning gives, and hardly more', async () => {
  const known = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -10, max: 10 }), { minLength: 12, maxLength: 40 }),
      async (differences) => {
        const people = differences.length;
        const sum = differences.reduce((all, one) => all + one, 0);
        const squares = differences.reduce((all, one) => all + one * one, 0);
        const mean = sum / people;
        // By the sums alone, rather than by how far each is from the mean.
        const variance = (squares - (sum * sum) / people) / (people - 1);
        const t = known.get(people) ?? independent(people - 1);
        known.set(people, t);
        const margin = t * Math.sqrt(Math.max(0, variance) / people);
        const before = 5;
        const after = before + Math.round(2 * mean) / 2;
        const shown = await changeOf({ before, after }, differences);
        expect(shown.by).toBe(after - before);
        const close = 1e-6;
        expect(shown.from).toBeLessThanOrEqual(Math.min(mean - margin, shown.by - 0.5) + close);
        expect(shown.to).toBeGreaterThanOrEqual(Math.max(mean + margin, shown.by + 0.5) - close);
        expect(shown.from).toBeGreaterThan(Math.min(mean - margin, shown.by - 0.5) - 0.5 - close);
        expect(shown.to).toBeLessThan(Math.max(mean + margin, shown.by + 0.5) + 0.5 + close);
        expect([(2 * shown.from) % 1, (2 * shown.to) % 1].map(Math.abs)).toEqual([0, 0]);
      },
    ),
    { numRuns: 200 },
  );
});

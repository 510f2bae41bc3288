import { expect, test } from 'vitest';
import { simulate } from './year.ts';

/** A glance at each change; `npm run simulate` looks at hundreds of these, and at a year of 500 people. */
test.each([2, 5])(
  'a few weeks of a small community, with faults and kills: seed %i',
  async (seed) => {
    const { faults, figures } = await simulate(seed, { people: 8, groups: 1, weeks: 3 });
    expect(faults).toEqual([]);
    expect(figures.prompt).toBeGreaterThan(5);
    expect(figures.answers).toBeGreaterThan(0);
  },
  60_000,
);

import { expect, test } from 'vitest';
import { simulateIntroductions } from './introductions.ts';

/** A glance at each change; `npm run simulate -- --introductions` looks at a year of 200 people. */
test('some weeks of introductions: nobody meets whom they would rather not, nobody is told alone, most are across agencies', async () => {
  const figures = await simulateIntroductions({ seed: 3, people: 24, organisations: 6, rounds: 6 });
  expect(figures).toMatchObject({ avoidedMet: 0, toldOneAlone: 0, leftOutTwiceRunning: 0 });
  expect(figures.introductions).toBeGreaterThan(20);
  expect(figures.acrossAgencies).toBeGreaterThan(figures.acrossAgenciesByChance);
});

import { expect, test } from 'vitest';
import { sayRange } from '../../src/slack/paging.ts';

test.each([
  [{ from: 0, shown: 1, total: 1 }, '1 resource'],
  [{ from: 0, shown: 5, total: 5 }, '5 resources'],
  [{ from: 0, shown: 5, total: 12 }, '1–5 of 12 resources'],
  [{ from: 10, shown: 2, total: 12 }, '11–12 of 12 resources'],
  [{ from: 5, shown: 1, total: 6 }, '6 of 6 resources'],
])('what is in sight of a list: %o is “%s”', (range, said) => {
  expect(sayRange(range, 'resource', 'resources')).toBe(said);
});

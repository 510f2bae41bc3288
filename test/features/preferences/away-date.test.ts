import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAwayDate } from '../../../src/features/preferences/away-date.ts';

// A Tuesday.
const today = '2026-03-03';

describe('a day, as people write it', () => {
  test.each([
    ['until 3 March', '2026-03-03'],
    ['until 12 march', '2026-03-12'],
    ['until Friday', '2026-03-06'],
    ['until tuesday', '2026-03-10'],
    ['till next Mon', '2026-03-09'],
    ['2 weeks', '2026-03-17'],
    ['for a week', '2026-03-10'],
    ['for 3 days', '2026-03-06'],
    ['tomorrow', '2026-03-04'],
    ['until 3/4', '2026-04-03'],
    ['12-04-2026', '2026-04-12'],
    ['until 2026-04-12', '2026-04-12'],
    ['until the 5th of April', '2026-04-05'],
    ['Apr 5', '2026-04-05'],
    ['until Monday 6 April 2026', '2026-04-06'],
    // This year's is over.
    ['until 2 January', '2027-01-02'],
  ])('%s', (words, date) => {
    expect(readAwayDate(words, today)).toEqual({ kind: 'until', date });
  });

  test.each([
    ['off', 'off'],
    ['back', 'off'],
    ['until whenever', 'unclear'],
    ['until 31 February', 'unclear'],
    ['until 40/40', 'unclear'],
    ['<!channel>', 'unclear'],
    ['until 2026-03-01', 'past'],
    ['until 1 March 2025', 'past'],
    ['until 2030-01-01', 'too-far'],
    ['999 months', 'too-far'],
  ])('%s: %s', (words, kind) => {
    expect(readAwayDate(words, today).kind).toBe(kind);
  });

  test('whatever is typed gets an answer, and a day is never in the past', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        const read = readAwayDate(words, today);
        if (read.kind === 'until') expect(read.date >= today).toBe(true);
      }),
    );
  });
});

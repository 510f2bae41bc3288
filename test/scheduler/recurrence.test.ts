import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { localDate, localTime } from '../../src/scheduler/calendar.ts';
import {
  listOccurrences,
  nextOccurrence,
  problemWithDate,
  problemWithStart,
  problemWithTime,
  recurrenceOf,
  rhythms,
  sayRecurrence,
  type Timing,
} from '../../src/scheduler/recurrence.ts';

// The machine's own zone must not matter.
beforeAll(() => {
  vi.stubEnv('TZ', 'Pacific/Kiritimati');
  expect(new Date('2026-03-03T10:00:00Z').getHours()).toBe(0);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const plan = (change: Partial<Timing> = {}): Timing => ({
  how: 'fortnightly',
  date: '2026-03-03',
  time: '09:30',
  zone: 'Europe/London',
  ...change,
});
const list = (change: Partial<Timing>, count: number, from = '2026-01-01T00:00:00Z'): string[] =>
  listOccurrences(recurrenceOf(plan(change)), new Date(from), count).map((at) =>
    at.toISOString().slice(0, 16),
  );

describe('what comes next', () => {
  test.each<[string, Partial<Timing>, string[]]>([
    ['once', { how: 'once' }, ['2026-03-03T09:30']],
    [
      'weekly over the spring change',
      { how: 'weekly', date: '2026-03-24' },
      ['2026-03-24T09:30', '2026-03-31T08:30', '2026-04-07T08:30'],
    ],
    [
      'weekly over the autumn change',
      { how: 'weekly', date: '2026-10-20' },
      ['2026-10-20T08:30', '2026-10-27T09:30', '2026-11-03T09:30'],
    ],
    ['fortnightly', {}, ['2026-03-03T09:30', '2026-03-17T09:30', '2026-03-31T08:30', '2026-04-14T08:30']],
    [
      'fortnightly over the turn of the year',
      { date: '2026-12-22' },
      ['2026-12-22T09:30', '2027-01-05T09:30', '2027-01-19T09:30'],
    ],
    [
      'monthly, the first Tuesday',
      { how: 'monthly' },
      ['2026-03-03T09:30', '2026-04-07T08:30', '2026-05-05T08:30'],
    ],
    [
      'monthly from a fifth Tuesday: the last one',
      { how: 'monthly', date: '2026-03-31' },
      ['2026-03-31T08:30', '2026-04-28T08:30', '2026-05-26T08:30', '2026-06-30T08:30'],
    ],
    [
      'the last day of each month',
      { how: 'monthly-last-day', date: '2027-12-05' },
      ['2027-12-31T09:30', '2028-01-31T09:30', '2028-02-29T09:30', '2028-03-31T08:30'],
    ],
    [
      'New York, whose clocks change on another day',
      { how: 'weekly', date: '2026-03-03', zone: 'America/New_York' },
      ['2026-03-03T14:30', '2026-03-10T13:30'],
    ],
    [
      'Auckland, where summer ends in April',
      { how: 'weekly', date: '2026-04-01', zone: 'Pacific/Auckland' },
      ['2026-03-31T20:30', '2026-04-07T21:30'],
    ],
  ])('%s', (_, change, expected) => {
    expect(list(change, expected.length)).toEqual(expected);
  });

  test('is strictly after the instant asked for', () => {
    const recurrence = recurrenceOf(plan());
    const first = new Date('2026-03-03T09:30:00Z');
    expect(nextOccurrence(recurrence, new Date(first.getTime() - 1))).toEqual(first);
    expect(nextOccurrence(recurrence, first)).toEqual(new Date('2026-03-17T09:30:00Z'));
  });

  test('a single one has nothing after it', () => {
    expect(
      nextOccurrence(recurrenceOf(plan({ how: 'once' })), new Date('2026-03-03T09:30:00Z')),
    ).toBeUndefined();
    expect(list({ how: 'once' }, 5)).toHaveLength(1);
  });

  test('years later it still keeps the rhythm', () => {
    expect(list({}, 1, '2046-03-01T00:00:00Z')).toEqual(['2046-03-06T09:30']);
  });

  const anyPlan = fc.record({
    how: fc.constantFrom(...rhythms),
    date: fc
      .integer({ min: 0, max: 729 })
      .map((offset) => localDate(new Date(Date.UTC(2026, 0, 1 + offset, 12)), 'UTC')),
    time: fc
      .integer({ min: 7 * 60, max: 20 * 60 })
      .map(
        (minute) =>
          `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
      ),
    zone: fc.constantFrom(
      'Europe/London',
      'Pacific/Auckland',
      'America/New_York',
      'Asia/Kolkata',
      'Africa/Cairo',
    ),
  });
  const anyInstant = fc.date({
    min: new Date('2026-01-01T00:00Z'),
    max: new Date('2029-01-01T00:00Z'),
    noInvalidDate: true,
  });

  test('is later than asked, at the same time on the wall, and the last one leads to the next', () => {
    fc.assert(
      fc.property(anyPlan, anyInstant, (theirs, after) => {
        const recurrence = recurrenceOf(theirs);
        const next = nextOccurrence(recurrence, after);
        if (next === undefined) {
          expect(theirs.how).toBe('once');
          return;
        }
        expect(next > after).toBe(true);
        expect(localTime(next, theirs.zone)).toBe(theirs.time);
        // Asked from anywhere before it, it is the same one: none is passed over.
        expect(nextOccurrence(recurrence, new Date(next.getTime() - 1))).toEqual(next);
      }),
      { numRuns: 300 },
    );
  });

  test('skips none: gaps are as long as the rhythm says', () => {
    const gaps = { weekly: [7, 7], fortnightly: [14, 14], monthly: [28, 35], 'monthly-last-day': [28, 31] };
    fc.assert(
      fc.property(anyPlan, (theirs) => {
        const { how, zone } = theirs;
        if (how === 'once') return;
        const recurrence = recurrenceOf(theirs);
        const start = new Date('2025-12-01T00:00:00Z');
        const days = listOccurrences(recurrence, start, 14).map(
          (at) => Date.parse(localDate(at, zone)) / 86_400_000,
        );
        expect(days).toHaveLength(14);
        expect(new Date((days[0] ?? 0) * 86_400_000).toISOString().slice(0, 10)).toBe(
          recurrence.startsAt.slice(0, 10),
        );
        const [least = 0, most = 0] = gaps[how];
        days.slice(1).forEach((day, index) => {
          const gap = day - (days[index] ?? 0);
          expect(gap).toBeGreaterThanOrEqual(least);
          expect(gap).toBeLessThanOrEqual(most);
        });
      }),
      { numRuns: 150 },
    );
  });
});

describe('in words', () => {
  test.each<[Partial<Timing>, string]>([
    [{ how: 'once' }, 'Once, on Tuesday 3 March at 09:30'],
    [{ how: 'weekly' }, 'Every Tuesday at 09:30 from 3 March'],
    [{}, 'Every second Tuesday at 09:30 from 3 March'],
    [{ how: 'monthly' }, 'On the first Tuesday of each month at 09:30 from 3 March'],
    [{ how: 'monthly', date: '2026-03-31' }, 'On the last Tuesday of each month at 09:30 from 31 March'],
    [{ how: 'monthly-last-day' }, 'On the last day of each month at 09:30 from 31 March'],
    [{ date: '2027-01-05' }, 'Every second Tuesday at 09:30 from 5 January 2027'],
  ])('%o: %s', (change, words) => {
    expect(sayRecurrence(recurrenceOf(plan(change)), 2026)).toBe(words);
  });

  test('without a year to compare with, none is said', () => {
    expect(sayRecurrence(recurrenceOf(plan({ date: '2027-01-05' })))).toBe(
      'Every second Tuesday at 09:30 from 5 January',
    );
  });
});

describe('what somebody entered', () => {
  test.each(['07:00', '09:30', '20:00'])('%s is a civil time', (time) => {
    expect(problemWithTime(time)).toBeUndefined();
  });
  test.each(['06:59', '20:01', '23:00', '9:30', '25:00', '', 'noon'])('%s is none', (time) => {
    expect(problemWithTime(time)).toBe('Please give a time between 07:00 and 20:00, for example 09:30.');
  });
  test.each(['01:00', '01:30', '01:59'])('%s may be missing when the clocks change', (time) => {
    expect(problemWithTime(time, { civil: false })).toContain('the clocks change');
  });
  test.each(['00:59', '02:00', '23:30'])('%s is fine where any hour is', (time) => {
    expect(problemWithTime(time, { civil: false })).toBeUndefined();
  });
  test.each(['2026-03-03', '2028-02-29'])('%s is a date', (date) => {
    expect(problemWithDate(date)).toBeUndefined();
  });
  test.each(['2026-02-29', '03/03/2026', '', '2026-13-01', '2026-3-3'])('%s is no date', (date) => {
    expect(problemWithDate(date)).toContain('Please choose a date');
  });
  test('a start in the past is refused, the last day of this month is still ahead', () => {
    const now = new Date('2026-03-03T10:00:00Z');
    expect(problemWithStart(plan(), now)).toContain('passed already');
    expect(problemWithStart(plan({ time: '10:01' }), now)).toBeUndefined();
    expect(problemWithStart(plan({ how: 'monthly-last-day' }), now)).toBeUndefined();
  });
  test('what is no zone is refused', () => {
    expect(() => recurrenceOf(plan({ zone: 'Mars/Base' }))).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { localDate, localTime } from '../../src/scheduler/calendar.ts';
import {
  listOccurrences,
  monthlyDays,
  nextOccurrence,
  problemWithDate,
  problemWithStart,
  problemWithTime,
  recurrenceOf,
  rhythms,
  sayRecurrence,
  type Timing,
  timingOf,
  unitOf,
} from '../../src/scheduler/recurrence.ts';

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

// The machine's own zone must not matter.
describe.each([
  ['UTC', 10],
  ['America/Los_Angeles', 2],
  ['Pacific/Auckland', 23],
])('what comes next, on a machine in %s', (tz, hours) => {
  beforeAll(() => {
    vi.stubEnv('TZ', tz);
    expect(new Date('2026-03-03T10:00:00Z').getHours()).toBe(hours);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

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
      { how: 'monthly', on: 'last-day', date: '2027-12-05' },
      ['2027-12-31T09:30', '2028-01-31T09:30', '2028-02-29T09:30', '2028-03-31T08:30'],
    ],
    [
      'by date, the 30th: in February its last day',
      { how: 'monthly', on: 'date', date: '2027-01-30' },
      ['2027-01-30T09:30', '2027-02-28T09:30', '2027-03-30T08:30', '2027-04-30T08:30'],
    ],
    [
      'by date, 29 February, and each month after it',
      { how: 'monthly', on: 'date', date: '2028-02-29' },
      ['2028-02-29T09:30', '2028-03-29T08:30', '2028-04-29T08:30'],
    ],
    [
      'every six months on the 31st: the last day',
      { how: 'every-6-months', on: 'date', date: '2026-08-31' },
      ['2026-08-31T08:30', '2027-02-28T09:30', '2027-08-31T08:30'],
    ],
    [
      'every third month on the second Tuesday',
      { how: 'every-3-months', date: '2027-01-12' },
      ['2027-01-12T09:30', '2027-04-13T08:30', '2027-07-13T08:30', '2027-10-12T08:30'],
    ],
    [
      'every second week on two days, over both clock changes of 2027',
      { days: ['TU', 'TH'], date: '2027-03-24' },
      ['2027-03-25T09:30', '2027-04-06T08:30', '2027-04-08T08:30', '2027-04-20T08:30'],
    ],
    [
      'until a day, that day included',
      { how: 'weekly', date: '2027-10-19', until: '2027-11-02' },
      ['2027-10-19T08:30', '2027-10-26T08:30', '2027-11-02T09:30'],
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

  test('in the hour that does not exist on 28 March 2027, and the one that exists twice on 31 October, it comes once at most', () => {
    for (const date of ['2027-03-21', '2027-10-24']) {
      const days = listOccurrences(
        recurrenceOf(plan({ how: 'weekly', date, time: '01:30' })),
        new Date('2027-01-01T00:00:00Z'),
        4,
      ).map((at) => localDate(at, 'Europe/London'));
      expect(new Set(days).size).toBe(4);
    }
  });

  test('after its last day there is nothing', () => {
    const ending = recurrenceOf(plan({ how: 'weekly', until: '2026-03-17' }));
    expect(listOccurrences(ending, new Date('2026-01-01T00:00:00Z'), 9)).toHaveLength(3);
    expect(nextOccurrence(ending, new Date('2026-03-17T09:30:00Z'))).toBeUndefined();
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
    days: fc.subarray(['MO', 'WE', 'FR'] as const),
    on: fc.constantFrom(...monthlyDays),
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
      { numRuns: 150 },
    );
  });

  test('skips none: gaps are as long as the rhythm says', () => {
    const weeks = { weekly: 1, fortnightly: 2, 'every-3-weeks': 3, 'every-4-weeks': 4, 'every-6-weeks': 6 };
    const every = { ...weeks, 'every-8-weeks': 8, monthly: 1, 'every-2-months': 2, 'every-3-months': 3 };
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
        const step = { ...every, 'every-6-months': 6 }[how];
        const isMonthly = unitOf(how) === 'months';
        // Of several days in a week two are nearer to each other.
        const least = isMonthly ? step * 28 : (theirs.days?.length ?? 0) > 1 ? 2 : step * 7;
        const most = isMonthly ? step * 31 + 7 : step * 7;
        days.slice(1).forEach((day, index) => {
          const gap = day - (days[index] ?? 0);
          expect(gap).toBeGreaterThanOrEqual(least);
          expect(gap).toBeLessThanOrEqual(most);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('what was chosen can be read back from the rule', () => {
    fc.assert(
      fc.property(anyPlan, (theirs) => {
        const recurrence = recurrenceOf(theirs);
        expect(recurrenceOf(timingOf(recurrence))).toEqual(recurrence);
      }),
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
    [{ how: 'monthly', on: 'last-day' }, 'On the last day of each month at 09:30 from 31 March'],
    [{ date: '2027-01-05' }, 'Every second Tuesday at 09:30 from 5 January 2027'],
    [{ how: 'every-6-weeks' }, 'Every six weeks on Tuesday at 09:30 from 3 March'],
    [{ days: ['TH', 'TU'] }, 'Every two weeks on Tuesday and Thursday at 09:30 from 3 March'],
    [{ how: 'weekly', days: ['MO', 'WE', 'FR'] }, 'Every Monday, Wednesday and Friday at 09:30 from 4 March'],
    [{ how: 'monthly', on: 'date' }, 'On the 3rd of each month at 09:30 from 3 March'],
    [
      { how: 'every-2-months', on: 'date', date: '2026-03-30' },
      'On the 30th of every second month, or its last day, at 09:30 from 30 March',
    ],
    [{ how: 'weekly', until: '2027-01-05' }, 'Every Tuesday at 09:30 from 3 March, until 5 January 2027'],
  ])('%o: %s', (change, words) => {
    expect(sayRecurrence(recurrenceOf(plan(change)), 2026)).toBe(words);
  });

  test.each([
    [6, 'six times'],
    [2, 'twice'],
    [20, '20 times'],
  ])('an end by number: %i', (times, words) => {
    expect(sayRecurrence(recurrenceOf(plan()), 2026, times)).toBe(
      `Every second Tuesday at 09:30 from 3 March, ${words}`,
    );
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
    expect(problemWithStart(plan({ how: 'monthly', on: 'last-day' }), now)).toBeUndefined();
  });
  test('what is no zone is refused', () => {
    expect(() => recurrenceOf(plan({ zone: 'Mars/Base' }))).toThrow(RangeError);
  });
});

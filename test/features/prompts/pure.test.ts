import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyAge, nextPrompt, nextTime, poolFor } from '../../../src/features/prompts/choosing.ts';
import { localDate, localTime } from '../../../src/scheduler/calendar.ts';
import { recurrenceOf } from '../../../src/scheduler/recurrence.ts';
import { shippedContent } from '../../support/shipped.ts';

const { prompts } = shippedContent().prompts;
const ages = [anyAge, ...new Set(prompts.map(({ age_group }) => age_group))];

test('none comes twice until all were used, and then the oldest comes first', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ages),
      // What the channel had of another plan, or of a file that has changed since.
      fc.subarray([...prompts.map(({ id }) => id), 'left-the-file']),
      (age, before) => {
        const pool = poolFor(prompts, age);
        const fresh = pool.filter(({ id }) => !before.includes(id)).length;
        const used = [...before];
        for (let week = 0; week < pool.length + 3; week += 1) used.push(nextPrompt(pool, used)?.id ?? '');
        const came = used.slice(before.length);
        expect(new Set(came.slice(0, pool.length)).size).toBe(pool.length);
        expect(came.slice(0, fresh).some((id) => before.includes(id))).toBe(false);
        expect(came.slice(pool.length)).toEqual(came.slice(0, 3));
      },
    ),
  );
});

test('an age group has its own first, then what fits all; all ages take turns', () => {
  for (const age of ages.filter((one) => one !== anyAge && one !== 'all')) {
    const pool = poolFor(prompts, age).map(({ age_group }) => age_group);
    expect(pool.lastIndexOf(age)).toBeLessThan(pool.indexOf('all'));
  }
  const turns = poolFor(prompts, anyAge);
  expect(turns).toHaveLength(prompts.length);
  expect(new Set(turns.slice(0, ages.length - 1).map(({ age_group }) => age_group)).size).toBe(
    ages.length - 1,
  );
  expect(nextPrompt([], [])).toBeUndefined();
});

const noneClosed = { bankHolidays: [], closed: [] };
test.each([
  ['a bank holiday of every year', '2026-04-30T12:00Z', 'MO', noneClosed, '2026-05-11'],
  [
    'one that is proclaimed',
    '2026-06-01T12:00Z',
    'TH',
    { ...noneClosed, bankHolidays: ['2026-06-04'] },
    '2026-06-11',
  ],
  [
    'half-term',
    '2026-10-20T12:00Z',
    'TH',
    { ...noneClosed, closed: [{ from: '2026-10-22', until: '2026-10-30', name: 'Half-term' }] },
    '2026-11-05',
  ],
  ['the week in which clocks go forward', '2026-03-27T12:00Z', 'MO', noneClosed, '2026-03-30'],
  ['the week in which clocks go back', '2026-10-23T12:00Z', 'MO', noneClosed, '2026-10-26'],
] as const)('%s', (_what, after, day, daysOff, expected) => {
  const zone = 'Europe/London';
  const weekly = recurrenceOf({ how: 'weekly', days: [day], date: '2026-03-03', time: '10:00', zone });
  const next = nextTime(weekly, new Date(after), daysOff);
  expect(next && [localDate(next, zone), localTime(next, zone)]).toEqual([expected, '10:00']);
});

test('closed for good, there is no next time', () => {
  const weekly = recurrenceOf({ how: 'weekly', date: '2026-03-03', time: '10:00', zone: 'Europe/London' });
  const closed = [{ from: '2026-01-01', until: '2060-01-01', name: 'Closed' }];
  expect(nextTime(weekly, new Date('2026-03-03T12:00Z'), { bankHolidays: [], closed })).toBeUndefined();
});

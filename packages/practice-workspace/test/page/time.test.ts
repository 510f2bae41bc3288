import { describe, expect, test } from 'vitest';
import { agoText, clockText, dateToken, dayText, fromUnix, toUnix } from '../../src/page/time.ts';

const london = 'Europe/London';
const now = new Date('2026-03-03T10:00:00Z');
const unix = (iso: string) => Date.parse(iso) / 1000;

describe('dates in the reader’s own zone', () => {
  test.each([
    ['2026-03-03T10:00:00Z', '{date_long} at {time}', london, 'Tuesday 3 March at 10:00'],
    ['2026-03-03T10:00:00Z', '{time}', 'America/New_York', '05:00'],
    ['2026-07-01T10:00:00Z', '{date_short} {time}', london, '1 Jul 11:00'],
    ['2025-01-01T10:00:00Z', '{date}', london, '1 January 2025'],
    ['2026-03-03T08:00:00Z', '{date_long_pretty}', london, 'today'],
    ['2026-03-04T08:00:00Z', 'Open until {date_pretty}', london, 'Open until tomorrow'],
    ['2026-03-02T23:30:00Z', '{date_short_pretty}', london, 'yesterday'],
    ['2026-03-02T23:30:00Z', '{date_short_pretty}', 'Europe/Paris', 'today'],
    ['2026-03-10T10:00:00Z', '{date_short_pretty}', london, '10 Mar'],
    ['2026-03-03T10:20:00Z', '{ago}', london, 'in 20 minutes'],
    ['2026-03-03T10:00:00Z', '{date_num} {date_slash}', london, '2026-03-03 03/03/2026'],
    ['2026-03-03T10:00:05Z', '{time_secs}', london, '10:00:05'],
    ['2026-03-03T10:00:00Z', 'no token', london, 'no token'],
    ['2026-03-03T10:00:00Z', '{constructor}', london, undefined],
    ['2026-03-03T10:00:00Z', '{time}', 'Not/AZone', '10:00'],
  ])('%s as %s in %s', (at, format, tz, expected) => {
    expect(dateToken(unix(at), format, { now, tz })).toBe(expected);
  });

  test('an instant that is none leaves the fallback to be shown', () => {
    expect(dateToken(Number.NaN, '{time}', { now, tz: london })).toBeUndefined();
  });
});

test('the clock and the line between two days', () => {
  expect(clockText(now, london)).toBe('Tuesday 3 March, 10:00');
  expect(dayText(now, now, london)).toBe('Today');
  expect(dayText(new Date('2026-03-02T10:00:00Z'), now, london)).toBe('Yesterday');
  expect(dayText(new Date('2026-02-20T10:00:00Z'), now, london)).toBe('Friday 20 February');
});

test.each([
  [-30, 'just now'],
  [-60, '1 minute ago'],
  [7_200, 'in 2 hours'],
  [-3 * 86_400, '3 days ago'],
  [10, 'in a moment'],
])('%i seconds away: %s', (seconds, expected) => {
  expect(agoText(new Date(now.getTime() + seconds * 1000), now)).toBe(expected);
});

describe('a day and a time on the wall', () => {
  test.each([
    ['2026-03-03', '10:00', london, '2026-03-03T10:00:00Z'],
    ['2026-07-03', '10:00', london, '2026-07-03T09:00:00Z'],
    ['2026-03-03', '10:00', 'America/New_York', '2026-03-03T15:00:00Z'],
    ['2026-03-29', '00:30', london, '2026-03-29T00:30:00Z'],
    ['2026-03-29', '02:30', london, '2026-03-29T01:30:00Z'],
  ])('%s %s in %s', (day, time, tz, expected) => {
    const seconds = toUnix(day, time, tz);
    expect(seconds).toBe(unix(expected));
    expect(fromUnix(seconds ?? 0, tz)).toEqual({ day, time });
  });

  test('half a date is none', () => {
    expect(toUnix('', '10:00', london)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addWorkingDays,
  atLocalTime,
  isAllowed,
  isWorkingDay,
  localDate,
  localTime,
  nextAllowed,
  type QuietRules,
  usableZone,
} from '../../src/scheduler/calendar.ts';

const rules = (change: Partial<QuietRules> = {}): QuietRules => ({
  zone: 'Europe/London',
  programmeZone: 'Europe/London',
  quietFrom: '18:00',
  quietUntil: '09:00',
  ...change,
});

describe('the next moment at which somebody may be written to', () => {
  test.each<[string, string, string, Partial<QuietRules>]>([
    ['in working hours: now', '2026-03-03T10:00:00Z', '2026-03-03T10:00:00Z', {}],
    ['to the millisecond', '2026-03-03T10:00:00.123Z', '2026-03-03T10:00:00.123Z', {}],
    ['the last minute', '2026-03-03T17:59:59Z', '2026-03-03T17:59:59Z', {}],
    ['from 18:00 on: next morning', '2026-03-03T18:00:00Z', '2026-03-04T09:00:00Z', {}],
    ['before 09:00: the same morning', '2026-03-03T04:00:00Z', '2026-03-03T09:00:00Z', {}],
    ['Friday evening: Monday', '2026-03-06T18:30:00Z', '2026-03-09T09:00:00Z', {}],
    ['Saturday noon: Monday', '2026-03-07T12:00:00Z', '2026-03-09T09:00:00Z', {}],
    ['over the spring clock change', '2026-03-27T18:00:00Z', '2026-03-30T08:00:00Z', {}],
    ['over the autumn clock change', '2026-10-23T17:00:00Z', '2026-10-26T09:00:00Z', {}],
    ['before Easter: the Tuesday after', '2026-04-02T17:30:00Z', '2026-04-07T08:00:00Z', {}],
    ['Christmas with a substitute day', '2026-12-24T18:00:00Z', '2026-12-29T09:00:00Z', {}],
    ['Christmas 2027', '2027-12-24T18:00:00Z', '2027-12-29T09:00:00Z', {}],
    ['away', '2026-03-03T10:00:00Z', '2026-03-12T09:00:00Z', { awayUntil: '2026-03-11' }],
    ['away until a Friday', '2026-03-03T10:00:00Z', '2026-03-16T09:00:00Z', { awayUntil: '2026-03-13' }],
    ['away until yesterday', '2026-03-03T10:00:00Z', '2026-03-03T10:00:00Z', { awayUntil: '2026-03-02' }],
    ['away until today', '2026-03-03T10:00:00Z', '2026-03-04T09:00:00Z', { awayUntil: '2026-03-03' }],
    ['away until no date', '2026-03-03T10:00:00Z', '2026-03-03T10:00:00Z', { awayUntil: '2026-02-30' }],
    [
      'quiet over lunch',
      '2026-03-03T12:30:00Z',
      '2026-03-03T14:00:00Z',
      { quietFrom: '12:00', quietUntil: '14:00' },
    ],
    [
      'never quiet: the day still counts',
      '2026-03-07T03:00:00Z',
      '2026-03-09T00:00:00Z',
      { quietFrom: '00:00', quietUntil: '00:00' },
    ],
    ['misspelt times: the usual ones', '2026-03-03T19:00:00Z', '2026-03-04T09:00:00Z', { quietFrom: '6pm' }],
    [
      'Auckland is ahead: there it is Wednesday 08:00',
      '2026-03-03T19:00:00Z',
      '2026-03-03T20:00:00Z',
      { zone: 'Pacific/Auckland' },
    ],
    [
      'Friday noon in London is Saturday in Auckland',
      '2026-03-06T12:00:00Z',
      '2026-03-08T20:00:00Z',
      { zone: 'Pacific/Auckland' },
    ],
    [
      'New York changes its clocks three weeks earlier',
      '2026-03-09T12:30:00Z',
      '2026-03-09T13:00:00Z',
      { zone: 'America/New_York' },
    ],
    ['half-hour zones', '2026-03-03T02:00:00Z', '2026-03-03T03:30:00Z', { zone: 'Asia/Kolkata' }],
    [
      'a zone nobody knows: the programme’s',
      '2026-03-03T18:00:00Z',
      '2026-03-04T09:00:00Z',
      { zone: 'Mars/Base' },
    ],
    ['no zone: the programme’s', '2026-03-03T18:00:00Z', '2026-03-04T09:00:00Z', { zone: undefined }],
  ])('%s', (_, at, expected, change) => {
    expect(nextAllowed(new Date(at), rules(change))).toEqual(new Date(expected));
  });

  const anyTime = fc
    .integer({ min: 0, max: 1439 })
    .map(
      (minute) =>
        `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
    );
  const anyRules = fc.record({
    zone: fc.constantFrom(
      'Europe/London',
      'Pacific/Auckland',
      'America/New_York',
      'Asia/Kolkata',
      'Africa/Cairo',
      'Pacific/Chatham',
      'America/St_Johns',
      undefined,
      'no zone',
    ),
    programmeZone: fc.constant('Europe/London'),
    quietFrom: anyTime,
    quietUntil: anyTime,
    awayUntil: fc.option(fc.constantFrom('2026-03-28', '2026-10-25', '2026-12-31'), { nil: undefined }),
  });
  // Dense around the clock changes of 2026, and anywhere in two years.
  const anyInstant = fc.oneof(
    fc.date({ min: new Date('2026-03-28T00:00Z'), max: new Date('2026-04-05T00:00Z'), noInvalidDate: true }),
    fc.date({ min: new Date('2026-10-23T00:00Z'), max: new Date('2026-11-03T00:00Z'), noInvalidDate: true }),
    fc.date({ min: new Date('2026-01-01T00:00Z'), max: new Date('2027-12-31T00:00Z'), noInvalidDate: true }),
  );

  test('is never earlier than asked, always allowed, and stays where it is when asked again', () => {
    fc.assert(
      fc.property(anyInstant, anyRules, (at, theirs) => {
        const allowed = nextAllowed(at, theirs);
        expect(allowed.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(nextAllowed(allowed, theirs)).toEqual(allowed);
        const zone = usableZone(theirs.zone, theirs.programmeZone);
        const [date, time] = [localDate(allowed, zone), localTime(allowed, zone)];
        expect(isWorkingDay(date)).toBe(true);
        if (theirs.awayUntil !== undefined) expect(date > theirs.awayUntil).toBe(true);
        const { quietFrom: from, quietUntil: until } = theirs;
        const isQuiet = from <= until ? time >= from && time < until : time >= from || time < until;
        expect(isQuiet).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test('nothing allowed is passed over', () => {
    fc.assert(
      fc.property(anyInstant, anyRules, fc.double({ min: 0, max: 1, noNaN: true }), (at, theirs, share) => {
        const allowed = nextAllowed(at, theirs).getTime();
        const between = new Date(at.getTime() + Math.floor((allowed - at.getTime()) * share));
        // Somewhere before it: not allowed either. An hour that comes twice in autumn is the exception.
        if (between.getTime() < allowed && !isRepeatedHour(between, theirs))
          expect(isAllowed(between, theirs)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  /** Within three hours of a change of the clocks. */
  function isRepeatedHour(at: Date, { zone, programmeZone }: QuietRules): boolean {
    const usable = usableZone(zone, programmeZone);
    const around = [-3, 3].map((hours) => {
      const then = new Date(at.getTime() + hours * 3_600_000);
      const local = Date.parse(`${localDate(then, usable)}T${localTime(then, usable)}Z`);
      return Math.round((local - then.getTime()) / 60_000);
    });
    return around[0] !== around[1];
  }
});

describe('working days', () => {
  test.each([
    ['2026-03-03', 0, '2026-03-03'],
    ['2026-03-07', 0, '2026-03-09'],
    ['2026-03-07', 1, '2026-03-09'],
    ['2026-03-06', 1, '2026-03-09'],
    ['2026-03-02', 5, '2026-03-09'],
    ['2026-04-02', 1, '2026-04-07'],
    ['2026-12-24', 2, '2026-12-30'],
    ['2027-12-24', 1, '2027-12-29'],
  ])('%s and %i more: %s', (from, count, expected) => {
    expect(addWorkingDays(from, count)).toBe(expected);
  });

  test('one day at a time or all at once, it is the same day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 40 }), (offset, count) => {
        const from = localDate(new Date(Date.UTC(2026, 0, 1 + offset, 12)), 'UTC');
        let day = from;
        for (let left = count; left > 0; left -= 1) day = addWorkingDays(day, 1);
        expect(addWorkingDays(from, count)).toBe(day);
      }),
    );
  });

  test('are not counted backwards', () => {
    expect(() => addWorkingDays('2026-03-03', -1)).toThrow(RangeError);
  });
});

describe('local times', () => {
  test.each([
    ['2026-03-28', '09:30', 'Europe/London', '2026-03-28T09:30:00Z'],
    ['2026-03-29', '09:30', 'Europe/London', '2026-03-29T08:30:00Z'],
    ['2026-03-29', '01:30', 'Europe/London', '2026-03-29T01:30:00Z'],
    ['2026-10-25', '01:30', 'Europe/London', '2026-10-25T00:30:00Z'],
    ['2026-03-04', '08:00', 'Pacific/Auckland', '2026-03-03T19:00:00Z'],
  ])('%s %s in %s', (date, time, zone, expected) => {
    expect(atLocalTime(date, time, zone)).toEqual(new Date(expected));
  });
});

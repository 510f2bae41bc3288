import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PilotTemplate } from '../../../src/features/pilots/content.ts';
import {
  datesOf,
  daysBetween,
  hangingOn,
  plusDays,
  type Standing,
  shift,
} from '../../../src/features/pilots/dates.ts';
import { firstOpenDay, isWorkingDay } from '../../../src/scheduler/calendar.ts';
import { shippedContent } from '../../support/shipped.ts';

const { pilots } = shippedContent();
const shipped = pilots.find(({ id }) => id === 'perinatal') as PilotTemplate;
/** Its first session a week after the first day. */
const perinatal: PilotTemplate = { ...shipped, sessions: { ...shipped.sessions, firstAfterDays: 7 } };

const openAround = (closed: readonly string[]) => (date: string) =>
  firstOpenDay(date, (day) => closed.includes(day));
const standing = (template: PilotTemplate, startsOn: string, closed: readonly string[] = []): Standing[] =>
  datesOf(template, startsOn, openAround(closed)).map((slot) => ({ ...slot, isFixed: false }));
const on = (slots: readonly { key: string; on: string }[]) =>
  Object.fromEntries(slots.map((slot) => [slot.key, slot.on]));

describe('the days of a pilot', () => {
  test('follow from its first day', () => {
    expect(on(datesOf(perinatal, '2026-04-14', openAround([])))).toEqual({
      start: '2026-04-14',
      'session-1': '2026-04-21',
      'session-2': '2026-05-05',
      'session-3': '2026-05-19',
      'follow-up': '2026-07-21',
      report: '2026-08-04',
    });
  });

  test('what falls on a bank holiday comes on the next open day, and the rhythm goes on as it was', () => {
    // Easter Monday, the May bank holidays, and a day that is closed.
    const slots = datesOf(perinatal, '2026-04-06', openAround(['2026-05-12']));
    expect(slots.slice(0, 4).map(({ wantedOn, on }) => [wantedOn, on])).toEqual([
      ['2026-04-06', '2026-04-07'],
      ['2026-04-14', '2026-04-14'],
      ['2026-04-28', '2026-04-28'],
      ['2026-05-12', '2026-05-13'],
    ]);
  });
});

const dates = fc.integer({ min: 0, max: 700 }).map((days) => plusDays('2026-01-01', days));
const closures = fc
  .array(fc.tuple(dates, fc.integer({ min: 1, max: 16 })), { maxLength: 4 })
  .map((spans) =>
    spans.flatMap(([from, days]) => Array.from({ length: days }, (_, index) => plusDays(from, index))),
  );
const templates = fc.record({
  many: fc.integer({ min: 1, max: 8 }),
  everyDays: fc.constantFrom(7, 14),
  firstAfterDays: fc.integer({ min: 1, max: 20 }),
});
const fromNumbers = (sessions: {
  many: number;
  everyDays: number;
  firstAfterDays: number;
}): PilotTemplate => ({
  ...perinatal,
  sessions: { ...perinatal.sessions, ...sessions },
});

test('whatever is closed, days come in order, none on a day off, and half of the rhythm lies between two', () => {
  fc.assert(
    fc.property(templates, dates, closures, (sessions, startsOn, closed) => {
      const slots = datesOf(fromNumbers(sessions), startsOn, openAround(closed));
      for (const [index, slot] of slots.entries()) {
        expect(isWorkingDay(slot.on) && !closed.includes(slot.on)).toBe(true);
        expect(slot.on >= slot.wantedOn).toBe(true);
        const before = slots[index - 1];
        const from = before && (index === 1 ? before.on : before.wantedOn);
        if (before && from)
          expect(daysBetween(before.on, slot.on)).toBeGreaterThanOrEqual(
            Math.ceil(daysBetween(from, slot.wantedOn) / 2),
          );
      }
    }),
  );
});

test('a shift keeps the order and leaves days off out; back again, what no closure has pushed stands where it stood', () => {
  fc.assert(
    fc.property(
      templates,
      dates,
      closures,
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 90 }),
      fc.constantFrom('all' as const, 'only' as const),
      (sessions, startsOn, closed, which, days, how) => {
        const slots = standing(fromNumbers(sessions), startsOn, closed);
        const moving = slots[which % slots.length] as Standing;
        const around = { toOpenDay: openAround(closed), today: '2025-01-01' };
        const there = shift(slots, { key: moving.key, to: plusDays(moving.on, days), how }, around);
        if (there.kind !== 'ok') {
          expect(there.kind).toBe('out-of-order');
          return;
        }
        const allowed = new Set([moving, ...(how === 'all' ? hangingOn(slots, moving.key) : [])]);
        const after = slots.map((slot) => ({ ...slot, ...there.moved.find(({ key }) => key === slot.key) }));
        for (const [index, slot] of after.entries()) {
          const was = slots[index] as Standing;
          if (!allowed.has(was)) expect(slot).toEqual(was);
          expect(isWorkingDay(slot.on) && !closed.includes(slot.on)).toBe(true);
          const before = after[index - 1];
          if (before) expect(before.on < slot.on).toBe(true);
        }
        const back = shift(after, { key: moving.key, to: moving.on, how }, around);
        expect(back.kind).toBe('ok');
        const isPushed = [...slots, ...after].some((slot) => daysBetween(slot.wantedOn, slot.on) > 1);
        if (back.kind === 'ok' && !isPushed)
          for (const { key, on: day } of back.moved)
            expect(day).toBe(slots.find((slot) => slot.key === key)?.on);
      },
    ),
  );
});

describe('a shift', () => {
  const slots = standing(perinatal, '2026-04-14');
  const around = { toOpenDay: openAround([]), today: '2026-04-20' };

  test('of one alone stays between what is before and after it', () => {
    const move = (key: string, to: string) => shift(slots, { key, to, how: 'only' }, around);
    expect(move('session-2', '2026-05-07')).toEqual({
      kind: 'ok',
      moved: [{ key: 'session-2', wantedOn: '2026-05-07', on: '2026-05-07' }],
    });
    expect(move('session-2', '2026-04-21')).toEqual({
      kind: 'out-of-order',
      side: 'before',
      other: 'session-1',
    });
    expect(move('session-2', '2026-05-19')).toEqual({
      kind: 'out-of-order',
      side: 'after',
      other: 'session-3',
    });
    expect(move('start', '2026-09-01')).toEqual({ kind: 'out-of-order', side: 'after', other: 'session-1' });
    expect(move('session-2', '2026-04-17')).toEqual({ kind: 'past' });
  });

  test('takes what hangs on it along, and leaves what is over where it is', () => {
    const over = slots.map((slot) => ({ ...slot, isFixed: slot.key < 'session-2' && slot.key !== 'report' }));
    expect(hangingOn(over, 'start').map(({ key }) => key)).toEqual(['session-2', 'session-3', 'report']);
    const shifted = shift(slots, { key: 'session-2', to: '2026-05-12', how: 'all' }, around);
    expect(shifted.kind === 'ok' && on(shifted.moved)).toEqual({
      'session-2': '2026-05-12',
      'session-3': '2026-05-26',
      'follow-up': '2026-07-28',
      report: '2026-08-11',
    });
  });

  test('of a check-in that was given a date of its own goes with its session, on any day', () => {
    const loose: Standing = {
      key: 'after-last',
      hangsOn: 'session-3',
      wantedOn: '2026-05-19',
      on: '2026-05-19',
      isFixed: false,
      isLoose: true,
    };
    const shifted = shift([...slots, loose], { key: 'session-3', to: '2026-05-26', how: 'all' }, around);
    expect(shifted.kind === 'ok' && on(shifted.moved)).toMatchObject({ 'after-last': '2026-05-26' });
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anyAge,
  nextPrompt,
  nextTime,
  poolFor,
  seenAround,
  usedBy,
  whatComes,
} from '../../../src/features/prompts/choosing.ts';
import type { Placed, PromptPlan } from '../../../src/features/prompts/store.ts';
import { days, later } from '../../../src/lib/clock.ts';
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

test.each(ages)('of %s, kinds are mixed: never three of one in a row while there is another', (age) => {
  const pool = poolFor(prompts, age);
  const came: typeof pool = [];
  while (came.length < pool.length) {
    const used = came.map(({ id }) => id);
    const next = nextPrompt(pool, used, { agesInTurn: age === anyAge });
    if (!next) throw new Error('There is none.');
    const left = new Set(pool.filter(({ id }) => !used.includes(id)).map(({ kind }) => kind));
    const last = came.slice(-2).map(({ kind }) => kind);
    if (left.size > 1) expect([...last, next.kind]).not.toEqual(Array(3).fill(next.kind));
    came.push(next);
  }
  const firstTen = came.slice(0, 10).map(({ kind }) => kind);
  expect(new Set(firstTen).size).toBeGreaterThan(2);
  if (age === anyAge)
    expect(new Set(came.slice(0, 12).map(({ age_group }) => age_group)).size).toBe(ages.length - 1);
});

const monday = new Date('2026-03-02T10:00:00Z');
const zone = 'Europe/London';
const planOf = (nth: number, cohortId: string | undefined, age: string): PromptPlan => ({
  id: `plan${nth}`,
  cohortId,
  channelId: `C${nth}`,
  age,
  recurrence: recurrenceOf({ how: 'weekly', date: '2026-03-02', time: '10:00', zone }),
  nextAt: later(monday, days(nth)),
  nextPrompt: undefined,
  status: 'running',
  trouble: undefined,
  skipped: [],
});

test('what one person sees in channels and by message does not repeat within four weeks while there is another', () => {
  const owns = [undefined, 'a', 'b'];
  fc.assert(
    fc.property(
      fc.array(fc.record({ cohortId: fc.constantFrom(...owns), age: fc.constantFrom(...ages) }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom(...ages),
      (wanted, ownAge) => {
        let plans = wanted.map(({ cohortId, age }, nth) => planOf(nth, cohortId, age));
        const placed: Placed[] = [];
        const had: string[] = [];
        const seen: { at: Date; promptId: string; pool: readonly string[]; used: readonly string[] }[] = [];
        for (let week = 0; week < 8; week += 1) {
          const now = later(monday, days(7 * week) - 1);
          const pool = poolFor(prompts, ownAge);
          const lately = seenAround(prompts, plans, placed, { cohortIds: ['a'], now });
          const own = nextPrompt(pool, had, { lately, agesInTurn: ownAge === anyAge });
          if (!own) throw new Error('There is none.');
          seen.push({ at: now, promptId: own.id, pool: pool.map(({ id }) => id), used: [...had] });
          had.push(own.id);
          const next = whatComes(prompts, plans, placed, now);
          for (const plan of plans) {
            const promptId = next.get(plan.id)?.id ?? '';
            const at = plan.nextAt ?? now;
            // What was promised of it at the beginning of the week is what comes once the others have.
            expect(whatComes(prompts, plans, placed, at).get(plan.id)?.id).toBe(promptId);
            const ids = poolFor(prompts, plan.age).map(({ id }) => id);
            if (plan.cohortId !== 'b') seen.push({ at, promptId, pool: ids, used: usedBy(plan, placed) });
            placed.push({ ...plan, promptId, at });
            plans = plans.map((one) => (one.id === plan.id ? { ...one, nextAt: later(at, days(7)) } : one));
          }
        }
        for (const [nth, { at, promptId, pool, used }] of seen.entries()) {
          const around = seen.filter(
            (one, other) => other < nth && Math.abs(one.at.getTime() - at.getTime()) < days(28),
          );
          const ids = around.map((one) => one.promptId);
          if (!ids.includes(promptId)) continue;
          // What is planned ahead is kept clear of as well, so few of a small pool are left.
          const left = pool.filter((id) => !used.includes(id) && !ids.includes(id));
          expect(left.length, promptId).toBeLessThan(4 * plans.length + 1);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a forum, a channel of a group, and a message: a dozen weeks of three a week without a repeat within four weeks', () => {
  let plans = [planOf(3, undefined, anyAge), planOf(1, 'a', anyAge)];
  const placed: Placed[] = [];
  const had: string[] = [];
  const seen: { promptId: string; at: Date }[] = [];
  for (let week = 0; week < 12; week += 1) {
    const now = later(monday, days(7 * week));
    const lately = seenAround(prompts, plans, placed, { cohortIds: ['a'], now });
    const own = nextPrompt(poolFor(prompts, anyAge), had, { lately, agesInTurn: true })?.id ?? '';
    had.push(own);
    seen.push({ promptId: own, at: now });
    const next = whatComes(prompts, plans, placed, now);
    for (const plan of plans.toSorted((a, b) => Number(a.nextAt) - Number(b.nextAt))) {
      const one = { ...plan, promptId: next.get(plan.id)?.id ?? '', at: plan.nextAt ?? now };
      placed.push(one);
      seen.push(one);
    }
    plans = plans.map((plan) => ({ ...plan, nextAt: plan.nextAt && later(plan.nextAt, days(7)) }));
  }
  for (const [nth, one] of seen.entries())
    for (const other of seen.slice(0, nth))
      if (one.promptId === other.promptId)
        expect(Math.abs(one.at.getTime() - other.at.getTime()), one.promptId).toBeGreaterThanOrEqual(
          days(27),
        );
});

test('groups that nobody shares do not hold each other up; what was skipped comes after the others', () => {
  const [one, other] = [planOf(0, 'a', '11-18'), planOf(1, 'b', '11-18')];
  const both = whatComes(prompts, [one, other], [], monday);
  expect(both.get('plan0')).toBe(both.get('plan1'));
  const shared = whatComes(prompts, [one, { ...other, cohortId: undefined }], [], monday);
  expect(shared.get('plan0')).not.toBe(shared.get('plan1'));
  const promptId = both.get('plan0')?.id ?? '';
  const skipped = { ...one, skipped: [{ promptId, at: monday }] };
  const used = [...usedBy(skipped, [])];
  const pool = poolFor(prompts, '11-18');
  while (used.length < pool.length) used.push(nextPrompt(pool, used)?.id ?? '');
  expect(used.lastIndexOf(promptId)).toBe(0);
  expect(nextPrompt(pool, used)?.id).toBe(promptId);
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

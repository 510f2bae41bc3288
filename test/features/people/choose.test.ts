import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inTurn, mostAsked, offerDay, restDays } from '../../../src/features/people/asking/choose.ts';
import { postAnswer } from '../../../src/features/people/asking/views.ts';
import { withoutAsking } from '../../../src/features/people/listing/directory.ts';
import { dayAfter } from '../../../src/lib/clock.ts';
import { isWorkingDay } from '../../../src/scheduler/calendar.ts';
import { noDaysOff } from '../../../src/scheduler/days-off.ts';

const today = '2026-03-10';
const one = (id: string, askedOn?: string, takesQuestions = true) => ({
  person: { id, slackId: id },
  takesQuestions,
  askedOn,
});

describe('whom a question is put to', () => {
  test.each([
    ['nobody fits', [], []],
    ['only the one who asks', [one('asker')], []],
    ['whoever takes no questions is left out', [one('a', undefined, false), one('b')], ['b']],
    ['who was asked lately rests', [one('a', '2026-02-25'), one('b', '2026-02-24')], ['b']],
    [
      'who was never asked comes first, best first',
      [one('a', '2026-01-01'), one('b'), one('c')],
      ['b', 'c', 'a'],
    ],
    ['then who was asked longest ago', [one('a', '2026-02-01'), one('b', '2026-01-01')], ['b', 'a']],
  ])('%s', (_what, fitting, expected) => {
    expect(inTurn(fitting, { askerId: 'asker', today })).toEqual(expected);
  });

  test('whatever is asked how often, nobody is asked again within two weeks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (gaps) => {
        const last = new Map<string, string>();
        let day = today;
        for (const gap of gaps) {
          day = dayAfter(day, gap);
          const listed = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => one(id, last.get(id)));
          for (const id of inTurn(listed, { askerId: 'g', today: day }).slice(0, mostAsked)) {
            const before = last.get(id);
            if (before !== undefined) expect(dayAfter(before, restDays) <= day).toBe(true);
            expect(id).not.toBe('g');
            last.set(id, day);
          }
        }
      }),
    );
  });
});

describe('when the one who asks is offered the forum', () => {
  const closed = {
    bankHolidays: ['2026-03-11'],
    closed: [{ from: '2026-03-12', until: '2026-03-13', name: 'x' }],
  };
  test.each([
    ['2026-03-10', noDaysOff, '2026-03-12'],
    ['2026-03-13', noDaysOff, '2026-03-17'],
    ['a Saturday', noDaysOff, '2026-03-18', '2026-03-14'],
    ['over days off', closed, '2026-03-17', '2026-03-10'],
    ['over Easter', noDaysOff, '2026-04-08', '2026-04-02'],
  ])('%s', (says, daysOff, expected, from = says) => {
    expect(offerDay(from, daysOff)).toBe(expected);
  });

  test('it is a working day, and two of them lie between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), (count) => {
        const from = dayAfter('2026-01-01', count);
        const day = offerDay(from, noDaysOff);
        expect(isWorkingDay(day)).toBe(true);
        expect(day >= dayAfter(from, 2)).toBe(true);
      }),
    );
  });
});

test.each([
  ['somebody who knows about sleep', 'sleep'],
  ['Who can help with housing letters?', 'housing letters'],
  ['anyone who works with dads', 'dads'],
  ['health visitor', 'health visitor'],
  ['who can help', 'who can help'],
  ['people', 'people'],
  ['who self-harm', 'who self-harm'],
  ['who know about debt', 'debt'],
  ['?!', '?!'],
])('“%s” looks for “%s”', (asked, sought) => {
  expect(withoutAsking(asked)).toBe(sought);
});

test('where it cannot be posted, the reason is said and the words are there to copy', () => {
  for (const why of ['not-in', 'archived', 'not-theirs'] as const) {
    const { blocks } = postAnswer({ kind: 'no-room', why }, 'Damp <!here>?');
    expect(JSON.stringify(blocks)).toMatch(/channel/);
    expect(JSON.stringify(blocks.at(-1))).toContain('Damp <!here>?');
  }
});

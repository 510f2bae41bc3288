import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMinutes, readTags } from '../../../src/features/reflections/about.ts';
import { daysOf, findAmong, type Wanted } from '../../../src/features/reflections/journal/find.ts';
import { patternsIn } from '../../../src/features/reflections/journal/patterns.ts';
import type { Reflection } from '../../../src/features/reflections/store.ts';
import { sayLength } from '../../../src/slack/text.ts';

describe('minutes', () => {
  test.each([
    ['20', 20],
    [' 20 min ', 20],
    ['1 minute', 1],
    ['1h 30', 90],
    ['1h30m', 90],
    ['1 hour and 5 minutes', 65],
    ['2 hrs', 120],
    ['1:30', 90],
    ['1.5 hours', 90],
    ['1,25 h', 75],
    ['100 hours', 6000],
    ['', undefined],
    ['  ', undefined],
  ])('“%s” is %s', (typed, value) => {
    expect(readMinutes(typed)).toEqual({ kind: 'said', value });
  });

  test.each(['0', '-5', '0:00', '1h 75', 'a while', '20-30', '1e3', '²', '6001', '9999999', '<!here>', '🙂'])(
    '“%s” is refused, with the rule',
    (typed) => {
      expect(readMinutes(typed)).toMatchObject({ kind: 'wrong', words: expect.stringContaining('1h 30') });
    },
  );

  test('what is said of some minutes is read back as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6000 }), (value) => {
        expect(readMinutes(sayLength(value))).toEqual({ kind: 'said', value });
      }),
    );
  });
});

describe('tags', () => {
  test('are parted by commas, kept once and as they were written', () => {
    expect(readTags(' #Sleep, sleep ; home  visits\n<b>*x*</b>, 🙂,, ')).toEqual({
      kind: 'said',
      value: ['Sleep', 'home visits', '<b>*x*</b>', '🙂'],
    });
  });
  test.each([
    ['200 characters', 'x'.repeat(200), '40 characters'],
    ['30 of them', Array.from({ length: 30 }, (_, at) => `t${at}`).join(), 'at most 10 tags; you have 30'],
  ])('%s are refused', (_, typed, words) => {
    expect(readTags(typed)).toMatchObject({ kind: 'wrong', words: expect.stringContaining(words) });
  });
});

describe('finding', () => {
  test.each([
    ['four-weeks', '2026-02-03', '2026-03-03'],
    ['three-months', '2025-12-03', '2026-03-03'],
    ['twelve-months', '2025-03-03', '2026-03-03'],
    ['this-year', '2026-01-01', '2026-03-03'],
    ['last-year', '2025-01-01', '2025-12-31'],
  ] as const)('%s, on 3 March 2026', (period, from, until) => {
    expect(daysOf(period, '2026-03-03')).toEqual({ from, until });
  });
  test('three months before the last of May is the last of February', () => {
    expect(daysOf('three-months', '2026-05-31').from).toBe('2026-02-28');
  });

  const one = (
    id: string,
    text: string,
    about: NonNullable<Reflection['body']>['about'] = {},
  ): Reflection => ({
    id,
    personId: 'p',
    framework: id === 'gibbs' ? 'gibbs' : 'one-box',
    // In London it is the second already.
    writtenAt: new Date('2026-06-01T23:30:00Z'),
    updatedAt: new Date('2026-06-01T23:30:00Z'),
    deletedAt: undefined,
    body: {
      version: 1,
      title: 'Quick note',
      parts: [{ key: 'moment', label: 'A moment', text }],
      choices: [],
      about,
    },
  });
  const all = [
    one('plain', 'Señora’s kingfisher'),
    one('tagged', 'Other', { tags: ['Sleep'], title: 'Night' }),
    one('old', 'Other', { happenedOn: '2025-06-01' }),
    one('gibbs', 'Other'),
    { ...one('locked', ''), body: undefined },
  ];
  const at = { today: '2026-06-02', zone: 'Europe/London' };
  test.each<[string, Wanted, string[]]>([
    ['words in any order and case', { words: "KING senora's" }, ['plain']],
    ['a title', { words: 'night' }, ['tagged']],
    ['a tag, whatever its case', { tag: 'sleep' }, ['tagged']],
    ['a way to reflect', { framework: 'gibbs' }, ['gibbs']],
    ['a period, by the day it happened', { period: 'last-year' }, ['old']],
    ['a period, by the day it was written', { period: 'four-weeks' }, ['plain', 'tagged', 'gibbs', 'locked']],
    ['nothing that fits all of it', { words: 'other', tag: 'sleep', framework: 'gibbs' }, []],
    ['markup that means nothing', { words: '.*%_' }, []],
  ])('by %s', (_, wanted, ids) => {
    expect(findAmong(all, wanted, at).map(({ id }) => id)).toEqual(ids);
  });

  test('patterns count what is there, and months without anything are not named', () => {
    expect(patternsIn(all, at)).toMatchObject({
      total: 5,
      inYear: 4,
      lately: 4,
      months: [{ month: '2026-06', many: 4 }],
      tags: [{ tag: 'Sleep', many: 1 }],
      minutes: 0,
      timed: 0,
    });
    expect(patternsIn([], at)).toMatchObject({ total: 0, months: [], tags: [] });
  });
});

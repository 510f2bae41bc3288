import { describe, expect, test } from 'vitest';
import {
  packedHome,
  packedMissed,
  packedVersion,
} from '../../../src/features/resources/curating/queue/place.ts';
import { packedEntry, packedPlace } from '../../../src/features/resources/finding/place.ts';
import { packedDeed } from '../../../src/features/resources/keeping/menu.ts';
import type { Packed } from '../../../src/slack/packed.ts';

const row = <T>(text: string, packed: Packed<T>, value: T): [string, Packed<unknown>, unknown] => [
  text,
  packed as Packed<unknown>,
  value,
];

describe('buttons stay in messages for months, so what they carry keeps its form', () => {
  test.each([
    row('question/01J8', packedMissed, { question: '01J8' }),
    row('word/and/or', packedMissed, { word: 'and/or' }),
    row('3/mindmate-tip', packedVersion, { version: 3, entryId: 'mindmate-tip' }),
    row('topic/sleep', packedHome, { kind: 'topic', id: 'sleep' }),
    row('entry/mindmate-tip', packedHome, { kind: 'entry', id: 'mindmate-tip' }),
    row('save:mindmate-tip', packedDeed, { deed: 'save', resourceId: 'mindmate-tip' }),
    row('find:3:will not sleep: why?', packedPlace, {
      list: 'find',
      of: 'will not sleep: why?',
      from: 3,
    }),
    row('saved:5:', packedPlace, { list: 'saved', of: '', from: 5 }),
    row('mindmate-tip|topic:0:sleep', packedEntry, {
      resourceId: 'mindmate-tip',
      place: { list: 'topic', of: 'sleep', from: 0 },
    }),
  ])('%s', (text, packed, value) => {
    expect(packed.pack(value)).toBe(text);
    expect(packed.open(text)).toEqual(value);
  });

  test('a menu of an older list has a verdict, or no entry behind it', () => {
    expect(packedDeed.open('helped')).toEqual({ deed: 'helped' });
    expect(packedDeed.open('read:mindmate-tip')?.deed).toBe('read');
  });

  test.each([
    ['question/', packedMissed],
    ['page/01J8', packedMissed],
    ['-1/mindmate-tip', packedVersion],
    ['3/Mind Mate', packedVersion],
    ['topic/Sleep!', packedHome],
    ['burn:mindmate-tip', packedDeed],
    ['find:12345:sleep', packedPlace],
    ['topic:0:no such/topic', packedPlace],
    ['everything:0:', packedPlace],
    ['|topic:0:sleep', packedEntry],
    ['mindmate-tip', packedEntry],
  ])('nothing opens %s', (text, packed) => {
    expect(packed.open(text)).toBeUndefined();
  });
});

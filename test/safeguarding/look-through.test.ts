import { describe, expect, test } from 'vitest';
import { lookThrough } from '../../src/safeguarding/look-through.ts';
import { doubtBlocks } from '../../src/safeguarding/warning.ts';

const look = (words: string, stands: 'none' | 'kept') =>
  lookThrough({}, stands, { words }, { words: 500 }, { isForOthers: true, isCloser: true });
const mayKeep = (words: string): boolean => {
  const looked = look(words, 'none');
  if (looked.kind !== 'doubtful') throw new Error('Nothing was seen.');
  return JSON.stringify(doubtBlocks(looked, 'keep', { isForOthers: true })).includes('Keep the names');
};

describe('what goes to others', () => {
  test.each([
    [
      'A boy called Tyrone Biggs does not sleep. Tyrone bites.',
      'A boy called [name removed] does not sleep. [name removed] bites.',
    ],
    ['My colleague asks about a child named Hope', 'My colleague asks about a child named [name removed]'],
    ['mum is Nadia, dad (Tomasz)', 'mum is [name removed], dad ([name removed])'],
    ['Ife and Tayo, aged 7, do not sleep', '[name removed] and [name removed], [age removed], do not sleep'],
    ['her little daughter called Leyla, she bites', 'her little daughter called [name removed], she bites'],
    [
      'How do I word a referral for Tyrone Biggs at 14 Mare Street to school nursing?',
      'How do I word a referral for [name removed] at [address removed] to school nursing?',
    ],
    ['Tyrone Biggs lives at 14 Mare Street', '[name removed] lives at [address removed]'],
    [
      'the boy called Tyrone, and his baby called leyla',
      'the boy called [name removed], and his baby called leyla',
    ],
    ['Shanice in Year 9 does not come', '[name removed] in Year 9 does not come'],
  ])('a child\u2019s or a family\u2019s name is masked, whatever is kept: %s', (words, masked) => {
    expect(mayKeep(words)).toBe(false);
    expect(look(words, 'kept')).toEqual({ kind: 'settled', texts: { words: masked } });
  });

  test.each([
    [
      'Who knows how Sally Freeman runs the sleep clinic, and is it at 14 Mare Street?',
      'Who knows how Sally Freeman runs the sleep clinic, and is it at [address removed]?',
    ],
    [
      'Mrs Achebe gave the talk; my number is 07700 900123',
      'Mrs Achebe gave the talk; my number is [phone number removed]',
    ],
    [
      'A colleague called Sally knows, 07700 900123',
      'A colleague called Sally knows, [phone number removed]',
    ],
    [
      'Bruce Perry, or the clinic with Sally Freeman at E8 1EA',
      'Bruce Perry, or the clinic with Sally Freeman at [postcode removed]',
    ],
  ])(
    'an author\u2019s or a colleague\u2019s stays where it is kept, and all else is masked: %s',
    (words, masked) => {
      expect(mayKeep(words)).toBe(true);
      expect(look(words, 'kept')).toEqual({ kind: 'settled', texts: { words: masked } });
    },
  );

  test('where a service is may stand, with nobody beside it', () => {
    const words = 'Is the sleep clinic at 14 Mare Street?';
    expect(look(words, 'none')).toEqual({ kind: 'settled', texts: { words } });
  });
});

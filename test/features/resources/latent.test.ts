import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLatent } from '../../../src/features/resources/finding/latent.ts';

const read = (texts: readonly string[], directions = 2) =>
  createLatent(
    texts.map((text) => new Map(text.split(' ').map((word) => [word, 1]))),
    { directions, tells: () => 1 },
  );

describe('what says the same in other words', () => {
  const texts = [
    'newborn cries night',
    'newborn cries feeding',
    'infant cries night feeding',
    'rent landlord eviction',
    'rent arrears landlord',
    'eviction arrears notice landlord notice',
  ];

  test.each([
    ['newborn', 2, 5],
    ['newborn', 2, 3],
    ['rent', 5, 2],
    ['arrears', 3, 1],
  ])(
    '%s: text %i has not the word, and is nearer than %i, which is about something else',
    (asked, of, other) => {
      const near = read(texts).of([asked]);
      expect(near(of)).toBeGreaterThan(0.5);
      expect(near(other)).toBeLessThan(0.1);
    },
  );

  test('in as many directions as there are texts, words are only themselves', () => {
    const near = read(texts, 6).of(['newborn']);
    expect(near(2)).toBeLessThan(0.1);
    expect(near(0)).toBeGreaterThan(0.5);
  });

  test('a word that nothing has is near nothing', () => {
    const near = read(texts).of(['passport']);
    expect(texts.map((_, place) => near(place))).toEqual(texts.map(() => 0));
  });

  test('no texts, and a single one', () => {
    expect(() => read([]).of(['anything'])).not.toThrow();
    expect(read(['alone']).of(['alone'])(0)).toBe(0);
  });

  test('whatever the texts, between 0 and 1, and the same each time', () => {
    const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 90 }), words, (all, asked) => {
        const [one, other] = [1, 2].map(() => read(all.map((own) => own.join(' '))).of(asked));
        for (const place of all.keys()) {
          expect(one?.(place)).toBeGreaterThanOrEqual(0);
          expect(one?.(place)).toBeLessThanOrEqual(1 + 1e-5);
          expect(one?.(place)).toBe(other?.(place));
        }
      }),
    );
  });
});

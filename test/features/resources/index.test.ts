import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stemOf } from '../../../src/content/stem.ts';
import { isSmallWord, wordsOf } from '../../../src/content/words.ts';
import { createLexicon } from '../../../src/features/resources/finding/lexicon.ts';
import {
  both,
  each,
  type Marks,
  markOf,
  Tally,
  toMarks,
} from '../../../src/features/resources/finding/marks.ts';
import { createNames } from '../../../src/features/resources/finding/names.ts';
import { createTextIndex } from '../../../src/features/resources/finding/text-index.ts';
import { createTitles } from '../../../src/features/resources/finding/titles.ts';
import { content } from './support.ts';

const { catalogue, vocabulary, glossary } = content;
const size = 30;
const marked = fc
  .array(fc.tuple(fc.nat(size - 1), fc.double({ min: 0.01, max: 1, noNaN: true })))
  .map((pairs): Marks => toMarks(new Map(pairs)));
const places = Array.from({ length: size }, (_, place) => place);

describe('what entries get for something', () => {
  test('what has both gets the lesser of its two marks, as looking at every place says', () => {
    fc.assert(
      fc.property(marked, marked, (a, b) => {
        const found = both(a, b);
        for (const place of places)
          expect(markOf(found, place)).toBe(Math.min(markOf(a, place), markOf(b, place)));
      }),
    );
  });

  test('a tally is what one would write down place by place, and empty once it was taken', () => {
    const tally = new Tally(size);
    fc.assert(
      fc.property(marked, marked, (raised, added) => {
        const expected = places.map((place) => markOf(raised, place) + markOf(added, place));
        each(raised, (place, mark) => {
          tally.raise(place, mark / 2);
          tally.raise(place, mark);
        });
        each(added, (place, mark) => tally.add(place, mark));
        const taken = tally.take();
        expect(places.map((place) => markOf(taken, place))).toEqual(expected);
        expect(taken.places).toEqual(taken.places.toSorted((a, b) => a - b));
        expect(tally.places).toEqual([]);
      }),
    );
  });
});

describe('the index has all that looking through the whole catalogue finds', () => {
  const names = createNames(catalogue);
  const index = createTextIndex(catalogue, createLexicon(vocabulary, glossary), vocabulary, names);
  const titles = createTitles(catalogue, names);
  const said = catalogue.shown.map(({ title, summary, publisher, asked_as }) =>
    [title, summary, publisher, ...asked_as.map(({ say }) => say)].flatMap(wordsOf),
  );
  const stems = said.map((words) => new Set(words.map(stemOf)));
  const word = fc.constantFrom(...new Set(said.flat().filter((one) => !isSmallWord(one))));

  test('of a word, of several together, of the beginning of one', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.nat(), (words, cut) => {
        const together = index.match([words], false);
        stems.forEach((own, place) => {
          if (words.every((one) => own.has(stemOf(one))))
            expect(markOf(together, place), words.join(' ')).toBeGreaterThan(0);
        });
        const [whole = ''] = words;
        const beginning = whole.slice(0, 3 + (cut % whole.length));
        if (beginning.length < 3 || index.has(beginning, false)) return;
        const begun = index.match([[beginning]], true);
        said.forEach((own, place) => {
          if (own.some((one) => one.startsWith(beginning)))
            expect(markOf(begun, place), beginning).toBeGreaterThan(0);
        });
      }),
    );
  });

  test('of titles with most of the words that were typed', () => {
    const shown = catalogue.shown.map(({ title }) => wordsOf(title));
    fc.assert(
      fc.property(
        fc.constantFrom(...shown),
        fc.array(word, { maxLength: 1 }),
        fc.nat(),
        (title, more, from) => {
          const typed = [...title.slice(from % title.length), ...more].filter((one) => !isSmallWord(one));
          const bonus = titles.bonus(typed, []);
          for (const [place, words] of shown.entries()) {
            const many = typed.filter((one) => words.includes(one)).length;
            const isMeant = typed.length > 1 && many === typed.length;
            const isNear = typed.length > 3 && many >= 0.75 * typed.length;
            if (isMeant || isNear) expect(bonus.get(place), typed.join(' ')).toBeGreaterThan(0);
          }
          expect(titles.areNamed(typed)).toBe(
            typed.length > 0 &&
              catalogue.shown
                .flatMap((one) => [one, ...(catalogue.predecessors.get(one.id) ?? [])])
                .some((one) => {
                  const own = new Set([...wordsOf(one.title), ...wordsOf(one.publisher)]);
                  return typed.every((each) => own.has(each));
                }),
          );
        },
      ),
    );
  });
});

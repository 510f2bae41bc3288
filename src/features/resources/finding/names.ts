import { isSmallWord, wordsOf } from '../../../content/words.ts';
import type { Catalogue } from '../content.ts';

/** A word and the letter that names somebody with it are one word: "child", "q" → "childq". */
export type Names = {
  /** @returns those that a title has, run together. */
  join(words: readonly string[]): string[];
  /** "Child Q" or "childq", as one word that nothing else has. */
  has(word: string): boolean;
  /** What people read: "childq" → "Child Q", as a title has it. Any other word as it is. */
  written(word: string): string;
};

/** Is no article and no person who speaks. */
const isNaming = (letter: string): boolean => /^[b-hj-z]$/.test(letter);

export function createNames({ shown, predecessors }: Catalogue): Names {
  const titles = shown.flatMap(({ id, title }) => [
    title,
    ...(predecessors.get(id) ?? []).map((old) => old.title),
  ]);
  const names = new Map(titles.flatMap(namesIn));
  return {
    has: (word) => names.has(word),
    written: (word) => names.get(word) ?? word,
    join(words) {
      const joined: string[] = [];
      for (const word of words) {
        const name = word.length === 1 ? `${joined.at(-1) ?? ''}${word}` : '';
        if (name.length > 1 && names.has(name)) joined[joined.length - 1] = name;
        else joined.push(word);
      }
      return joined;
    },
  };
}

/** Each word with the letter behind it, run together, and how it is written. */
const namesIn = (title: string): [string, string][] =>
  wordsOf(title).flatMap((letter, nth, words) => {
    const word = words[nth - 1];
    if (word === undefined || !isNaming(letter) || isSmallWord(word)) return [];
    return [[word + letter, writtenIn(title, word, letter)]];
  });

/** Where something else than a space stands between them, the letter is a capital. */
const writtenIn = (title: string, word: string, letter: string): string =>
  [...title.matchAll(wordAndLetter)]
    .map(([, written = '']) => written)
    .find((written) => wordsOf(written).join('') === word + letter) ?? `${word} ${letter.toUpperCase()}`;

/** Looks ahead, since the letter of one may be the word of the next. */
const wordAndLetter = /(?<![\p{L}\p{M}\p{N}])(?=([\p{L}\p{M}\p{N}]+[ -]\p{L})(?![\p{L}\p{M}\p{N}]))/gu;

/** Whom reviews call by a letter. */
const called = new Set('adult baby boy child family girl'.split(' '));
/** What stands for a word where people write fast: "baby n mum", "child w autism". */
const isShortWord = (letter: string): boolean => /^[aimnorstuwx]$/.test(letter);

/**
 * "Baby P", of whom no title tells: nothing else of a baby is meant. In small letters only at the end, or where it can be
 * no short word.
 * @param typed the question as it was typed.
 */
export function nameUnknown(
  words: readonly string[],
  { at, typed, has }: { at: number; typed: string; has: Names['has'] },
): boolean {
  const [word = '', letter = ''] = [words[at], words[at + 1]];
  if (!called.has(word) || !/^\p{L}$/u.test(letter) || has(word + letter)) return false;
  const inCapital = new RegExp(`(?<!\\p{L})${word}[ -]${letter.toUpperCase()}(?![\\p{L}&'])`, 'iu').exec(
    typed,
  );
  if (inCapital?.[0].endsWith(letter.toUpperCase())) return isNaming(letter) && /\p{Ll}/u.test(typed);
  return !isShortWord(letter) && at + 2 === words.length;
}

import { isEnglish } from './english.ts';

/** As "SEND" and "TrACE" have them, and no names of people or places. */
export const hasCapitals = (word: string): boolean => /\p{Lu}\S*\p{Lu}/u.test(word);

/** What stands before the name of a thing, and before nothing that somebody does. */
const before = new Set('about for has have on with'.split(' '));
/** What stands behind it. */
const after = new Set(
  'approach assessment checklist code framework lead model needs policy provision score support team training'.split(
    ' ',
  ),
);

/**
 * Which of the words of a text, in small letters, are likelier the word of every day than the short form that is spelt like
 * it: "where can I send him" is not about SEND; "SEND", "with send" and "send support" are.
 * @param isShortForm whether the word is written in capitals where it is known
 */
export function everydayWords(
  text: string,
  words: readonly string[],
  isShortForm: (word: string) => boolean,
): ReadonlySet<string> {
  // Most questions have none, and alone it is what it is.
  if (words.length === 1 || !words.some(isShortForm)) return none;
  // In a question that is all in capitals they tell nothing.
  const inCapitals = /\p{Ll}/u.test(text) ? (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter(hasCapitals) : [];
  const typed = new Set(inCapitals.map((word) => word.toLowerCase()));
  const isNamed = (word: string, nth: number): boolean =>
    typed.has(word) || before.has(words[nth - 1] ?? '') || after.has(words[nth + 1] ?? '');
  return new Set(words.filter((word, nth) => isShortForm(word) && !isNamed(word, nth) && isEnglish(word)));
}

const none: ReadonlySet<string> = new Set();

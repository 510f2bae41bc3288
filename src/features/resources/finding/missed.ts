import { isAlsoName } from '../../../content/also-names.ts';
import { isEnglish, isNameToo } from '../../../content/english.ts';
import { isSmallWord, wordsOf } from '../../../content/words.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { tellsOfSomebody } from '../../../safeguarding/question.ts';
import type { Found } from './search.ts';

/**
 * The words of a question that found nothing which may be kept for the curators. They are kept one by one and as nobody's, so
 * what may be a name, of a child, a family or a street, is never among them: only plain English words are, and none of a
 * question in which a word stood that is none. That one may be a surname, and its neighbour, "hope", a first name.
 */
export function wordsToKeep(
  text: string,
  { hits, unknown, corrections }: Pick<Found, 'hits' | 'unknown' | 'corrections'>,
  looksIdentifiable: (text: string) => boolean,
): string[] {
  if (hits.length > 0 || strangeWords({ unknown, corrections }).length > 0) return [];
  const withCapital = new Set((text.match(/\p{Lu}[\p{L}\p{M}'\u2019-]*/gu) ?? []).flatMap(wordsOf));
  const ofPlaces = namesOfPlaces(text);
  const words = [...new Set(unknown)]
    .filter((word) => mayKeepWord(word) && !withCapital.has(word) && !ofPlaces.has(word))
    .slice(0, 8)
    .toSorted();
  // Asked last, since it takes longest.
  return words.length === 0 || tellsOfSomebody(text, looksIdentifiable) ? [] : words;
}

/** Whether a word by itself is plain English and nobody's name: "printer", but not "baker", though that is a word as well. */
export const mayKeepWord = (word: string): boolean =>
  /^[a-z]{3,24}$/.test(word) &&
  !isSmallWord(word) &&
  isEnglish(word) &&
  [word, word.replace(/s$/, '')].every((one) => !isNameToo(one) && !isAlsoName(one));

/** Words of a question that neither the catalogue nor the language knows, as they were typed: names, often. */
export const strangeWords = ({ unknown, corrections }: Pick<Found, 'unknown' | 'corrections'>): string[] =>
  [...unknown, ...corrections.map(({ typed }) => typed)].filter(
    (word) => !isSmallWord(word) && !isEnglish(word),
  );

/** Where they stand in the text, whole: of "okonkwo-bamgbose" not one half. In capitals it is a short form, mostly. */
export function strangeIn(text: string, found: Pick<Found, 'unknown' | 'corrections'>): Finding[] {
  const strange = new Set(strangeWords(found));
  return [...text.matchAll(/[\p{L}\p{M}\p{N}'\u2019-]+/gu)].flatMap(({ 0: word, index: start }) =>
    /^\p{Lu}{2,5}$/u.test(word) || !wordsOf(word).some((one) => strange.has(one))
      ? []
      : [{ kind: 'name', start, end: start + word.length }],
  );
}

/** "mare street" and "grove primary": the word before these is what a place is called. */
const beforePlaces =
  /([\p{L}'\u2019-]+)\s+(?:street|st|road|rd|lane|avenue|close|crescent|terrace|gardens|square|estate|court|house|tower|school|primary|academy|nursery|family)\b/giu;

const namesOfPlaces = (text: string): Set<string> =>
  new Set([...text.matchAll(beforePlaces)].flatMap(([, name = '']) => wordsOf(name)));

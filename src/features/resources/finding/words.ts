import { clip, tidyLine } from '../../../slack/text.ts';

/** Longest question that is looked at, in characters; it has to fit into a Slack block id together with a resource's id. */
export const longestQuestion = 150;
/** More words than this are not looked at. */
const mostWords = 20;

/** What somebody asked, on one line and short enough to travel through buttons; cut at a word where it is too long. */
export function tidyQuestion(text: string): string {
  const line = tidyLine(text.replace(/\p{Cf}|\p{Cs}/gu, ''));
  if (Array.from(line).length <= longestQuestion) return line;
  const cut = clip(line, longestQuestion).slice(0, -1);
  const lastSpace = cut.lastIndexOf(' ');
  return (lastSpace > 40 ? cut.slice(0, lastSpace) : cut).trim();
}

/** Lower case, no accents, letters and digits only: "Trauma-informed" → ["trauma", "informed"], "A&E" → ["a", "and", "e"]. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(\d),(\d{3})/g, '$1$2')
    .replace(/['\u2019]s\b/g, 's')
    .replace(/&/g, ' and ');
  return plain.match(/[\p{L}\p{N}]+/gu)?.slice(0, 400) ?? [];
}

export const wordsOfQuestion = (text: string): string[] => wordsOf(text).slice(0, mostWords);

/** One spelling for "self-care", "self care", "selfcare"; one for "dad" and "dads". */
export const keyOf = (words: readonly string[]): string => words.map(singular).join('');

const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

const small = new Set(
  `a about an and any anything are as at be been being best by can could did do does for from get give going good got
  had has have having how i if in into is it its just know like looking may me more my need needs of on one or our please
  resource resources s say see should show so some someone something stuff tell than that the their them then there these
  they this those to up us use using want was we were what when where which while who why will with would you your find
  help helping info information`
    .split(/\s+/)
    .filter(Boolean),
);

/** Says nothing about what is wanted. */
export const isFiller = (word: string): boolean => small.has(word);

/** A filler, or a letter on its own: not worth a search by itself ("Child Q" is found by both its words). */
export const isSmallWord = (word: string): boolean => isFiller(word) || /^\p{L}$/u.test(word);

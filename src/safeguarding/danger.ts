import { distance } from 'fastest-levenshtein';
import { isEnglish } from '../content/english.ts';
import { relativesOf, stemOf } from '../content/stem.ts';
import { isFiller, wordsOf } from '../content/words.ts';
import { Remembered } from '../lib/remembered.ts';

/**
 * Whether words that are looked up may be about danger, or about somebody's own distress: they say one of the phrases of
 * data/signposting.yaml, in whichever form, with a slip of the finger, with a word or two in between. Never a judgement of
 * a person, kept nowhere; a false alarm costs one line.
 */
export function mayBeDanger(phrases: readonly string[], text: string): boolean {
  const { byFirst, known, meant } = read(phrases);
  const stems = wordsOf(text).map((word) => meant.get(word, () => stemAsMeant(word, known)));
  return stems.some((stem, at) => byFirst.get(stem)?.some((phrase) => goesOn(phrase, stems, at)));
}

/** Said of oneself: "I want to die", "better off without me". Somebody who looks for material names a subject instead. */
export const isOfOneself = (text: string): boolean =>
  /(?<![\p{L}'\u2019])(?:i(?:['\u2019]?m|['\u2019]d|['\u2019]?ve|['\u2019]ll)?|myself|my (?:own )?life|without me)(?![\p{L}])/iu.test(
    text,
  );

/** Words that may stand between two words of a phrase: "can't really go on". */
const mostBetween = 2;

/** Whether the rest of a phrase follows its first word. */
function goesOn(phrase: readonly string[], stems: readonly string[], first: number): boolean {
  let at = first;
  for (const stem of phrase.slice(1)) {
    const next = stems.indexOf(stem, at + 1);
    if (next < 0 || next - at > mostBetween + 1) return false;
    at = next;
  }
  return true;
}

/** @returns what an editor should do about a phrase; undefined where it will do. */
export function problemWithDanger(phrase: string): string | undefined {
  const words = wordsOf(phrase);
  return words.length < 2 && words.every(isFiller)
    ? `"${phrase}" is part of nearly everything that is looked up. Add a word to it.`
    : undefined;
}

/** The same for all forms of the same words. */
export const dangerKey = (phrase: string): string => wordsOf(phrase).map(stemOf).join(' ');

/** Every look-up asks, mostly about the same words. */
const mostRemembered = 5_000;

type Known = {
  /** The stems of each phrase, by the first of them. */
  byFirst: ReadonlyMap<string | undefined, readonly (readonly string[])[]>;
  known: ReadonlyMap<string, string>;
  /** What single words were taken for, lately. */
  meant: Remembered<string>;
};
const readBefore = new WeakMap<readonly string[], Known>();

function read(phrases: readonly string[]): Known {
  const before = readBefore.get(phrases);
  if (before) return before;
  const words = phrases.map(wordsOf);
  const made = {
    byFirst: Map.groupBy(
      words.map((one) => one.map(stemOf)),
      ([first]) => first,
    ),
    known: new Map(words.flat().flatMap((word) => relativesOf(word).map((one) => [one, stemOf(one)]))),
    meant: new Remembered<string>(mostRemembered),
  };
  readBefore.set(phrases, made);
  return made;
}

/** Of a word that is none, the stem of the word of the list that it is a slip or two away from. */
function stemAsMeant(word: string, listed: ReadonlyMap<string, string>): string {
  const stem = listed.get(word) ?? stemOf(word);
  if (listed.has(word) || word.length < 3 || /\d/.test(word)) return stem;
  for (const [other, meant] of listed)
    if (other.length >= 4 && other[0] === word[0] && isNear(word, other) && !isEnglish(word)) return meant;
  return stem;
}

const isNear = (word: string, other: string): boolean => {
  const allowed = other.length >= 7 ? 2 : 1;
  if (Math.abs(word.length - other.length) > allowed) return false;
  const slips = distance(word, other);
  // Two neighbours in the wrong order are one slip.
  return slips <= allowed || (slips === 2 && lettersOf(word) === lettersOf(other));
};

const lettersOf = (word: string): string => Array.from(word).toSorted().join('');

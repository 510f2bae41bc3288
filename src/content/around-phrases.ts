import { isAlsoName } from './also-names.ts';
import { isEnglish, isNameToo } from './english.ts';
import { isOtherWord } from './no-names.ts';
import { isSmallWord, keyOf, wordsOf } from './words.ts';

/** What everybody reads of an entry. */
type Read = { title: string; publisher: string; summary?: string; text?: string | undefined };

/** What phrases are looked at beside. */
export type Around = {
  /** What has these words for its name, in a sentence: "the topic Birth trauma". Undefined: nothing. */
  called(say: string): string | undefined;
  /**
   * What of a phrase is likely somebody's name: a word that is neither English nor known here and is written with a capital,
   * is mostly a name, or stands beside one. Lists of names know few families, so none is asked alone.
   * @param own what stands in the entry that it is to lead to, where that is not among the others
   */
  nameIn(say: string, own: string): string | undefined;
  /** From here on it is one of the others. */
  add(entry: Read): void;
};

/** Of topics.yaml. */
type Known = {
  topics: readonly { label: string; description: string; synonyms: readonly string[]; words: string }[];
  places: readonly string[];
  abbreviations: readonly { abbr: string; means: string }[];
};

export function aroundPhrases({ topics, places, abbreviations }: Known, entries: Iterable<Read>): Around {
  const names = new Map<string, string>();
  const known = new Set<string>();
  const name = (called: string, what: string): void => {
    const key = nameKey(called);
    if (!names.has(key)) names.set(key, what);
  };
  const pairs = new Set<string>();
  const strange = new Map<string, string[]>();
  const read = (text: string): void => {
    for (const word of lettersOf(text)) known.add(word);
    for (const [, first = '', second = ''] of text.matchAll(capitalPairs)) pairs.add(`${first} ${second}`);
  };
  for (const { label, description, synonyms, words } of topics) {
    for (const called of [label, ...synonyms]) name(called, `the topic ${label}`);
    for (const text of [label, description, ...synonyms, words]) read(text);
  }
  for (const { abbr, means } of abbreviations) read(`${abbr} ${means}`);
  for (const place of places) read(place);
  const add = ({ title, publisher, summary = '', text = '' }: Read): void => {
    name(title, `\u2018${title}\u2019`);
    name(publisher, `the publisher ${publisher}`);
    read(`${title} ${publisher} ${summary} ${text}`);
    strange.clear();
  };
  for (const entry of entries) add(entry);
  return {
    add,
    called: (say) => names.get(nameKey(say)),
    nameIn(say, own) {
      // Nothing known at all means that topics.yaml could not be read, which is reported there.
      if (topics.length === 0) return undefined;
      const typed = (say.match(/[\p{L}\p{M}'\u2019-]+/gu) ?? []).map((word) =>
        word.replace(/['\u2019]s?$/, ''),
      );
      const here = own === '' ? undefined : new Set(lettersOf(own));
      const isStrange = (word: string | undefined): boolean =>
        word !== undefined && strangeIn(word).some((part) => !here?.has(part));
      return typed.find((word, at) => {
        const before = typed[at - 1];
        // "Grace Baker" are words as well, and two of them with a capital a name.
        const isLikely = isStrange(word)
          ? isCapital(word) || isName(word) || isStrange(before) || isFirstName(before)
          : isCapital(word) && isCapital(before) && isFirstName(before) && isName(word);
        return isLikely && !pairs.has(`${before} ${word}`);
      });
    },
  };

  /** What of a word, as it is typed, is neither English nor known here. Of most, and in thousands of phrases, nothing is. */
  function strangeIn(typed: string): string[] {
    const seen = strange.get(typed);
    if (seen) return seen;
    const unknown = wordsOf(typed).filter(
      (part) => part.length > 2 && !known.has(part) && !isSmallWord(part) && !isEnglish(part),
    );
    // "HVs" is a short form.
    const isNone =
      unknown.length > 0 && (/^\p{Lu}{2,}s?$/u.test(typed) || (isCapital(typed) && isOtherWord(typed)));
    const found = isNone ? [] : unknown;
    strange.set(typed, found);
    return found;
  }
}

const isCapital = (word: string | undefined): boolean => word !== undefined && /^\p{Lu}.*\p{Ll}/u.test(word);
const isName = (word: string): boolean => wordsOf(word).some((part) => isNameToo(part) || isAlsoName(part));
const isFirstName = (word: string | undefined): boolean =>
  word !== undefined && isAlsoName(word.toLowerCase());

/** "Sunrise Hub", each with the one before it. */
const capitalPairs = /(\p{Lu}[\p{L}-]*)(?=\s+(\p{Lu}[\p{L}-]*))/gu;

const lettersOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? [];

/** Without articles: "the birth trauma" is no more than "birth trauma", and "isn't it just poverty" is. */
const nameKey = (text: string): string => keyOf(wordsOf(text).filter((word) => !/^(?:a|an|the)$/.test(word)));

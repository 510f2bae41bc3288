import { isEnglish } from '../../../../content/english.ts';
import type { Glossary, GlossaryTerm } from '../../../../content/glossary.ts';

/** A term with a note, and how it was said: as the glossary writes it, never as somebody's text does. */
export type Noted = { term: GlossaryTerm; saidAs: string[] };

/** @returns terms with a note on language whose words stand in a text: first those that the note says otherwise, in their order. */
export type Wording = (text: string) => Noted[];

type Word = {
  /** As it was typed, in composed letters. */
  typed: string;
  /** In small letters, without accents and possessive. */
  plain: string;
  /** Without the endings of number and tense. */
  base: string;
  /** A sentence ends before it: nothing is said across that. */
  begins: boolean;
};

type Phrase = {
  term: GlossaryTerm;
  say: string;
  words: Word[];
  /** What the note says otherwise, and no name that merely has a note. */
  isToChange: boolean;
  fits(word: Word, nth: number): boolean;
  /** "selfharm" for "self-harm". */
  joined: string | undefined;
};

const wordsIn = (text: string): Word[] => {
  const found: Word[] = [];
  const composed = text.normalize('NFC').replace(/[\u2018\u2019\u02bc]/g, "'");
  let end = 0;
  for (const match of composed.matchAll(/[\p{L}\p{N}\p{M}]+(?:'\p{L}+)*/gu)) {
    const between = composed.slice(end, match.index);
    const typed = match[0].replace(/'s?$/i, '');
    const plain = typed.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    found.push({ typed, plain, base: baseOf(plain), begins: /[.!?;:\n\u2026]/.test(between) });
    end = match.index + match[0].length;
  }
  return found;
};

const singularOf = (word: string): string => {
  if (word.length < 4) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
};

/**
 * Number and tense come off, and nothing else: "contains" is not containment, nor is what is attached to a message an
 * attachment.
 */
const baseOf = (word: string): string => {
  const one = singularOf(word);
  const [, stem = ''] = /^(.*[aeiouy].*)(?:ed|ing)$/.exec(one) ?? [];
  const bare = stem.length < 3 ? one : stem.replace(/([^aeioulsz])\1$/, '$1');
  return bare.replace(/ied$/, 'y').replace(/e$/, '');
};

/** Short forms that are words as well, such as TIP and ACEs, count only as they are written. */
const isMeantByCapitals = (word: string): boolean =>
  /\p{Lu}.*\p{Lu}/u.test(word) && isEnglish(word.toLowerCase());

/** Its base is a word of another meaning: "granted" is not a grant, nor is a mask masking. */
const isHeldAsItIs = (words: readonly Word[]): boolean =>
  words.length === 1 && /(?:ed|ing)$/.test(words[0]?.plain ?? '');

/** A name that is an everyday word, such as "partner" or "choice", says nothing of the term by itself. */
const isEveryday = (name: string): boolean => /^\p{Ll}+$/u.test(name) && isEnglish(name);

/** Made ready with the first question: the dictionary is large, and a start does not wait for it. */
export function createWording(glossary: Pick<Glossary, 'terms'>): Wording {
  let ready: Wording | undefined;
  return (text) => {
    ready ??= wordingOf(glossary);
    return ready(text);
  };
}

function wordingOf({ terms }: Pick<Glossary, 'terms'>): Wording {
  const phrases = terms
    .filter(({ language_note }) => language_note !== undefined)
    .flatMap((term) => [
      ...term.look_for.map((say) => phraseOf(term, say, true)),
      ...[term.term, ...term.also_known_as.filter((name) => !isEveryday(name))].map((say) =>
        phraseOf(term, say, false),
      ),
    ]);
  const longest = Math.max(0, ...phrases.map(({ words }) => words.length));

  return (text) => {
    const words = wordsIn(text);
    const found = new Map<GlossaryTerm, { saidAs: Set<string>; isToChange: boolean }>();
    for (let at = 0; at < words.length; ) {
      const said = longestAt(phrases, words, at, longest);
      for (const { term, say, isToChange } of said.phrases) {
        const so = found.get(term) ?? { saidAs: new Set(), isToChange: false };
        so.saidAs.add(say);
        so.isToChange ||= isToChange;
        found.set(term, so);
      }
      at += Math.max(1, said.length);
    }
    return [...found]
      .toSorted(([, a], [, b]) => Number(b.isToChange) - Number(a.isToChange))
      .map(([term, { saidAs }]) => ({ term, saidAs: [...saidAs] }));
  };
}

function phraseOf(term: GlossaryTerm, say: string, isToChange: boolean): Phrase {
  const words = wordsIn(say);
  const asItIs = isHeldAsItIs(words);
  const fits = (word: Word, nth: number): boolean => {
    const own = words[nth];
    if (!own) return false;
    if (isMeantByCapitals(own.typed)) return word.typed.replace(/s$/i, '') === own.typed.replace(/s$/, '');
    return asItIs ? singularOf(word.plain) === singularOf(own.plain) : word.base === own.base;
  };
  const joined = say.includes('-') ? baseOf(words.map(({ plain }) => plain).join('')) : undefined;
  return { term, say, words, isToChange, fits, joined };
}

/** The longest that is said from this word on; several terms may have it. What the note says otherwise goes before a name. */
function longestAt(
  phrases: readonly Phrase[],
  words: readonly Word[],
  at: number,
  longest: number,
): { length: number; phrases: Phrase[] } {
  for (let length = Math.min(longest, words.length - at); length > 0; length -= 1) {
    const here = words.slice(at, at + length);
    if (here.some(({ begins }, nth) => nth > 0 && begins)) continue;
    const said = phrases.filter(
      ({ words: own, fits, joined }) =>
        (own.length === length && here.every(fits)) || (length === 1 && joined === here[0]?.base),
    );
    if (said.length > 0) return { length, phrases: oncePerTerm(said) };
  }
  return { length: 0, phrases: [] };
}

const oncePerTerm = (said: readonly Phrase[]): Phrase[] =>
  said.filter((one) => said.find(({ term }) => term === one.term) === one);

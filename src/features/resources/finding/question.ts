import { clausesOf } from '../../../content/clauses.ts';
import { everydayWords, hasCapitals } from '../../../content/short-forms.ts';
import { isLinking, isSmallWord, isWeak, keyOf, wordsOf } from '../../../content/words.ts';
import type { Ages } from './ages.ts';
import type { Field } from './field.ts';
import type { Ambiguous, Lexicon, Sense } from './lexicon.ts';
import { type Names, nameUnknown } from './names.ts';
import type { Narrow, Narrowing, UnknownValue } from './narrowing.ts';
import { isAtSchool, isNoKind, saidOfOtherThings } from './other-senses.ts';
import type { Corrected } from './spelling.ts';
import { tidyQuestion, wordsOfQuestion } from './words.ts';

/** A piece of a question. `words` is what was typed, spelt right. */
export type Part = Piece & {
  /** It stood in quotes, which are among the narrowings as well. */
  isQuoted: boolean;
};
type Piece =
  | { kind: 'word'; words: string[]; isLast: boolean }
  /** A phrase of the programme: topics, and perhaps an age group, a kind or readers too. */
  | { kind: 'known'; words: string[]; sense: Sense }
  | { kind: 'ambiguous'; words: string[]; form: Ambiguous; senses: Sense[] };

export type Question = {
  /** As it was asked, tidied and not too long. */
  asked: string;
  /** All its words, spelt right. */
  words: string[];
  /** The words of each clause, if there are several: "baby won't settle, mum anxious". */
  clauses(): string[][];
  parts: Part[];
  corrections: { typed: string; read: string }[];
  /** Words that neither the catalogue nor the vocabulary knows. */
  unknown: string[];
  /** Words that are known, and said of something else: they were asked for, and nothing here answers them. */
  elsewhere: string[];
  narrowings: Narrowing[];
  unknownValues: UnknownValue[];
};

export type Reader = {
  lexicon: Lexicon;
  narrow: Narrow;
  ages: Ages;
  names: Names;
  /** Whether any entry has this word, or for the last one a word that begins with it. */
  isInCatalogue(word: string, isLast: boolean): boolean;
  /** Whether it stands there, or in the vocabulary, letter by letter. */
  isWritten(word: string): boolean;
  /**
   * @param fits of several words that are as near, whether this one is said beside those that stand beside the mistyped one
   * @param mayBe whether it can have been meant at all
   */
  correct(
    word: string,
    fits: (candidate: string) => boolean,
    mayBe: (candidate: string) => boolean,
  ): Corrected | undefined;
  /** Whether anything says these two one after the other. */
  isSaidTogether(word: string, next: string): boolean;
  isEnglish(word: string): boolean;
  /** Whether it is a name of somebody or somewhere, in small letters. */
  isName(word: string): boolean;
  /** Whether people say it all day, as "send" and "tip". */
  isEveryday(word: string): boolean;
  fieldOf: Field;
};

/**
 * Takes a question apart: what it leaves out; then the longest known phrase first, from left to right; what is no phrase is
 * a word to look for. What stands in quotes is taken as it is.
 */
export function readQuestion(text: string, reader: Reader): Question {
  const asked = tidyQuestion(text);
  const { narrowings, unknownValues, runs } = reader.narrow(asked);
  const typed = runs.map(({ text: run, isQuoted }) => ({
    words: reader.names.join(wordsOfQuestion(run)),
    isQuoted,
  }));
  const everyday = everydayWords(
    asked,
    typed.flatMap(({ words }) => words),
    reader.lexicon.isShortForm,
  );
  const read = typed.map(({ words, isQuoted }, nth) =>
    readRun(words, { reader, asked, everyday, isQuoted, isLast: nth === runs.length - 1 }),
  );
  const parts = read.flatMap((run) => run.parts);
  const unknown = read.flatMap((run) => run.unknown);
  const telling = parts.filter(
    ({ kind, words }) => kind !== 'word' || !words.every((word) => isSmallWord(word) || isLinking(word)),
  );
  const corrections = read.flatMap((run) => run.corrections);
  return {
    asked,
    clauses: () => wordsOfClauses(asked, corrections, reader.names),
    words: read.flatMap((run) => run.words),
    // Where the only word that tells is unknown, "know about" finds nothing that was asked for.
    parts: telling.length + unknown.length + narrowings.length > 0 ? telling : parts,
    corrections,
    unknown,
    elsewhere: read.flatMap((run) => run.elsewhere),
    narrowings,
    unknownValues,
  };
}

/** Fewer letters than this on both sides of a space are two words. */
const shortestBroken = 6;

const wordsOfClauses = (asked: string, corrections: Question['corrections'], names: Names): string[][] =>
  clausesOf(asked).map((clause) =>
    names
      .join(wordsOfQuestion(clause))
      .flatMap((word) => corrections.find(({ typed }) => typed === word)?.read.split(' ') ?? [word]),
  );

type Run = Pick<Question, 'words' | 'parts' | 'corrections' | 'unknown' | 'elsewhere'>;

function readRun(
  typed: readonly string[],
  {
    reader,
    asked,
    everyday,
    isQuoted,
    isLast,
  }: { reader: Reader; asked: string; everyday: ReadonlySet<string>; isQuoted: boolean; isLast: boolean },
): Run {
  const corrections: Question['corrections'] = [];
  const unknown: string[] = [];
  const inCapitals = capitalsIn(asked);
  const isTerm = (word: string) =>
    isSmallWord(word) ||
    /^\d/.test(word) ||
    reader.lexicon.words.has(word) ||
    reader.lexicon.sense(keyOf([word])) !== undefined ||
    reader.names.has(word);
  const isKnown = (word: string, mayGoOn: boolean) => isTerm(word) || reader.isInCatalogue(word, mayGoOn);
  const isPart = (part: string) =>
    (part.length > 3 && reader.isWritten(part)) || (isKnown(part, false) && reader.isEnglish(part));
  /** The words that a mistyped one was meant to be. */
  const meantBy = (
    word: string,
    { before, after }: { before: string | undefined; after: string | undefined },
  ): string[] | undefined => {
    if (isQuoted) return undefined;
    const how = { isAlone: typed.length === 1, isCapital: inCapitals.has(word) };
    const follows = (candidate: string): boolean =>
      before !== undefined && reader.isSaidTogether(before, candidate);
    const leads = (candidate: string): boolean =>
      after !== undefined && reader.isSaidTogether(candidate, after);
    const fits = (candidate: string): boolean => follows(candidate) || leads(candidate);
    const nearest = reader.correct(word, fits, (candidate) => isSlip(word, candidate, how));
    // "Meansure" is a slip in "measure" rather than "mean" and "sure", and "birthtrauma" two words rather than two slips.
    const apart = nearest?.slips === 1 ? undefined : splitInTwo(word, isPart);
    const meant = apart ?? (nearest && [nearest.word]);
    if (!meant) return undefined;
    const isFitting = apart
      ? reader.isSaidTogether(apart[0] ?? '', apart[1] ?? '')
      : fits(nearest?.word ?? '');
    // "Practise" after "reflective" was meant to be "practice", and "oiling" may lack a letter; "hoarding" is no "boarding": a
    // good word or a name alone is left as it is. Asked last, since it takes longest.
    const isGood = reader.isEnglish(word) || isOfFamily(word);
    if (!isFitting) return isGood || reader.isName(word) ? undefined : meant;
    const [first = ''] = meant;
    return isGood && first.charAt(0) !== word.charAt(0) && !first.endsWith(word) ? undefined : meant;
  };
  /** What only looks like a known word is one where it is English: "onely" ends as "one" does, and "birt" begins "birth". */
  const isTakenAsItIs = (word: string, index: number): boolean => {
    if (isTerm(word)) return true;
    const hasStem = reader.isInCatalogue(word, false);
    if (!hasStem && !(isLast && index === whole.length - 1 && reader.isInCatalogue(word, true))) return false;
    if (isQuoted || reader.isWritten(word) || /\d/.test(word)) return true;
    const nearest = reader.correct(
      word,
      () => false,
      () => true,
    );
    return nearest?.slips !== 1 || !(hasStem || nearest.word.startsWith(word)) || reader.isEnglish(word);
  };
  /** "Subs tance": one of them is nothing, and together they are a word. */
  const isBroken = (word: string, next: string): boolean =>
    word.length + next.length >= shortestBroken &&
    // Most words are known: that is looked at first, since it takes least.
    ![word, next].every(reader.isWritten) &&
    reader.isWritten(word + next) &&
    [word, next].some((part) => !isKnown(part, false));
  const whole: string[] = [];
  for (const [at, word] of typed.entries()) {
    const last = whole.at(-1);
    if (at > 0 && nameUnknown(typed, { at: at - 1, typed: asked, has: reader.names.has })) {
      whole[whole.length - 1] = `${last} ${word}`;
      continue;
    }
    if (isQuoted || last === undefined || !isBroken(last, word)) {
      whole.push(word);
      continue;
    }
    whole[whole.length - 1] = last + word;
    corrections.push({ typed: `${last} ${word}`, read: last + word });
  }
  // What says an age is no slip.
  const inAges = new Set<number>();
  for (let at = 0; at < whole.length; at += 1) {
    const age = isQuoted ? undefined : reader.ages(whole, at);
    for (let nth = 0; nth < (age?.length ?? 0); nth += 1) inAges.add(at + nth);
  }
  const words: string[] = [];
  for (const [index, word] of whole.entries()) {
    if (inAges.has(index)) {
      words.push(word);
      continue;
    }
    const apart = isQuoted || reader.isWritten(word) ? undefined : reader.lexicon.apart(word);
    if (apart || isTakenAsItIs(word, index)) {
      words.push(...(apart ?? [word]));
      continue;
    }
    const meant = meantBy(word, { before: words.at(-1), after: whole[index + 1] });
    if (meant === undefined) unknown.push(word);
    else corrections.push({ typed: word, read: meant.join(' ') });
    words.push(...(meant ?? [word]));
  }

  const isShortForm = ({ words: [word = '', ...others], kind }: Piece): boolean =>
    others.length === 0 && kind !== 'word' && reader.lexicon.isShortForm(word);
  /** "Tips" is no plural of TIP. */
  const isNoPlural = ({ words: [word = ''] }: Piece): boolean =>
    !reader.lexicon.words.has(word) && reader.isEnglish(word);
  /** "Where can I send him" is not about SEND; "send plan" is, beside a word that belongs to it. */
  const isEveryday = ({ words: [word = ''], ...found }: Piece, at: number): boolean => {
    if (!everyday.has(word) || word.endsWith('s') || !reader.isEveryday(word)) return false;
    const senses = found.kind === 'known' ? [found.sense] : found.kind === 'ambiguous' ? found.senses : [];
    const topics = senses.flatMap((sense) => sense.topics);
    const telling = words.filter((one) => one !== word && !isSmallWord(one) && !isWeak(one));
    return ![...telling, words[at - 1] ?? '', words[at + 1] ?? ''].some((one) =>
      topics.some((topic) => reader.fieldOf(one).has(topic)),
    );
  };
  const ofOthers = isQuoted
    ? new Set<number>()
    : saidOfOtherThings(words, {
        fieldOf: reader.fieldOf,
        names: (word) => {
          const sense = reader.lexicon.sense(keyOf([word]));
          return sense !== undefined && sense.topics.length > 0 && !sense.isGeneric;
        },
      });
  const parts: Part[] = [];
  const understood: string[] = [];
  const keys = words.map((word) => keyOf([word]));
  for (let at = 0; at < words.length; ) {
    if (ofOthers.has(at)) {
      at += 1;
      continue;
    }
    const age = isQuoted ? undefined : reader.ages(words, at);
    if (age) {
      parts.push({ ...ageSaid(words.slice(at, at + age.length), age.group), isQuoted });
      understood.push(...words.slice(at, at + age.length));
      at += age.length;
      continue;
    }
    const found = longestPhrase(words, { keys, at }, reader.lexicon);
    const isOther = found && isShortForm(found) && (isNoPlural(found) || isEveryday(found, at));
    const isKind = found?.kind === 'known' && found.sense.type !== undefined && found.words.length === 1;
    const isClass = found?.words.length === 1 && isAtSchool(words, at);
    if (found && !isOther && !isClass && !(isKind && isNoKind(words, at))) {
      parts.push({ ...found, isQuoted });
      understood.push(...found.words);
      at += found.words.length;
      continue;
    }
    const word = words[at] ?? '';
    // What says next to nothing as the word that it is would find what has it as a short form.
    if (!unknown.includes(word) && !(isOther && isWeak(word)))
      parts.push({ kind: 'word', words: [word], isLast: isLast && at === words.length - 1, isQuoted });
    at += 1;
  }
  // "Mid" and "wife" are known together.
  return {
    words: words.filter((_, at) => !ofOthers.has(at)),
    elsewhere: words.filter((_, at) => ofOthers.has(at)),
    parts,
    corrections,
    unknown: unknown.filter((word) => !understood.includes(word)),
  };
}

const ageSaid = (words: string[], { id, label }: NonNullable<ReturnType<Ages>>['group']): Piece => ({
  kind: 'known',
  words,
  sense: { label, topics: [], ageGroup: id, isInYears: true, wordings: [], inFull: [], isGeneric: false },
});

/** Words of a question that is not in capitals all over, in small letters. */
const capitalsIn = (asked: string): ReadonlySet<string> =>
  new Set(
    /\p{Ll}/u.test(asked)
      ? (asked.match(/[\p{L}\p{N}]+/gu) ?? []).filter(hasCapitals).map((word) => word.toLowerCase())
      : [],
  );

/** A word of so few letters may be a short form that nothing here knows: SIDS is no slip in "kids". */
const shortest = 4;
const shortestInCapitals = 5;

/** What is so short may lack a letter, or two of it changed places or came twice; in capitals it is likelier to be what it is. */
function isSlip(
  word: string,
  meant: string,
  { isAlone, isCapital }: { isAlone: boolean; isCapital: boolean },
): boolean {
  const short = isCapital ? shortestInCapitals : shortest;
  if (word.length > short || meant.length > shortestInCapitals) return true;
  if (lettersOf(word) === lettersOf(meant)) return true;
  if (isCapital || meant.length < word.length) return false;
  return meant.length > word.length || (!isAlone && word.charAt(0) === meant.charAt(0));
}

/** Each once, in the order of the alphabet. */
const lettersOf = (word: string): string => [...new Set(word)].toSorted().join('');

/** "Grandkids" is in no dictionary, and no slip. */
const isOfFamily = (word: string): boolean =>
  /^(?:grand|step|god|foster|half)(?:ma|pa|mum|dad|child|children|kids?|sons?|daughters?|parents?|brothers?|sisters?|baby|babies)s?$/.test(
    word,
  );

/** "birthtrauma" → "birth", "trauma": the longest first word that leaves a second. */
function splitInTwo(word: string, isWord: (part: string) => boolean): string[] | undefined {
  for (let at = word.length - 3; at >= 3; at -= 1) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (parts.every(isWord)) return parts;
  }
  return undefined;
}

/** @param keys of each single word; `at`: the phrase's first. */
function longestPhrase(
  words: readonly string[],
  { keys, at }: { keys: readonly string[]; at: number },
  lexicon: Lexicon,
): Piece | undefined {
  let found: Piece | undefined;
  let key = '';
  for (let end = at + 1; end <= Math.min(words.length, at + lexicon.longest); end += 1) {
    key += keys[end - 1] ?? '';
    const form = lexicon.ambiguous(key);
    const sense = form ? undefined : lexicon.sense(key);
    if (!form && !sense) continue;
    const phrase = words.slice(at, end);
    // "in" and "do you" are no phrases, whatever they are short for; a question that opens with "who can help" means it.
    if (!(at === 0 && phrase.length >= 3) && phrase.every(isSmallWord)) continue;
    if (form) {
      const senses = form.meanings.map((meaning) => sensesIn(meaning, lexicon));
      found = { kind: 'ambiguous', words: phrase, form, senses };
    } else if (sense) found = { kind: 'known', words: phrase, sense };
  }
  return found;
}

/** The topics that a meaning's own words name: "perinatal and infant mental health" names two. */
function sensesIn(meaning: string, lexicon: Lexicon): Sense {
  const words = wordsOfQuestion(meaning);
  const topics = new Set<string>();
  for (let at = 0; at < words.length; at += 1)
    for (let length = Math.min(words.length - at, lexicon.longest); length > 0; length -= 1) {
      const sense = lexicon.sense(keyOf(words.slice(at, at + length)));
      if (!sense || sense.topics.length === 0) continue;
      for (const topic of sense.topics) topics.add(topic);
      at += length - 1;
      break;
    }
  return {
    label: meaning,
    topics: [...topics],
    wordings: [wordsOf(meaning)],
    inFull: [wordsOf(meaning)],
    isGeneric: false,
  };
}

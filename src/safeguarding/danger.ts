import { distance } from 'fastest-levenshtein';
import { isEnglish } from '../content/english.ts';
import { relativesOf, stemOf } from '../content/stem.ts';
import { isFiller, wordsOf } from '../content/words.ts';
import { Remembered } from '../lib/remembered.ts';
import { tellsOfHarm } from './harm.ts';
import { withoutOtherSenses } from './senses.ts';
import { worryOf } from './worry.ts';

/**
 * Whether words that are looked up may be about danger, or about somebody's own distress: they say one of the phrases of
 * data/signposting.yaml, in whichever form, with a slip of the finger, with a word or two in between, and not in another sense
 * (senses.ts). Never a judgement of a person, kept nowhere; a false alarm costs one line.
 */
export function mayBeDanger(phrases: readonly string[], text: string): boolean {
  const { byFirst, known, meant } = read(phrases);
  const stems = withoutOtherSenses(wordsOf(text)).map((word) =>
    meant.get(word, () => stemAsMeant(word, known)),
  );
  return stems.some((stem, at) => byFirst.get(stem)?.some((phrase) => goesOn(phrase, stems, at)));
}

/** Whether what was written may be about danger to oneself or to others. */
export const saysDanger = (phrases: readonly string[], text: string): boolean =>
  mayBeDanger(phrases, text) || tellsOfHarm(text) || worryOf(text)?.isNow === true;

/** The same for what somebody writes to a machine as to a person: also where they tell how they are, since nobody reads it. */
export const leadsToHelp = (phrases: readonly string[], text: string): boolean =>
  saysDanger(phrases, text) || tellsHowTheyAre(text);

/** Said of oneself: "I want to die", "better off without me". Somebody who looks for material names a subject instead. */
export const isOfOneself = (text: string): boolean =>
  /(?<![\p{L}'\u2019])(?:i(?:['\u2019]?m|['\u2019]d|['\u2019]?ve|['\u2019]ll)?|myself|my (?:own )?life|without me)(?![\p{L}])/iu.test(
    text,
  );

/**
 * Said of how one is today: "I feel awful", "feeling really low", "hard shift". No danger, and no question for a catalogue
 * either.
 */
export const tellsHowTheyAre = (text: string): boolean => ofHowTheyAre.test(text) && !seeks.test(text);

const seeks =
  /\?\s*$|^\W*(?:what|where|who|how|when|why|which|(?:can|could) (?:you|i|we|anyone|anybody)|is there|are there|do you|find|something|anything|i need|i want|i(?:['\u2019]?m| am) looking|looking for)\b/i;
const feeling =
  'awful|terrible|horrible|rubbish|rotten|low|down|sad|sick|upset|angry|scared|afraid|frightened|lonely|alone|lost|numb|empty|ashamed|guilty|useless|worthless|hopeless|helpless|worried|anxious|stressed|tired|exhausted|shattered|drained|overwhelmed|broken|heartbroken|shaken|struggling|crying|burnt out|burned out|worn out|fed up|not ok(?:ay)?|not coping|not (?:doing )?(?:so |very |too )?(?:well|good|great)';
const much =
  '(?:so|very|really|just|quite|too|completely|totally|absolutely|pretty|all|still|always|a bit|feeling|feel)';
const ofHowTheyAre = new RegExp(
  `(?<![\\p{L}'\u2019])(?:${[
    `(?:i|i['\u2019]?m|i am|i was|i['\u2019]ve been|i have been)(?: ${much})* (?:${feeling})`,
    `i(?: just| really)? (?:feel|felt)(?! (?:that|we|they|he|she))`,
    `(?:hard|bad|rough|tough|awful|horrible|terrible|difficult|long) (?:day|night|week|shift|visit)(?! (?:for|of|out|centre|nursery|unit))`,
    `i (?:cried|wept)|i (?:keep|can['\u2019]?t stop|cannot stop) crying|crying in (?:my|the) (?:car|toilets?|loo|office|staff ?room)`,
    `(?:can['\u2019]?t|cannot|couldn['\u2019]?t) (?:sleep|stop thinking|switch off|eat) (?:since|after|because)`,
    `(?:broke|breaks|breaking) my heart|too much for me|everything(?:['\u2019]?s| is) too much`,
    `(?:nobody|no one) (?:listens|cares|understands|helps)(?: to)? me|(?:bully|bullies|bullied|bullying) me`,
  ].join(
    '|',
  )})(?![\\p{L}])|^\\W*(?:(?:am )?feeling(?: ${much})* (?:${feeling})|struggling(?: (?:today|tonight|right now|at the moment|a bit|to cope))?\\W*$)`,
  'iu',
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

/** The words of the list and their relatives, with the stem of each. */
type Listed = {
  stems: ReadonlyMap<string, string>;
  /** Those that a slip may hide, by the letter they begin with, which is seldom the wrong one. */
  byLetter: ReadonlyMap<string, readonly (readonly [word: string, stem: string])[]>;
};
type Known = {
  /** The stems of each phrase, by the first of them. */
  byFirst: ReadonlyMap<string | undefined, readonly (readonly string[])[]>;
  known: Listed;
  /** What single words were taken for, lately. */
  meant: Remembered<string>;
};
const readBefore = new WeakMap<readonly string[], Known>();

function read(phrases: readonly string[]): Known {
  const before = readBefore.get(phrases);
  if (before) return before;
  const words = phrases.map(wordsOf);
  const stems = new Map(words.flat().flatMap((word) => relativesOf(word).map((one) => [one, stemOf(one)])));
  const long = [...stems].filter(([word]) => word.length >= 4);
  const made = {
    byFirst: Map.groupBy(
      words.map((one) => one.map(stemOf)),
      ([first]) => first,
    ),
    known: { stems, byLetter: Map.groupBy(long, ([word]) => word.charAt(0)) },
    meant: new Remembered<string>(mostRemembered),
  };
  readBefore.set(phrases, made);
  return made;
}

/** Of a word that is none, the stem of the word of the list that it is a slip or two away from. */
function stemAsMeant(word: string, { stems, byLetter }: Listed): string {
  const listed = stems.get(word);
  if (listed !== undefined) return listed;
  const near = nearTo(word, byLetter);
  return near !== undefined && !isEnglish(word) ? near : stemOf(word);
}

const nearTo = (word: string, byLetter: Listed['byLetter']): string | undefined =>
  word.length < 3 || /\d/.test(word)
    ? undefined
    : byLetter.get(word.charAt(0))?.find(([other]) => isNear(word, other))?.[1];

/** Whether a word would be taken for one of the phrases', if it were none itself. */
export function looksLikeDanger(phrases: readonly string[], word: string): boolean {
  const { stems, byLetter } = read(phrases).known;
  return !stems.has(word) && nearTo(word, byLetter) !== undefined;
}

const isNear = (word: string, other: string): boolean => {
  const allowed = other.length >= 7 ? 2 : 1;
  if (Math.abs(word.length - other.length) > allowed) return false;
  const slips = distance(word, other);
  // Two neighbours in the wrong order are one slip.
  return slips <= allowed || (slips === 2 && lettersOf(word) === lettersOf(other));
};

const lettersOf = (word: string): string => Array.from(word).toSorted().join('');

import { isOtherWord, mayBeName } from '../content/no-names.ts';
import type { Stretch } from './fold.ts';

const word = String.raw`(?:St\.?|\p{Lu}[\p{Ll}\p{M}]+(?:['-]\p{L}+)*s?'?)`;
const anyCase = (words: string): string =>
  words.replace(/(?<![\p{L}'])\p{Ll}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);

const schoolKinds =
  "(?:(?:community|church of england|c of e|catholic|infants?'?|junior|primary|secondary|high|nursery|special|free|grammar|boys'?|girls'?|day|pre-prep|prep) )*(?:school|academy|nursery|pre-?school|playgroup|sixth form college)";
const otherKinds =
  "(?:children's|family|children and family|children & family|child and family) (?:centre|hub)|(?:gp |doctors'? |group |medical )(?:surgery|practice|centre)|surgery|infants|primary|secondary|juniors";
/** Where the words before it decide: "reflective practice", "drop-in clinic". */
const doubtfulKinds = 'practice|college|clinic';
const kinds = anyCase(`${schoolKinds}|${otherKinds}`);

const named = new RegExp(
  String.raw`(?<![\p{L}\p{N}'.-])((?:${word}[ ]){1,4})(?:(${kinds})|(${anyCase(doubtfulKinds)}))(?![\p{L}\p{N}'-])`,
  'gud',
);
/** "A school called Rushmore", "nursery: Sunflowers", "her GP is Dr Okafor". */
const called = new RegExp(
  String.raw`(?<!\p{L})(?:${anyCase("school|nursery|pre-?school|childminder|children's centre|gp practice|surgery|gp")})(?:[ ]?[:=]|[ ](?:is|was)|,|((?:[ ](?:is|was))?[ ](?:called|named)))[ ]((?:Dr\.?[ ])?${word}(?:[ ]${word}){0,2})(?![\p{L}'])`,
  'gud',
);

/** In front of a kind these name no single one of them. */
// biome-ignore format: one line of words
const general = new Set(
  `the a an our your their his her my this that these those which what some any every each all both no one two three many most other another
  local nearby new old former whole mixed mainstream maintained independent private state public special virtual primary secondary high infant junior
  nursery day sunday saturday summer holiday forest breakfast homework after safer safe healthy healthier nurture early years year reception
  community church catholic faith jewish muslim islamic christian boarding alternative specialist supplementary complementary language cooking driving
  children family families child baby babies parent parents young youth people city east west north south central inner outer london hackney england english
  british national royal in at to from with for on of and by near is are was were when where if while as since but so or not
  best good safe reflective trauma informed anti-racist general group medical health dental gp doctors social work evidence inclusive relational restorative
  drop-in baby asthma immunisation sleep feeding walk-in outreach university further higher`.split(/\s+/),
);

/** A school, nursery, children's centre or GP practice by its name: in few words it says where a child can be found. */
export function findNamedPlaces(text: string): Stretch[] {
  const found = [...text.matchAll(named)].flatMap(({ indices, 1: before = '', 2: kind }) => {
    const [from = 0] = indices?.[1] ?? [];
    const [, end = 0] = indices?.[0] ?? [];
    const words = before.trim().split(' ');
    // "At Oak Hill School" begins with a word that is no name, as does a sentence.
    const first = words.findIndex((one) => !general.has(plain(one)));
    if (first < 0) return [];
    const name = words.slice(first);
    const last = name.at(-1) ?? '';
    // In small letters ("Rushmore primary") and where the word may be another, only what can be nothing but a name.
    const isWritten = kind !== undefined && /\p{Lu}/u.test(kind.charAt(0));
    const isSaint = name.some((one) => /^St\.?$/.test(one));
    const isName = isSaint || name.some(isNameOfPlace);
    const isLoose = name.length === 1 && !isSaint && !isNameOfPlace(last);
    if (kind === undefined ? !isName : !isWritten && isLoose) return [];
    if (isWritten && name.length === 1 && isPeople(last)) return [];
    return [{ start: from + words.slice(0, first).join(' ').length + Math.min(first, 1), end }];
  });
  const told = [...text.matchAll(called)].flatMap(({ indices, 1: isCalled, 2: name = '' }) => {
    const [start = 0, end = 0] = indices?.[2] ?? [];
    const first = name.replace(/^Dr\.? /, '').split(' ')[0] ?? '';
    if (general.has(plain(first))) return [];
    return isCalled !== undefined || /^(?:Dr|St)\b/.test(name) || mayBeName(first) ? [{ start, end }] : [];
  });
  return [...found, ...told];
}

const plain = (written: string): string => written.toLowerCase().replace(/'s?$/, '');

const isNameOfPlace = (written: string): boolean => mayBeName(written.replace(/'s?$/, ''));

/** "Somali School", "English Academy". */
const isPeople = (written: string): boolean => isOtherWord(written) && /(?:i|ish|an|ese)$/.test(written);

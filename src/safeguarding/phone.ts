import type { Stretch } from './fold.ts';

/** The digits of a telephone number as somebody wrote it. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** British numbers from their country code to the form with the leading 0, so that both ways of writing compare equal. */
export function nationalNumber(digits: string): string {
  const rest = digits.replace(/^(?:0044|44)(?=\d{9,11}$)/, '');
  return rest === digits ? digits : `0${rest.replace(/^0/, '')}`;
}

/**
 * Whether the digits can be a British number that somebody has at home or in a pocket, with the leading 0. Numbers that
 * begin with 03, 05, 08 or 09 are given to organisations: helplines and services, meant to be shared.
 * @see https://en.wikipedia.org/wiki/Telephone_numbers_in_the_United_Kingdom : eleven digits, ten for some 01 areas.
 */
function isSomebodys(national: string): boolean {
  if (national.length === 11) return /^0[127]/.test(national) && !/^(\d)\1+$/.test(national.slice(1));
  return national.length === 10 && national.startsWith('01');
}

/** Announces a telephone number. */
const announcing =
  'tel(?:ephone)?|ph|phone[ds]?|mob(?:ile)?|cell|landline|whats ?app|text(?:ed|s)?|sms|call(?:ed|s)?|ring|rang|rung|dial|contact|fax';
/** "Mobile number is ", right before. What stands behind "]" belongs to what was masked there. */
const cue = new RegExp(
  `(?<!\\p{L})(?:${announcing})(?:'?s)?(?!\\p{L})(?:[ ]?(?:number|num|no)(?!\\p{L}))?\\.?(?:[^\\d\\]\\p{Cc}.!?;]|\\n){0,25}$`,
  'iu',
);
const calledSo =
  /^[\d ./-]{0,8}[ ,(-]{1,3}(?:is )?(?:(?:his|her|their|my|mum's|dad's) )?(?:mobile|mob|phone|tel|landline)\b/i;
/** Numbers of something else. */
export const otherNumber =
  /(?:ticket|order|invoice|booking|account|payment|purchase|policy|part|serial|job|course|grant|charity|company|grid|map|isbn|issn)s?[ ]?(?:no|num|number|ref|reference|code)?[ .:#]{0,3}$/i;

/** "Crime no 0101/77301/26". */
const caseNumber =
  /(?<!\p{L})(?:crime|incident|case|hospital|hosp\.?|patient|mosaic|rio)[ ](?:no|num|number|ref|reference|id)(?!\p{L})(?:[ ](?:no|number))?[ .:#]{0,3}$/iu;

const start = new RegExp(
  // Not inside a word, except right behind one that announces it; not behind a figure's decimal sign or in a date.
  String.raw`(?:(?<![\p{L}\p{N}+])|(?<=(?<!\p{L})(?:${announcing}|no|num|number)))(?<!\d[ ]?[./-])(?<!\d,(?=\d{3}(?!\d)))\(?(?:\+[ ]?\(?)?\d`,
  'giu',
);
const run = /^[(+ ]{0,4}\d(?:[ ().,/\\[\]*~'_\n-]{0,3}\d){7,18}/;
const extension = /^[ ,]{0,2}(?:ext(?:ension|n)?\.?|x|#)[ :]?\d{1,5}(?!\d)/i;
const date = /^\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d)/;

/** British numbers in any spacing, and foreign ones with their "+". Short codes are services, never a person's. */
export function findPhoneNumbers(text: string, allowed: ReadonlySet<string>): Stretch[] {
  const found: Stretch[] = [];
  for (const { index } of text.matchAll(start)) {
    if (index < (found.at(-1)?.end ?? 0) || date.test(text.slice(index, index + 12))) continue;
    const earlier = text.slice(Math.max(0, index - 50), index);
    if (otherNumber.test(earlier) || caseNumber.test(earlier)) continue;
    if (scores.test(earlier) && figureByFigure.test(text.slice(index))) continue;
    const [whole = ''] = run.exec(text.slice(index, index + 60)) ?? [];
    const isCalled = cue.test(earlier) || calledSo.test(text.slice(index + 10, index + 40));
    const end = index + lengthOfNumber(whole, text.slice(index), isCalled, allowed);
    if (end === index) continue;
    const [behind = ''] = extension.exec(text.slice(end, end + 20)) ?? [];
    // A bracket that closes behind the number stands around it.
    const isAround = whole.startsWith('(') && !whole.includes(')');
    found.push({ start: isAround ? index + 1 : index, end: end + behind.length });
  }
  return [...found, ...grownTogether(text, allowed)];
}

/** "Jane07700900123": a mobile number in one piece is one, whatever word it has grown together with; "U0770…" is an id. */
const grownTogether = (text: string, allowed: ReadonlySet<string>): Stretch[] =>
  [...text.matchAll(/(?<![\d\p{Lu}])07[1-9]\d{8}(?=\p{L})|(?<=\p{Ll})07[1-9]\d{8}(?!\d)/gu)].flatMap(
    ({ 0: number, index }) => (allowed.has(number) ? [] : [{ start: index, end: index + number.length }]),
  );

/** "0 7 7 0 0 …": a mobile number as it is said aloud. */
const figureByFigure = /^0(?<sign>[ .,-]{1,2})7\k<sign>[1-9](?:\k<sign>\d){8}(?![ .,-]{0,2}\d|\p{L})/u;
const scores =
  /\b(?:scor(?:es?|ed)|marks?|counts?|results?|ratings?|points|answers?|figures)\b[^.!?\n]{0,20}$/i;
const arePairs = /^ ?\d{1,2}[^\d+(]+\d{1,2}(?!\d)[^+(]*$/;

/** Of the longest part that is a number: a figure may follow it ("07… 2 times"). 0 where there is none. */
function lengthOfNumber(
  whole: string,
  text: string,
  isCalled: boolean,
  allowed: ReadonlySet<string>,
): number {
  const [spelled = ''] = figureByFigure.exec(text) ?? [];
  if (spelled !== '') return allowed.has(digitsOf(spelled)) ? 0 : spelled.length;
  // Most figures in a row: whichever part of them is taken, they stay pairs.
  if (!isCalled && arePairs.test(whole)) return 0;
  for (let length = whole.length; length >= 8; length -= 1) {
    const isInside = /[\p{L}\p{N}]/u.test(text.charAt(length)) && !extension.test(text.slice(length));
    if (!/\d/.test(whole.charAt(length - 1)) || isInside) continue;
    const written = whole.slice(0, length);
    const national = nationalOf(written, isCalled, length === whole.length);
    if (national === undefined) continue;
    if (allowed.has(national)) return 0;
    if (isSomebodys(national) || !national.startsWith('0')) return length;
  }
  return 0;
}

/** With its leading 0, or a foreign number as it is; undefined for what cannot be a number. */
function nationalOf(written: string, isCalled: boolean, isWhole: boolean): string | undefined {
  const isAbroad = /^[( ]*(?:\+|00[ ]?[1-9])/.test(written);
  const groups = written.replace('(0)', isAbroad ? '' : '0').match(/\d+/g) ?? [];
  const [first = '', second = ''] = groups;
  const digits = groups.join('').replace(isAbroad ? /^00/ : /^$/, '');
  // "Weeks 01 02 03 04 05" and "01/24 02/24" are pairs: a number only where they are called one.
  const isGrouped = first.length > 2 || (second.length > 2 && !/[/,]/.test(written));
  if (!isGrouped && !isCalled && !written.includes('+')) return undefined;
  if (/^44\d{9,11}$/.test(digits)) return nationalNumber(digits);
  if (isAbroad) return /^(?!44)\d{8,15}$/.test(digits) ? digits : undefined;
  if (/^0[1-9]/.test(digits)) return digits;
  // A spreadsheet drops the 0. Without a word for it, only a mobile number that is grouped like one is taken for one.
  const isMobile = /^7[1-9]\d{8}$/.test(digits) && (isCalled || /^\d{4}[ -]\d{6}$/.test(written));
  const isLandline = isCalled && isWhole && groups.length > 1 && /^(?:2\d{9}|1\d{8,9})$/.test(digits);
  return (isMobile || isLandline) && groups.length <= 3 ? `0${digits}` : undefined;
}

import type { Allowed, Finding, IdentifierKind } from './finding.ts';
import { digitsOf, isBritishNumber, nationalNumber } from './phone.ts';
import { isLikelyPostcode, postcodePattern } from './postcode.ts';

/**
 * All patterns over text that `fold` has made plain. Overlaps are left for the caller. Looks again without what it saw
 * until it sees nothing more: two numbers written as one hide each other.
 */
export function findPatterns(folded: string, allowed: Allowed): Finding[] {
  const all: Finding[] = [];
  let left = folded;
  for (let round = 0; round < 10; round += 1) {
    const found = lookOnce(left, allowed);
    if (found.length === 0) break;
    all.push(...found);
    left = blank(left, found);
  }
  return all;
}

function lookOnce(folded: string, allowed: Allowed): Finding[] {
  const emails = findEmails(folded);
  // An address with digits is no number, whether it may stand or not.
  const text = blank(withoutLinks(folded), emails);
  return [
    ...emails.filter(({ start, end }) => !allowed.emails.has(folded.slice(start, end).toLowerCase())),
    ...findInsuranceNumbers(text),
    ...findNhsNumbers(text),
    ...findBirthDates(text),
    ...findPhones(text, allowed),
    ...findPostcodes(text),
    ...findCaseNumbers(text, allowed.caseNumberCues ?? []),
    ...findNames(text),
  ];
}

const blank = (text: string, stretches: readonly { start: number; end: number }[]): string =>
  stretches.reduce(
    (left, { start, end }) => left.slice(0, start) + '\u0000'.repeat(end - start) + left.slice(end),
    text,
  );

/** Digits inside web addresses, Slack's own markup and Slack's timestamps are nobody's. */
const withoutLinks = (text: string): string =>
  text.replace(
    /\b(?:https?|ftp):\/\/[^\s<>]+|\bwww\.[^\s<>]+|<[@#!][^<>\s]{0,80}>|(?<!\d)\d{10}\.\d{6}(?!\d)/gi,
    (found) => '\u0000'.repeat(found.length),
  );

const finding = (kind: IdentifierKind, start: number, length: number): Finding => ({
  kind,
  start,
  end: start + length,
});

/** Not part of a longer word or number. */
const before = String.raw`(?<![\p{L}\p{N}_])`;
const after = String.raw`(?![\p{L}\p{N}_])`;

function findEmails(text: string): Finding[] {
  const pattern =
    /(?<![\p{L}\p{N}.!#$%&'*+/=?^_{|}~-])[\p{L}\p{N}!#$%&'*+/=?^_{|}~.-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?=[\p{L}\p{N}-]{0,60}\p{L}{2})[\p{L}\p{N}-]{2,63}/gu;
  return [...text.matchAll(pattern)].map((match) => finding('email', match.index, match[0].length));
}

/** @see https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110 */
function findInsuranceNumbers(text: string): Finding[] {
  const pattern = new RegExp(
    `${before}([A-Z])([A-Z])[ -]?\\d{2}[ -]?\\d{2}[ -]?\\d{2}[ -]?[A-D]${after}`,
    'giu',
  );
  return [...text.matchAll(pattern)]
    .filter(([whole, first = '', second = '']) => {
      // "we 10 20 30 a day": in small letters only when the digits stand together.
      if (whole !== whole.toUpperCase() && !/\d{6}/.test(whole)) return false;
      const prefix = (first + second).toUpperCase();
      return (
        !/[DFIQUV]/i.test(first) &&
        !/[DFIOQUV]/i.test(second) &&
        !['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].includes(prefix)
      );
    })
    .map((match) => finding('ni-number', match.index, match[0].length));
}

/**
 * Ten digits whose last one checks (modulus 11), grouped 3-3-4 or with a cue beside them: one in eleven of all ten-digit
 * numbers passes the check alone.
 * @see https://www.datadictionary.nhs.uk/attributes/nhs_number.html
 */
function findNhsNumbers(text: string): Finding[] {
  const pattern = /(?<![\p{L}\p{N}_.+])\d{3}([ -]?)\d{3}([ -]?)\d{4}(?![\p{L}\p{N}_]|[.,]\d)/gu;
  return [...text.matchAll(pattern)]
    .filter((match) => {
      const [whole, first = '', second = ''] = match;
      if (!isNhsNumber(digitsOf(whole))) return false;
      const isGrouped = first !== '' && second !== '';
      return isGrouped || hasNhsCue(text, match.index, match.index + whole.length);
    })
    .map((match) => finding('nhs-number', match.index, match[0].length));
}

function hasNhsCue(text: string, start: number, end: number): boolean {
  // A cue inside "[NHS number removed]" belongs to what stood there.
  const earlier = text.slice(Math.max(0, start - 30), start).replace(/^.*\]/s, '');
  const laterOn = text.slice(end, end + 20).replace(/\[.*$/s, '');
  if (/\b(?:nhs|patient|hospital|medical|health)\b/i.test(earlier) || /\bnhs\b/i.test(laterOn)) return true;
  const named = /(\b[a-z]+\s+)?\b(?:no\.?|number|num)[\s:#]{0,3}$/i.exec(earlier);
  return (
    named !== null && !/ticket|order|invoice|booking|account|phone|mobile|job|part/i.test(named[1] ?? '')
  );
}

/** @param digits ten of them. */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return false;
  const sum = Array.from(digits.slice(0, 9)).reduce(
    (total, digit, index) => total + Number(digit) * (10 - index),
    0,
  );
  const check = 11 - (sum % 11);
  return check !== 10 && (check === 11 ? 0 : check) === Number(digits[9]);
}

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const someDay = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const someDate = [
  String.raw`\d{1,2}[ ]?[/.-][ ]?\d{1,2}[ ]?[/.-][ ]?(?:\d{4}|\d{2})`,
  String.raw`\d{4}-\d{1,2}-\d{1,2}`,
  String.raw`${someDay}(?: of)?[ ,-]{1,2}${month}\b\.?(?:[ ,-]{1,3}(?:\d{4}|'?\d{2})\b)?`,
  String.raw`${month}\.? ${someDay}\b(?:,? \d{4}\b)?`,
].join('|');
const birth = String.raw`(?:d\.?\s?o\.?\s?b\b\.?|dates? of birth|birth ?dates?|birthday|born)`;

/** Dates are everywhere; only one with a cue beside it is somebody's. */
function findBirthDates(text: string): Finding[] {
  const behind = new RegExp(String.raw`\b${birth}[^\d\n\]]{0,20}?(?<![\p{L}\d])(${someDate})(?!\d)`, 'giud');
  const ahead = new RegExp(
    String.raw`(?<![\p{L}\d])(${someDate})(?!\d)[ ,:(-]{0,4}${birth}(?!\p{L})`,
    'giud',
  );
  return [...text.matchAll(behind), ...text.matchAll(ahead)].flatMap((match) => {
    const [start, end] = match.indices?.[1] ?? [0, 0];
    return end > start ? [finding('birth-date', start, end - start)] : [];
  });
}

/** British numbers in any spacing, and foreign ones with their "+". Short codes are services, never a person's. */
function findPhones(text: string, allowed: Allowed): Finding[] {
  const head = /(?<![\p{L}\p{N}_.,+])(?:\(?(\+|00)[ ]?(?=[1-9])|\(?(?=0[1-9]))/gu;
  const found: Finding[] = [];
  for (const match of text.matchAll(head)) {
    const start = match.index;
    if (found.some(({ end }) => start < end)) continue;
    if (/^\d{1,2}([.-])\d{1,2}\1\d{2,4}(?!\d)/.test(text.slice(start, start + 12))) continue;
    const length = phoneLength(text, start, match[0].length, match[1] !== undefined, allowed);
    if (length > 0) found.push(finding('phone', start, length));
  }
  return found;
}

function phoneLength(
  text: string,
  start: number,
  prefix: number,
  isInternational: boolean,
  allowed: Allowed,
): number {
  const run = /^(?:\(0\)[ ]?|[ ().-]{0,3}\d){5,18}/.exec(text.slice(start + prefix, start + prefix + 60));
  if (!run) return 0;
  const whole = text.slice(start, start + prefix) + run[0];
  // Take the longest part that is a number: a figure may follow it ("07… 2 times").
  for (let length = whole.length; length >= 8; length -= 1) {
    if (!/\d/.test(whole.charAt(length - 1)) || /[\p{L}\p{N}_]/u.test(text.charAt(start + length))) continue;
    const written = whole.slice(0, length);
    const digits = digitsOf(written.replace(/\(0\)/, '')).replace(isInternational ? /^00/ : /^$/, '');
    const national = isInternational ? nationalNumber(digits) : digits;
    if (allowed.phones.has(national)) return 0;
    if (isBritishNumber(national)) return length;
    if (isInternational && !digits.startsWith('44') && digits.length >= 8 && digits.length <= 15)
      return length;
  }
  return 0;
}

function findPostcodes(text: string): Finding[] {
  return [...text.matchAll(postcodePattern)]
    .filter(([whole]) => isLikelyPostcode(whole))
    .map((match) => finding('postcode', match.index, match[0].length));
}

/** Words that announce a case or hospital number; a programme adds its own in data/signposting.yaml. */
const usualCues = [
  'case',
  'hospital',
  'patient',
  'client',
  'child',
  'pupil',
  'referral',
  'record',
  'file',
  'crime',
  'UPN',
  'URN',
  'MRN',
  'CHI',
];
/** Names of record systems need no "number" after them. */
const usualSystems = ['Mosaic', 'RiO', 'SystmOne', 'EMIS', 'Liquidlogic', 'EHM', 'MRN', 'UPN', 'URN'];

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function findCaseNumbers(text: string, ownCues: readonly string[]): Finding[] {
  const any = (cues: readonly string[]) => cues.map(escapeRegExp).join('|');
  const token = String.raw`((?:\p{L}{1,4}[-/ ]?)?\d[\p{L}\d]*(?:[-/]?[\p{L}\d]+|[ ]\d{3,}){0,4})`;
  const word = String.raw`(?:no\b\.?|num(?:ber)?\b\.?|nr\b\.?|ref(?:erence)?\b\.?|id\b|identifier\b|#)`;
  const gap = '[ :#.=()-]{0,3}(?:is |was )?[ :#]{0,2}';
  const withWord = `${before}(?:${any([...usualCues, ...usualSystems, ...ownCues])})(?:'s)?[ ]?(?:${word}[ :]{0,2}){1,2}${gap}${token}`;
  const bare = `${before}(?:${any([...usualSystems, ...ownCues])})${gap}${token}`;
  return [withWord, bare].flatMap((pattern, index) =>
    [...text.matchAll(new RegExp(pattern, 'giud'))].flatMap((match) => {
      const number = match[1] ?? '';
      const [start] = match.indices?.[1] ?? [0];
      if (digitsOf(number).length < 4) return [];
      // "on Mosaic 2024" is a year.
      if (index === 1 && /^(?:19|20)\d{2}$/.test(number)) return [];
      return [finding('case-number', start, number.length)];
    }),
  );
}

/**
 * By cue phrase only. Lists of names miss minoritised communities and flag Grace, Hope and Will; so nothing here knows
 * any name, and a service that was rung ("a mother called Childline") is left alone.
 */
function findNames(text: string): Finding[] {
  const who =
    '(?:boy|girl|child|baby|toddler|teenager|young person|pupil|student|mum|mother|dad|father|brother|sister|son|daughter|twin|woman|man|lady|client|patient|service user|carer|nan|gran|grandmother|grandfather|aunt|uncle|partner|colleague|neighbour)';
  const name = String.raw`(\p{Lu}[\p{Ll}\p{M}']+(?:[ -]\p{Lu}[\p{Ll}\p{M}']+){0,2})`;
  const patterns = [
    String.raw`\b${who},?[ ](?:who (?:is|was) )?named[ ]${name}`,
    String.raw`\b[Aa]n?[ ](?:[\p{Ll}-]+[ ]){0,2}${who},?[ ](?:who (?:is|was) )?called[ ]${name}`,
    String.raw`\b(?:[Hh]is|[Hh]er|[Tt]heir|[Cc]hild's|[Mm]um's|[Dd]ad's|[Bb]aby's|[Bb]oy's|[Gg]irl's)[ ]name[ ](?:is|was)[ ]${name}`,
  ];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, 'gud'))].flatMap((match) => {
      const [start, end] = match.indices?.[1] ?? [0, 0];
      return services.test(match[1] ?? '') ? [] : [finding('name', start, end - start)];
    }),
  );
}

const services =
  /^(?:Childline|Samaritans|Police|Social|Children|Refuge|Shout|Early|Family|Mosaic|Emergency|Safeguarding|The|Victim|Women|Hackney|City|Citizens)\b/;

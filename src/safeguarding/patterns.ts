import { findAccounts } from './account.ts';
import { findAddresses, findHomes } from './address.ts';
import { findAges } from './age.ts';
import { findBirthDates } from './birth-date.ts';
import type { Allowed, Finding, IdentifierKind } from './finding.ts';
import type { Stretch } from './fold.ts';
import { findFullNames, findNames } from './name.ts';
import { digitsOf, findPhoneNumbers, otherNumber } from './phone.ts';
import { findNamedPlaces } from './place.ts';
import { findPostcodes } from './postcode.ts';

/**
 * All patterns over text that `fold` has made plain. Overlaps are left for the caller. Looks again without what it saw
 * until it sees nothing more: two numbers written as one hide each other.
 */
export function findPatterns(folded: string, allowed: Allowed, isCloser: boolean): Finding[] {
  const all: Finding[] = [];
  let left = folded;
  for (let round = 0; round < 10; round += 1) {
    const found = lookOnce(left, allowed, isCloser);
    if (found.length === 0) break;
    all.push(...found);
    left = blank(left, found);
  }
  return all;
}

function lookOnce(folded: string, allowed: Allowed, isCloser: boolean): Finding[] {
  const emails = findEmails(folded);
  // An address with digits is no number, whether it may stand or not.
  const text = blank(withoutLinks(folded), emails);
  // Beside somebody's full name nobody can tell whose address it is, a service's or theirs.
  const isAnybodys = isCloser && findFullNames(text).length > 0;
  return [
    ...emails.filter(({ start, end }) => !allowed.emails.has(folded.slice(start, end).toLowerCase())),
    // Most of what is looked up has neither, and none of these is without.
    ...(/\d/.test(text) ? findNumbers(text, allowed, isAnybodys) : []),
    ...(/[\d\p{Lu}]/u.test(text) ? as('address', findAddresses(text, isAnybodys)) : []),
    ...as('account', findAccounts(blank(folded, emails))),
    ...as('name', findNames(text)),
    ...(isCloser ? closer(text) : []),
  ];
}

const findNumbers = (text: string, allowed: Allowed, isAnybodys: boolean): Finding[] => [
  ...findInsuranceNumbers(text),
  ...findNhsNumbers(text),
  ...as('birth-date', findBirthDates(text)),
  ...as('phone', findPhoneNumbers(text, allowed.phones)),
  ...as('postcode', findPostcodes(text, isAnybodys)),
  ...findCaseNumbers(text, allowed.caseNumberCues ?? []),
];

/** What tells, beside somebody's story, who it is about. */
const closer = (text: string): Finding[] => [
  ...as('address', findHomes(text)),
  ...as('age', findAges(text)),
  ...as('place', findNamedPlaces(text)),
];

const as = (kind: IdentifierKind, stretches: readonly (Stretch & Pick<Finding, 'isOfFamily'>)[]): Finding[] =>
  stretches.map(({ start, end, isOfFamily }) => ({ kind, start, end, ...(isOfFamily && { isOfFamily }) }));

const blank = (text: string, stretches: readonly Stretch[]): string =>
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
const before = String.raw`(?<![\p{L}\p{N}])`;
const after = String.raw`(?![\p{L}\p{N}])`;
/** What stands between the parts of a number. */
const between = '[ .,/_\\n-]{0,3}';

function findEmails(text: string): Finding[] {
  if (!/@|[ ([]at[ )\]]/i.test(text)) return [];
  const pattern =
    /(?<![\p{L}\p{N}.!#$%&'*+/=?^_{|}~-])[\p{L}\p{N}!#$%&'*+/=?^_{|}~.-]{1,64}(?:@|[ ]?[([]at[)\]][ ]?|[ ]@[ ](?=\S{1,60}\.(?:com|org|net|uk)\b))(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?=[\p{L}\p{N}-]{0,60}\p{L}{2})[\p{L}\p{N}-]{2,63}/giu;
  return [...text.matchAll(pattern), ...text.matchAll(spelledOut)].map((match) =>
    finding('email', match.index, match[0].length),
  );
}

/** "jane at example dot org", "jane [at] example [dot] org". */
const spelledOut =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}._+-]{1,64}(?: ?[([]at[)\]] ?| at |@)[\p{L}\p{N}-]{1,63}(?:(?: ?[([]dot[)\]] ?| dot |\.)[\p{L}\p{N}-]{1,63}){0,4}(?: ?[([]dot[)\]] ?| dot )(?:com|org|net|uk|co|eu|info)(?![\p{L}\p{N}])/giu;

const insuranceCue =
  /(?<!\p{L})(?:n\. ?i\.?|nino|ni|national insurance|nat\.? ins\.?|n i(?= n))(?!\p{L})(?:[^\d\]\p{Cc}]|\n){0,25}$/iu;
const insurancePattern = new RegExp(
  `(?:${before}|(?<=(?<!\\p{L})(?:ni|nino|insurance)[ ]?(?:no|num|number)\\.?)|(?<=(?<!\\p{L})nino))([A-Z])([A-Z])${between}(?:\\d{2}${between}\\d{2}${between}\\d{2}|\\d{3}${between}\\d{3})(?:${between}([A-Z]))?${after}`,
  'giu',
);

const shortWords = /^(?:a[hmnst]|b[ey]|eh|he|m[ey]|o[hknx]|we|[ap]m|[ckm]m|[km]g|ml|cl|hr|wk|yr|p[pt])$/i;

/**
 * By all rules where it stands alone. Behind "NI number" a sample, a temporary or a shortened one will do.
 * @see https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
 */
function findInsuranceNumbers(text: string): Finding[] {
  // "in NI we 10 20 30 a day": in small letters, and spread out, only where they are no word.
  const isWord = ([whole, first = '', second = '']: RegExpExecArray): boolean =>
    whole !== whole.toUpperCase() && !/\d{6}/.test(whole) && shortWords.test(first + second);
  const isValid = ([, first = '', second = '', last = '']: RegExpExecArray): boolean =>
    /[A-D]/i.test(last) &&
    !/[DFIQUV]/i.test(first) &&
    !/[DFIOQUV]/i.test(second) &&
    !['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].includes((first + second).toUpperCase());
  return [...text.matchAll(insurancePattern)]
    .filter((match) => !isWord(match))
    .filter((match) => {
      const end = match.index + match[0].length;
      return (
        isValid(match) ||
        insuranceCue.test(text.slice(Math.max(0, match.index - 50), match.index)) ||
        /^[ ,(-]{1,3}(?:is )?(?:(?:his|her|their|my) )?(?:NI|NINO|National Insurance)\b/.test(
          text.slice(end, end + 40),
        )
      );
    })
    .map((match) => finding('ni-number', match.index, match[0].length));
}

const nhsPattern = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}+])|(?<=(?<!\p{L})(?:(?:nhs[ ]?)?(?:no|num|number)|nhs)))(?<!\d[.,])\d(?:${between}\d){9}(?![\p{L}\p{N}]|[.,]\d)`,
  'giu',
);

/**
 * How its ten digits are mostly grouped. Any other grouping is years, times, a sum of money, unless it is called an NHS
 * number, or stands right behind "NHS".
 */
const nhsGroups = new Set(['10', '334', '343', '433', '37', '64', '46', '55']);
const nearNhsCue =
  /(?<!\p{L})(?:(?:nhs|n\.h\.s\.?)[ -]?(?:no|num|number|#)s?(?!\p{L})[^\d\]]{0,40}|nhs[^\p{L}\d\]]{0,4})$/iu;

/**
 * Ten digits whose last one checks (modulus 11), grouped 3-3-4 or with a cue beside them: one in eleven of all ten-digit
 * numbers passes the check alone.
 * @see https://www.datadictionary.nhs.uk/attributes/nhs_number.html
 */
function findNhsNumbers(text: string): Finding[] {
  return [...text.matchAll(nhsPattern)]
    .filter(({ 0: written, index }) => {
      if (!isNhsNumber(digitsOf(written))) return false;
      const end = index + written.length;
      // "100 200 300 4000 visits" in as many years.
      const isInList =
        /\d{3} $/.test(text.slice(Math.max(0, index - 4), index)) || /^ \d{3}/.test(text.slice(end, end + 4));
      if (/^\d{3}[ ./_\n-]+\d{3}[ ./_\n-]+\d{4}$/.test(written) && !isInList) return true;
      const groups = (written.match(/\d+/g) ?? []).map((group) => group.length).join('');
      return nhsGroups.has(groups)
        ? hasNhsCue(text, index, end)
        : nearNhsCue.test(text.slice(Math.max(0, index - 60), index));
    })
    .map((match) => finding('nhs-number', match.index, match[0].length));
}

function hasNhsCue(text: string, start: number, end: number): boolean {
  // A cue inside "[NHS number removed]" belongs to what stood there.
  const earlier = text.slice(Math.max(0, start - 60), start).replace(/^.*\]/s, '');
  const laterOn = text.slice(end, end + 20).replace(/\[.*$/s, '');
  if (otherNumber.test(earlier)) return false;
  if (
    /\b(?:nhs(?:no|num|number)?|n\.h\.s|patient|hospital|medical|health)\b/i.test(earlier) ||
    /\bnhs\b/i.test(laterOn)
  )
    return true;
  const named = /(\b[a-z]+\s+)?\b(?:no\.?|number|num)[\s:#]{0,3}$/i.exec(earlier);
  return named !== null && !/phone|mobile/i.test(named[1] ?? '');
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

/** Words that announce a case or hospital number; a programme adds its own in data/signposting.yaml. */
const usualCues =
  'LAC,ICS,Azeus,case,hospital,hosp.,hosp,patient,pt,client,EHCP,EHC,child,pupil,student,referral,record,file,crime,incident,service user,UPN,URN,MRN,CHI,passport,BRP,visa,tenancy,claim,family,household,unit,court,social care,notes,MASH,CAMHS,maternity,Home Office'.split(
    ',',
  );
/** Names of record systems need no "number" after them. */
const usualSystems =
  'Mosaic,RiO,SystmOne,EMIS,Liquidlogic,EHM,Frameworki,Framework-i,CareNotes,CAD,MRN,UPN,URN,court case,our ref,your ref'.split(
    ',',
  );

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function findCaseNumbers(text: string, ownCues: readonly string[]): Finding[] {
  const any = (cues: readonly string[]) => cues.map(escapeRegExp).join('|');
  const token = String.raw`((?:\p{L}{1,4}[-/ ]?)?\d[\p{L}\d]*(?:[-/]?[\p{L}\d]+|[ ]\d{3,}){0,4})`;
  const word = String.raw`(?:no\b\.?|num(?:ber)?\b\.?|nr\b\.?|ref(?:erence)?\b\.?|id\b|identifier\b|#)`;
  const gap = '[ :#.=()\\n-]{0,3}(?:is |was )?[ :#]{0,2}';
  const withWord = `${before}(?:${any([...usualCues, ...usualSystems, ...ownCues])})(?:'s)?[ -]?(?:${word}[ :]{0,2}){1,2}${gap}${token}`;
  const bare = `${before}(?:${any([...usualSystems, ...ownCues])})${gap}${token}`;
  const reference = `${before}(?:ref(?:erence)?|id)(?!\\p{L})\\.?[ ]?(?:${word})?${gap}${token}`;
  return [withWord, bare, reference].flatMap((pattern, index) =>
    [...text.matchAll(new RegExp(pattern, 'giud'))].flatMap((match) => {
      // "reference year 2019/20": a word in small letters is no part of a number.
      const number = (match[1] ?? '').replace(/^\p{Ll}+ /u, '');
      const [, end] = match.indices?.[1] ?? [0, 0];
      const digits = digitsOf(number);
      if (digits.length < (index === 2 ? 5 : 4)) return [];
      // "on Mosaic 2024" is a year, "grant reference 2019/20" is money, "invoice reference 12345" too.
      if (index > 0 && /^(?:19|20)\d{2}(?:[-/]\d{2})?$/.test(number)) return [];
      const earlier = text.slice(Math.max(0, match.index - 20), match.index);
      if (index === 2 && (otherNumber.test(earlier) || /\b(?:meeting|webinar|zoom|teams)[ ]$/i.test(earlier)))
        return [];
      return [finding('case-number', end - number.length, number.length)];
    }),
  );
}

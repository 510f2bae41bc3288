import { clip, list } from '../slack/text.ts';
import { type Allowed, type Finding, type IdentifierKind, identifierKinds } from './finding.ts';
import { fold, unfold } from './fold.ts';
import { findFullNames, findNamesWithDates, findOwnersOfKin } from './name.ts';
import { findPatterns } from './patterns.ts';

const nothingAllowed: Allowed = { phones: new Set(), emails: new Set() };

/**
 * A local look for what may identify somebody: patterns only, in this process, keeping nothing and logging nothing.
 * Formats and traps: docs of the field, "Spotting identifiers in text".
 * @param isCloser ages and named schools are looked for as well.
 * @returns what was seen, in order, none overlapping.
 */
export function findIdentifiers(
  text: string,
  { allowed = nothingAllowed, isCloser = false }: { allowed?: Allowed | undefined; isCloser?: boolean } = {},
): Finding[] {
  const folded = fold(text);
  const all = [
    ...findPatterns(folded.text, allowed, isCloser),
    ...(isCloser
      ? findOwnersOfKin(folded.text).map((one): Finding => ({ kind: 'name', ...one, isOfFamily: true }))
      : []),
    ...findNamesWithDates(folded.text).map(({ date }): Finding => ({ kind: 'birth-date', ...date })),
  ];
  const seen = all.map((one) => ({ ...one, ...unfold(folded, one.start, one.end) }));
  return merge(seen);
}

/** Overlapping findings become one, named after the surest kind, so that masking leaves no half of a number. */
export function merge(findings: Finding[]): Finding[] {
  const merged: Finding[] = [];
  for (const finding of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || finding.start >= last.end) {
      merged.push({ ...finding });
      continue;
    }
    last.end = Math.max(last.end, finding.end);
    if (finding.isOfFamily) last.isOfFamily = true;
    if (identifierKinds.indexOf(finding.kind) < identifierKinds.indexOf(last.kind)) last.kind = finding.kind;
  }
  return merged;
}

const names: Record<IdentifierKind, { mask: string; one: string; many: string }> = {
  email: { mask: 'e-mail address', one: 'an e-mail address', many: 'e-mail addresses' },
  'ni-number': {
    mask: 'National Insurance number',
    one: 'what looks like a National Insurance number',
    many: 'what look like National Insurance numbers',
  },
  'nhs-number': {
    mask: 'NHS number',
    one: 'what looks like an NHS number',
    many: 'what look like NHS numbers',
  },
  'birth-date': { mask: 'date of birth', one: 'a date of birth', many: 'dates of birth' },
  phone: { mask: 'phone number', one: 'a phone number', many: 'phone numbers' },
  postcode: { mask: 'postcode', one: 'what looks like a postcode', many: 'what look like postcodes' },
  'case-number': { mask: 'case number', one: 'a case or hospital number', many: 'case or hospital numbers' },
  address: { mask: 'address', one: 'what looks like an address', many: 'what look like addresses' },
  account: { mask: 'account', one: 'an account in a social network', many: 'accounts in social networks' },
  age: { mask: 'age', one: 'how old somebody is', many: 'how old people are' },
  place: {
    mask: 'school or service',
    one: 'a school, nursery or practice by its name',
    many: 'schools, nurseries or practices by their names',
  },
  name: { mask: 'name', one: 'what looks like a name', many: 'what look like names' },
};

/**
 * Puts "[phone number removed]" where a number was. Where that would make the text longer than a field of a form can
 * hold (and so cut it at the next edit), a plain "…" stands there instead, which is never longer than what it replaces.
 * @param max in code points.
 */
export function maskIdentifiers(text: string, findings: readonly Finding[], max = 3000): string {
  const masked = replace(text, findings, ({ kind }) => `[${names[kind].mask} removed]`);
  return Array.from(masked).length <= max ? masked : replace(text, findings, () => '…');
}

function replace(text: string, findings: readonly Finding[], by: (finding: Finding) => string): string {
  let result = '';
  let from = 0;
  for (const finding of findings) {
    result += text.slice(from, finding.start) + by(finding);
    from = finding.end;
  }
  return result + text.slice(from);
}

/** "a phone number and what looks like a postcode": kinds only, never the thing itself. Empty when nothing was seen. */
export function describeFindings(findings: readonly Finding[]): string {
  const said = identifierKinds.flatMap((kind) => {
    const found = findings.filter((finding) => finding.kind === kind).length;
    return found === 0 ? [] : [found === 1 ? names[kind].one : names[kind].many];
  });
  return clip(list(said), 500);
}

/** Stands beside every result of the check, so that silence is not taken for safety. */
export const onlyPatterns =
  'This checks only a few patterns. People are recognised by their stories, not their numbers, so please read it once with that in mind.';

/**
 * Where something was seen, whoever is named beside it is seen too: what is left beside a mask tells who was masked. Named
 * before an address, they live there; the number of a flat is one beside a name; and what a child or a parent is called is theirs wherever it stands.
 */
export const withBeside = (text: string, findings: readonly Finding[]): Finding[] => {
  const folded = fold(text);
  const names = findFullNames(folded.text).map(
    ({ start, end }): Finding => ({ kind: 'name', ...unfold(folded, start, end) }),
  );
  for (const one of names) {
    const [next = ''] = livesAt.exec(text.slice(one.end)) ?? [];
    if (findings.some(({ kind, start }) => kind === 'address' && start === one.end + next.length))
      one.isOfFamily = true;
  }
  const flats = [...text.matchAll(flat)].map(
    ({ index, 0: written }): Finding => ({ kind: 'address', start: index, end: index + written.length }),
  );
  const beside = merge([...findings, ...names, ...flats]);
  const theirs = beside
    .filter(({ isOfFamily }) => isOfFamily)
    .flatMap(({ start, end }) => text.slice(start, end).match(/\p{Lu}[\p{L}\p{M}'\u2019-]+/gu) ?? []);
  const again = [...new Set(theirs)].flatMap((word) =>
    [...text.matchAll(wholeWord(word))].map(
      ({ index }): Finding => ({ kind: 'name', start: index, end: index + word.length, isOfFamily: true }),
    ),
  );
  return merge([...beside, ...again]);
};

const flat = /(?<!\p{L})flat ?(?:no\.? ?)?\d{1,4}[a-z]?(?![\p{L}\p{N}])/giu;

const livesAt = /^(?:,? (?:(?:who )?(?:is|lives?|living|now|from|of|at|in|on) ?){0,3}|, ?)/i;

const wholeWord = (word: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])${word}(?![\p{L}\p{M}\p{N}])`, 'gu');

export type CheckOutcome =
  | { kind: 'clear' }
  | { kind: 'found'; findings: Finding[] }
  /** The check itself failed. Saving goes on all the same. */
  | { kind: 'unavailable' };

/**
 * Looks before something is saved or shared. Fails open: a broken check must not cost anybody what they wrote, and its
 * error must not carry the text anywhere, so it is swallowed here on purpose.
 */
export function checkBeforeSaving(
  text: string,
  {
    allowed = nothingAllowed,
    isCloser = false,
    find = findIdentifiers,
  }: { allowed?: Allowed; isCloser?: boolean; find?: typeof findIdentifiers } = {},
): CheckOutcome {
  try {
    const findings = find(text, { allowed, isCloser });
    return findings.length === 0
      ? { kind: 'clear' }
      : { kind: 'found', findings: withBeside(text, findings) };
  } catch {
    return { kind: 'unavailable' };
  }
}

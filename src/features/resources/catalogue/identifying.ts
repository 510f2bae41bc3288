import { type Allowed, closerKinds, type Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving } from '../../../safeguarding/identifiers.ts';
import type { Resource } from '../content.ts';

/** The fields of an entry that are written in somebody's own words, and read by everybody. */
const fields = ['title', 'publisher', 'summary', 'caution'] as const satisfies (keyof Resource)[];
type Worded = { [Field in (typeof fields)[number]]?: string | undefined };

/** What may identify somebody in words of the catalogue: an age alone is whom a page is for, and beside a name it tells whose. */
export function identifyingIn(text: string, allowed: Allowed | undefined): Finding[] {
  const seen = checkBeforeSaving(text, { isCloser: true, ...(allowed && { allowed }) });
  if (seen.kind !== 'found') return [];
  return seen.findings.every(({ kind }) => closerKinds.includes(kind)) ? [] : seen.findings;
}

/** The same by field, of those that have any; a field that says what it said before is not asked about again. */
export const identifyingFields = (
  entry: Worded,
  { before, allowed }: { before?: Worded | undefined; allowed: Allowed | undefined },
): { field: keyof Worded; findings: Finding[] }[] =>
  fields.flatMap((field) => {
    const text = entry[field];
    const findings = text === undefined || text === before?.[field] ? [] : identifyingIn(text, allowed);
    return findings.length === 0 ? [] : [{ field, findings }];
  });

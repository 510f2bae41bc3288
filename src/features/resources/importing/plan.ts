import { sayPhraseProblems } from '../../../content/asked-as.ts';
import { chooseOneOf, didYouMean } from '../../../content/nearest.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { keyOf, wordsOf } from '../../../content/words.ts';
import type { Allowed } from '../../../safeguarding/finding.ts';
import { describeFindings } from '../../../safeguarding/identifiers.ts';
import { readAddress, sayAddressProblem } from '../address.ts';
import { createBeside } from '../catalogue/beside.ts';
import { newEntryId } from '../catalogue/change.ts';
import { changedFields, inOrder } from '../catalogue/changes.ts';
import { fieldNames, sayIssue } from '../catalogue/field-words.ts';
import { identifyingFields } from '../catalogue/identifying.ts';
import { readPhrases } from '../changing/phrases.ts';
import { entrySchema, openedByCurator, type Resource, resourceTypes, types } from '../content.ts';
import type { Column, Row } from './rows.ts';

/** What would become of one row. */
export type Fate = {
  line: number;
  title: string;
  /** What in its words seems to identify somebody; undefined where nothing does. */
  doubt?: string | undefined;
} & (
  | { kind: 'new'; entry: Resource }
  | { kind: 'changed'; before: Resource; entry: Resource; fields: (keyof Resource)[] }
  /** The catalogue says all of this already. */
  | { kind: 'same' }
  /** The same page stands further up in the list. */
  | { kind: 'twice'; first: number }
  | { kind: 'left-out'; why: string[] }
);

/**
 * The fate of each row beside the catalogue as it is, in the order of the list. A row with the id or the address of an
 * entry changes it, in the cells that are filled; any other is a new entry.
 */
export function planRows(
  rows: readonly Row[],
  entries: readonly Resource[],
  { vocabulary, allowed }: { vocabulary: Vocabulary; allowed?: Allowed | undefined },
): Fate[] {
  const beside = createBeside(entries, vocabulary);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const names = namesIn(vocabulary);
  const taken = new Set(byId.keys());
  const seen = new Map<string, number>();
  return rows.map(({ line, cells }): Fate => {
    const title = cells.title ?? cells.url ?? cells.id ?? '';
    const leftOut = (why: string[]): Fate => ({ line, title, kind: 'left-out', why });
    const { fields, problems } = fieldsOf(cells, vocabulary, names);
    const address = cells.url === undefined ? undefined : readAddress(cells.url);
    if (address?.kind === 'problem')
      problems.push(`${fieldNames.url}: ${sayAddressProblem(address.problem)}`);
    const url = address?.kind === 'fine' ? address.url : undefined;
    const named = cells.id === undefined ? undefined : byId.get(cells.id);
    const twin = url === undefined ? undefined : beside.twinOf({ url });
    if (named && twin && named.id !== twin.id)
      problems.push(`This address belongs to another entry: \u2018${twin.title}\u2019 (${twin.id}).`);
    const before = named ?? twin;
    // An address that is the same in another spelling is left as it is.
    const given = { ...fields, ...(url !== undefined && url !== before?.url && !twin && { url }) };
    const whole = before
      ? { ...before, ...given }
      : {
          ...newEntry,
          id: idFor(cells, taken),
          // Whoever gives the day of a look has opened it.
          ...(given.checked_on !== undefined && { verified: openedByCurator }),
          ...given,
          ...(url !== undefined && { url }),
        };
    // Everything at once, so that nobody mends a row as often as it has problems.
    const missing = before ? [] : missingIn(whole).filter((field) => cells[cellOf[field]] === undefined);
    if (missing.length > 0)
      problems.push(`It has no ${missing.map((field) => needed[field]).join(', no ')}.`);
    const isTold = problems.length > 0;
    for (const [field, words] of Object.entries(beside.problemsWith(whole as Resource, before)))
      if (!isTold || field in given) problems.push(words);
    const parsed = entrySchema.safeParse(whole);
    if (problems.length === 0 && !parsed.success)
      problems.push(...parsed.error.issues.map((issue) => sayIssue(issue, whole)));
    if (problems.length > 0 || !parsed.success) return leftOut(problems.map(oneLine));
    const first = before && seen.get(before.id);
    if (first !== undefined) return { line, title, kind: 'twice', first };
    const entry = inOrder(parsed.data);
    seen.set(entry.id, line);
    const changed = before ? changedFields(before, entry) : [];
    if (before && changed.length === 0) return { line, title: entry.title, kind: 'same' };
    beside.add(entry);
    byId.set(entry.id, entry);
    taken.add(entry.id);
    const findings = identifyingFields(entry, { before, allowed }).flatMap((one) => one.findings);
    const doubt = findings.length > 0 ? describeFindings(findings) : undefined;
    return before
      ? { line, title: entry.title, doubt, kind: 'changed', before, entry, fields: changed }
      : { line, title: entry.title, doubt, kind: 'new', entry };
  });
}

const newEntry = {
  audience: [],
  age_groups: [],
  topics: [],
  link_kind: 'publisher',
  asked_as: [],
};

const idFor = ({ id, title = '' }: Row['cells'], taken: ReadonlySet<string>): string =>
  id !== undefined && entrySchema.shape.id.safeParse(id).success ? id : newEntryId(title, taken);

const needed = {
  url: 'web address',
  title: 'title',
  publisher: 'publisher',
  type: 'kind',
  summary: 'sentence about it',
  topics: 'topic',
  age_groups: 'age group',
  audience: 'reader',
} as const satisfies { [Field in keyof Resource]?: string };

/** Where a row has it. */
const cellOf = {
  url: 'url',
  title: 'title',
  publisher: 'publisher',
  type: 'type',
  summary: 'summary',
  topics: 'topics',
  age_groups: 'ages',
  audience: 'readers',
} as const satisfies Record<keyof typeof needed, Column>;

const missingIn = (entry: Partial<Record<keyof Resource, unknown>>): (keyof typeof needed)[] =>
  (Object.keys(needed) as (keyof typeof needed)[]).filter((field) => {
    const value = entry[field];
    return value === undefined || (Array.isArray(value) && value.length === 0);
  });

function fieldsOf(
  cells: Row['cells'],
  vocabulary: Vocabulary,
  names: Names,
): { fields: Partial<Resource>; problems: string[] } {
  const problems: string[] = [];
  const fields: Partial<Resource> = {};
  const { topics, age_groups, audiences } = vocabulary;
  if (cells.title !== undefined) fields.title = oneLine(cells.title);
  if (cells.publisher !== undefined) fields.publisher = oneLine(cells.publisher);
  if (cells.summary !== undefined) fields.summary = oneLine(cells.summary);
  if (cells.caution !== undefined) fields.caution = oneLine(cells.caution);
  for (const [field, cell, list, what] of [
    ['topics', cells.topics, topics, 'topic'],
    ['age_groups', cells.ages, age_groups, 'age group'],
    ['audience', cells.readers, audiences, 'kind of reader'],
  ] as const) {
    if (cell === undefined) continue;
    const { known, unknown } = namedIn(cell, names[field]);
    if (unknown.length === 0) fields[field] = known;
    for (const one of unknown)
      problems.push(
        `There is no ${what} \u2018${one}\u2019.${didYouMean(one, list.flatMap(namesOf))}${chooseOneOf(
          one,
          list.map((each) => ({ label: each.label, names: namesOf(each) })),
        )}`,
      );
  }
  if (cells.type !== undefined) {
    const type = typeNamed(cells.type);
    if (type) fields.type = type;
    else {
      const kinds = types.map((one) => resourceTypes[one].label);
      problems.push(
        `There is no kind \u2018${cells.type}\u2019.${didYouMean(cells.type, kinds)}${chooseOneOf(
          cells.type,
          kinds.map((label) => ({ label, names: [label] })),
          kinds.length,
        )}`,
      );
    }
  }
  for (const [field, cell, words] of [
    ['year', cells.year, 'a year such as 2024'],
    ['format_minutes', cells.minutes, 'a number of minutes'],
  ] as const) {
    if (cell === undefined) continue;
    const number = /^\d{1,4}$/.test(cell) ? Number(cell) : undefined;
    if (number !== undefined) fields[field] = number;
    else problems.push(`${fieldNames[field]}: \u2018${cell}\u2019 is not ${words}.`);
  }
  const free = freeIn(cells);
  if (free === 'unclear')
    problems.push(
      `${fieldNames.free}: \u2018${cells.free ?? cells.cost}\u2019 does not say whether it is free. Please write \u201cfree\u201d or \u201cpaid\u201d.`,
    );
  else if (free !== undefined) fields.free = free;
  if (cells.phrases !== undefined) {
    const { phrases, wrong } = readPhrases(cells.phrases.replace(/\s*[;|]\s*/g, '\n'), vocabulary);
    if (wrong.length === 0) fields.asked_as = phrases;
    else problems.push(`${fieldNames.asked_as}: ${sayPhraseProblems(wrong)}`);
  }
  if (cells.checkedOn !== undefined) {
    const day = dayIn(cells.checkedOn);
    if (day) fields.checked_on = day;
    else
      problems.push(
        `${fieldNames.checked_on}: \u2018${cells.checkedOn}\u2019 is no day, for example 2026-03-31 or 31/3/2026.`,
      );
  }
  if (cells.linkKind !== undefined) {
    const linkKind = entrySchema.shape.link_kind.safeParse(cells.linkKind).data;
    if (linkKind) fields.link_kind = linkKind;
    else
      problems.push(
        `${fieldNames.link_kind}: \u2018${cells.linkKind}\u2019 does not say whose page it is. Please write \u201cpublisher\u201d, \u201cshared-by-another-site\u201d or \u201cthird-party-copy\u201d.`,
      );
  }
  if (cells.verified !== undefined) fields.verified = cells.verified;
  return { fields, problems };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

type Named = { id: string; label: string; synonyms?: readonly string[] };

const namesOf = ({ id, label }: Named): string[] => [label, id];

/** What stands for which id: each by its own name, its label and its other names. */
type Names = Record<'topics' | 'age_groups' | 'audience', ReadonlyMap<string, string>>;

function namesIn({ topics, age_groups, audiences }: Vocabulary): Names {
  const byName = (list: readonly Named[]) =>
    new Map(
      list.flatMap(({ id, label, synonyms = [] }) =>
        [...synonyms, label, id].map((name) => [nameKey(name), id] as const),
      ),
    );
  return { topics: byName(topics), age_groups: byName(age_groups), audience: byName(audiences) };
}

/** With semicolons, bars or line breaks between them; with commas where that makes names of it. */
function namedIn(cell: string, byName: ReadonlyMap<string, string>): { known: string[]; unknown: string[] } {
  const parts = cell
    .split(/[;|\n]/)
    .flatMap((part) => (byName.has(nameKey(part)) ? [part] : part.split(',')))
    .map((part) => part.trim())
    .filter(Boolean);
  const known = parts.flatMap((part) => byName.get(nameKey(part)) ?? []);
  return { known: [...new Set(known)], unknown: parts.filter((part) => !byName.has(nameKey(part))) };
}

const nameKey = (name: string): string => keyOf(wordsOf(name));

const typeNames = new Map(
  types.flatMap((type) =>
    [type, resourceTypes[type].label, ...resourceTypes[type].words].map((name) => [nameKey(name), type]),
  ),
);

const typeNamed = (cell: string): Resource['type'] | undefined => typeNames.get(nameKey(cell));

function freeIn({ free, cost }: Row['cells']): boolean | 'unclear' | undefined {
  if (free !== undefined)
    return /^(yes|y|true|1|free|x)$/i.test(free)
      ? true
      : /^(no|n|false|0|paid)$/i.test(free)
        ? false
        : 'unclear';
  if (cost === undefined) return undefined;
  if (/^(free|none|no|nothing|nil|£?0(\.00)?|-)$/i.test(cost)) return true;
  return /\d|yes|paid|may|fee|charge|subscription/i.test(cost) ? false : 'unclear';
}

function dayIn(cell: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(cell) ?? [];
  const iso = day === undefined ? cell : `${year}-${month?.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return entrySchema.shape.checked_on.safeParse(iso).data;
}

import { didYouMean } from '../../../content/nearest.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { keyOf, wordsOf } from '../../../content/words.ts';
import { readAddress, sayAddressProblem } from '../address.ts';
import { createBeside } from '../catalogue/beside.ts';
import { newEntryId } from '../catalogue/change.ts';
import { changedFields, inOrder } from '../catalogue/changes.ts';
import { readPhrases } from '../changing/phrases.ts';
import { entrySchema, type Resource, resourceTypes, types } from '../content.ts';
import type { Row } from './rows.ts';

/** What would become of one row. */
export type Fate = { line: number; title: string } & (
  | { kind: 'new'; entry: Resource }
  | { kind: 'changed'; entry: Resource; fields: (keyof Resource)[] }
  /** The catalogue says all of this already. */
  | { kind: 'same' }
  /** The same page stands further up in the list. */
  | { kind: 'twice'; first: number }
  | { kind: 'left-out'; why: string[] }
);

/**
 * The fate of each row beside the catalogue as it is, in the order of the list. A row with the id or the address of an
 * entry changes it, in the cells that are filled; any other is a new entry.
 * @param today the day on which whoever brings the list vouches for it.
 */
export function planRows(
  rows: readonly Row[],
  entries: readonly Resource[],
  { vocabulary, today }: { vocabulary: Vocabulary; today: string },
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
    if (address?.kind === 'problem') problems.push(sayAddressProblem(address.problem));
    const url = address?.kind === 'fine' ? address.url : undefined;
    const named = cells.id === undefined ? undefined : byId.get(cells.id);
    const twin = url === undefined ? undefined : beside.twinOf({ url });
    if (named && twin && named.id !== twin.id)
      problems.push(`This address belongs to another entry: \u2018${twin.title}\u2019 (${twin.id}).`);
    if (problems.length > 0) return leftOut(problems);
    const before = named ?? twin;
    const key = before?.id ?? cells.id ?? '';
    const first = before && seen.get(key);
    if (first !== undefined) return { line, title, kind: 'twice', first };

    // An address that is the same in another spelling is left as it is.
    const given = { ...fields, ...(url !== undefined && url !== before?.url && !twin && { url }) };
    const whole = before
      ? { ...before, ...given }
      : { ...newEntry(today), id: idFor(cells, taken), ...given, ...(url !== undefined && { url }) };
    const missing = before ? [] : missingIn(whole);
    if (missing.length > 0) return leftOut([`It has no ${missing.join(', no ')}.`]);
    const parsed = entrySchema.safeParse(whole);
    const wrong = Object.values(beside.problemsWith(whole as Resource, before)).filter(Boolean);
    if (wrong.length > 0) return leftOut(wrong);
    if (!parsed.success)
      return leftOut(parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`));
    const entry = inOrder(parsed.data);
    seen.set(entry.id, line);
    const changed = before ? changedFields(before, entry) : [];
    if (before && changed.length === 0) return { line, title: entry.title, kind: 'same' };
    beside.add(entry);
    byId.set(entry.id, entry);
    taken.add(entry.id);
    return before
      ? { line, title: entry.title, kind: 'changed', entry, fields: changed }
      : { line, title: entry.title, kind: 'new', entry };
  });
}

const newEntry = (today: string) => ({
  audience: [],
  age_groups: [],
  topics: [],
  free: true,
  link_kind: 'publisher',
  verified: 'opened by a curator',
  asked_as: [],
  checked_on: today,
});

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

const missingIn = (entry: Partial<Record<keyof Resource, unknown>>): string[] =>
  (Object.keys(needed) as (keyof typeof needed)[])
    .filter((field) => {
      const value = entry[field];
      return value === undefined || (Array.isArray(value) && value.length === 0);
    })
    .map((field) => needed[field]);

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
  for (const [field, cell, list, what] of [
    ['topics', cells.topics, topics, 'topic'],
    ['age_groups', cells.ages, age_groups, 'age group'],
    ['audience', cells.readers, audiences, 'kind of reader'],
  ] as const) {
    if (cell === undefined) continue;
    const { known, unknown } = namedIn(cell, names[field]);
    fields[field] = known;
    for (const one of unknown)
      problems.push(`There is no ${what} \u2018${one}\u2019.${didYouMean(one, list.flatMap(namesOf))}`);
  }
  if (cells.type !== undefined) {
    const type = typeNamed(cells.type);
    if (type) fields.type = type;
    else
      problems.push(
        `There is no kind \u2018${cells.type}\u2019.${didYouMean(
          cells.type,
          types.map((one) => resourceTypes[one].label),
        )}`,
      );
  }
  for (const [field, cell, words] of [
    ['year', cells.year, 'a year such as 2024'],
    ['format_minutes', cells.minutes, 'a number of minutes'],
  ] as const) {
    if (cell === undefined) continue;
    const number = /^\d{1,4}$/.test(cell) ? Number(cell) : undefined;
    if (number !== undefined) fields[field] = number;
    else problems.push(`\u2018${cell}\u2019 is not ${words}.`);
  }
  const free = freeIn(cells);
  if (free === 'unclear')
    problems.push(`\u2018${cells.free ?? cells.cost}\u2019 does not say whether it is free.`);
  else if (free !== undefined) fields.free = free;
  if (cells.phrases !== undefined) {
    const read = readPhrases(cells.phrases.replace(/\s*[;|]\s*/g, '\n'), vocabulary);
    if (read.kind === 'read') fields.asked_as = read.phrases;
    else problems.push(read.words);
  }
  if (cells.checkedOn !== undefined) {
    const day = dayIn(cells.checkedOn);
    if (day) fields.checked_on = day;
    else problems.push(`\u2018${cells.checkedOn}\u2019 is no day, for example 2026-03-31 or 31/3/2026.`);
  }
  if (cells.linkKind !== undefined) {
    const linkKind = entrySchema.shape.link_kind.safeParse(cells.linkKind).data;
    if (linkKind) fields.link_kind = linkKind;
    else problems.push(`\u2018${cells.linkKind}\u2019 does not say whose page it is.`);
  }
  if (cells.verified !== undefined) fields.verified = cells.verified;
  return { fields, problems };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

type Named = { id: string; label: string; synonyms?: readonly string[] };

const namesOf = ({ id, label }: Named): string[] => [id, label];

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

import { CsvError, parse } from 'csv-parse/sync';
import { addressesIn, brokenAddressIn, holdsAddress, readAddressList } from './addresses.ts';
import { type Column, columnOf, isLesser, isSomebodyElses, speaksOfEmail } from './headings.ts';
import {
  type Beside,
  guessColumns,
  isMeetingRole,
  isNoise,
  looksLikePerson,
  sharesName,
  speaksOfWork,
} from './looks.ts';
import { showName } from './names.ts';

/** Somebody on a list of trainees. `line` counts from 1, as a spreadsheet or editor shows it. */
export type TraineeRow = {
  line: number;
  /** As written; '' for whoever has none. */
  email: string;
  name: string | undefined;
  cohort: string | undefined;
  agency: string | undefined;
  role: string | undefined;
};

export type TraineeList = {
  kind: 'rows';
  rows: TraineeRow[];
  /** Addresses that stand outside the list: in a title, a remark, or where no address was looked for. */
  outside: { line: number; address: string }[];
  /** Of a list without headings: what its columns were taken for. */
  guessed: Column[];
  /** Headings of columns that were not read; without headings, an example of what stands there. */
  unusedHeadings: string[];
};

export type CsvAnswer =
  | TraineeList
  | { kind: 'empty' }
  | { kind: 'no-email-column'; headings: string[] }
  | { kind: 'unreadable'; line: number }
  /** A spreadsheet itself, not a CSV of it. */
  | { kind: 'not-text' }
  | { kind: 'too-many'; rows: number };

export const maxRows = 5000;

/**
 * The text of a CSV file, whatever Excel made of it: UTF-8 with or without a mark, UTF-16 with or without a mark, or
 * the old Windows encoding. @returns undefined when it is no text (an .xlsx is a zip archive).
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be');
  if (first === 0xef && second === 0xbb && third === 0xbf) return decode(bytes, 'utf-8');
  if (first === 0x50 && second === 0x4b) return undefined;
  const zeros = countZeros(bytes);
  // Latin letters in UTF-16 have a zero as every other byte, and no other text has any.
  if (zeros.odd > 0 && zeros.odd > zeros.even * 4) return decode(bytes, 'utf-16le');
  if (zeros.even > 0 && zeros.even > zeros.odd * 4) return decode(bytes, 'utf-16be');
  if (zeros.odd + zeros.even > 0) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decode(bytes, 'windows-1252');
  }
}

const decode = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 };
  bytes.subarray(0, 4096).forEach((byte, index) => {
    if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1;
  });
  return zeros;
}

type Line = { line: number; cells: string[]; raw: string };
/** Part of a list: its headings, what they mean, and the lines below them. `emails`: where addresses are, best first. */
type Table = { headings: string[]; columns: (Column | undefined)[]; emails: number[]; lines: Line[] };
type Grid = { lines: Line[]; tables: Table[]; brokenAt: number | undefined };

/**
 * Reads a list of trainees in the shape that somebody has it: text → lines of cells → tables below headings, or else a
 * list without → people. Nobody is passed over in silence: whoever has no address is a row without one, and addresses
 * that were not taken are `outside`.
 * @param isGroup tells whether there is a group of this name.
 */
export function readTrainees(text: string, isGroup: (name: string) => boolean = () => false): CsvAnswer {
  if (text.includes('\u0000')) return { kind: 'not-text' };
  const { lines, tables, brokenAt } = bestGrid(tidyText(text));
  const [top] = lines;
  if (!top) return { kind: 'empty' };
  if (tables.length > 0 && brokenAt !== undefined) return { kind: 'unreadable', line: brokenAt };
  const readable = tables.filter(({ emails }) => emails.length > 0);
  const isOthers = tables.some(({ headings }) => headings.some(isAddressOfOthers));
  if (readable.length === 0 && (isOthers || !lines.some(({ raw }) => raw.includes('@')))) {
    const headings = (tables[0]?.headings ?? top.cells).filter((cell) => cell !== '');
    return { kind: 'no-email-column', headings };
  }
  const { explained, ...list } = readable.length > 0 ? readTables(readable) : readLines(lines, isGroup);
  if (list.rows.length > maxRows) return { kind: 'too-many', rows: list.rows.length };
  const taken = new Set(list.rows.map(({ email }) => email));
  const outside = lines.flatMap((line) =>
    addressesIn(line.raw)
      .filter(({ email }) => !taken.has(email) && !explained.get(line)?.has(email))
      .map(({ email, start }) => ({
        line: line.line + line.raw.slice(0, start).split('\n').length - 1,
        address: email,
      })),
  );
  if (list.rows.length === 0 && outside.length === 0) return { kind: 'empty' };
  return { kind: 'rows', ...list, outside };
}

/** Typographic marks, odd spaces and marks that cannot be seen make no difference; lines keep their numbers. */
const tidyText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replace(/[\uff1b\uff0c\uff20\uff1c\uff1e]/g, (mark) => mark.normalize('NFKC'));

/** The text as it looks with the separator that fits it best. */
function bestGrid(body: string): Grid {
  // Excel writes, and reads, the separator on a first line of its own.
  const told = /^sep=([,;\t|])\n/i.exec(body);
  // It is a line of the file all the same, so that the others keep their numbers.
  const csv = told ? body.slice(told[0].length - 1) : body;
  const separators = told?.[1] ?? ['\t', ';', ',', '|'].filter((mark) => mark === ',' || csv.includes(mark));
  return [...separators]
    .map((separator) => gridOf(csv, separator))
    .reduce((best, one) => (worth(one) > worth(best) ? one : best));
}

/** Headings say most, then how many cells are an address and have something beside them. */
function worth({ lines, tables }: Grid): number {
  const isFilled = (table: Table): boolean =>
    table.lines.some(({ cells }) => table.emails.some((index) => holdsAddress(cells[index] ?? '')));
  const known = tables.map(({ columns }) => columns.filter((column) => column !== undefined).length);
  const alone = lines.filter(({ cells }) => cells.length > 1 && cells.some(isAddress)).length;
  return Number(tables.some(isFilled)) * 1e9 + Math.max(0, ...known) * 1e6 + alone;
}

const isAddress = (cell: string): boolean => /^[^\s@]+@[^\s@]+$/.test(cell) && holdsAddress(cell);

function gridOf(csv: string, delimiter: string): Grid {
  try {
    const lines = linesOf(csv, { delimiter, quote: '"' });
    return { lines, tables: tablesOf(lines), brokenAt: undefined };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quotation mark without its partner. In a list of recipients that does no harm.
    const lines = linesOf(csv, { delimiter, quote: null });
    return { lines, tables: tablesOf(lines), brokenAt: typeof error.lines === 'number' ? error.lines : 1 };
  }
}

/** Lines with anything on them. */
function linesOf(csv: string, options: { delimiter: string; quote: '"' | null }): Line[] {
  const records = parse(csv, {
    ...options,
    info: true,
    raw: true,
    ltrim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  }) as unknown as { record: string[]; raw: string; info: { lines: number } }[];
  let next = 1;
  return records
    .map(({ record, raw, info }) => {
      const line = next;
      // A quoted cell can go over several lines; the row is where it begins.
      next = info.lines + 1;
      return { line, cells: record.map(tidyCell), raw: raw.trimEnd().replace(bullet, '') };
    })
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/** What an item of a list in a document begins with. */
const bullet = /^[ \t]*(?:[-*•·▪◦‣○●–]|\(?\d{1,4}[.)]|o(?=\t| {2}))(?:[ \t]+|$)/u;

const tidyCell = (cell: string): string =>
  cell
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(bullet, '')
    .replace(/^"([^"]*)"$/, '$1');

/** Headings can stand below other lines, and again further down: reports of meetings have several tables. */
function tablesOf(lines: readonly Line[]): Table[] {
  const starts = lines.flatMap((line, index) => (isHeading(line, lines[index + 1]) ? index : []));
  if (starts.length === 0) starts.push(...questionsIn(lines));
  const tables = starts.map((start, index) =>
    tableOf(lines[start]?.cells ?? [], lines.slice(start + 1, starts[index + 1])),
  );
  // What stands above the list, such as who called a meeting, has an address but no name.
  const named = tables.filter(({ columns, emails }) => emails.length > 0 && columns.some(isNames));
  return named.length > 0 ? named : tables;
}

const isAddressOfOthers = (cell: string): boolean => speaksOfEmail(cell) && isSomebodyElses(cell);

const isNames = (column: Column | undefined): boolean =>
  column === 'name' || column === 'firstName' || column === 'lastName';

const filledOf = (cells: readonly string[]): string[] => cells.filter((cell) => cell !== '');

function isHeading({ cells, raw }: Line, next: Line | undefined): boolean {
  // "Email, for example name@example.org" can be a heading, any other cell with an address is somebody's.
  const isData = (cell: string): boolean => holdsAddress(cell) && columnOf(cell) !== 'email';
  if (raw.includes('@') && cells.some(isData)) return false;
  const known = new Set(cells.map(columnOf).filter((column) => column !== undefined));
  if (known.size < 2 && holdsAddress(raw)) return false;
  // A title such as "E-mail addresses" above a list that has more columns is no heading.
  if (filledOf(cells).length === 1) return known.has('email') && filledOf(next?.cells ?? []).length < 2;
  if (known.has('email')) return true;
  if (cells.some(isAddressOfOthers)) return true;
  return known.size > 1 && [...known].some(isNames);
}

/** Of answers to a form, whose headings are whole questions: the line above the first address. */
function questionsIn(lines: readonly Line[]): number[] {
  const first = lines.findIndex(({ raw }) => holdsAddress(raw));
  const below = lines.slice(Math.max(first, 0));
  const isQuestions = ({ cells }: Line): boolean =>
    filledOf(cells).length > 1 &&
    cells.some((cell, index) => speaksOfEmail(cell) && isMostly(below, index, holdsAddress));
  const found = lines.slice(0, Math.max(first, 0)).findIndex(isQuestions);
  return found < 0 ? [] : [found];
}

function isMostly(
  lines: readonly Line[],
  index: number,
  test: (cell: string, line: Line) => boolean,
): boolean {
  const filled = lines.filter(({ cells }) => cells[index]);
  const fitting = filled.filter((line) => test(line.cells[index] ?? '', line));
  return fitting.length > 0 && fitting.length * 2 >= filled.length;
}

/** What the columns of a table are: by their headings, and where these say nothing, by what stands below. */
function tableOf(headings: string[], lines: Line[]): Table {
  const columns = headings.map((heading, index) => {
    const column = columnOf(heading);
    // "Presenter" and "Attendee" are nobody's profession.
    const isRoleInMeeting = column === 'role' && isMostly(lines, index, isMeetingRole);
    return isRoleInMeeting ? undefined : column;
  });
  const unknown = [...headings.keys()].filter(
    (index) => columns[index] === undefined && !isSomebodyElses(headings[index] ?? ''),
  );
  const headed = [...headings.keys()].filter((index) => columns[index] === 'email');
  const emails = [
    ...headed.filter((index) => !isLesser(headings[index] ?? '')),
    ...headed.filter((index) => isLesser(headings[index] ?? '')),
    ...unknown.filter((index) => isMostly(lines, index, holdsAddress)),
  ];
  if (!columns.some(isNames)) {
    const isTheirs = (cell: string, { cells }: Line): boolean =>
      !cell.includes('@') &&
      emails.some((index) => addressesIn(cells[index] ?? '').some(({ email }) => sharesName(cell, email)));
    const name = unknown.find((index) => isMostly(lines, index, isTheirs));
    if (name !== undefined) columns[name] = 'name';
  }
  return { headings, columns, emails, lines };
}

type Reading = Omit<TraineeList, 'kind' | 'outside'> & {
  /** Addresses that stand in a column which is not read, and is told as such. */
  explained: Map<Line, Set<string>>;
};

function readTables(tables: readonly Table[]): Reading {
  const explained: Reading['explained'] = new Map();
  const unused = new Set<string>();
  const rows: TraineeRow[] = [];
  for (const table of tables) {
    const isRead = (index: number): boolean =>
      table.columns[index] !== undefined || table.emails.includes(index);
    for (const [index, heading] of table.headings.entries())
      if (heading !== '' && !isRead(index)) unused.add(heading);
    for (const line of table.lines) {
      const cells = fitted(line.cells, table);
      const people = peopleOf({ ...line, cells }, table);
      rows.push(...people);
      const left = table.headings.flatMap((heading, index) => {
        if (heading === '' || (isRead(index) && !table.emails.includes(index))) return [];
        const others = addressesIn(cells[index] ?? '').filter(
          ({ email }) => !people.some((one) => one.email === email),
        );
        if (others.length > 0 && people.length > 0) unused.add(heading);
        return others.map(({ email }) => email);
      });
      if (people.length > 0) explained.set(line, new Set(left));
    }
  }
  return { rows, explained, guessed: [], unusedHeadings: [...unused] };
}

/** "Surname, First" without quotation marks is a cell too many: joined, the others stand below their headings again. */
function fitted(cells: string[], { headings, columns, emails }: Table): string[] {
  const isRight = (some: string[]): boolean => emails.some((index) => holdsAddress(some[index] ?? ''));
  const name = columns.indexOf('name');
  if (name < 0 || cells.length <= headings.length || isRight(cells)) return cells;
  const joined = [...cells.slice(0, name), cells.slice(name, name + 2).join(', '), ...cells.slice(name + 2)];
  return isRight(joined) ? joined : cells;
}

function peopleOf({ line, cells }: Line, { columns, emails }: Table): TraineeRow[] {
  const cell = (column: Column): string | undefined =>
    // Of two columns that mean the same, the first that is filled in counts.
    cells.find((value, index) => columns[index] === column && value !== '');
  const parts = [cell('firstName'), cell('lastName')].filter((part) => part !== undefined).join(' ');
  const name = showName(cell('name') ?? '') ?? showName(parts);
  const about = { cohort: cell('cohort'), agency: cell('agency'), role: cell('role') };
  const written = emails.map((index) => cells[index] ?? '');
  const best = written.find(holdsAddress);
  if (best !== undefined) {
    const { people, rest } = readAddressList(best);
    const found = people.map((one) => ({
      line,
      email: one.email,
      name: name ?? showName(one.name),
      ...about,
    }));
    return [...found, ...restOf(line, rest)];
  }
  const broken = written.find((value) => !isPlaceholder(value));
  if (broken !== undefined) return [{ line, email: broken, name, ...about }];
  const filled = filledOf(cells);
  const isRecord = filled.length > 1 && !isNoise(filled[0] ?? '');
  return isRecord || looksLikePerson(name ?? filled[0] ?? '')
    ? [{ line, email: '', name: name ?? filled[0], ...about }]
    : [];
}

/** What stands in the column of addresses where there is none: "anonymous" in answers to a form, a dash, "n/a". */
const isPlaceholder = (cell: string): boolean =>
  !/\p{L}/u.test(cell) ||
  /^(?:anonymous|none|n\/?a|nil|no|not (?:known|given)|unknown|tb[ac]|null)$/i.test(cell);

const order: readonly Column[] = ['name', 'firstName', 'lastName', 'cohort', 'agency', 'role'];
const nothingMore = { cohort: undefined, agency: undefined, role: undefined };

/** Pieces of a list of recipients to which no address belongs. */
const restOf = (line: number, pieces: readonly string[]): TraineeRow[] =>
  pieces.flatMap((piece): TraineeRow[] => {
    const broken = brokenAddressIn(piece);
    if (broken !== undefined) return [{ line, email: broken, name: undefined, ...nothingMore }];
    return looksLikePerson(piece) ? [{ line, email: '', name: piece, ...nothingMore }] : [];
  });

/** A list without headings: lines of recipients, lines with an address and what else is known, or a mixture. */
function readLines(lines: readonly Line[], isGroup: (name: string) => boolean): Reading {
  const besides = new Map(
    lines.flatMap((line) => besideAddress(line) ?? []).map((beside) => [beside.line, beside]),
  );
  const columns = guessColumns([...besides.values()], isGroup);
  const read = lines.flatMap(({ line, raw }): TraineeRow[] => {
    const beside = besides.get(line);
    if (!beside) {
      const { people, rest } = readAddressList(raw);
      return [
        ...people.map(({ email, name }) => ({ line, email, name: showName(name), ...nothingMore })),
        ...restOf(line, rest),
      ];
    }
    const at = (column: Column): string | undefined =>
      [...beside.cells].find(([place, value]) => columns.get(place) === column && value !== '')?.[1];
    const parts = [at('firstName'), at('lastName')].filter((part) => part !== undefined).join(' ');
    const name = showName(at('name') ?? '') ?? showName(parts) ?? showName(beside.name);
    return [
      { line, email: beside.email, name, cohort: at('cohort'), agency: at('agency'), role: at('role') },
    ];
  });
  const unused = new Map<number, string>();
  for (const { cells } of besides.values())
    for (const [place, value] of cells)
      if (!columns.has(place) && !unused.has(place) && looksLikePerson(value)) unused.set(place, value);
  const guessed = order.filter((column) => [...columns.values()].includes(column));
  return { rows: withNamesAbove(read), explained: new Map(), guessed, unusedHeadings: [...unused.values()] };
}

/** A line with one address and cells beside it. Where the name stands with the address, the others are not names. */
function besideAddress({ line, cells, raw }: Line): (Beside & { line: number; name: string }) | undefined {
  const [address, ...more] = new Set(addressesIn(raw).map(({ email }) => email));
  const place = cells.findIndex(holdsAddress);
  const { people } = readAddressList(cells[place] ?? '');
  const [owner] = people;
  if (address === undefined || more.length > 0 || !owner) return undefined;
  if (owner.name !== '' && cells.some((cell, index) => index !== place && isSomebody(cell, index === place - 1))) return undefined;
  const beside = cells.flatMap((cell, index) => (index === place ? [] : [[index - place, cell] as const]));
  return { line, ...owner, cells: new Map(beside) };
}

const isSomebody = (cell: string, mayBeSurname: boolean): boolean =>
  looksLikePerson(cell) && (!speaksOfWork(cell) || (mayBeSurname && !cell.includes(' ')));

/** A name on one line and their address on the next, as contacts are copied. */
const withNamesAbove = (rows: readonly TraineeRow[]): TraineeRow[] =>
  rows.flatMap((row, index) => {
    const isPair = (above: TraineeRow | undefined, below: TraineeRow | undefined): boolean =>
      above?.email === '' &&
      below !== undefined &&
      below.name === undefined &&
      sharesName(above.name ?? '', below.email);
    if (isPair(row, rows[index + 1])) return [];
    const above = rows[index - 1];
    return isPair(above, row) ? [{ ...row, name: showName(above?.name ?? '') }] : [row];
  });

import { readCsv, separatorsOf } from '../../../content/csv.ts';
import { addressesIn, holdsAddress } from './addresses.ts';
import { type Column, columnOf, isLesser, isSomebodyElses, speaksOfEmail } from './headings.ts';
import { isMeetingRole, sharesName } from './looks.ts';

export type Line = { line: number; cells: string[]; raw: string };
/** Part of a list: its headings, what they mean, and the lines below them. `emails`: where addresses are, best first. */
export type Table = { headings: string[]; columns: (Column | undefined)[]; emails: number[]; lines: Line[] };
export type Grid = { lines: Line[]; tables: Table[]; brokenAt: number | undefined };

// biome-ignore format: a table
const entities = new Map([['&lt;', '<'], ['&gt;', '>'], ['&amp;', '&'], ['&quot;', '"'], ['&nbsp;', ' '],
  ['&apos;', "'"], ['&#39;', "'"], ['&#039;', "'"], ['&#x27;', "'"]]);

/** Typographic marks, odd spaces and marks that cannot be seen make no difference; lines keep their numbers. */
export const tidyText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(
      /&(?:lt|gt|amp|quot|nbsp|apos|#0?39|#x27);/gi,
      (entity) => entities.get(entity.toLowerCase()) ?? entity,
    )
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replace(/[\uff01-\uff5e]/g, (mark) => mark.normalize('NFKC'))
    .replace(/\\(?=["'])/g, '')
    // "jane [at] example.org", "[Jane](mailto:jane@example.org)", "@Jane Example", "To:<tab>Jane".
    .replace(/ ?(?:\[at\]|\(at\)) ?/gi, '@')
    .replace(/\[([^[\]@\n]+)\]\((?:mailto:)?([^()\s]+@[^()\s]+)\)/gi, '$1 <$2>')
    .replace(/(?<=^|[\s;,])@(?=\p{Lu}[^\s@.]*(?:\s|$))/gmu, '')
    .replace(/^[ \t]*(to|cc|bcc|from|sender|reply-to)[ \t]*:\t+/gim, '$1: ');

/** The text as it looks with the separator that fits it best. */
export function bestGrid(body: string): Grid {
  const { separators, body: csv } = separatorsOf(body);
  return separators
    .map((separator) => gridOf(csv, separator))
    .reduce((best, one) => (worth(one) > worth(best) ? one : best));
}

/** Headings say most, then how many cells are an address and have something beside them. */
function worth({ lines, tables }: Grid): number {
  const isFilled = (table: Table): boolean =>
    table.lines.some(({ cells }) => table.emails.some((index) => holdsAddress(cells[index] ?? '')));
  const known = tables.reduce(
    (most, { columns }) => Math.max(most, columns.filter((column) => column !== undefined).length),
    0,
  );
  const alone = lines.filter(({ cells }) => cells.length > 1 && cells.some(isAddress)).length;
  return Number(tables.some(isFilled)) * 1e9 + known * 1e6 + alone;
}

const isAddress = (cell: string): boolean => /^[^\s@]+@[^\s@]+$/.test(cell) && holdsAddress(cell);

function gridOf(csv: string, delimiter: string): Grid {
  const quoted = linesOf(csv, { delimiter, quote: '"' });
  if (!('brokenAt' in quoted)) return { ...quoted, tables: tablesOf(quoted.lines), brokenAt: undefined };
  // A quotation mark without its partner. In a list of recipients that does no harm.
  const plain = linesOf(csv, { delimiter, quote: null });
  const lines = 'lines' in plain ? plain.lines : [];
  return { lines, tables: tablesOf(lines), brokenAt: quoted.brokenAt };
}

/** Lines with anything on them. */
function linesOf(
  csv: string,
  options: Parameters<typeof readCsv>[1],
): { lines: Line[] } | { brokenAt: number } {
  const read = readCsv(csv, options);
  if ('brokenAt' in read) return read;
  const lines = read.lines
    .map(({ line, cells, raw }) => ({
      line,
      cells: cells.map(tidyCell),
      raw: raw.trimEnd().replace(bullet, ''),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  return { lines };
}

/** What an item of a list in a document begins with. */
const bullet = /^[ \t]*(?:[-*•·▪◦‣○●–]|\(?\d{1,4}[.)]|\(?(?:[a-z]|[ivx]{1,4})\)|o(?=\t| {2}))(?:[ \t]+|$)/u;

const tidyCell = (cell: string): string =>
  cell
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(bullet, '')
    .replace(/^(?:full )?name ?: ?(?=\p{L})/iu, '')
    .replace(/^"([^"]*)"$/, '$1');

/** Headings can stand below other lines, and again further down: reports of meetings have several tables. */
function tablesOf(lines: readonly Line[]): Table[] {
  const starts: number[] = [];
  for (const [index, line] of lines.entries())
    if (isHeading(line, lines[index + 1]) && (starts.length === 0 || isHeadingAgain(line)))
      starts.push(index);
  if (starts.length === 0) starts.push(...questionsIn(lines));
  const tables = starts.map((start, index) =>
    tableOf(lines[start]?.cells ?? [], lines.slice(start + 1, starts[index + 1])),
  );
  // What stands above the list, such as who called a meeting, has an address but no name.
  const named = tables.filter(({ columns, emails }) => emails.length > 0 && columns.some(isNames));
  return named.length > 0 ? named : tables;
}

export const isAddressOfOthers = (cell: string): boolean => speaksOfEmail(cell) && isSomebodyElses(cell);

export const isNames = (column: Column | undefined): boolean =>
  column === 'name' || column === 'firstName' || column === 'lastName';

export const filledOf = (cells: readonly string[]): string[] => cells.filter((cell) => cell !== '');

function isHeading({ line, cells, raw }: Line, next: Line | undefined): boolean {
  // "Email, for example name@example.org" can be a heading, any other cell with an address is somebody's.
  const isData = (cell: string): boolean => holdsAddress(cell) && columnOf(cell) !== 'email';
  if (raw.includes('@') && cells.some(isData)) return false;
  const known = new Set(cells.map(columnOf).filter((column) => column !== undefined));
  if (known.size < 2 && holdsAddress(raw)) return false;
  // A title such as "E-mail addresses" above a list that has more columns is no heading.
  if (filledOf(cells).length === 1) return known.has('email') && filledOf(next?.cells ?? []).length < 2;
  if (known.has('email')) return true;
  if (cells.some(isAddressOfOthers)) return known.size > 0 || line === 1;
  return known.size > 1 && [...known].some(isNames);
}

/** Below headings, "Email" can be what somebody answered; headings of another table name people, or stand alone. */
const isHeadingAgain = ({ cells }: Line): boolean =>
  filledOf(cells).length === 1 || cells.map(columnOf).some(isNames);

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

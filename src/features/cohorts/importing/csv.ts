import { CsvError, parse } from 'csv-parse/sync';
import { tidyLine } from '../../../slack/text.ts';

/** One line of a list of trainees, as written. `line` counts from 1, as a spreadsheet or editor shows it. */
export type TraineeRow = {
  line: number;
  email: string;
  name: string | undefined;
  cohort: string | undefined;
  agency: string | undefined;
  role: string | undefined;
};

export type CsvAnswer =
  | { kind: 'rows'; rows: TraineeRow[]; hasHeadings: boolean; unusedHeadings: string[] }
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

type Column = 'email' | 'name' | 'firstName' | 'lastName' | 'cohort' | 'agency' | 'role';

/** Headings as people write them, letters and digits only, small. */
const headings: Record<Column, readonly string[]> = {
  email: [
    'email',
    'emailaddress',
    'emailaddresses',
    'emails',
    'mail',
    'workemail',
    'workemailaddress',
    'emailwork',
    'useremail',
    'contactemail',
  ],
  name: [
    'name',
    'fullname',
    'displayname',
    'trainee',
    'traineename',
    'participant',
    'participantname',
    'person',
  ],
  firstName: ['firstname', 'forename', 'givenname', 'first'],
  lastName: ['lastname', 'surname', 'familyname', 'last'],
  cohort: [
    'cohort',
    'cohortname',
    'group',
    'groupname',
    'pilot',
    'pilotgroup',
    'programme',
    'course',
    'strand',
  ],
  agency: [
    'agency',
    'organisation',
    'organization',
    'org',
    'employer',
    'company',
    'service',
    'team',
    'workplace',
    'agencyorganisation',
  ],
  role: ['role', 'jobtitle', 'job', 'jobrole', 'profession', 'post', 'position'],
};

/** Order of columns where a list has no headings: whatever is no address, from the left. */
const withoutHeadings: readonly Column[] = ['name', 'cohort', 'agency', 'role'];

/**
 * Reads a list of trainees: columns in any order, headings forgiven, separated by commas, semicolons or tabs. A list
 * without headings works too, down to one address a line. Addresses are not judged here.
 */
export function readTrainees(text: string): CsvAnswer {
  const body = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  if (body.includes('\u0000')) return { kind: 'not-text' };
  const parsed = parseCells(body);
  if ('kind' in parsed) return parsed;
  const lines = parsed.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [top, ...below] = lines;
  if (!top) return { kind: 'empty' };

  const columns = top.cells.map(columnOf);
  if (columns.includes('email')) {
    if (below.length === 0) return { kind: 'empty' };
    if (below.length > maxRows) return { kind: 'too-many', rows: below.length };
    const rows = below.map(({ line, cells }) => rowOf(line, cells, columns));
    const unusedHeadings = top.cells.filter((cell, index) => cell !== '' && columns[index] === undefined);
    return { kind: 'rows', rows, hasHeadings: true, unusedHeadings };
  }
  if (!top.cells.some((cell) => cell.includes('@')))
    return { kind: 'no-email-column', headings: top.cells.filter((cell) => cell !== '') };
  const rows = lines.flatMap(({ line, cells }) => rowsWithoutHeadings(line, cells));
  if (rows.length > maxRows) return { kind: 'too-many', rows: rows.length };
  return { kind: 'rows', rows, hasHeadings: false, unusedHeadings: [] };
}

type Line = { line: number; cells: string[] };

function parseCells(body: string): Line[] | Extract<CsvAnswer, { kind: 'unreadable' }> {
  // Excel writes, and reads, the separator on a first line of its own.
  const told = /^sep=([,;\t|])\n/i.exec(body);
  // It is a line of the file all the same, so that the others keep their numbers.
  const csv = told ? body.slice(told[0].length - 1) : body;
  try {
    const records = parse(csv, {
      delimiter: told?.[1] ?? delimiterOf(body),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    let next = 1;
    return records.map(({ record, info }) => {
      const line = next;
      // A quoted cell can go over several lines; the row is where it begins.
      next = info.lines + 1;
      return { line, cells: record.map(tidyCell) };
    });
  } catch (error) {
    if (error instanceof CsvError)
      return { kind: 'unreadable', line: typeof error.lines === 'number' ? error.lines : 1 };
    throw error;
  }
}

/** The separator that the first line with anything on it has most of, outside quotes. */
function delimiterOf(body: string): string {
  const line = body.split('\n').find((one) => one.trim() !== '') ?? '';
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const score = (mark: string): number => bare.split(mark).length - 1;
  return [',', ';', '\t', '|'].reduce((best, mark) => (score(mark) > score(best) ? mark : best));
}

const tidyCell = (cell: string): string => tidyLine(cell);

function columnOf(heading: string): Column | undefined {
  const plain = heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  return (Object.keys(headings) as Column[]).find((column) => headings[column].includes(plain));
}

function rowOf(line: number, cells: string[], columns: (Column | undefined)[]): TraineeRow {
  const cell = (column: Column): string | undefined => {
    // Of two columns that mean the same, the first that is filled in counts.
    for (const [index, value] of cells.entries()) if (columns[index] === column && value !== '') return value;
    return undefined;
  };
  const parts = [cell('firstName'), cell('lastName')].filter((part) => part !== undefined);
  const { email, name } = splitAddress(cell('email') ?? '');
  return {
    line,
    email,
    name: cell('name') ?? (parts.join(' ') || name),
    cohort: cell('cohort'),
    agency: cell('agency'),
    role: cell('role'),
  };
}

function rowsWithoutHeadings(line: number, cells: string[]): TraineeRow[] {
  const addresses = cells.filter((cell) => cell.includes('@')).map(splitAddress);
  const [first = { email: '', name: undefined }, ...more] = addresses;
  const blank = { cohort: undefined, agency: undefined, role: undefined };
  // Several addresses on one line: a list copied from the "To" of a message.
  if (more.length > 0) return addresses.map((address) => ({ line, ...address, ...blank }));
  const rest = cells.filter((cell) => !cell.includes('@'));
  const of = (column: Column): string | undefined => rest[withoutHeadings.indexOf(column)] || undefined;
  return [
    {
      line,
      email: first.email,
      name: of('name') ?? first.name,
      cohort: of('cohort'),
      agency: of('agency'),
      role: of('role'),
    },
  ];
}

/** "Name <address>", "mailto:address", or the address alone. */
function splitAddress(cell: string): { email: string; name: string | undefined } {
  const named = /^(.*?)<(?:mailto:)?([^<>|]+)(?:\|[^<>]*)?>$/i.exec(cell);
  const email = (named?.[2] ?? cell).replace(/^mailto:/i, '').trim();
  return { email, name: named?.[1]?.replace(/["']/g, '').trim() || undefined };
}

/**
 * An address as it is kept and compared: small letters, no full stop or comma left behind by copying.
 * @returns undefined when it cannot be one.
 */
export function tidyEmail(text: string): string | undefined {
  const email = text
    .trim()
    .replace(/[.,;]+$/, '')
    .toLowerCase();
  const fits = /^[^\s@<>()[\]",;:\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}$/u;
  if (email.length > 254 || !fits.test(email) || email.includes('..')) return undefined;
  return email;
}

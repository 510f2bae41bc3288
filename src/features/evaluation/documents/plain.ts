import { once } from '../../../lib/once.ts';
import type { Report, Table } from '../../findings.ts';

/**
 * A report whose words may stand in Word, HTML, SVG and CSV alike: nothing in them breaks XML, hides, or turns the writing of
 * what follows. What they say stays, line ends too.
 */
export const plainReport = (report: Report): Report =>
  JSON.parse(JSON.stringify(report), (_key, value: unknown) =>
    typeof value === 'string' ? plain(value) : value,
  );

/** XML has no place for control characters and halves of letters; marks of direction reach beyond the words they stand in. */
const plain = (words: string): string =>
  words
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/gu, '');

/** The lines of what somebody wrote, without empty ones. */
export const linesOf = (words: string): string[] => words.split('\n').flatMap((line) => line.trim() || []);

/** "1,250", "6.5", "−0.5". */
export const sayNumber = (value: number): string => numbers().format(value).replace('-', '−');
const numbers = once(() => new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }));

/** A cell of a table: a number, or words in its place. */
export const sayCell = (cell: number | string): string => (typeof cell === 'number' ? sayNumber(cell) : cell);

/** Whether a column is one of figures, or of what stands in their place: they stand below each other by their ends. */
export const isOfNumbers = (rows: Table['rows'], at: number): boolean =>
  rows.some((row) => typeof row[at] === 'number') ||
  (rows.length > 0 && rows.every((row) => /^(few|more than half)$/.test(String(row[at]))));

import { addressesIn } from './addresses.ts';
import { bestGrid, isAddressOfOthers, type Line, tidyText } from './grid.ts';
import { type Reading, readLines, readTables } from './people.ts';
import { recordsIn } from './records.ts';

export type TraineeList = Omit<Reading, 'explained'> & {
  kind: 'rows';
  /** Addresses that stand outside the list: in a title, a remark, or where no address was looked for. */
  outside: { line: number; address: string }[];
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
  const records = tables.length === 0 ? recordsIn(lines) : undefined;
  const readable = records ? [records] : tables.filter(({ emails }) => emails.length > 0);
  const isOthers = tables.some(({ headings }) => headings.some(isAddressOfOthers));
  if (readable.length === 0 && (isOthers || !lines.some(({ raw }) => raw.includes('@')))) {
    const headings = (tables[0]?.headings ?? top.cells).filter((cell) => cell !== '');
    return { kind: 'no-email-column', headings };
  }
  const { explained, ...list } = readable.length > 0 ? readTables(readable) : readLines(lines, isGroup);
  if (list.rows.length > maxRows) return { kind: 'too-many', rows: list.rows.length };
  const outside = outsideOf(lines, { explained, ...list });
  if (list.rows.length === 0 && outside.length === 0) return { kind: 'empty' };
  return { kind: 'rows', ...list, outside };
}

function outsideOf(lines: readonly Line[], { rows, explained }: Reading): TraineeList['outside'] {
  const taken = new Set(rows.map(({ email }) => email));
  return lines.flatMap((line) => {
    let number = line.line;
    let from = 0;
    return addressesIn(line.raw).flatMap(({ email, start }) => {
      // A quoted cell can go over several lines.
      number += line.raw.slice(from, start).split('\n').length - 1;
      from = start;
      return taken.has(email) || explained.get(line)?.has(email) ? [] : { line: number, address: email };
    });
  });
}

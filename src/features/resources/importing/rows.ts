import { readCsv, separatorsOf } from '../../../content/csv.ts';
import { withoutHidden } from '../../../slack/text.ts';

/** What a column holds. */
export const columns = {
  id: 'id identifier',
  title: 'title name resource page pagetitle headline',
  url: 'url link address webaddress website webpage weblink hyperlink href',
  publisher: 'publisher publishedby organisation organization source author by owner provider',
  year: 'year published yearpublished publicationyear',
  type: 'type kind format medium resourcetype',
  minutes: 'minutes formatminutes length duration minutesittakes',
  topics: 'topics topic subject subjects theme themes tags tag',
  ages: 'agegroups agegroup ages age',
  readers: 'audience audiences readers reader for whofor whoitisfor',
  summary: 'summary description about sentence abstract notes note',
  caution: 'caution cautions warning warnings knowfirst knowbeforeuse',
  phrases: 'askedas phrases whatpeoplesay keywords',
  free: 'free isfree',
  cost: 'cost price fee',
  linkKind: 'linkkind whosepage',
  verified: 'verified howseen',
  checkedOn: 'checkedon checked lastchecked lookedat datechecked',
} as const;

export type Column = keyof typeof columns;
export type Row = { line: number; cells: { [Name in Column]?: string } };

export type RowsAnswer =
  | {
      kind: 'rows';
      rows: Row[];
      /** Headings of columns that were not read. */
      unused: string[];
    }
  | { kind: 'empty' | 'not-text' }
  | { kind: 'no-columns'; headings: string[] }
  | { kind: 'unreadable'; line: number }
  | { kind: 'too-many'; rows: number };

export const maxRows = 1000;

const byHeading = new Map(
  (Object.keys(columns) as Column[]).flatMap((column) =>
    columns[column].split(' ').map((word) => [word, column] as const),
  ),
);

const columnOf = (heading: string): Column | undefined =>
  byHeading.get(
    heading
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\([^()]*\)/g, '')
      .replace(/[^a-z]/g, ''),
  );

/** A list of entries as a table with headings in its first line, whatever its separator. Columns may come in any order. */
export function readRows(text: string): RowsAnswer {
  if (text.includes('\u0000')) return { kind: 'not-text' };
  const { separators, body } = separatorsOf(withoutHidden(text.normalize('NFC').replace(/\r\n?/g, '\n')));
  let brokenAt: number | undefined;
  let best: { lines: ReturnType<typeof filled>; known: (Column | undefined)[] } | undefined;
  for (const delimiter of separators) {
    const read = readCsv(body, { delimiter, quote: '"' });
    if ('brokenAt' in read) {
      brokenAt ??= read.brokenAt;
      continue;
    }
    const lines = filled(read.lines);
    const known = onceEach((lines[0]?.cells ?? []).map(columnOf));
    if (!best || count(known) > count(best.known)) best = { lines, known };
  }
  if (!best) return { kind: 'unreadable', line: brokenAt ?? 1 };
  const [head, ...rest] = best.lines;
  if (!head) return { kind: 'empty' };
  const { known } = best;
  if (!known.includes('url') && !known.includes('id'))
    return brokenAt !== undefined && count(known) === 0
      ? { kind: 'unreadable', line: brokenAt }
      : { kind: 'no-columns', headings: head.cells.filter(Boolean) };
  if (rest.length === 0) return { kind: 'empty' };
  if (rest.length > maxRows) return { kind: 'too-many', rows: rest.length };
  return {
    kind: 'rows',
    unused: head.cells.filter((heading, index) => heading !== '' && known[index] === undefined),
    rows: rest.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(
        known.flatMap((column, index) => {
          const cell = cells[index] ?? '';
          return column === undefined || cell === '' ? [] : [[column, cell]];
        }),
      ),
    })),
  };
}

/** Rows as a list again, with the columns that were read, as `readRows` reads it. */
export function writeRows(rows: readonly Row[]): string {
  const used = (Object.keys(columns) as Column[]).filter((column) =>
    rows.some(({ cells }) => cells[column] !== undefined),
  );
  const quoted = (cell: string) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map(({ cells }) => used.map((column) => quoted(cells[column] ?? '')));
  return [used.map((column) => headings[column] ?? column), ...lines]
    .map((line) => line.join('\t'))
    .join('\n');
}

/** Where a column's own name is none that people write. */
const headings: { [Name in Column]?: string } = {
  ages: 'age groups',
  readers: 'readers',
  phrases: 'phrases',
  linkKind: 'link kind',
  checkedOn: 'checked on',
};

const filled = (lines: readonly { line: number; cells: string[] }[]) =>
  lines
    .map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));

const count = (known: readonly (Column | undefined)[]): number =>
  known.filter((column) => column !== undefined).length;

/** Of two columns with the same meaning the first counts. */
const onceEach = (known: readonly (Column | undefined)[]): (Column | undefined)[] =>
  known.map((column, index) => (known.indexOf(column) === index ? column : undefined));

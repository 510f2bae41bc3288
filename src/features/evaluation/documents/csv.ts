import { stringify } from 'csv-stringify/sync';
import { zipped } from '../../../lib/zip.ts';
import type { Report, Table } from '../../findings.ts';
import { plainReport } from './plain.ts';

/**
 * The tables as an analyst reads them in: a CSV file for each, its first line the columns' ids, since tables of different
 * shapes in one file can be read by nobody. Beside them what each column holds, and of which report they are. As small numbers are
 * shown in the report they are shown here, in words where a number would be.
 * @returns a zip, the same bytes for the same report.
 */
export function tablesOf(given: Report): Uint8Array {
  const report = plainReport(given);
  const tables = named(
    inSheets(
      report.sections.flatMap(({ title, parts }) => {
        let heading = '';
        return parts.flatMap((part) => {
          if (part.kind === 'heading') heading = part.text;
          return part.kind === 'table' ? { section: title, heading, ...part } : [];
        });
      }),
    ),
  );
  const files = {
    'about.csv': [
      ['what', 'value'],
      ['group', report.group],
      ['from', report.from],
      ['until', report.until],
      [report.isClosed ? 'closed on' : 'draft of', report.madeOn],
      ['purpose', report.purpose],
      ...report.method.map((line) => ['method', line]),
      ...report.limits.map((line) => ['limit of these figures', line]),
    ],
    'data-dictionary.csv': [
      ['table', 'section', 'heading', 'caption', 'column', 'label', 'about', 'note'],
      ...tables.flatMap(({ name, section, heading, caption, columns, note = '' }) =>
        columns.map(({ id, label, about }) => [name, section, heading, caption, id, label, about, note]),
      ),
    ],
    ...Object.fromEntries(
      tables.map(({ name, columns, rows }) => [`${name}.csv`, [columns.map(({ id }) => id), ...rows]]),
    ),
  };
  return zipped(
    Object.fromEntries(
      Object.entries(files).map(([name, lines]) => [name, new TextEncoder().encode(csv(lines))]),
    ),
    report.madeOn,
  );
}

/** Those of one sheet as one, where the first of them stands. */
function inSheets<T extends Table>(tables: readonly T[]): T[] {
  const sheets = Map.groupBy(tables, ({ sheet, id }) => sheet?.id ?? id);
  return [...sheets].flatMap(([id, [first, ...more]]) => {
    if (!first?.sheet) return first ? [first, ...more] : [];
    return [
      { ...first, id, caption: first.sheet.caption, rows: [first, ...more].flatMap(({ rows }) => rows) },
    ];
  });
}

/** Of those with the same id the second is called `answers-2`. Names that any computer takes. */
function named<T extends Table>(tables: readonly T[]): (T & { name: string })[] {
  const taken = new Set(['about', 'data-dictionary']);
  return tables.map((table) => {
    const stem =
      table.id
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '') || 'table';
    let name = stem;
    for (let nth = 2; taken.has(name); nth += 1) name = `${stem}-${nth}`;
    taken.add(name);
    return { ...table, name };
  });
}

const csv = (lines: readonly (readonly (string | number)[])[]): string =>
  stringify(
    lines.map((line) => [...line]),
    // As with every file for a spreadsheet: a mark in front, or it takes UTF-8 for the old Windows letters.
    {
      bom: true,
      record_delimiter: '\r\n',
      escape_formulas: true,
    },
  );

import { isNames, type Line, type Table } from './grid.ts';
import { columnOf } from './headings.ts';

/** "Email: jane@example.org", "Surname<tab>Example". */
const labelled = /^(\p{L}[^:@\t\n]{0,40}?)[ ]*(?::|\t)[ \t]*(.*)$/u;

/**
 * People who are written one below the other, each line with its label, as forms are sent by e-mail and cards are copied.
 * @returns the table that they make; undefined where this is no such list.
 */
export function recordsIn(lines: readonly Line[]): Table | undefined {
  const parts = lines.flatMap(({ line, raw }) => {
    const [, label = '', value = ''] = labelled.exec(raw) ?? [];
    return label === '' ? [] : [{ line, label: label.trim().toLowerCase(), value: value.trim() }];
  });
  const headings = [...new Set(parts.map(({ label }) => label))];
  const columns = headings.map(columnOf);
  const emails = [...headings.keys()].filter((index) => columns[index] === 'email');
  // A list that only begins with "To: " has other lines too, and one label for all of them.
  if (parts.length < lines.length || emails.length === 0 || !columns.some(isNames)) return undefined;

  const isComplete = (cells: readonly string[]): boolean =>
    emails.some((index) => cells[index] !== '') &&
    cells.some((cell, index) => cell !== '' && isNames(columns[index]));

  const records: Line[] = [];
  let before = 0;
  for (const { line, label, value } of parts) {
    const place = headings.indexOf(label);
    const last = records.at(-1);
    // A label that is there already begins the next person, and so does an empty line once the one above is complete.
    const isOpen = last !== undefined && last.cells[place] === '';
    const isSame = isOpen && (line === before + 1 || !isComplete(last.cells));
    const record = isSame ? last : { line, cells: headings.map(() => ''), raw: '' };
    if (!isSame) records.push(record);
    record.cells[place] = value;
    before = line;
  }
  return { headings, columns, emails, lines: records };
}

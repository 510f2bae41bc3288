import { sql } from 'kysely';
import { openToRead } from '../db/open.ts';

export const copyFile = 'copy.html';

/** What a data-protection officer asks for first: those with people's words in them, and those that say who took part. */
const first = ['reflections', 'answer_boxes', 'participations', 'people', 'keys'];
const shownRows = 3;
const shownLetters = 60;

type Value = string | number | Buffer | null;
type Row = Record<string, Value>;

/**
 * The database and its key file as they lie on the disk just now, for whoever has the files and not the master key: a page
 * of all their tables.
 * @param files where they lie.
 */
export async function copyPage(files: { database: string; keys: string }): Promise<string> {
  return pageOf(await tablesIn(files.database), await tablesIn(files.keys));
}

async function tablesIn(file: string): Promise<string> {
  const { db, close } = openToRead(file);
  try {
    const found = await sql<{ name: string }>`
      select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`.execute(
      db,
    );
    const names = found.rows.map(({ name }) => name);
    const ordered = [...first.filter((name) => names.includes(name)), ...names.filter(isNotFirst)];
    const tables: string[] = [];
    for (const name of ordered) {
      const counted = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(
        db,
      );
      const { rows } = await sql<Row>`select * from ${sql.table(name)} limit ${shownRows}`.execute(db);
      tables.push(tableOf(name, counted.rows[0]?.count ?? 0, rows));
    }
    return tables.join('\n');
  } finally {
    await close();
  }
}

const isNotFirst = (name: string): boolean => !first.includes(name);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** By its form, so that no column has to be known. */
const isSealed = (text: string): boolean => /^v\d+\.[\w-]+\./.test(text);

function cell(value: Value | undefined): string {
  if (value === null || value === undefined) return '<td class="none">nothing</td>';
  if (Buffer.isBuffer(value))
    return `<td class="sealed">${value.toString('hex').slice(0, shownLetters)} <small>(${value.length} bytes)</small></td>`;
  const text = String(value);
  const short = text.length > shownLetters ? `${text.slice(0, shownLetters)}…` : text;
  const size =
    isSealed(text) && text.length > shownLetters
      ? ` <small>(sealed, ${text.length.toLocaleString('en-GB')} characters)</small>`
      : '';
  return `<td${isSealed(text) ? ' class="sealed"' : ''}>${escaped(short)}${size}</td>`;
}

function tableOf(name: string, count: number, rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const inside =
    rows.length === 0
      ? '<p>Nothing is in it.</p>'
      : `<div class="wide" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${columns.map((column) => cell(row[column])).join('')}</tr>`).join('\n')}</tbody>
</table></div>${count > rows.length ? `<p>${count - rows.length} more.</p>` : ''}`;
  return `<details${first.includes(name) ? ' open' : ''}><summary><b>${escaped(name)}</b>, ${count === 1 ? '1 row' : `${count} rows`}</summary>${inside}</details>`;
}

const pageOf = (database: string, keys: string): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A copy of the database and of the key file</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
  main { box-sizing: border-box; max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
  h1, h2 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .75rem; }
  h2 { font-size: 1.1875rem; margin-top: 2rem; }
  p { max-width: 42rem; margin: 0 0 .75rem; }
  details { border-top: 1px solid #8887; padding: .5rem 0; }
  summary { cursor: pointer; }
  .wide { overflow-x: auto; margin: .5rem 0; }
  table { border-collapse: collapse; font-size: .8125rem; }
  th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border: 1px solid #8887; white-space: nowrap; }
  .sealed { font-family: ui-monospace, monospace; }
  .none { font-style: italic; }
</style>
</head>
<body>
<main>
  <h1>A copy of the database and of the key file</h1>
  <p>These are the demo’s own files as they lie on the disk now, read without the master key: what somebody finds who gets
    hold of both backups. Load the page again after you have done something.</p>
  <h2>The database</h2>
  <p>What people wrote for themselves, and every answer to a check-in, is sealed. In clear are people, groups and
    suggestions, when somebody wrote a reflection and with whom they share one, and under <b>participations</b> who answered:
    not what, and not when. All answers of a round lie together in one box of <b>answer_boxes</b>, always of one size. All
    that is in clear, and what the keys add, is in <code>docs/privacy/who-could-tell.md</code>.</p>
  ${database}
  <h2>The key file</h2>
  <p>Each person and each round has a key of its own under <b>keys</b>, wrapped by the master key, which is in neither file.
    The names are hashes made with a secret that is wrapped as well, so the file says how many keys there are and not whose.
    Whoever is deleted loses theirs: what an older copy of the database still has of them opens no more.</p>
  ${keys}
</main>
</body>
</html>
`;

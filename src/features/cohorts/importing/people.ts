import { addressesIn, brokenAddressIn, holdsAddress, readAddressList } from './addresses.ts';
import { filledOf, isNames, type Line, type Table } from './grid.ts';
import type { Column } from './headings.ts';
import {
  type Beside,
  guessColumns,
  isNoise,
  looksLikePerson,
  sharesName,
  speaksOfPlace,
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

export type Reading = {
  rows: TraineeRow[];
  /** Of a list without headings: what its columns were taken for. */
  guessed: Column[];
  /** Headings of columns that were not read; without headings, an example of what stands there. */
  unusedHeadings: string[];
  /** Addresses that stand in a column which is not read, and is told as such. */
  explained: Map<Line, Set<string>>;
};

export function readTables(tables: readonly Table[]): Reading {
  const explained: Reading['explained'] = new Map();
  const unused = new Set<string>();
  const rows = tables.flatMap((table) => {
    const { headings, columns, emails } = table;
    const isRead = (index: number): boolean => columns[index] !== undefined || emails.includes(index);
    for (const [index, heading] of headings.entries())
      if (heading !== '' && !isRead(index)) unused.add(heading);
    return withoutSignature(table.lines).flatMap((line) => {
      const cells = fitted(line.cells, table);
      const people = peopleOf({ ...line, cells }, table);
      const seen = new Set(people.map(({ email }) => email));
      const left = headings.flatMap((heading, index) => {
        if (heading === '' || (isRead(index) && !emails.includes(index))) return [];
        const there = addressesIn(cells[index] ?? '');
        const others = there.filter(({ email }) => !seen.has(email));
        // Where somebody was read, the column is no reason: the others are told one by one.
        if (others.length < there.length) return [];
        if (others.length > 0 && people.length > 0) unused.add(heading);
        return others.map(({ email }) => email);
      });
      if (people.length > 0) explained.set(line, new Set(left));
      return people;
    });
  });
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
  // Some write "Name <address>" into the cell for the name.
  const names = cells.filter((_, index) => isNames(columns[index]));
  const best = [...written, ...names].map(readAddressList).find(({ people }) => people.length > 0);
  if (best) {
    const found = best.people.map(({ email, name: own }) => ({
      line,
      email,
      name: name ?? showName(own),
      ...about,
    }));
    return [...found, ...restOf(line, best.rest)];
  }
  const broken = cells.find((value, index) => columns[index] === 'email' && isMeantAsAddress(value));
  if (broken !== undefined) return [{ line, email: broken, name, ...about }];
  const filled = filledOf(cells);
  const isRecord = filled.length > 1 && !isNoise(filled[0] ?? '');
  return isRecord || looksLikePerson(name ?? filled[0] ?? '')
    ? [{ line, email: '', name: name ?? filled[0], ...about }]
    : [];
}

/** Not what stands where there is none: "anonymous" in answers to a form, a dash, "n/a". */
const isMeantAsAddress = (cell: string): boolean =>
  /\p{L}/u.test(cell) &&
  !holdsAddress(cell) &&
  !/^(?:anonymous|none|n\/?a|nil|no|not (?:known|given)|unknown|tb[ac]|null|\(?(?:required|optional)\)?)$/i.test(
    cell,
  );

const order: readonly Column[] = ['name', 'firstName', 'lastName', 'cohort', 'agency', 'role'];
const nothingMore = { cohort: undefined, agency: undefined, role: undefined };

/**
 * Pieces of a list of recipients to which no address belongs. Where somebody works and as what, beside their own address,
 * is no person without one.
 */
const restOf = (line: number, pieces: readonly string[], isBesideSomebody = true): TraineeRow[] =>
  pieces.flatMap((piece): TraineeRow[] => {
    if (isBesideSomebody && speaksOfPlace(piece)) return [];
    const broken = brokenAddressIn(piece);
    if (broken !== undefined) return [{ line, email: broken, name: undefined, ...nothingMore }];
    return looksLikePerson(piece) ? [{ line, email: '', name: piece, ...nothingMore }] : [];
  });

const closing =
  /^(?:--|(?:(?:kind|best|warm|many|with) )*(?:regards|wishes|thanks|thank you|cheers)(?: (?:again|all|and regards|in advance))?[,.!]?|sent from my .*)$/i;

const greetings =
  '(?:(?:kind|best|warm|many|with) )*(?:regards|wishes|thanks|thank you|cheers|all the best|bw|kr|yours(?: sincerely| faithfully)?)(?: (?:again|all|in advance))?';
/** "Thanks, Lou Sender lou@example.test": the sender's name and address behind their greeting, all on one line. */
const signing = new RegExp(`^${greetings}\\s*[,.!–-]\\s*(?=\\p{L})`, 'iu');
const signingBehind = new RegExp(`[\\s.;>)]${greetings}\\s*[,.!–-]\\s*(?=\\p{L})`, 'iu');

function isSignature(raw: string): boolean {
  const [greeting] = signing.exec(raw) ?? [];
  if (greeting === undefined) return false;
  // "Thanks, George <george.thanks@example.org>" is somebody of that name.
  const [word = ''] = greeting.match(/\p{L}+(?=\P{L}*$)/u) ?? [];
  const addresses = addressesIn(raw);
  return addresses.length <= 1 && !addresses.some(({ email }) => sharesName(word, email));
}

/** Who sent the list is not on it. What stands below the first address and a greeting is theirs, or behind both. */
function withoutSignature(lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex(({ raw }) => holdsAddress(raw));
  if (first < 0) return lines;
  for (const [index, line] of lines.entries()) {
    const raw = line.raw.trim();
    if (index > first && (closing.test(raw) || isSignature(raw))) return lines.slice(0, index);
    const cut = index < first ? undefined : signingBehind.exec(raw)?.index;
    if (cut !== undefined && holdsAddress(raw.slice(0, cut))) {
      const own = raw.slice(0, cut + 1).replace(/[\s.;]+$/, '');
      return [...lines.slice(0, index), { ...line, raw: own, cells: [own] }];
    }
  }
  return lines;
}

/** A list without headings: lines of recipients, lines with an address and what else is known, or a mixture. */
export function readLines(all: readonly Line[], isGroup: (name: string) => boolean): Reading {
  const lines = withoutSignature(all);
  const besides = new Map(
    lines.flatMap((line) => besideAddress(line) ?? []).map((beside) => [beside.line, beside]),
  );
  const columns = guessColumns([...besides.values()], isGroup);
  const addressed = lines.filter(({ raw }) => holdsAddress(raw)).map(({ line }) => line);
  /** Cards have the work of somebody below their address. */
  const isBelow = (line: number): boolean =>
    addressed.some((above) => above < line && line - above <= mostBetween);
  const read = lines.flatMap(({ line, raw }): TraineeRow[] => {
    const beside = besides.get(line);
    if (!beside) {
      const { people, rest } = readAddressList(raw);
      return [
        ...people.map(({ email, name }) => ({ line, email, name: showName(name), ...nothingMore })),
        ...restOf(line, rest, people.length > 0 || isBelow(line)),
      ];
    }
    const at = (column: Column): string | undefined =>
      [...beside.cells].find(([place, value]) => columns.get(place) === column && value !== '')?.[1];
    const parts = [at('firstName'), at('lastName')].filter((part) => part !== undefined).join(' ');
    const name = showName(at('name') ?? '') ?? showName(parts) ?? showName(beside.name);
    return [
      ...restOf(line, beside.rest),
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

/** Nobody has more cells than this; names without end and one address are no line of a table. */
const mostBeside = 50;

/** A line with one address and cells beside it. Where the name stands with the address, the others are not names. */
function besideAddress({
  line,
  cells,
  raw,
}: Line): (Beside & { line: number; name: string; rest: string[] }) | undefined {
  const [address, ...more] = new Set(addressesIn(raw).map(({ email }) => email));
  const place = cells.findIndex(holdsAddress);
  const { people, rest } = readAddressList(cells[place] ?? '');
  const [owner] = people;
  if (address === undefined || more.length > 0 || !owner || cells.length > mostBeside) return undefined;
  if (
    owner.name !== '' &&
    cells.some((cell, index) => index !== place && isSomebody(cell, index === place - 1))
  )
    return undefined;
  const around = cells.flatMap((cell, index) => (index === place ? [] : [[index - place, cell] as const]));
  return { line, ...owner, rest, cells: new Map(around) };
}

const isSomebody = (cell: string, mayBeSurname: boolean): boolean =>
  looksLikePerson(cell) && (!speaksOfWork(cell) || (mayBeSurname && !cell.includes(' ')));

/** More lines than these are not between a name and its address. */
const mostBetween = 4;

/** A name on one line and their address further down, as contacts and cards are copied: their work may stand between. */
function withNamesAbove(rows: readonly TraineeRow[]): TraineeRow[] {
  const isTaken = new Set<TraineeRow>();
  const named = rows.map((row, index) => {
    if (row.email === '' || row.name !== undefined) return row;
    for (let at = index - 1; at >= 0; at -= 1) {
      const above = rows[at];
      if (above?.email !== '' || isTaken.has(above) || row.line - above.line > mostBetween) break;
      if (!sharesName(above.name ?? '', row.email)) {
        if (speaksOfWork(above.name ?? '')) continue;
        break;
      }
      for (const one of rows.slice(at, index)) isTaken.add(one);
      return { ...row, name: showName(above.name ?? '') };
    }
    return row;
  });
  return named.filter((row) => !isTaken.has(row));
}

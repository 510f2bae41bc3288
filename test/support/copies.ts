import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';

/** What a copy of the live folder tells: each state of the database that can be had from it, the oldest first. */
export type State = Record<string, Row[]>;
export type Row = Record<string, string | number | null>;

const walHeader = 32;
const frameHeader = 24;

/** How far into a write-ahead log each commit in it reaches. @see https://www.sqlite.org/fileformat2.html#walformat */
function commitsIn(wal: Buffer): number[] {
  if (wal.length < walHeader) return [];
  const frame = frameHeader + wal.readUInt32BE(8);
  const salt = wal.subarray(16, 24);
  const ends: number[] = [];
  for (let at = walHeader; at + frame <= wal.length; at += frame) {
    if (!wal.subarray(at + 8, at + 16).equals(salt)) break;
    if (wal.readUInt32BE(at + 4) !== 0) ends.push(at + frame);
  }
  return ends;
}

/** Copies the folder of a database as it lies there, like `cp -r`. */
export function copyFolder(file: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'chatr-copy-'));
  cpSync(dirname(file), copy, { recursive: true });
  return join(copy, basename(file));
}

/** Replays the write-ahead log of a copy, commit by commit. The copy is gone afterwards. */
export function statesOf(copy: string): State[] {
  const [main, wal] = [copy, `${copy}-wal`].map((path) => readIf(path));
  const folder = mkdtempSync(join(tmpdir(), 'chatr-replay-'));
  const states = [0, ...commitsIn(wal ?? Buffer.alloc(0))].map((end, index) => {
    const file = join(folder, `${index}.db`);
    writeFileSync(file, main ?? '');
    writeFileSync(`${file}-wal`, (wal ?? Buffer.alloc(0)).subarray(0, end));
    return readState(file);
  });
  for (const gone of [folder, dirname(copy)]) rmSync(gone, { recursive: true, force: true });
  return states;
}

/** Every row of every table. */
export function readState(file: string): State {
  const raw = new Database(file);
  try {
    const tables = raw
      .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
      .pluck()
      .all() as string[];
    return Object.fromEntries(
      tables.map((table) => [table, raw.prepare(`select * from "${table}"`).all() as Row[]]),
    );
  } finally {
    raw.close();
  }
}

const readIf = (path: string): Buffer | undefined =>
  readdirSync(dirname(path)).includes(basename(path)) ? readFileSync(path) : undefined;

/** Who counts as having answered which round. */
const answeredIn = (state: State): Set<string> =>
  new Set(
    (state.participations ?? [])
      .filter(({ status }) => status === 'answered')
      .map((row) => `${row.round_id} ${row.person_id}`),
  );

/** Rows that stand for nobody: without a person in any column. */
const unnamedIn = (state: State): Set<string> =>
  new Set(
    Object.entries(state).flatMap(([table, rows]) =>
      rows
        .filter((row) => 'sealed' in row && (row.person_id ?? null) === null)
        .map((row) => JSON.stringify([table, row])),
    ),
  );

/** What one state has and an earlier one had not: who answered, and which unnamed rows. */
export function cameBetween(before: State, after: State): { people: string[]; rows: string[] } {
  const [answered, known] = [answeredIn(before), unnamedIn(before)];
  return {
    people: [...answeredIn(after)].filter((one) => !answered.has(one)),
    rows: [...unnamedIn(after)].filter((row) => !known.has(row)),
  };
}

/** For each person who alone turned to "has answered" from one state to the next: the unnamed rows that came with them. */
export function cameTogether(states: readonly State[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [index, state] of states.entries()) {
    if (index === 0) continue;
    const { people, rows } = cameBetween(states[index - 1] ?? {}, state);
    const [person, other] = people;
    if (person !== undefined && other === undefined) found.set(person, rows);
  }
  return found;
}

/** The lengths of everything unnamed and sealed, state by state. */
export const sizesIn = (states: readonly State[], table: string): Set<number> =>
  new Set(states.flatMap((state) => (state[table] ?? []).map(({ sealed }) => String(sealed).length)));

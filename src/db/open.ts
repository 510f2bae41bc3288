import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import {
  Kysely,
  PostgresDialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
  sql,
} from 'kysely';
import type { Schema } from './schema.ts';

/** The store could not be opened. The message says what is wrong and what to do, for the operator. */
export class StoreError extends Error {
  override name = 'StoreError';
}

export type Store = {
  db: Kysely<Schema>;
  engine: 'sqlite' | 'postgres';
  /** Where it is; undefined in memory and on a server. */
  file: string | undefined;
  /** Writes a consistent copy while the bot runs. SQLite only; for PostgreSQL use pg_dump. */
  backup(file: string): Promise<void>;
  /**
   * Empties the write-ahead log of SQLite, which else keeps every change of the last days in order: whose answer came when,
   * and what was deleted since. Waits for a transaction that is under way, so never call it inside one. While another
   * program reads the file nothing happens; the next call does it. On a server nothing.
   */
  settle(): Promise<void>;
  /** Writes the file anew: between its rows may be left what was deleted. Takes a while, in which everybody waits. */
  compact(): Promise<void>;
  /** Runs `work` with foreign keys off and checks them afterwards: what a migration needs on SQLite. */
  withForeignKeysOff(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

export type OpenOptions = { readonly?: boolean; mustExist?: boolean };

/**
 * Opens the store that `DATABASE_URL` names: `file:path` (SQLite, made when missing) or `postgres://…`.
 * @throws StoreError when it cannot be read or written.
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) return openPostgres(url);
  if (!url.startsWith('file:'))
    throw new StoreError('DATABASE_URL must start with "file:" (an SQLite file) or "postgres://".');
  return openSqlite(url.slice('file:'.length).replace(/^\/\/(?=\/)/, ''), options);
}

function openSqlite(path: string, options: OpenOptions): Store {
  // The database, its -wal and its -shm are for this account alone.
  process.umask(0o077);
  const raw = connect(path, options);
  const dialect = new SqliteDialect({ database: preparedOnce(raw) });
  // Kysely runs SQLite migrations without a transaction unless its adapter says that DDL can be rolled back; it can.
  dialect.createAdapter = () => new TransactionalSqliteAdapter();
  const db = new Kysely<Schema>({ dialect });
  /** Between transactions. */
  const alone = (work: () => void) =>
    db.connection().execute(async () => {
      if (raw.open) work();
    });
  function emptyLog(): void {
    // Waiting for another program would hold up everybody here.
    raw.pragma('busy_timeout = 0');
    try {
      raw.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      raw.pragma(`busy_timeout = ${busyMs}`);
    }
  }
  let settling: Promise<void> | undefined;
  return {
    db,
    engine: 'sqlite',
    file: path === ':memory:' ? undefined : resolve(path),
    settle() {
      // Whoever asks before it begins is served by it.
      const begin = () => {
        settling = undefined;
      };
      settling ??= alone(() => {
        begin();
        emptyLog();
      }).catch((error: unknown) => {
        begin();
        throw error;
      });
      return settling;
    },
    compact: () =>
      alone(() => {
        raw.exec('vacuum');
        emptyLog();
      }),
    async backup(file) {
      if (resolve(file) === resolve(path))
        throw new StoreError(`${file} is the database itself. Give another file for the copy.`);
      try {
        await raw.backup(file);
        const copy = new Database(file);
        copy.pragma('journal_mode = DELETE');
        copy.close();
      } catch (cause) {
        throw new StoreError(
          `The copy ${file} could not be written. Check that its folder exists, that this account may write there, and that there is room.`,
          { cause },
        );
      }
    },
    async withForeignKeysOff(work) {
      raw.pragma('foreign_keys = OFF');
      try {
        await work();
        const broken = raw.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0)
          throw new StoreError(
            `After migrating, ${broken.length} rows point to rows that do not exist. Restore the backup.`,
          );
      } finally {
        raw.pragma('foreign_keys = ON');
      }
    },
    async close() {
      if (raw.open) raw.pragma('wal_checkpoint(TRUNCATE)');
      await db.destroy();
    },
  };
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** How long a write waits for another program that holds the file. */
const busyMs = 5000;

function connect(path: string, { readonly = false, mustExist = false }: OpenOptions): Database.Database {
  const file = path === ':memory:' ? path : resolve(path);
  try {
    if (file !== ':memory:' && !mustExist) mkdirSync(dirname(file), { recursive: true });
    const raw = new Database(file, { readonly, fileMustExist: mustExist });
    raw.pragma('journal_mode = WAL');
    // The build falls back to NORMAL in WAL mode; then a power cut could forget that a prompt was sent.
    raw.pragma('synchronous = FULL');
    raw.pragma(`busy_timeout = ${busyMs}`);
    raw.pragma('foreign_keys = ON');
    raw.pragma('trusted_schema = OFF');
    // What is deleted (an address, a reflection) is overwritten in the file, and with it in every later backup.
    raw.pragma('secure_delete = ON');
    raw.exec('create table if not exists write_probe (id integer) strict; drop table write_probe;');
    return raw;
  } catch (cause) {
    throw new StoreError(whyNotOpened(file, cause), { cause });
  }
}

function whyNotOpened(file: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `The database ${file} cannot be written. Give the account that runs the bot permission to write the file and its folder, or set DATABASE_URL to another place.`;
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return `The file ${file} is not a readable database. Nothing in it was changed. Restore a backup, or set DATABASE_URL to another file.`;
  if (code === 'SQLITE_CANTOPEN' || code === 'ENOTDIR' || code === 'EEXIST')
    return `The database ${file} cannot be opened. Check that the folder exists and that this account may read and write it.`;
  if (code === 'SQLITE_BUSY')
    return `The database ${file} is in use by another program. Only one bot may run on a database: stop the other one first.`;
  return `The database ${file} could not be opened (${code || 'unknown reason'}).`;
}

/**
 * Prepares each statement once. Kysely prepares anew on every query, which is 6.6 times slower on a key look-up and
 * leaves the memory to the garbage collector.
 */
function preparedOnce(raw: Database.Database, max = 200): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const statement = kept.get(text) ?? (raw.prepare(text) as unknown as SqliteStatement);
      if (!kept.has(text) && kept.size >= max) kept.delete(kept.keys().next().value as string);
      kept.set(text, statement);
      return statement;
    },
    close: () => raw.close(),
  };
}

async function openPostgres(url: string): Promise<Store> {
  const { default: pg } = await import('pg');
  // count(*) and sum() arrive as text otherwise, and "10" < "9".
  pg.types.setTypeParser(20, Number);
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // A server that restarts ends its connections. Whoever is using one hears of it; for the idle ones an error that nobody
  // listens to would end the program, and the pool opens new ones by itself.
  const ignore = () => {};
  pool.on('error', ignore).on('connect', (client) => void client.on('error', ignore));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
  } catch (cause) {
    await db.destroy();
    throw new StoreError(
      'The PostgreSQL server in DATABASE_URL did not answer. Check the address, the name and the password.',
      { cause },
    );
  }
  return {
    db,
    engine: 'postgres',
    file: undefined,
    settle: async () => {},
    compact: async () => {},
    backup: () => Promise.reject(new StoreError('For PostgreSQL, make the backup with pg_dump.')),
    withForeignKeysOff: (work) => work(),
    close: () => db.destroy(),
  };
}

export type IndexValue = string | number;

/** A scratch database in memory for derived data such as a search index: nothing in it is kept. */
export interface MemoryIndex {
  /** Runs statements that return nothing. */
  define(statements: string): void;
  /** Runs one statement for each row, all of them in one transaction. */
  fill(statement: string, rows: readonly (readonly IndexValue[])[]): void;
  /** Prepares once what is asked often. */
  query(statement: string): (...values: IndexValue[]) => unknown[];
  close(): void;
}

/** Opens one, with SQLite's full-text search (FTS5) in it whatever engine the store itself uses. */
export function openMemoryIndex(): MemoryIndex {
  const raw = new Database(':memory:');
  return {
    define: (statements) => raw.exec(statements),
    fill(statement, rows) {
      const prepared = raw.prepare(statement);
      raw.transaction(() => {
        for (const row of rows) prepared.run(...row);
      })();
    },
    query(statement) {
      const prepared = raw.prepare(statement);
      return (...values) => prepared.all(...values);
    },
    close: () => raw.close(),
  };
}

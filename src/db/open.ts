import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import {
  Kysely,
  PostgresDialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
} from 'kysely';
import { Wrong } from '../lib/wrong.ts';
import { inMemory, readAddress } from './address.ts';
import { appliedNames } from './applied.ts';
import { AtOnceExecutor } from './at-once.ts';
import { PatientDriver } from './patient.ts';
import { isCopyOf } from './probe.ts';
import type { Db, Schema } from './schema.ts';
import { fullDisk, StoreError, troubleOf } from './trouble.ts';

export type Store = {
  db: Kysely<Schema>;
  engine: 'sqlite' | 'postgres';
  /** The file, or the server and the name on it: what may be told and kept. Undefined in memory. */
  place: string | undefined;
  /**
   * Writes a consistent copy while the bot runs, over an earlier copy of this database at most. SQLite only; for
   * PostgreSQL use pg_dump.
   */
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
  /** Runs `work` unless another bot on the same store is at it just now. */
  inTurn(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

export type OpenOptions = {
  /** A mistyped address must not make an empty database. */
  mustExist?: boolean;
  /** For a bot itself: on SQLite no other may open it so while this process lives. */
  alone?: boolean;
  /** Looks at what is there before anything is changed, and throws to leave it as it is. */
  before?: (found: Db, place: string) => Promise<void>;
};

/**
 * Opens the store that `DATABASE_URL` names: `file:path` (SQLite, made when missing) or `postgres://…`.
 * @throws StoreError when it cannot be read or written.
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  const address = readAddress(url);
  if (address instanceof Wrong) throw new StoreError(`DATABASE_URL ${address.problem}`);
  if (address.kind === 'postgres') return openPostgres(address.url, address.place, options);
  return openFile(address.file, options);
}

async function openFile(
  file: string,
  { mustExist = false, alone = false, before }: OpenOptions,
): Promise<Store> {
  forThisAccountAlone();
  if (file === inMemory) return storeOn(connect(file, mustExist), file);
  refuseNoFile(file);
  // Where nothing is, nothing is made before it is asked about either.
  const isEmpty = sizeOf(file) === 0;
  if (isEmpty && mustExist && existsSync(file))
    throw new StoreError(`Nothing is in the database ${file}. Set DATABASE_URL to the one that is meant.`);
  if (mustExist && !existsSync(file) && existsSync(dirname(file)))
    throw new StoreError(
      `The database ${file} cannot be opened: there is none yet. npm start makes it. If there should be one, put DATABASE_URL right.`,
    );
  if (isEmpty) await look(file, before);
  const lock = alone ? holdAlone(file) : undefined;
  try {
    if (!isEmpty) await look(file, before);
    return storeOn(connect(file, mustExist), file, lock);
  } catch (error) {
    lock?.close();
    throw error;
  }
}

function storeOn(raw: Database.Database, file: string, lock?: Lock): Store {
  const { db, close } = kyselyOn(raw);
  /** Between transactions. */
  const alone = (work: () => void) =>
    db.connection().execute(async () => {
      if (raw.open) work();
    });
  const emptyLog = () => void raw.pragma('wal_checkpoint(TRUNCATE)');
  // SQLite keeps it beside the file itself, not beside a link to it.
  const logFile = `${file === inMemory ? file : realpathSync(file)}-wal`;
  let settling: Promise<void> | undefined;
  return {
    db,
    engine: 'sqlite',
    place: file === inMemory ? undefined : file,
    backup: (copy) => writeCopy(raw, db, file, copy),
    async settle() {
      // After most payloads there is nothing, and nobody need wait to find that out.
      if (sizeOf(logFile) === 0) return;
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
    // Whoever runs a bot holds the whole file.
    inTurn: (work) => work(),
    async close() {
      try {
        if (raw.open) raw.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // On a full disk, or while somebody else reads: what the -wal holds is read at the next start.
      }
      await close();
      // Kysely closes only what it has used.
      raw.close();
      lock?.close();
    },
  };
}

function kyselyOn(raw: Database.Database): Pick<Store, 'db' | 'close'> {
  const config = { database: preparedOnce(raw) };
  const adapter = new SqliteFileAdapter();
  const compiler = new PlannedOnceCompiler();
  const driver = new PatientDriver(config);
  const dialect = new SqliteDialect(config);
  // Kysely runs SQLite migrations without a transaction unless its adapter says that DDL can be rolled back; it can.
  dialect.createAdapter = () => adapter;
  dialect.createQueryCompiler = () => compiler;
  dialect.createDriver = () => driver;
  const inTurn = new Kysely<Schema>({ dialect });
  const executor = new AtOnceExecutor(
    { compiler, adapter, driver, database: config.database, state: raw },
    inTurn.getExecutor(),
  );
  return {
    db: new Kysely<Schema>({ config: { dialect }, dialect, driver, executor }),
    // It alone knows whether its driver was used.
    close: () => inTurn.destroy(),
  };
}

/** Migrations know the engine by this name. */
class SqliteFileAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * SQLite plans a join anew whenever a value is bound that its plan looked at, which takes five times as long as running it.
 * At a value behind a plus it does not look; the plus itself does nothing.
 */
class PlannedOnceCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

/** The database, its -wal and its -shm, copies, whatever this process makes from here on. */
const forThisAccountAlone = () => process.umask(0o077);

type Lock = { close(): void };

/**
 * Holds a database for as long as this process lives: a lock of the system's on a file beside it, which a kill takes
 * away as well. Not on the database itself, which backups read meanwhile.
 * @throws StoreError when somebody holds it.
 */
export function holdAlone(file: string): Lock {
  forThisAccountAlone();
  refuseNoFile(file);
  makeFolder(file);
  // Two names of one file are one database.
  const real = existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));
  const lockFile = `${real}.lock`;
  try {
    const raw = new Database(lockFile, { timeout: 0 });
    try {
      raw.pragma('journal_mode = MEMORY');
      raw.exec('begin exclusive');
      return raw;
    } catch (cause) {
      raw.close();
      throw cause;
    }
  } catch (cause) {
    // Beside a database that may be read, this is the first thing that is written.
    const mayNotWrite = cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_CANTOPEN';
    throw new StoreError(mayNotWrite ? notWritable(file) : whyNotOpened(file, cause), { cause });
  }
}

/**
 * Shows what is there to `before`, without changing a byte of it. Opened to read only, where no -wal is, SQLite would
 * leave one behind; opened to write, it would work in one that a kill has left.
 */
async function look(file: string, before: OpenOptions['before']): Promise<void> {
  if (!before && sizeOf(file) === 0) return;
  const found = sizeOf(file) > 0 ? openToRead(file, sizeOf(`${file}-wal`) > 0) : openToRead(inMemory, false);
  try {
    await refuseOthers(found.db, file);
    await before?.(found.db, file);
  } finally {
    await found.close();
  }
}

/** @throws StoreError when what is in it was made by another program. */
async function refuseOthers(db: Db, file: string): Promise<void> {
  if ((await appliedNames(db)).length > 0) return;
  const [table] = await db.introspection.getTables();
  if (table === undefined) return;
  throw new StoreError(
    `The database ${file} belongs to another program (it has a table "${table.name}"). Nothing in it was changed. Set DATABASE_URL to another file.`,
  );
}

/**
 * Before something else is put in its place: what cannot be read may go, and so may an earlier community.
 * @throws StoreError when it is another program's database.
 */
export async function refuseToReplace(file: string): Promise<void> {
  if (sizeOf(file) === 0) return;
  const index = `${file}-shm`;
  const isIndexed = existsSync(index);
  let found: Store;
  try {
    found = openToRead(file, sizeOf(`${file}-wal`) > 0);
  } catch {
    return;
  }
  try {
    await refuseOthers(found.db, file);
  } finally {
    await found.close();
    // Made by this look alone.
    if (!isIndexed) rmSync(index, { force: true });
  }
}

/** Opens a file that is there, only to look at it or to copy it. @throws StoreError when it is no database. */
export function openToRead(file: string, readonly = true): Store {
  return storeOn(
    opened(file, { readonly }, (raw) => raw.pragma('schema_version')),
    file,
  );
}

export type RawDatabase = Database.Database;

/** A file of its own beside the database. @throws whatever SQLite or the system says of it. */
export function openRaw(file: string, options: Database.Options = {}): RawDatabase {
  forThisAccountAlone();
  refuseNoFile(file);
  if (!options.readonly) mkdirSync(dirname(file), { recursive: true });
  keepToThisAccount(file);
  return new Database(file, options);
}

/** @param prepare what must work before it counts as open. @throws StoreError, with nothing left open. */
function opened(
  file: string,
  options: Database.Options,
  prepare: (raw: Database.Database) => unknown,
): Database.Database {
  let raw: Database.Database | undefined;
  try {
    raw = new Database(file, options);
    prepare(raw);
    return raw;
  } catch (cause) {
    raw?.close();
    throw new StoreError(whyNotOpened(file, cause), { cause });
  }
}

function byteAt(file: string, place: number): number | undefined {
  const byte = Buffer.alloc(1);
  const opened = openSync(file, 'r');
  try {
    return readSync(opened, byte, 0, 1, place) === 1 ? byte[0] : undefined;
  } finally {
    closeSync(opened);
  }
}

/** @throws StoreError when the way to it is closed, or turns in a circle. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (cause) {
    throw new StoreError(whyNotOpened(file, cause), { cause });
  }
}

export const sizeOf = (file: string): number => statOf(file)?.size ?? 0;

export const isFolder = (file: string): boolean => existsSync(file) && statSync(file).isDirectory();

/** A device or a pipe would swallow everything, or wait for ever. @throws StoreError when that is what stands there. */
function refuseNoFile(file: string): void {
  const found = statOf(file);
  if (found === undefined || found.isFile() || found.isDirectory()) return;
  throw new StoreError(`${file} is no file that can be kept in. Set DATABASE_URL to another place.`);
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    throw new StoreError(whyNotOpened(file, cause), { cause });
  }
}

function connect(file: string, mustExist: boolean): Database.Database {
  if (!mustExist && file !== inMemory) makeFolder(file);
  for (const one of [file, `${file}-wal`, `${file}-shm`]) keepToThisAccount(one);
  return opened(file, { fileMustExist: mustExist }, (raw) => {
    raw.pragma('journal_mode = WAL');
    // The build falls back to NORMAL in WAL mode; then a power cut could forget that a prompt was sent.
    // KiB for pages that were read. Four times as much, as the build has it, is filled by a beat and no quicker for it.
    raw.pragma('cache_size = -4000');
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    raw.pragma('trusted_schema = OFF');
    // What is deleted (an address, a reflection) is overwritten in the file, and with it in every later backup.
    raw.pragma('secure_delete = ON');
    raw.exec('begin immediate; rollback');
    // From here on it is waited for otherwise.
    raw.pragma('busy_timeout = 0');
  });
}

/** Under another name first: a copy that is broken off must not cost the one from yesterday. */
async function writeCopy(raw: Database.Database, db: Db, own: string, copy: string): Promise<void> {
  await refuseToOverwrite(copy, own, db);
  const unfinished = `${copy}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    await raw.backup(unfinished);
    const done = new Database(unfinished);
    done.pragma('journal_mode = DELETE');
    done.close();
    renameSync(unfinished, copy);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    throw new StoreError(
      troubleOf(cause) === 'full'
        ? `There is no room for the copy ${copy}. Nothing of it was kept.`
        : `The copy ${copy} could not be written. Check that its folder exists, that this account may write there, and that there is room.`,
      { cause },
    );
  }
}

/** @throws StoreError unless nothing is there, or an earlier copy of the same database. */
async function refuseToOverwrite(copy: string, own: string, db: Db): Promise<void> {
  const isBeside = ['-wal', '-shm', '-journal', '.lock'].some((end) => resolve(copy) === resolve(own + end));
  if (isBeside || isSameFile(copy, own))
    throw new StoreError(`${copy} is the database itself. Give another file for the copy.`);
  if (isFolder(copy)) throw new StoreError(`${copy} is a folder. Give a file in it for the copy.`);
  if (sizeOf(copy) === 0 || (await isEarlierCopy(copy, db))) return;
  throw new StoreError(
    `${copy} is there already, and it is no earlier copy of this database. It was left as it is: give another name for the copy.`,
  );
}

/** By whatever names. */
export function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((file) => statSync(file, { throwIfNoEntry: false, bigint: true }));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

async function isEarlierCopy(file: string, db: Db): Promise<boolean> {
  // What is in use, or was no copy of ours, has another kind of journal; opening it could leave files beside it.
  if (sizeOf(`${file}-wal`) > 0 || byteAt(file, 18) !== 1) return false;
  let found: Store | undefined;
  try {
    found = openToRead(file);
    return await isCopyOf(found.db, db);
  } catch {
    return false;
  } finally {
    await found?.close();
  }
}

function keepToThisAccount(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  // One that is not to be written stays so, and is told.
  if (!found?.isFile() || (found.mode & 0o077) === 0 || (found.mode & 0o200) === 0) return;
  try {
    chmodSync(file, 0o600);
  } catch {
    // Somebody else's file, lent to this account: its owner decides.
  }
}

const notWritable = (file: string): string =>
  `The database ${file} cannot be written. Give the account that runs the bot permission to write the file and its folder, or set DATABASE_URL to another place.`;

function whyNotOpened(file: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (isFolder(file))
    return `${file} is a folder. Name a file in it, for example file:${join(file, 'chatr.db')}.`;
  if (troubleOf(cause) === 'full') return `The database ${file} could not be opened. ${fullDisk}`;
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return notWritable(file);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return `The file ${file} is not a readable database. Nothing in it was changed. Restore a backup, or set DATABASE_URL to another file.`;
  if (code === 'ENAMETOOLONG' || code === 'ELOOP')
    return `The database ${file} cannot be opened: ${code === 'ELOOP' ? 'its links lead in a circle' : 'its name is too long'}. Set DATABASE_URL to another file.`;
  if (code === 'SQLITE_CANTOPEN' || code === 'ENOTDIR' || code === 'EEXIST' || code === 'ENOENT')
    return `The database ${file} cannot be opened. Check that the folder exists and that this account may read and write it.`;
  if (code.startsWith('SQLITE_BUSY'))
    return `The database ${file} is in use by another program. Only one bot may run on a database: stop the other one first.`;
  return `The database ${file} could not be opened (${code || 'unknown reason'}).`;
}

/**
 * Keeps the statements that were run last. Kysely prepares anew on every query, which is 6.6 times slower on a key look-up
 * and leaves the memory to the garbage collector. A month of a group asks some 870 different things, and what each beat asks
 * must not be pushed out by them: of 138,000 queries 1,000 are prepared.
 */
function preparedOnce(raw: Database.Database, max = 400): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const statement = kept.get(text) ?? (raw.prepare(text) as unknown as SqliteStatement);
      // To the end: whatever stands first was not run for the longest time.
      kept.delete(text);
      if (kept.size >= max) kept.delete(kept.keys().next().value as string);
      kept.set(text, statement);
      return statement;
    },
    close: () => raw.close(),
  };
}

/** Any number that stands for the bot's beat among a database's advisory locks. */
const beatLock = 2_420_826;

async function openPostgres(url: string, place: string, { before }: OpenOptions): Promise<Store> {
  const { default: pg } = await import('pg');
  // count(*) and sum() arrive as text otherwise, and "10" < "9".
  pg.types.setTypeParser(20, Number);
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
  // A server that restarts ends its connections. Whoever is using one hears of it; for the idle ones an error that nobody
  // listens to would end the program, and the pool opens new ones by itself.
  const ignore = () => {};
  pool.on('error', ignore).on('connect', (client) => void client.on('error', ignore));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
  } catch (cause) {
    await db.destroy();
    throw new StoreError(whyNoServer(place, cause), { cause });
  }
  try {
    await before?.(db, place);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    engine: 'postgres',
    place,
    settle: async () => {},
    compact: async () => {},
    backup: () => Promise.reject(new StoreError('For PostgreSQL, make the backup with pg_dump.')),
    withForeignKeysOff: (work) => work(),
    // The lock is the transaction's, not the connection's: it ends with it, behind a pooler and after a kill as well.
    inTurn: (work) =>
      db.transaction().execute(async (trx) => {
        const { rows } = await sql<{
          mine: boolean;
        }>`select pg_try_advisory_xact_lock(${beatLock}) as mine`.execute(trx);
        if (rows[0]?.mine) await work();
      }),
    close: () => db.destroy(),
  };
}

function whyNoServer(place: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === '28P01' || code === '28000')
    return `The PostgreSQL server of ${place} does not accept the name or the password in DATABASE_URL.`;
  if (code === '3D000')
    return `The PostgreSQL server has no database of that name (${place}). Make it first.`;
  return `The PostgreSQL server in DATABASE_URL (${place}) did not answer. Check the address, the name and the password.`;
}

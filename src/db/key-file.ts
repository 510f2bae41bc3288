import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  DecryptionError,
  decrypt,
  derive,
  encrypt,
  firstMarkKey,
  type Keys,
  keyLength,
} from '../lib/crypto.ts';
import { isFolder, isSameFile, openRaw, type RawDatabase, sizeOf } from './open.ts';
import { fullDisk, StoreError, troubleOf } from './trouble.ts';

/**
 * The owners' keys in a file of their own. Each lies under a keyed hash of its owner's name, in the order of the hashes,
 * wrapped by the master key: without that the file says nothing but how many keys there are.
 */
export type KeyFile = Keys & {
  /** Told to the database, so that another one's file is noticed. */
  readonly id: string;
  /** Grows with each change. The database remembers it, so that an older copy is noticed. */
  generation(): number;
  /** Marks of all that was destroyed or buried. */
  listForgotten(): string[];
  /** Forgets what the database knows to be forgotten: this may be a copy from before. */
  forgetToo(marks: readonly string[]): void;
  /** Wraps everything anew, all or nothing: what is sealed stays as it is. */
  rewrap(master: Buffer): void;
  close(): void;
};

export class WrongMasterKey extends StoreError {}

/** "ChKy": what the header of such a file says. */
const applicationId = 0x43_68_4b_79;
/** What else is wrapped: what names are hashed with, and what marks are made with. */
const secrets = ['names', 'marks'] as const;

/**
 * Opens the key file, and makes it where there is none.
 * @throws StoreError when it is none, was wrapped with another master key, or cannot be written.
 */
export function openKeyFile(file: string, master: Buffer): KeyFile {
  let raw: RawDatabase | undefined;
  try {
    raw = openRaw(file);
    raw.pragma('busy_timeout = 1000');
    // Whoever copies the file copies all of it: no key lies beside it in a log.
    raw.pragma('journal_mode = DELETE');
    raw.pragma('synchronous = EXTRA');
    raw.pragma('secure_delete = ON');
    raw.pragma('trusted_schema = OFF');
    make(raw, file, master);
    return keysIn(raw, file, master);
  } catch (cause) {
    raw?.close();
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(whyNotOpened(file, cause), { cause });
  }
}

function whyNotOpened(file: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (isFolder(file)) return `CHATR_KEY_FILE ${file} is a folder. Name a file in it.`;
  if (troubleOf(cause) === 'full') return `The key file ${file} could not be written. ${fullDisk}`;
  if (troubleOf(cause) === 'busy')
    return `The key file ${file} is in use by another program. Close that one first.`;
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return damaged(file);
  return `The key file ${file} cannot be opened (${code || 'unknown reason'}). Check that its folder exists, and that this account may read and write both.`;
}

function make(raw: RawDatabase, file: string, master: Buffer): void {
  const isOurs = () => raw.pragma('application_id', { simple: true }) === applicationId;
  if (isOurs()) return;
  raw
    .transaction(() => {
      // Of two that start at once the second finds it made.
      if (isOurs()) return;
      if (raw.prepare('select 1 from sqlite_schema').get() !== undefined)
        throw new StoreError(
          `${file} is no key file. Nothing in it was changed. Set CHATR_KEY_FILE to the one that is meant.`,
        );
      raw.pragma(`application_id = ${applicationId}`);
      raw.exec('create table about (name text primary key, value blob not null) strict, without rowid');
      raw.exec('create table keys (name blob primary key, wrapped blob not null) strict, without rowid');
      raw.exec('create table forgotten (mark text primary key) strict, without rowid');
      const about = raw.prepare('insert into about (name, value) values (?, ?)');
      about.run('id', randomBytes(16));
      about.run('generation', Buffer.from('0'));
      about.run('traces', Buffer.from('no'));
      about.run('names', wrap(wrappingKey(master), 'names', randomBytes(keyLength)));
      about.run('marks', wrap(wrappingKey(master), 'marks', firstMarkKey(master)));
    })
    .immediate();
}

function keysIn(raw: RawDatabase, file: string, master: Buffer): KeyFile {
  let wrapping = wrappingKey(master);
  const aboutRow = raw.prepare('select value from about where name = ?').pluck();
  const about = (name: string): Buffer => {
    const value: unknown = aboutRow.get(name);
    if (!Buffer.isBuffer(value)) throw new StoreError(damaged(file));
    return value;
  };
  const secretOf = (name: (typeof secrets)[number]): Buffer => unwrap(wrapping, name, about(name));
  let names: Buffer;
  let markKey: Buffer;
  try {
    [names, markKey] = [secretOf('names'), secretOf('marks')];
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    throw new WrongMasterKey(
      `CHATR_ENCRYPTION_KEY is not the key of this database: it does not open the keys in ${file}. Nothing was changed. Put the earlier key back; after npm run rotate-key that is the new one. Without it nobody can read what people wrote.`,
    );
  }
  let wrappedAs = about('names');
  const refuseRewrapped = (): void => {
    if (about('names').equals(wrappedAs)) return;
    throw new StoreError(
      `The keys in ${file} have been wrapped with another master key meanwhile. Set CHATR_ENCRYPTION_KEY to that one and start again.`,
    );
  };
  const hash = (kind: string, name: string) => createHmac('sha256', names).update(`${kind} ${name}`).digest();
  const idOf = (owner: string) => hash('owner', owner).subarray(0, 16);
  const markOf = (kind: 'buried' | 'key', name: string) =>
    hash(kind, name).toString('base64url').slice(0, 22);

  const one = raw.prepare('select wrapped from keys where name = ?').pluck();
  const all = raw.prepare<[], { name: Buffer; wrapped: Buffer }>('select name, wrapped from keys');
  const isKnown = raw.prepare('select 1 from forgotten where mark = ?').pluck();
  const insert = raw.prepare('insert into keys (name, wrapped) values (?, ?) on conflict do nothing');
  const remove = raw.prepare('delete from keys where name = ?');
  const remember = raw.prepare('insert into forgotten (mark) values (?) on conflict do nothing');
  const dataVersion = raw.prepare('pragma data_version').pluck();
  const setAbout = raw.prepare('update about set value = ? where name = ?');
  const generation = () => Number(about('generation').toString());

  const known = new Map<string, Buffer>();
  /** Asked for everybody at each start; mostly nobody is in it. */
  let forgotten: Set<string> | undefined;
  let version: unknown;
  let isFresh = false;
  /** Another program may have destroyed keys, or wrapped them anew. Once in each turn is soon enough. */
  const refresh = (): void => {
    if (isFresh) return;
    isFresh = true;
    setImmediate(() => {
      isFresh = false;
    });
    const now = dataVersion.get();
    if (now === version) return;
    known.clear();
    forgotten = undefined;
    refuseRewrapped();
    version = now;
  };
  const read = (owner: string): Buffer | undefined => {
    const name = idOf(owner);
    const wrapped: unknown = one.get(name);
    return Buffer.isBuffer(wrapped) ? unwrap(wrapping, name.toString('hex'), wrapped) : undefined;
  };
  /** A damaged one ends as well. */
  const readable = (owner: string): Buffer | undefined => {
    try {
      return read(owner);
    } catch (error) {
      if (error instanceof DecryptionError) return undefined;
      throw error;
    }
  };
  const listForgotten = () => raw.prepare<[], string>('select mark from forgotten').pluck().all() as string[];
  /** All or nothing, and on the disk when it returns. @param work says how much it changed. */
  const change = (work: () => number): void => {
    raw
      .transaction(() => {
        refuseRewrapped();
        if (work() > 0) setAbout.run(Buffer.from(String(generation() + 1)), 'generation');
      })
      .immediate();
    forgotten = undefined;
  };
  const hasTraces = () => about('traces').toString() === 'yes';
  /** Between the rows may be left what was there: the file is written anew. */
  const leaveNoTrace = (): void => {
    raw.exec('vacuum');
    setAbout.run(Buffer.from('no'), 'traces');
  };
  /** A change that ends keys. A kill before their last trace is gone is known at the next start. */
  const end = (work: () => number): void => {
    change(() => {
      const count = work();
      if (count > 0) setAbout.run(Buffer.from('yes'), 'traces');
      return count;
    });
    known.clear();
    // Those of an earlier change too, while which somebody read the file.
    if (hasTraces()) leaveNoTrace();
  };
  const bury = (marks: readonly string[]): number =>
    marks.reduce((sum, mark) => sum + remember.run(mark).changes, 0);

  if (hasTraces()) leaveNoTrace();
  return {
    id: about('id').toString('hex'),
    markKey,
    generation,
    find(owner) {
      refresh();
      const kept = known.get(owner) ?? read(owner);
      if (kept) known.set(owner, kept);
      return kept;
    },
    make(owners) {
      refresh();
      const missing = [...new Set(owners)].filter((owner) => !known.has(owner));
      if (missing.some((owner) => read(owner) === undefined))
        change(() =>
          missing.reduce((sum, owner) => {
            const name = idOf(owner);
            return (
              sum + insert.run(name, wrap(wrapping, name.toString('hex'), randomBytes(keyLength))).changes
            );
          }, 0),
        );
      // Of two programs that make one at once, the one that is there counts.
      return owners.map((owner) => {
        const key = known.get(owner) ?? read(owner);
        if (!key) throw new StoreError(damaged(file));
        known.set(owner, key);
        return key;
      });
    },
    destroy(owners) {
      end(() =>
        owners.reduce((sum, owner) => {
          const key = readable(owner);
          if (key) remember.run(markOf('key', key.toString('hex')));
          return sum + remove.run(idOf(owner)).changes;
        }, 0),
      );
    },
    bury: (buried) => change(() => bury(buried.map((name) => markOf('buried', name)))),
    isBuried(name) {
      refresh();
      forgotten ??= new Set(listForgotten());
      return forgotten.size > 0 && forgotten.has(markOf('buried', name));
    },
    listForgotten,
    forgetToo(marks) {
      end(() => {
        if (bury(marks) === 0) return 0;
        for (const { name, wrapped } of all.all()) {
          const key = unwrap(wrapping, name.toString('hex'), wrapped);
          if (isKnown.get(markOf('key', key.toString('hex'))) !== undefined) remove.run(name);
        }
        return 1;
      });
    },
    rewrap(next) {
      const to = wrappingKey(next);
      const again = raw.prepare('update keys set wrapped = ? where name = ?');
      end(() => {
        for (const { name, wrapped } of all.all())
          again.run(wrap(to, name.toString('hex'), unwrap(wrapping, name.toString('hex'), wrapped)), name);
        for (const name of secrets) setAbout.run(wrap(to, name, secretOf(name)), name);
        return 1;
      });
      [wrapping, wrappedAs] = [to, about('names')];
    },
    close: () => void raw.close(),
  };
}

const damaged = (file: string): string =>
  `${file} is no readable key file: it is damaged, or something else. Nothing in it was changed. Put a copy of the key file there, or set CHATR_KEY_FILE to the one that is meant.`;

/** What wraps keys is not what older versions sealed words with. */
const wrappingKey = (master: Buffer): Buffer => derive(master, 'owners’ keys');

const [nonceLength, tagLength] = [12, 16];

const wrap = (wrapping: Buffer, name: string, key: Buffer): Buffer =>
  Buffer.concat(encrypt(wrapping, key, Buffer.from(name)));

const unwrap = (wrapping: Buffer, name: string, wrapped: Buffer): Buffer =>
  decrypt(
    wrapping,
    [
      wrapped.subarray(0, nonceLength),
      wrapped.subarray(nonceLength, nonceLength + tagLength),
      wrapped.subarray(nonceLength + tagLength),
    ],
    Buffer.from(name),
  );

/**
 * Copies a key file while it is in use, over an earlier copy of it at most. The master key is not needed.
 * @param expected the id it must have; undefined: any.
 * @throws StoreError when it is none, or the copy cannot be written.
 */
export function copyKeyFile(file: string, copy: string, expected?: string): void {
  const id = idIn(file);
  if (!id) throw new StoreError(`${file} is no readable key file. The keys were not copied.`);
  if (expected !== undefined && id !== expected)
    throw new StoreError(
      `The key file ${file} belongs to another database. The keys were not copied. Put CHATR_KEY_FILE right.`,
    );
  refuseToOverwrite(copy, file, id);
  const unfinished = `${copy}.unfinished`;
  try {
    mkdirSync(dirname(copy), { recursive: true });
    rmSync(unfinished, { force: true });
    const raw = openRaw(file, { readonly: true });
    try {
      raw.prepare('vacuum into ?').run(unfinished);
    } finally {
      raw.close();
    }
    sync(unfinished);
    renameSync(unfinished, copy);
    sync(dirname(copy));
  } catch (cause) {
    rmSync(unfinished, { force: true });
    throw new StoreError(
      troubleOf(cause) === 'full'
        ? `The keys could not be copied to ${copy}. ${fullDisk}`
        : `The keys could not be copied to ${copy}. Check that this account may write there.`,
      { cause },
    );
  }
}

/** @throws StoreError unless nothing is there, or an earlier copy of the same file. */
function refuseToOverwrite(copy: string, own: string, id: string): void {
  if (isSameFile(copy, own))
    throw new StoreError(`${copy} is the key file itself. Give another file for the copy.`);
  if (isFolder(copy)) throw new StoreError(`${copy} is a folder. Give a file in it for the copy.`);
  if (sizeOf(copy) === 0 || idIn(copy) === id) return;
  throw new StoreError(
    `${copy} is there already, and it is no earlier copy of this key file. It was left as it is: give another name for the copy.`,
  );
}

/** Undefined for what is no key file, or a damaged one. */
function idIn(file: string): string | undefined {
  if (sizeOf(file) === 0) return undefined;
  let raw: RawDatabase | undefined;
  try {
    raw = openRaw(file, { readonly: true });
    if (raw.pragma('application_id', { simple: true }) !== applicationId) return undefined;
    if (raw.pragma('quick_check', { simple: true }) !== 'ok') return undefined;
    const id: unknown = raw.prepare("select value from about where name = 'id'").pluck().get();
    return Buffer.isBuffer(id) ? id.toString('hex') : undefined;
  } catch {
    return undefined;
  } finally {
    raw?.close();
  }
}

function sync(file: string): void {
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    // Windows syncs no folders.
    if (process.platform !== 'win32') throw error;
  } finally {
    closeSync(handle);
  }
}

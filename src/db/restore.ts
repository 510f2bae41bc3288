import { copyFileSync, existsSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { sql } from 'kysely';
import { createVault } from '../lib/crypto.ts';
import { Wrong } from '../lib/wrong.ts';
import { readAddress } from './address.ts';
import { appliedNames } from './applied.ts';
import { checkKey } from './key.ts';
import { type KeyFile, openKeyFile } from './key-file.ts';
import { refuseNewer } from './migrate.ts';
import { holdAlone, isSameFile, openToRead, refuseToReplace, sizeOf } from './open.ts';
import type { Db } from './schema.ts';
import { StoreError } from './trouble.ts';

export type RestoringKeys = {
  encryptionKey: Buffer;
  /** The present key file, whether or not it is there. */
  place: string;
  /** A copy to be put in its place. Left out: it stays as it is, and with it what was forgotten since. */
  copy?: string | undefined;
};

/**
 * Puts a backup in the place of the database that `url` names, whatever state that is in, and of the key file where that is
 * asked for. Nothing is overwritten: what was there is kept beside it.
 * @returns the names that were kept.
 * @throws StoreError when the copy is not whole, is of a newer version or of other keys, or a bot is running.
 */
export async function restore(copy: string, url: string, keys: RestoringKeys, now: Date): Promise<string[]> {
  const address = readAddress(url);
  if (address instanceof Wrong) throw new StoreError(`DATABASE_URL ${address.problem}`);
  if (address.kind === 'postgres')
    throw new StoreError('DATABASE_URL names a PostgreSQL server: restore it with pg_restore or psql.');
  const file = existsSync(address.file) ? realpathSync(address.file) : address.file;
  if (!existsSync(copy)) throw new StoreError(`There is no file ${copy}. Nothing was changed.`);
  if (isSameFile(copy, file)) throw new StoreError(`${copy} is the database itself. Nothing was changed.`);
  const lock = holdAlone(file);
  try {
    await refuseToReplace(file);
    const found = openToRead(copy);
    const arrived = `${file}.restored`;
    const arrivedKeys = keys.copy === undefined ? undefined : bringKeys(keys, keys.copy);
    try {
      await examine(found.db, copy, keys, arrivedKeys ?? keys.place);
      await found.backup(arrived);
    } catch (error) {
      if (arrivedKeys !== undefined) rmSync(arrivedKeys, { force: true });
      throw error;
    } finally {
      await found.close();
    }
    const end = `.replaced-${now.toISOString().replace(/\W/g, '')}`;
    const kept = replace(file, arrived, end);
    return arrivedKeys === undefined ? kept : [...kept, ...replace(keys.place, arrivedKeys, end)];
  } finally {
    lock.close();
  }
}

/** What SQLite keeps beside a file. With another one in its place, it would work that into it. */
const besides = ['', '-wal', '-shm', '-journal'];

/** @returns what was there, under the names it has now. */
function replace(file: string, by: string, aside: string): string[] {
  const there = besides.filter((end) => existsSync(file + end));
  for (const end of there) renameSync(file + end, file + aside + end);
  renameSync(by, file);
  return there.map((end) => file + aside + end);
}

/**
 * Lays a copy of the key file beside its place. What is there knows best who was forgotten, so the copy learns that of it.
 * @returns its name.
 */
function bringKeys({ place, encryptionKey }: RestoringKeys, copy: string): string {
  if (!existsSync(copy)) throw new StoreError(`There is no file ${copy}. Nothing was changed.`);
  if (isSameFile(copy, place)) throw new StoreError(`${copy} is the key file itself. Nothing was changed.`);
  const arrived = `${place}.restored`;
  // Of one that was broken off.
  for (const end of besides) rmSync(arrived + end, { force: true });
  copyFileSync(copy, arrived);
  let brought: KeyFile | undefined;
  try {
    brought = openKeyFile(arrived, encryptionKey);
    const present = readable(place, encryptionKey);
    if (present?.id === brought.id) brought.forgetToo(present.listForgotten());
    present?.close();
    return arrived;
  } catch (error) {
    rmSync(arrived, { force: true });
    throw error;
  } finally {
    brought?.close();
  }
}

/** Undefined for one that is gone, damaged, or of another master key: that it is replaced may be why. */
function readable(place: string, encryptionKey: Buffer): KeyFile | undefined {
  if (sizeOf(place) === 0) return undefined;
  try {
    return openKeyFile(place, encryptionKey);
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

async function examine(db: Db, copy: string, { encryptionKey }: RestoringKeys, place: string): Promise<void> {
  const unchanged = 'Nothing was changed.';
  const damage = await damageOf(db);
  if (damage) throw new StoreError(`${copy} is damaged (${damage}). ${unchanged} Take an earlier copy.`);
  const applied = await appliedNames(db);
  if (applied.length === 0)
    throw new StoreError(`${copy} is not a copy of a database of ChATR Companion. ${unchanged}`);
  refuseNewer(applied);
  const keys = sizeOf(place) > 0 ? openKeyFile(place, encryptionKey) : undefined;
  try {
    await checkKey(db, applied, { keys, place, vault: createVault(encryptionKey, keys) });
  } finally {
    keys?.close();
  }
}

async function damageOf(db: Db): Promise<string | undefined> {
  try {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(db);
    return rows[0]?.quick_check === 'ok' ? undefined : rows[0]?.quick_check;
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  }
}

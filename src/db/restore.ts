import { existsSync, realpathSync, renameSync } from 'node:fs';
import { sql } from 'kysely';
import type { Vault } from '../lib/crypto.ts';
import { Wrong } from '../lib/wrong.ts';
import { readAddress } from './address.ts';
import { appliedNames } from './applied.ts';
import { checkKey } from './key.ts';
import { refuseNewer } from './migrate.ts';
import { holdAlone, isSameFile, openToRead, refuseToReplace } from './open.ts';
import type { Db } from './schema.ts';
import { StoreError } from './trouble.ts';

/**
 * Puts a backup in the place of the database that `url` names, whatever state that is in. Nothing is overwritten: what
 * was there is kept beside it.
 * @returns the names that were kept.
 * @throws StoreError when the copy is not whole, is of a newer version or of another key, or a bot is running.
 */
export async function restore(copy: string, url: string, vault: Vault, now: Date): Promise<string[]> {
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
    try {
      await examine(found.db, copy, vault);
      await found.backup(arrived);
    } finally {
      await found.close();
    }
    const aside = `${file}.replaced-${now.toISOString().replace(/\W/g, '')}`;
    const kept = ['', '-wal', '-shm', '-journal'].filter((end) => existsSync(file + end));
    for (const end of kept) renameSync(file + end, aside + end);
    renameSync(arrived, file);
    return kept.map((end) => aside + end);
  } finally {
    lock.close();
  }
}

async function examine(db: Db, copy: string, vault: Vault): Promise<void> {
  const unchanged = 'Nothing was changed.';
  const damage = await damageOf(db);
  if (damage) throw new StoreError(`${copy} is damaged (${damage}). ${unchanged} Take an earlier copy.`);
  const applied = await appliedNames(db);
  if (applied.length === 0)
    throw new StoreError(`${copy} is not a copy of a database of ChATR Companion. ${unchanged}`);
  refuseNewer(applied);
  await checkKey(db, vault, applied);
}

async function damageOf(db: Db): Promise<string | undefined> {
  try {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(db);
    return rows[0]?.quick_check === 'ok' ? undefined : rows[0]?.quick_check;
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  }
}

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { openStore, type Store } from '../../src/db/open.ts';
import { isQuick } from './quick-folder.ts';

/**
 * A PostgreSQL server on which the use cases are tested as well: `CHATR_TEST_DATABASE=postgres://… npm test`. Its account
 * must be allowed to make databases. Not set: SQLite in memory.
 */
export const postgresUrl = process.env.CHATR_TEST_DATABASE || undefined;

/** A migrated store of its own for one test, on the engine that is tested. Gone when the test is over. */
export async function givenStore(): Promise<Store> {
  const isCopied = postgresUrl === undefined && isQuick();
  const store = await openStore(
    isCopied ? await givenMigratedFile() : postgresUrl ? await givenDatabase(postgresUrl) : 'file::memory:',
  );
  onTestFinished(() => store.close());
  if (!isCopied) await migrate(store);
  return store;
}

let migrated: string | undefined;

/** Writes an empty database of this version to `file`. Migrating one takes longer than most of what is tested on it. */
export async function writeMigrated(file: string): Promise<void> {
  if (migrated === undefined) {
    const model = join(mkdtempSync(join(tmpdir(), 'chatr-migrated-')), 'chatr.db');
    const store = await openStore(`file:${model}`);
    await migrate(store);
    await store.close();
    migrated = model;
  }
  copyFileSync(migrated, file);
}

async function givenMigratedFile(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'chatr-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'chatr.db');
  await writeMigrated(file);
  return `file:${file}`;
}

let made = 0;

/** The address of an empty database of its own, so that tests can run beside each other on one server. */
export async function givenDatabase(server: string): Promise<string> {
  made += 1;
  const name = `chatr_test_${process.pid}_${made}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create database ${name}`);
  onTestFinished(() => run(`drop database ${name} with (force)`));
  const address = new URL(server);
  address.pathname = `/${name}`;
  return address.href;
}

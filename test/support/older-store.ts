import { createCipheriv, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { readMigrations } from '../../src/db/migrations/index.ts';
import { openStore } from '../../src/db/open.ts';
import type { Owner } from '../../src/lib/crypto.ts';

/** Fills a database as a version of the program left it that knew the migrations up to `last`. */
export async function givenOlderStore(
  url: string,
  last: string,
  fill: (put: (table: string, row: Record<string, unknown>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const store = await openStore(url);
  // The tables of that version are not those of this.
  const db = store.db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  const known = Object.entries(await readMigrations()).filter(([name]) => name <= last);
  const migrator = new Migrator({
    db: db as unknown as Kysely<unknown>,
    provider: { getMigrations: async () => Object.fromEntries(known) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  await fill(async (table, row) => void (await db.insertInto(table).values(row).execute()));
  await store.close();
}

/** As versions up to 0.1.0 sealed: no owner, no padding. */
export function sealedBefore(key: Buffer, text: string, place: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.');
}

/** As versions from 0008 until the key files sealed: with the master key, with a padding. */
export function sealedByMaster(master: Buffer, owner: Owner, words: string, place: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(
    Buffer.from(JSON.stringify([owner, place])),
  );
  const bytes = Buffer.from(words);
  const padded = Buffer.alloc(Math.max(256, 2 ** Math.ceil(Math.log2(bytes.length + 1))));
  bytes.copy(padded);
  padded[bytes.length] = 0x80;
  const body = Buffer.concat([cipher.update(padded), cipher.final()]);
  return ['v2', ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.');
}

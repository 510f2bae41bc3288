import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { StoreError } from './trouble.ts';

/** Which databases bots were started with from this folder, the latest last. `key` tells keys apart, and no more. */
const whereabouts = z.array(z.object({ database: z.string(), key: z.string(), startedAt: z.iso.datetime() }));
const atMost = 10;

export type Whereabouts = { file: string; place: string; encryptionKey: Buffer };

/**
 * Called when nothing is in the database that a bot is to be started with.
 * @throws StoreError when something was in it, or when there is another under the same key: an emptied file, a lost -wal
 * and a mistyped path look like a new community.
 */
export function refuseToForget({ file, place, encryptionKey }: Whereabouts): void {
  const known = read(file).toReversed();
  const last =
    known.find(({ database }) => database === place) ??
    known.find(({ key }) => key === fingerprintOf(encryptionKey));
  if (!last) return;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(last.startedAt));
  const what =
    last.database === place
      ? `The database ${place} had a community in it when the bot was last started with it, on ${day}. Now nothing is in it.`
      : `Nothing is in the database ${place}. When the bot was last started with this key, on ${day}, its community was in ${last.database}.`;
  throw new StoreError(
    `${what} Nothing was started. Put DATABASE_URL right, or bring back a copy: npm run restore -- FILE. To begin with an empty community on purpose: npm start -- --new`,
  );
}

/** @returns false where it could not be written. */
export function rememberDatabase({ file, place, encryptionKey }: Whereabouts, now: Date): boolean {
  const others = read(file).filter(({ database }) => database !== place);
  const kept: z.input<typeof whereabouts> = [
    ...others.slice(1 - atMost),
    { database: place, key: fingerprintOf(encryptionKey), startedAt: now.toISOString() },
  ];
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`);
    renameSync(`${file}.new`, file);
    return true;
  } catch {
    return false;
  }
}

function read(file: string): z.output<typeof whereabouts> {
  try {
    return whereabouts.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

const fingerprintOf = (key: Buffer): string =>
  createHmac('sha256', key).update('which databases are mine').digest('hex').slice(0, 16);

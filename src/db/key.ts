import { z } from 'zod';
import './tables.ts';
import { DecryptionError, type Owner, type Vault } from '../lib/crypto.ts';
import { appliedNames } from './applied.ts';
import type { KeyFile } from './key-file.ts';
import { probe, settingIn } from './probe.ts';
import type { Db } from './schema.ts';
import { StoreError } from './trouble.ts';

/** The row of `settings` that says which key file this database is used with, and how far that had come. */
const remembered = 'key-file';
const keyFileSeen = z.object({ id: z.string(), generation: z.number() });
type Seen = z.input<typeof keyFileSeen>;

export type KeyCheck = {
  vault: Vault;
  /** Undefined: there is none. */
  keys: Pick<KeyFile, 'id' | 'generation'> | undefined;
  /** Where it is looked for. */
  place: string;
  /** Somebody said that nothing better is to be had. */
  mayBeOlder?: boolean;
};

/**
 * Two keys would make two halves of a journal that never open together.
 * @param applied the migrations that ran on it.
 * @throws StoreError when what is in it was sealed with other keys than these.
 */
export async function checkKey(db: Db, applied: readonly string[], check: KeyCheck): Promise<void> {
  const { vault, keys, place, mayBeOlder = false } = check;
  const seen = await settingIn(db, applied, remembered);
  if (seen !== undefined) {
    const { id, generation } = keyFileSeen.parse(JSON.parse(seen));
    if (!keys)
      throw new StoreError(
        `The key file ${place} is not there, and what people wrote in this database opens only with the keys in it. Nothing was changed. Put CHATR_KEY_FILE right, or put a copy of the file there; npm run backup writes one beside each copy of the database.`,
      );
    if (keys.id !== id)
      throw new StoreError(
        `The key file ${place} belongs to another database. Nothing was changed. Put CHATR_KEY_FILE right, or put a copy of this database’s own key file there.`,
      );
    if (keys.generation() < generation && !mayBeOlder)
      throw new StoreError(
        `The key file ${place} is older than the database: keys that were made since are not in it. Nothing was changed. Put the latest copy of it there. If there is no later one: npm start -- --older-keys. What was sealed with the keys that are lost cannot be read by anybody any more, and whoever was forgotten stays forgotten.`,
      );
    return;
  }
  const sealed = await settingIn(db, applied, probe.key);
  const tries =
    sealed === undefined
      ? await someSealed(db, applied)
      : [{ owner: 'programme' as const, sealed, place: probe.place }];
  if (tries.length === 0 || tries.some((one) => opens(vault, one))) return;
  throw new StoreError(
    'CHATR_ENCRYPTION_KEY is not the key of this database: what people wrote in it was sealed with another one. Nothing was changed. Put the earlier key back; it was to be kept apart from the backups. Without it nobody can read those words again, and to begin anew DATABASE_URL must name a new file.',
  );
}

/** The id of the key file that a database was last used with; undefined where it was with none yet. */
export async function keyFileOf(db: Db): Promise<string | undefined> {
  const seen = await settingIn(db, await appliedNames(db), remembered);
  return seen === undefined ? undefined : keyFileSeen.parse(JSON.parse(seen)).id;
}

/** Seals the probe with the key of whoever comes first. @throws StoreError as `checkKey` does. */
export async function claimKey(db: Db, applied: readonly string[], check: KeyCheck): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key: probe.key, value: check.vault.sealFor('programme', probe.words, probe.place) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  await checkKey(db, applied, check);
}

/**
 * Database and key file each remember what the other has forgotten, so that an older copy of one alone brings nobody
 * back; and the database, how far the file has come. To be called at start and after changes.
 */
export async function rememberKeys(db: Db, keys: KeyFile): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const known = new Set(
      (await trx.selectFrom('forgotten').select('mark').execute()).map((row) => row.mark),
    );
    const here = new Set(keys.listForgotten());
    const [news, missing] = [
      [...here].filter((mark) => !known.has(mark)),
      [...known].filter((mark) => !here.has(mark)),
    ];
    for (const mark of news)
      await trx
        .insertInto('forgotten')
        .values({ mark })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    if (missing.length > 0) keys.forgetToo(missing);
    const value = JSON.stringify({ id: keys.id, generation: keys.generation() } satisfies Seen);
    await trx
      .insertInto('settings')
      .values({ key: remembered, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  });
}

/** In the transaction that deletes what was sealed for them: their key is destroyed once that is done, even after a kill. */
export async function endKey(db: Db, owner: Owner): Promise<void> {
  await db
    .insertInto('ending_keys')
    .values({ owner: JSON.stringify(owner) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const ended = z.union([
  z.literal('programme'),
  z.strictObject({ person: z.string() }),
  z.strictObject({ key: z.string() }),
  z.strictObject({ round: z.string() }),
]);

/** Destroys what was to end. At start, and in each beat. */
export async function destroyEnded(db: Db, vault: Vault): Promise<void> {
  const rows = await db.selectFrom('ending_keys').select('owner').execute();
  if (rows.length === 0) return;
  const owners = rows.map(({ owner }) => owner);
  vault.forget(...owners.map((owner) => ended.parse(JSON.parse(owner))));
  await db.deleteFrom('ending_keys').where('owner', 'in', owners).execute();
}

type Sealed = { owner: Owner; sealed: string; place: string };

/** From before there was a probe: some of what people wrote, newest first. */
async function someSealed(db: Db, applied: readonly string[]): Promise<Sealed[]> {
  const found: Sealed[] = [];
  for (const [table, of, migration, until] of [
    ['reflections', 'reflection', '0003-reflections'],
    ['reflection_drafts', 'reflection-draft', '0003-reflections'],
    ['answers', 'answer', '0004-checkins', '0008-sealed'],
  ] as const) {
    if (!applied.includes(migration) || (until && applied.includes(until))) continue;
    const rows = await db
      // Tables of earlier versions among them.
      .selectFrom(table as 'reflections')
      .select(['id', 'person_id', 'sealed'])
      .orderBy('id', 'desc')
      .limit(20)
      .execute();
    found.push(
      ...rows.map(({ id, person_id, sealed }) => ({
        owner: { person: person_id },
        sealed,
        place: `${of}:${id}`,
      })),
    );
  }
  return found;
}

function opens(vault: Vault, { owner, sealed, place }: Sealed): boolean {
  try {
    vault.openFor(owner, sealed, place);
    return true;
  } catch (error) {
    if (error instanceof DecryptionError) return false;
    throw error;
  }
}

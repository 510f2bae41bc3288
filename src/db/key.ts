import { DecryptionError, type Owner, type Vault } from '../lib/crypto.ts';
import { appliedNames } from './applied.ts';
import type { Db } from './schema.ts';
import { StoreError } from './trouble.ts';

/** The row of `settings` that tells whether a key is the one of this database: sealed when it was made. */
const probe = { key: 'key-probe', words: 'the key of this database' };
/** The migration that makes that table. */
const first = '0001-community';
const context = `settings:${probe.key}`;

/**
 * Two keys would make two halves of a journal that never open together.
 * @param applied the migrations that ran on it.
 * @throws StoreError when what is in it was sealed with another key.
 */
export async function checkKey(db: Db, vault: Vault, applied: readonly string[]): Promise<void> {
  const sealed = await probeIn(db, applied);
  const tries =
    sealed === undefined ? await someSealed(db, applied) : [{ owner: 'programme' as const, sealed, context }];
  if (tries.length === 0 || tries.some((one) => opens(vault, one))) return;
  throw new StoreError(
    'CHATR_ENCRYPTION_KEY is not the key of this database: what people wrote in it was sealed with another one. Nothing was changed. Put the earlier key back; it was to be kept apart from the backups. Without it nobody can read those words again, and to begin anew DATABASE_URL must name a new file.',
  );
}

/** Seals the probe with the key of whoever comes first. @throws StoreError as `checkKey` does. */
export async function claimKey(db: Db, vault: Vault): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key: probe.key, value: vault.sealFor('programme', probe.words, context) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  await checkKey(db, vault, [first]);
}

/** Whether one of them is a copy of the other: a probe is sealed once. Those from before there was one are taken as such. */
export async function isCopyOf(copy: Db, db: Db): Promise<boolean> {
  const [applied, ours] = [await appliedNames(copy), await appliedNames(db)];
  if (!applied.includes(first)) return false;
  const sealed = await probeIn(copy, applied);
  return sealed === undefined || sealed === (await probeIn(db, ours));
}

async function probeIn(db: Db, applied: readonly string[]): Promise<string | undefined> {
  if (!applied.includes(first)) return undefined;
  const row = await db.selectFrom('settings').select('value').where('key', '=', probe.key).executeTakeFirst();
  return row?.value;
}

type Sealed = { owner: Owner; sealed: string; context: string };

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
        context: `${of}:${id}`,
      })),
    );
  }
  return found;
}

function opens(vault: Vault, { owner, sealed, context }: Sealed): boolean {
  try {
    vault.openFor(owner, sealed, context);
    return true;
  } catch (error) {
    if (error instanceof DecryptionError) return false;
    throw error;
  }
}

import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { appliedNames } from './applied.ts';
import { migrations, readMigrations } from './migrations/index.ts';
import type { Store } from './open.ts';
import { fullDisk, StoreError, troubleOf } from './trouble.ts';

/**
 * Brings the store to this program's version, each migration in a transaction.
 * @param beforeChange called once when there is something to do and the store already holds data: take a backup.
 * @returns the names of the migrations that ran.
 * @throws StoreError when the store was written by a newer version, or a migration fails (nothing of it is kept).
 */
export async function migrate(store: Store, beforeChange?: () => Promise<void>): Promise<string[]> {
  const applied = await appliedNames(store.db);
  refuseNewer(applied);
  const waiting = waitingAfter(applied);
  if (waiting.length === 0) return [];
  if (applied.length > 0) await beforeChange?.();
  const migrator = new Migrator({
    db: store.db as unknown as Kysely<unknown>,
    provider: { getMigrations: readMigrations },
  });
  await store.withForeignKeysOff(async () => {
    const { error, results } = await migrator.migrateToLatest();
    if (error === undefined) return;
    const failed = results?.find((result) => result.status === 'Error');
    if (troubleOf(error) === 'full')
      throw new StoreError(`The database could not be brought up to date. ${fullDisk}`, { cause: error });
    throw new StoreError(
      `The database could not be brought up to date (${failed?.migrationName ?? 'before the first step'}). Nothing of that step was kept.`,
      { cause: error },
    );
  });
  return waiting;
}

/** The migrations that are still to run on a store; none: it is of this version. */
export const waitingAfter = (applied: readonly string[]): string[] =>
  Object.keys(migrations).filter((name) => !applied.includes(name));

/** @throws StoreError when one of these migrations is unknown to this program. */
export function refuseNewer(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0)
    throw new StoreError(
      `This database was written by a newer version of ChATR Companion (it has "${unknown.at(-1)}", which this version does not know). Nothing was changed. Install the newer version again, or restore a backup from before the update.`,
    );
}

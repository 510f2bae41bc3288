import { hasAnybody, isResealed, noteResealed, resealColumn } from '../db/reseal.ts';
import type { Db } from '../db/schema.ts';
import type { Vault } from '../lib/crypto.ts';
import { sealedMessages } from '../outbox/outbox.ts';
import type { Feature, Sealed } from './feature.ts';

/**
 * What versions before the migration 0008 kept in clear is sealed, before anybody is served: a migration has not the key.
 * With a key that opens nothing of what is there, nothing is sealed.
 * @returns undefined when there was nothing to do.
 */
export async function sealUnsealed(db: Db, features: readonly Feature[]): Promise<Sealed | undefined> {
  const waits = await db
    .selectFrom('settings')
    .select('key')
    .where('key', '=', 'unsealed')
    .executeTakeFirst();
  if (!waits) return undefined;
  return db.transaction().execute(async (trx) => {
    const tables = new Set((await trx.introspection.getTables()).map(({ name }) => name));
    let sealed: Sealed = 'done';
    for (const feature of features) {
      const here = await feature.sealUnsealed?.(trx, tables);
      if (here === 'wrong-key') return here;
      if (here === 'some-left') sealed = here;
    }
    if (sealed === 'done') await trx.deleteFrom('settings').where('key', '=', 'unsealed').execute();
    return sealed;
  });
}

/**
 * What versions before the migration 0034 sealed with the master key is sealed for its owners, before anybody is served: a
 * part at a time, and after a kill from there on. @returns false when there was nothing to do.
 */
export async function resealAll(db: Db, vault: Vault, features: readonly Feature[]): Promise<boolean> {
  if (await isResealed(db)) return false;
  if (!(await hasAnybody(db))) {
    await noteResealed(db);
    return false;
  }
  for (const column of [sealedMessages, ...features.flatMap((feature) => feature.sealedColumns ?? [])])
    await resealColumn(db, vault, column);
  for (const feature of features) await feature.resealMore?.(db);
  await noteResealed(db);
  return true;
}

import { z } from 'zod';
import type { Db } from '../../../db/schema.ts';
import { usualGroupSize } from './mixing.ts';
import './tables.ts';
import { type Counts, toldAgain } from './who-comes.ts';

/** What the hosts of a session have settled together: whichever of them looks or takes the file sees the same. */
export type Settled = {
  groupSize: number;
  seed: string;
  /** Undefined: the first that fits. */
  caseId: string | undefined;
};

export async function findSettled(db: Db, sessionId: string): Promise<Settled> {
  const row = await db
    .selectFrom('training_packs')
    .selectAll()
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return row
    ? { groupSize: row.group_size, seed: row.seed, caseId: row.case_id ?? undefined }
    : { groupSize: usualGroupSize, seed: sessionId, caseId: undefined };
}

/** In a transaction: nobody else changes it until that is over. */
export async function holdSettled(db: Db, sessionId: string): Promise<void> {
  await db
    .insertInto('training_packs')
    .values({ session_id: sessionId, group_size: usualGroupSize, seed: sessionId, case_id: null })
    .onConflict((conflict) =>
      conflict
        .column('session_id')
        .doUpdateSet((eb) => ({ group_size: eb.ref('training_packs.group_size') })),
    )
    .execute();
}

export async function saveSettled(db: Db, sessionId: string, settled: Settled): Promise<void> {
  const row = { group_size: settled.groupSize, seed: settled.seed, case_id: settled.caseId ?? null };
  await db
    .insertInto('training_packs')
    .values({ session_id: sessionId, ...row })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet(row))
    .execute();
}

const counted = z.object({
  people: z.number(),
  shown: z.array(z.object({ label: z.string(), count: z.union([z.number(), z.literal('most')]) })),
});
const told = z.object({ professions: counted, organisations: counted });

/** What is told now of who comes: see `toldAgain`. It is kept, so that all who run the session are told the same. */
export async function tellCounts(db: Db, sessionId: string, now: Counts): Promise<Counts> {
  return db.transaction().execute(async (trx) => {
    await holdSettled(trx, sessionId);
    const row = await trx
      .selectFrom('training_packs')
      .select('counted')
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    const before = row?.counted ? told.parse(JSON.parse(row.counted)) : undefined;
    const said = toldAgain(before, now);
    if (said !== before)
      await trx
        .updateTable('training_packs')
        .set({ counted: JSON.stringify(said) })
        .where('session_id', '=', sessionId)
        .execute();
    return said;
  });
}

import type { Db } from '../../../db/schema.ts';
import { usualGroupSize } from './mixing.ts';
import './tables.ts';

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

export async function saveSettled(db: Db, sessionId: string, settled: Settled): Promise<void> {
  const row = { group_size: settled.groupSize, seed: settled.seed, case_id: settled.caseId ?? null };
  await db
    .insertInto('training_packs')
    .values({ session_id: sessionId, ...row })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet(row))
    .execute();
}

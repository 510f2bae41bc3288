import '../../tables.ts';
import { somebodyGone } from '../../../../community/holdings.ts';
import { forRound } from '../../../../db/reseal.ts';
import type { Db } from '../../../../db/schema.ts';
import { openJson, type Vault } from '../../../../lib/crypto.ts';
import { type Heard, heardSchema } from './message.ts';

const place = (roundId: string) => `given-back:${roundId}`;

/** Where it lies. */
export const sealedHeard = forRound({
  table: 'given_back',
  by: ['round_id'],
  place: ({ round_id }) => place(round_id),
});

/** In bytes, so that the row does not tell how much was written. */
const room = 16 * 1024;

const seal = (vault: Vault, roundId: string, heard: Heard): string =>
  vault.sealFor({ round: roundId }, JSON.stringify(heard), place(roundId), room);

export type Kept = { heard: Heard; postedAt: Date | undefined; mark: string };

export async function findHeard(
  db: Db,
  { vault }: { vault: Vault },
  roundId: string,
): Promise<Kept | undefined> {
  const row = await db
    .selectFrom('given_back')
    .selectAll()
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  const heard = row && openJson(vault, { round: roundId }, row.sealed, place(roundId), heardSchema);
  return (
    heard && {
      heard,
      postedAt: row.posted_at === null ? undefined : new Date(row.posted_at),
      mark: vault.markOf(JSON.stringify(heard)).slice(0, 22),
    }
  );
}

/** A draft is written over, what was posted is not. */
export async function writeHeard(
  db: Db,
  { vault }: { vault: Vault },
  roundId: string,
  heard: Heard,
  personId: string,
): Promise<void> {
  const row = { sealed: seal(vault, roundId, heard), written_by: personId };
  await db
    .insertInto('given_back')
    .values({ round_id: roundId, ...row, posted_at: null })
    .onConflict((conflict) =>
      conflict.column('round_id').doUpdateSet(row).where('given_back.posted_at', 'is', null),
    )
    .execute();
}

/** @returns whether this was the first time. */
export async function recordPosted(db: Db, roundId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('given_back')
    .set({ posted_at: now.toISOString() })
    .where('round_id', '=', roundId)
    .where('posted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Of what somebody wrote who is deleted: a group's own stays, without their name. */
export async function takeNameOff(db: Db, sealing: { vault: Vault }, personId: string): Promise<void> {
  const rows = await db
    .selectFrom('given_back')
    .select('round_id')
    .where('written_by', '=', personId)
    .execute();
  for (const { round_id: roundId } of rows) {
    const kept = await findHeard(db, sealing, roundId);
    await db
      .updateTable('given_back')
      .set({
        written_by: somebodyGone,
        ...(kept && { sealed: seal(sealing.vault, roundId, { ...kept.heard, by: 'A colleague' }) }),
      })
      .where('round_id', '=', roundId)
      .execute();
  }
}

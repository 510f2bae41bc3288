import { z } from 'zod';
import '../tables.ts';
import { forRound } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';

const hiddenWords = z.array(z.object({ question: z.string(), text: z.string() }));
export type Hidden = z.output<typeof hiddenWords>;
const place = (roundId: string) => `hidden-words:${roundId}`;

/** Where they lie. */
export const sealedHidden = forRound({
  table: 'hidden_words',
  by: ['round_id'],
  place: ({ round_id }) => place(round_id),
});

/** So many bytes at least, so that the row does not tell how much was hidden. */
const room = 8 * 1024;

export async function readHidden(db: Db, vault: Vault, roundId: string): Promise<Hidden> {
  const row = await db
    .selectFrom('hidden_words')
    .select('sealed')
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return (row && openJson(vault, { round: roundId }, row.sealed, place(roundId), hiddenWords)) ?? [];
}

/** What is not shown of a question's answers, by what it says: whose it is, is not known here either. */
export const listHidden = async (
  db: Db,
  vault: Vault,
  roundId: string,
  question: string,
): Promise<string[]> =>
  (await readHidden(db, vault, roundId)).flatMap((one) => (one.question === question ? [one.text] : []));

/** Holds the row until the transaction is over, so that of two at once the second sees what the first has done. */
export async function holdHidden(db: Db, vault: Vault, roundId: string): Promise<Hidden> {
  await db
    .insertInto('hidden_words')
    .values({ round_id: roundId, sealed: seal(vault, roundId, []) })
    .onConflict((conflict) => conflict.column('round_id').doUpdateSet({ round_id: roundId }))
    .execute();
  return readHidden(db, vault, roundId);
}

export async function writeHidden(db: Db, vault: Vault, roundId: string, hidden: Hidden): Promise<void> {
  await db
    .updateTable('hidden_words')
    .set({ sealed: seal(vault, roundId, hidden) })
    .where('round_id', '=', roundId)
    .execute();
}

const seal = (vault: Vault, roundId: string, hidden: Hidden): string =>
  vault.sealFor({ round: roundId }, JSON.stringify(hidden), place(roundId), room);

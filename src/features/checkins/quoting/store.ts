import '../tables.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import { type Cut, cutSchema } from './cut.ts';

export const quoteStatuses = ['chosen', 'asked', 'allowed', 'declined', 'taken-back', 'left-out'] as const;
export type QuoteStatus = (typeof quoteStatuses)[number];

/** Words of a round that are to stand in a report. */
export type Quote = {
  id: string;
  roundId: string;
  /** Of the words: they lie with the answers. */
  mark: string;
  question: string;
  /** The mark of who is asked. Undefined: nobody can be. */
  askedOf: string | undefined;
  status: QuoteStatus;
  /** The local date. */
  askedOn: string;
  kept: Cut;
};

type Marks = Pick<Vault, 'markOf'>;

/** Who is asked, so that without the key nobody can tell which words are theirs. */
export const markOfPerson = (vault: Marks, personId: string): string => vault.markOf(`quotes-of:${personId}`);

export const markOfWords = (vault: Marks, roundId: string, question: string, text: string): string =>
  vault.markOf(`quote:${roundId}:${question}:${text}`);

/** @returns false where the same words are there already. */
export async function insertQuote(db: Db, quote: Quote): Promise<boolean> {
  const { id, roundId, mark, question, askedOf, status, askedOn, kept } = quote;
  const row = await db
    .insertInto('quotes')
    .values({
      id,
      round_id: roundId,
      mark,
      question,
      asked_of: askedOf ?? null,
      status,
      asked_on: askedOn,
      kept: JSON.stringify(kept),
    })
    .onConflict((conflict) => conflict.columns(['round_id', 'mark']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** In an order that tells nothing. */
export async function listQuotes(
  db: Db,
  of: { roundId: string } | { askedOf: string } | { id: string },
): Promise<Quote[]> {
  let query = db.selectFrom('quotes').selectAll().orderBy('mark');
  if ('roundId' in of) query = query.where('round_id', '=', of.roundId);
  else if ('askedOf' in of) query = query.where('asked_of', '=', of.askedOf);
  else query = query.where('id', '=', of.id);
  return (await query.execute()).flatMap((row): Quote[] => {
    const status = quoteStatuses.find((one) => one === row.status);
    return status
      ? [
          {
            id: row.id,
            roundId: row.round_id,
            mark: row.mark,
            question: row.question,
            askedOf: row.asked_of ?? undefined,
            status,
            askedOn: row.asked_on,
            kept: cutSchema.parse(JSON.parse(row.kept)),
          },
        ]
      : [];
  });
}

/** @returns false where it stood otherwise by now. */
export async function changeQuote(
  db: Db,
  id: string,
  from: readonly QuoteStatus[],
  to: QuoteStatus,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('quotes')
    .set({ status: to })
    .where('id', '=', id)
    .where('status', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const deleteQuotesOf = async (db: Db, askedOf: string): Promise<void> =>
  void (await db.deleteFrom('quotes').where('asked_of', '=', askedOf).execute());

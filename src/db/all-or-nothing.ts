import type { Db } from './schema.ts';

/**
 * Runs `work` in a transaction that it can give up: then nothing of what it wrote is there, and what it says is returned all
 * the same.
 */
export async function allOrNothing<T>(
  db: Db,
  work: (trx: Db) => Promise<{ keeps: boolean; outcome: T }>,
): Promise<T> {
  let said: { outcome: T } | undefined;
  const givenUp = new Error('This transaction was given up on purpose.');
  try {
    await db.transaction().execute(async (trx) => {
      const { keeps, outcome } = await work(trx);
      said = { outcome };
      if (!keeps) throw givenUp;
    });
  } catch (error) {
    if (error !== givenUp) throw error;
  }
  if (!said) throw new Error('A transaction ended without an outcome.');
  return said.outcome;
}

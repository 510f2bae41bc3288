import { z } from 'zod';
import '../tables.ts';
import { forRound } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { DecryptionError, openJson, type Vault } from '../../../lib/crypto.ts';
import { shuffled } from '../../../lib/random.ts';
import type { Answers } from '../answering/draft.ts';
import { type Sealing, smallestBox } from '../answering/store.ts';
import { answerValue } from '../question-kinds.ts';

/** Papers, each with its answers, in no order. */
const papers = z.array(z.record(z.string(), answerValue));
const boxPlace = (roundId: string) => `paper:${roundId}`;

/** What was entered of a round that is open. */
export async function listPapers(
  db: Db,
  vault: Vault,
  roundId: string,
): Promise<{ papers: Answers[]; isWhole: boolean }> {
  const row = await db
    .selectFrom('paper_boxes')
    .select('sealed')
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  if (!row) return { papers: [], isWhole: true };
  const opened = openJson(vault, { round: roundId }, row.sealed, boxPlace(roundId), papers);
  return { papers: opened ?? [], isWhole: opened !== undefined };
}

/**
 * Adds papers. Call it in a transaction that holds the round.
 * @returns how many there are now. @throws DecryptionError when what is there cannot be opened: it is not written over.
 */
export async function addPapers(
  db: Db,
  { vault, random }: Sealing,
  roundId: string,
  added: readonly Answers[],
): Promise<number> {
  const before = await listPapers(db, vault, roundId);
  if (!before.isWhole) throw new DecryptionError('The answers on paper cannot be opened with this key.');
  const all = shuffled([...before.papers, ...added], random);
  const sealed = sealPapers(vault, roundId, all);
  await db
    .insertInto('paper_boxes')
    .values({ round_id: roundId, papers: all.length, sealed })
    .onConflict((conflict) => conflict.column('round_id').doUpdateSet({ papers: all.length, sealed }))
    .execute();
  return all.length;
}

/** Who entered papers of a round, as far as that is noted. */
export async function listEnterers(db: Db, roundId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('audit_log')
    .select('actor')
    .distinct()
    .where('action', '=', 'checkins.paper')
    .where('subject', '=', roundId)
    .execute();
  return new Set(rows.map(({ actor }) => actor));
}

const sealPapers = (vault: Vault, roundId: string, all: readonly Answers[]): string =>
  vault.sealFor({ round: roundId }, JSON.stringify(all), boxPlace(roundId), smallestBox);

/** How many there were stays for a while, so that what is said of a round goes on as it was. */
export async function emptyBox(db: Db, vault: Vault, roundId: string): Promise<void> {
  await db
    .updateTable('paper_boxes')
    .set({ sealed: sealPapers(vault, roundId, []) })
    .where('round_id', '=', roundId)
    .execute();
}

export async function removePapers(db: Db, roundId: string): Promise<void> {
  await db.deleteFrom('paper_boxes').where('round_id', '=', roundId).execute();
}

export async function addOnPaper(db: Db, roundId: string, personId: string): Promise<void> {
  await db
    .insertInto('paper_people')
    .values({ round_id: roundId, person_id: personId })
    .onConflict((conflict) => conflict.columns(['round_id', 'person_id']).doNothing())
    .execute();
}

export async function removeOnPaper(db: Db, roundId: string, personId: string): Promise<void> {
  await db
    .deleteFrom('paper_people')
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .execute();
}

type List = { id: string; roundId: string; personId: string };
const listPlace = (id: string) => `paper-list:${id}`;

/** Where answers on paper are sealed. */
export const sealedPapers = [
  forRound({ table: 'paper_boxes', by: ['round_id'], place: ({ round_id }) => boxPlace(round_id) }),
  forRound({ table: 'paper_lists', by: ['id'], place: ({ id }) => listPlace(id) }),
];

export async function insertList(
  db: Db,
  vault: Vault,
  { id, roundId, personId }: List,
  read: readonly Answers[],
  at: Date,
): Promise<void> {
  const sealed = vault.sealFor({ round: roundId }, JSON.stringify(read), listPlace(id), smallestBox);
  await db
    .insertInto('paper_lists')
    .values({ id, round_id: roundId, person_id: personId, sealed, brought_at: at.toISOString() })
    .execute();
}

/** The paper that somebody had begun to enter when they closed the form: a list of one, which they go on with. */
export const begunPaperOf = (roundId: string, personId: string): List => ({
  id: `begun:${roundId}:${personId}`,
  roundId,
  personId,
});

/** What is in it, which stays. */
export async function readList(db: Db, vault: Vault, { id, roundId, personId }: List) {
  const row = await db
    .selectFrom('paper_lists')
    .select('sealed')
    .where('id', '=', id)
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && openJson(vault, { round: roundId }, row.sealed, listPlace(id), papers);
}

/** Takes it away, so that it is taken in once. @returns undefined when it is not there any more, or not theirs. */
export async function takeList(
  db: Db,
  vault: Vault,
  { id, roundId, personId }: List,
): Promise<Answers[] | undefined> {
  const row = await db
    .deleteFrom('paper_lists')
    .where('id', '=', id)
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .returning('sealed')
    .executeTakeFirst();
  return row && openJson(vault, { round: roundId }, row.sealed, listPlace(id), papers);
}

/** Lists that were brought before, and of rounds that were over before then, whom they did not ask and how many papers. */
export async function forgetPaper(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('paper_lists').where('brought_at', '<', before.toISOString()).execute();
  const over = () =>
    db
      .selectFrom('checkin_rounds')
      .select('checkin_rounds.id')
      .where('checkin_rounds.closed_at', '<', before.toISOString());
  await db.deleteFrom('paper_people').where('round_id', 'in', over()).execute();
  await db
    .deleteFrom('paper_boxes')
    .where('round_id', 'in', over())
    // What could not be opened with the key of that day waits for the right one.
    .where('round_id', 'in', db.selectFrom('round_results').select('round_results.round_id'))
    .execute();
}

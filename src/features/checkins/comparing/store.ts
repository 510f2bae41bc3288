import { z } from 'zod';
import '../tables.ts';
import type { Figure } from '../../../community/suppress.ts';
import { forRound } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import { count, sum } from '../results/frozen.ts';
import type { HeldBack } from '../store.ts';

const both = z.object({ before: sum, after: sum });
/** How many are in each third of a scale. */
const spread = z.object({ before: z.array(count), after: z.array(count) });
const change = z.object({ by: z.number(), from: z.number(), to: z.number() });

const comparedQuestion = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('shown'),
    /** The random keys of those who answered both times. */
    of: z.array(z.string()),
    /** What may be said of a few, and besides from twelve on. */
    rough: both.optional(),
    fine: both.extend({ change: change.optional(), spread: spread.optional() }).optional(),
  }),
  z.object({
    kind: z.literal('not'),
    /**
     * 'few': too few answered both times. 'beside': beside what is shown already it would tell of few. 'other': it was asked
     * in other words, or not at all, before.
     */
    why: z.enum(['few', 'beside', 'other']),
  }),
]);
export type ComparedQuestion = z.output<typeof comparedQuestion>;

/** By the question's id. */
const comparedQuestions = z.record(z.string(), comparedQuestion);

/** Answers before and after of the same people, as far as they are shown. */
export type Comparison = {
  afterId: string;
  beforeId: string;
  questions: z.output<typeof comparedQuestions>;
};

const place = (roundId: string) => `comparison:${roundId}`;

/** Where comparisons lie. */
export const sealedComparisons = forRound({
  table: 'round_comparisons',
  by: ['round_id'],
  place: ({ round_id }) => place(round_id),
});

/** The first one that is kept stays. */
export async function keepComparison(
  db: Db,
  vault: Vault,
  { afterId, beforeId, questions }: Comparison,
): Promise<void> {
  const sealed = vault.sealFor({ round: afterId }, JSON.stringify(questions), place(afterId));
  await db
    .insertInto('round_comparisons')
    .values({ round_id: afterId, before_id: beforeId, sealed })
    .onConflict((conflict) => conflict.column('round_id').doNothing())
    .execute();
}

/** Those in which a round is the later one, or the one before, in the order in which they were asked. */
export async function listComparisons(db: Db, vault: Vault, roundId: string): Promise<Comparison[]> {
  const rows = await db
    .selectFrom('round_comparisons')
    .innerJoin('checkin_rounds', 'checkin_rounds.id', 'round_comparisons.round_id')
    .selectAll('round_comparisons')
    .where((eb) => eb.or([eb('round_id', '=', roundId), eb('before_id', '=', roundId)]))
    .orderBy('checkin_rounds.due_at')
    .execute();
  return rows.flatMap(({ round_id: afterId, before_id: beforeId, sealed }) => {
    const questions = openJson(vault, { round: afterId }, sealed, place(afterId), comparedQuestions);
    return questions ? [{ afterId, beforeId, questions }] : [];
  });
}

/** How it is reckoned with where something else is to be shown beside it. */
export function figureOf(compared: ComparedQuestion | undefined): Figure | undefined {
  if (compared?.kind !== 'shown') return undefined;
  const detail = compared.fine?.change ? 'exact' : compared.fine ? 'fine' : 'rough';
  return { of: new Set(compared.of), detail };
}

export async function keepHeldBack(db: Db, roundId: string, heldBack: HeldBack): Promise<void> {
  await db
    .updateTable('checkin_rounds')
    .set({ held_back: JSON.stringify(heldBack) })
    .where('id', '=', roundId)
    .execute();
}

/** Rounds of which what is compared waits, or has waited. */
export async function listHeldBack(db: Db): Promise<{ id: string }[]> {
  return db.selectFrom('checkin_rounds').select('id').where('held_back', 'is not', null).execute();
}

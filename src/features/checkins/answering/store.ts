import '../tables.ts';
import type { Db } from '../../../db/schema.ts';
import { DecryptionError, type Vault } from '../../../lib/crypto.ts';
import type { Random } from '../../../lib/random.ts';
import type { Definition } from '../content.ts';
import { type AnswerValue, answerValue, isWords } from '../question-kinds.ts';
import type { Round } from '../store.ts';
import { type Answers, type Draft, draftSchema } from './draft.ts';

/** What sealing needs; part of every feature's deps. */
export type Sealing = { vault: Vault; random: Random };

/** Where an answer is kept: with a person, with their random key, or with neither (design, "Anonymity"). */
type Owner = { personId: string } | { key: string } | undefined;

export async function ownerOf(
  db: Db,
  sealing: Sealing,
  definition: Pick<Definition, 'mode' | 'family'>,
  personId: string,
): Promise<Owner> {
  switch (definition.mode) {
    case 'named':
    case 'private':
      return { personId };
    case 'linked':
      return { key: await randomKeyOf(db, sealing, personId, definition.family) };
    case 'group':
      return undefined;
  }
}

/** The same key for a person's before and after; sealed, so that the database alone cannot say whose it is. */
async function randomKeyOf(
  db: Db,
  { vault, random }: Sealing,
  personId: string,
  family: string,
): Promise<string> {
  const context = `answer-key:${personId}:${family}`;
  const find = () =>
    db
      .selectFrom('answer_keys')
      .select('sealed')
      .where('person_id', '=', personId)
      .where('family', '=', family)
      .executeTakeFirst();
  const known = await find();
  if (known) return vault.open(known.sealed, context);
  const key = random.bytes(16).toString('hex');
  const inserted = await db
    .insertInto('answer_keys')
    .values({ person_id: personId, family, sealed: vault.seal(key, context) })
    .onConflict((conflict) => conflict.columns(['person_id', 'family']).doNothing())
    .returning('sealed')
    .executeTakeFirst();
  const kept = inserted ?? (await find());
  return kept ? vault.open(kept.sealed, context) : key;
}

/**
 * When a private check-in closes: the choices of those who let them be counted are written once more without a person,
 * so that the summary stays as it is when somebody deletes their own later. Words are not copied.
 */
export async function copyShared(db: Db, sealing: Sealing, round: Round): Promise<void> {
  const rows = await db
    .selectFrom('participations')
    .select('person_id')
    .where('round_id', '=', round.id)
    .where('shared', '=', 1)
    .execute();
  const choices = new Set(
    round.definition.questions.filter((question) => !isWords(question)).map(({ id }) => id),
  );
  for (const { person_id: personId } of rows) {
    const { answers } = await listAnswers(db, sealing.vault, round.id, { personId });
    const shared = answers.filter(({ questionId }) => choices.has(questionId));
    const values = Object.fromEntries(shared.map(({ questionId, value }) => [questionId, value]));
    await insertAnswers(db, sealing, round, undefined, values);
  }
}

/** One row a question, each with an id of its own that says nothing about when or by whom. */
export async function insertAnswers(
  db: Db,
  { vault, random }: Sealing,
  round: Pick<Round, 'id' | 'definition'>,
  owner: Owner,
  answers: Answers,
): Promise<void> {
  const use = wordsUseOf(round.definition, answers);
  const rows = round.definition.questions.flatMap((question) => {
    const value = answers[question.id];
    if (value === undefined) return [];
    const id = random.bytes(16).toString('hex');
    return {
      id,
      round_id: round.id,
      question_id: question.id,
      person_id: owner && 'personId' in owner ? owner.personId : null,
      random_key: owner && 'key' in owner ? owner.key : null,
      words_use: isWords(question) ? (use ?? null) : null,
      sealed: vault.seal(JSON.stringify(value), `answer:${id}`),
    };
  });
  if (rows.length > 0) await db.insertInto('answers').values(rows).execute();
}

/** What the person allows for their words; where the template asks and they left it out: nothing. */
function wordsUseOf({ questions }: Definition, answers: Answers): string | undefined {
  const asking = questions.find((question) => question.type === 'single_choice' && question.wordsUse);
  if (asking?.type !== 'single_choice' || !asking.wordsUse) return undefined;
  const chosen = answers[asking.id];
  return (typeof chosen === 'number' && asking.wordsUse[chosen]) || 'keep';
}

export async function deleteAnswers(db: Db, roundId: string, owner: Owner): Promise<void> {
  if (!owner) return;
  let query = db.deleteFrom('answers').where('round_id', '=', roundId);
  query =
    'personId' in owner
      ? query.where('person_id', '=', owner.personId)
      : query.where('random_key', '=', owner.key);
  await query.execute();
}

export type KeptAnswer = {
  id: string;
  questionId: string;
  personId: string | undefined;
  wordsUse: string | undefined;
  value: AnswerValue;
};

/** All of a round, in the order of their random ids. What cannot be opened with this key is left out and counted. */
export async function listAnswers(
  db: Db,
  vault: Vault,
  roundId: string,
  owner?: Owner,
): Promise<{ answers: KeptAnswer[]; unreadable: number }> {
  let query = db.selectFrom('answers').selectAll().where('round_id', '=', roundId);
  if (owner)
    query =
      'personId' in owner
        ? query.where('person_id', '=', owner.personId)
        : query.where('random_key', '=', owner.key);
  const rows = await query.orderBy('id').execute();
  const answers = rows.flatMap((row): KeptAnswer[] => {
    const value = openValue(vault, row.sealed, `answer:${row.id}`, answerValue.safeParse.bind(answerValue));
    if (value === undefined) return [];
    return [
      {
        id: row.id,
        questionId: row.question_id,
        personId: row.person_id ?? undefined,
        wordsUse: row.words_use ?? undefined,
        value,
      },
    ];
  });
  return { answers, unreadable: rows.length - answers.length };
}

/**
 * Leaves no trace of which answers came with whose "has answered": PostgreSQL marks every row with the transaction that
 * wrote it, so all of both are written anew with each answer. Only where answers stand without a name.
 */
export async function blend(db: Db, random: Random, { id, definition }: Round): Promise<void> {
  if (definition.mode !== 'group' && definition.mode !== 'linked') return;
  await shuffleAnswers(db, random, id);
  await db
    .updateTable('participations')
    .set((eb) => ({ status: eb.ref('status') }))
    .where('round_id', '=', id)
    .execute();
}

/**
 * Writes a round's answers anew in a random order. SQLite keeps none (no rowid); PostgreSQL appends, so that the
 * place on disk would tell who came first.
 */
export async function shuffleAnswers(db: Db, random: Random, roundId: string): Promise<void> {
  const rows = await db.selectFrom('answers').selectAll().where('round_id', '=', roundId).execute();
  if (rows.length < 2) return;
  await db.deleteFrom('answers').where('round_id', '=', roundId).execute();
  const shuffled = shuffle(rows, random);
  for (let from = 0; from < shuffled.length; from += 100)
    await db
      .insertInto('answers')
      .values(shuffled.slice(from, from + 100))
      .execute();
}

/** Fisher and Yates. */
function shuffle<T>(items: readonly T[], random: Random): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.int(last + 1);
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a === undefined || b === undefined) continue;
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}

const draftContext = (roundId: string, personId: string) => `answer-draft:${roundId}:${personId}`;

export async function saveDraft(
  db: Db,
  vault: Vault,
  roundId: string,
  personId: string,
  draft: Draft,
): Promise<void> {
  const sealed = vault.seal(JSON.stringify(draft), draftContext(roundId, personId));
  await db
    .insertInto('answer_drafts')
    .values({ round_id: roundId, person_id: personId, sealed })
    .onConflict((conflict) => conflict.columns(['round_id', 'person_id']).doUpdateSet({ sealed }))
    .execute();
}

export async function findDraft(
  db: Db,
  vault: Vault,
  roundId: string,
  personId: string,
): Promise<Draft | undefined> {
  const row = await db
    .selectFrom('answer_drafts')
    .select('sealed')
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return (
    row &&
    openValue(vault, row.sealed, draftContext(roundId, personId), (json) => draftSchema.safeParse(json))
  );
}

export async function deleteDraft(db: Db, roundId: string, personId: string): Promise<void> {
  await db
    .deleteFrom('answer_drafts')
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .execute();
}

/** Of rounds that were over by then. */
export async function deleteOldDrafts(db: Db, overBy: Date): Promise<void> {
  await db
    .deleteFrom('answer_drafts')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('checkin_rounds')
          .select('checkin_rounds.id')
          .whereRef('checkin_rounds.id', '=', 'answer_drafts.round_id')
          .where('checkin_rounds.closed_at', '<', overBy.toISOString()),
      ),
    )
    .execute();
}

/** Undefined when it was sealed with another key: one lost row must not hide the others. */
function openValue<T>(
  vault: Vault,
  sealed: string,
  context: string,
  parse: (json: unknown) => { success: boolean; data?: T | undefined },
): T | undefined {
  try {
    return parse(JSON.parse(vault.open(sealed, context))).data;
  } catch (error) {
    if (error instanceof DecryptionError) return undefined;
    throw error;
  }
}

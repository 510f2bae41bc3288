import { z } from 'zod';
import '../tables.ts';
import { forPerson, forRound } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { DecryptionError, type Owner, openJson, type Vault } from '../../../lib/crypto.ts';
import { type Random, shuffled } from '../../../lib/random.ts';
import type { Definition } from '../content.ts';
import { answerValue, asksWordsUse, choicesOf, isOfReport, isWords, wordsUses } from '../question-kinds.ts';
import { findRound, type Round } from '../store.ts';
import { type Answers, type Draft, draftSchema } from './draft.ts';

/** What sealing needs; part of every feature's deps. */
export type Sealing = { vault: Vault; random: Random };

/** Where an answer is kept: with a person, with their random key, or with neither (design, "Anonymity"). */
export type Keeper = { personId: string } | { key: string } | undefined;

type Kept = Pick<Round, 'id' | 'definition'>;

export async function keeperOf(
  db: Db,
  sealing: Sealing,
  definition: Pick<Definition, 'mode' | 'family'>,
  personId: string,
): Promise<Keeper> {
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

/** Undefined when the key is not there any more. */
function openIf(vault: Vault, owner: Owner, sealed: string, place: string): string | undefined {
  try {
    return vault.openFor(owner, sealed, place);
  } catch (error) {
    if (error instanceof DecryptionError) return undefined;
    throw error;
  }
}

const keyPlace = (personId: string, family: string) => `answer-key:${personId}:${family}`;

/** The same key for a person's before and after; sealed, so that the database alone cannot say whose it is. */
async function randomKeyOf(
  db: Db,
  { vault, random }: Sealing,
  personId: string,
  family: string,
): Promise<string> {
  const place = keyPlace(personId, family);
  const find = () =>
    db
      .selectFrom('answer_keys')
      .select('sealed')
      .where('person_id', '=', personId)
      .where('family', '=', family)
      .executeTakeFirst();
  const opened = (sealed: string | undefined) =>
    sealed === undefined ? undefined : openIf(vault, { person: personId }, sealed, place);
  const known = await find();
  const theirs = opened(known?.sealed);
  if (theirs !== undefined) return theirs;
  // The way to an earlier one may be lost with the key it was sealed with.
  if (known)
    await db
      .deleteFrom('answer_keys')
      .where('person_id', '=', personId)
      .where('family', '=', family)
      .where('sealed', '=', known.sealed)
      .execute();
  const key = random.bytes(16).toString('hex');
  const inserted = await db
    .insertInto('answer_keys')
    .values({ person_id: personId, family, sealed: vault.sealFor({ person: personId }, key, place) })
    .onConflict((conflict) => conflict.columns(['person_id', 'family']).doNothing())
    .returning('sealed')
    .executeTakeFirst();
  return opened((inserted ?? (await find()))?.sealed) ?? key;
}

/** The random keys that these people have, for whom there is one. */
export const listKeysOf = async (...of: Parameters<typeof readKeysOf>): Promise<Set<string>> =>
  new Set((await readKeysOf(...of)).values());

/** The same, by person. */
export async function readKeysOf(
  db: Db,
  vault: Vault,
  personIds: readonly string[],
  family: string,
): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('answer_keys')
    .select(['person_id', 'sealed'])
    .where('person_id', 'in', personIds)
    .where('family', '=', family)
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const place = keyPlace(row.person_id, family);
      const key = openIf(vault, { person: row.person_id }, row.sealed, place);
      return key === undefined ? [] : [[row.person_id, key] as const];
    }),
  );
}

/**
 * Every random key that stands for somebody, in whatever family: with theirs it is destroyed when they are forgotten. What
 * cannot be opened any more is left out.
 */
export async function listAllKeysOf(db: Db, vault: Vault, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('answer_keys')
    .select(['family', 'sealed'])
    .where('person_id', '=', personId)
    .execute();
  return rows.flatMap(
    ({ family, sealed }) => openIf(vault, { person: personId }, sealed, keyPlace(personId, family)) ?? [],
  );
}

export async function deleteKeysOf(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('answer_keys').where('person_id', '=', personId).execute();
}

/** Puts somebody's answers where they are kept, in the place of what they had there. */
export async function putAnswers(
  db: Db,
  sealing: Sealing,
  round: Kept,
  keeper: Keeper,
  answers: Answers,
): Promise<void> {
  if (!(keeper && 'personId' in keeper)) return addToBox(db, sealing, round, keeper, [answers]);
  const { personId } = keeper;
  const sealed = sealing.vault.sealFor(
    { person: personId },
    JSON.stringify(answers),
    ownPlace(round.id),
    roomForOne(round.definition),
  );
  await db
    .insertInto('own_answers')
    .values({ round_id: round.id, person_id: personId, sealed })
    .onConflict((conflict) => conflict.columns(['round_id', 'person_id']).doUpdateSet({ sealed }))
    .execute();
}

/** Deletes what somebody answered, where it can be told to be theirs. */
export async function removeAnswers(db: Db, sealing: Sealing, round: Kept, keeper: Keeper): Promise<void> {
  if (keeper && 'key' in keeper) return addToBox(db, sealing, round, keeper, []);
  if (keeper)
    await db
      .deleteFrom('own_answers')
      .where('round_id', '=', round.id)
      .where('person_id', '=', keeper.personId)
      .execute();
}

/** What somebody answered, where it can be told to be theirs; empty where nothing is there or it cannot be opened. */
export async function findAnswers(db: Db, vault: Vault, round: Kept, keeper: Keeper): Promise<Answers> {
  if (!keeper) return {};
  if ('key' in keeper) {
    const { answers } = await listBoxed(db, vault, round.id);
    return Object.fromEntries(
      answers.filter(({ key }) => key === keeper.key).map(({ question, value }) => [question, value]),
    );
  }
  const [own] = (await listOwn(db, vault, round.id, keeper.personId)).answers;
  return own?.answers ?? {};
}

const answersSchema = z.record(z.string(), answerValue);
const ownPlace = (roundId: string) => `own-answers:${roundId}`;

/** What people answered under their names, or privately; of one of them, where `personId` says so. */
export async function listOwn(
  db: Db,
  vault: Vault,
  roundId: string,
  personId?: string,
): Promise<{ answers: { personId: string; answers: Answers }[]; isWhole: boolean }> {
  let query = db.selectFrom('own_answers').selectAll().where('round_id', '=', roundId);
  if (personId !== undefined) query = query.where('person_id', '=', personId);
  const rows = await query.execute();
  const answers = rows.flatMap((row) => {
    const opened = openJson(vault, { person: row.person_id }, row.sealed, ownPlace(roundId), answersSchema);
    return opened ? [{ personId: row.person_id, answers: opened }] : [];
  });
  return { answers, isWhole: answers.length === rows.length };
}

/** One answer to one question, apart from what the same person said to others unless a random key joins them. */
const boxedAnswer = z.object({
  question: z.string(),
  value: answerValue,
  /** What its author allows for their words, where the template asks. */
  use: z.enum(wordsUses).optional(),
  /** The same for the report alone, where that is asked; left out: nothing. */
  inReport: z.enum(['summary', 'quote']).optional(),
  /** Only in the mode 'linked'. */
  key: z.string().optional(),
});
export type BoxedAnswer = z.output<typeof boxedAnswer>;
/** What somebody answered under their random key, sealed for that: it goes with them, from copies too. */
const sealedAnswersOf = z.object({ key: z.string(), sealed: z.string() });
const box = z.array(z.union([sealedAnswersOf, boxedAnswer]));
const boxPlace = (roundId: string) => `answers:${roundId}`;

/** All unnamed answers of a round, in no order. */
export async function listBoxed(
  db: Db,
  vault: Vault,
  roundId: string,
): Promise<{ answers: BoxedAnswer[]; isWhole: boolean }> {
  const row = await findBox(db, roundId);
  if (!row) return { answers: [], isWhole: true };
  const entries = openJson(vault, { round: roundId }, row.sealed, boxPlace(roundId), box);
  const answers = entries?.flatMap((entry) => {
    if (!('sealed' in entry)) return [entry];
    const { key, sealed } = entry;
    // Whoever was forgotten has left nothing that opens.
    const theirs = openJson(vault, { key }, sealed, boxPlace(roundId), z.array(boxedAnswer)) ?? [];
    return theirs.map((answer) => ({ ...answer, key }));
  });
  return { answers: answers ?? [], isWhole: answers !== undefined };
}

const findBox = (db: Db, roundId: string) =>
  db.selectFrom('answer_boxes').select('sealed').where('round_id', '=', roundId).executeTakeFirst();

/**
 * Adds what people answered, each with all of their answers, and shuffles. Call it in a transaction that holds the round:
 * two at once must not each miss the other's.
 * @param keeper whose answers from before are replaced.
 * @throws DecryptionError when what is there cannot be opened: it is not to be written over.
 */
export async function addToBox(
  db: Db,
  { vault, random }: Sealing,
  round: Kept,
  keeper: { key: string } | undefined,
  people: readonly Answers[],
): Promise<void> {
  const { answers, isWhole } = await listBoxed(db, vault, round.id);
  if (!isWhole) throw new DecryptionError('The answers of this round cannot be opened with this key.');
  const others = keeper ? answers.filter(({ key }) => key !== keeper.key) : answers;
  const added = people.flatMap((one) => boxed(round.definition, one, keeper));
  await writeBox(db, vault, round.id, shuffled([...others, ...added], random), await roomForAll(db, round));
}

/** Once a round is over its box is only as large as what is in it. What cannot be opened stays as it is. */
export async function packBox(db: Db, { vault }: Sealing, round: Kept): Promise<void> {
  const { answers, isWhole } = await listBoxed(db, vault, round.id);
  if (isWhole && answers.length > 0) await writeBox(db, vault, round.id, answers, smallestBox);
}

/** @param answers in the order in which they are to lie. */
export async function writeBox(
  db: Db,
  vault: Vault,
  roundId: string,
  answers: readonly BoxedAnswer[],
  room: number,
): Promise<void> {
  const entries = [...Map.groupBy(answers, (answer) => answer.key)].flatMap(
    ([key, theirs]): z.output<typeof box> => {
      if (key === undefined) return theirs;
      const bare = theirs.map(({ key: _key, ...answer }) => answer);
      return [{ key, sealed: vault.sealFor({ key }, JSON.stringify(bare), boxPlace(roundId), 'inside') }];
    },
  );
  const sealed = vault.sealFor({ round: roundId }, JSON.stringify(entries), boxPlace(roundId), room);
  await db
    .insertInto('answer_boxes')
    .values({ round_id: roundId, sealed })
    .onConflict((conflict) => conflict.column('round_id').doUpdateSet({ sealed }))
    .execute();
}

export const smallestBox = 8 * 1024;
/** From here on a box grows with what is in it, or a round for hundreds would take long to seal. */
const largestRoom = 1024 * 1024;
/** What is around an answer: the question's id, a random key, a choice. */
const aroundAnswer = 120;
const bytesOfCharacter = 4;
/** So many times as much is taken up by what is sealed in itself, in base64. */
const sealedRoom = 4 / 3;

/** So many bytes that whatever somebody answers takes up the same. */
const roomForOne = ({ questions }: Definition): number =>
  questions.reduce(
    (sum, question) => sum + aroundAnswer + (isWords(question) ? question.maxChars * bytesOfCharacter : 0),
    0,
  );

/** So many that no answer shows by a box that grew: all who are asked can write as much as they are let, in Latin letters. */
export async function roomForAll(db: Db, { id: roundId, definition }: Kept): Promise<number> {
  const { people } = await db
    .selectFrom('participations')
    .select((eb) => eb.fn.countAll<number>().as('people'))
    .where('round_id', '=', roundId)
    .executeTakeFirstOrThrow();
  const each = roomForOne(definition) / bytesOfCharacter + aroundAnswer * definition.questions.length;
  const all = (definition.mode === 'linked' ? sealedRoom * each : each) * Number(people);
  return Math.min(largestRoom, Math.max(smallestBox, all));
}

function boxed({ questions }: Definition, answers: Answers, keeper: { key: string } | undefined) {
  const allowed = allowedFor(questions, answers);
  return questions.flatMap((question): BoxedAnswer[] => {
    const value = answers[question.id];
    if (value === undefined) return [];
    return [{ question: question.id, value, ...(isWords(question) && allowed), ...keeper }];
  });
}

/** What the person allows for their words; where they are asked and left it out: nothing. */
export function allowedFor(
  questions: readonly Definition['questions'][number][],
  answers: Answers,
): Pick<BoxedAnswer, 'use' | 'inReport'> {
  const asking = questions.find(asksWordsUse);
  if (!asking) return {};
  const chosen = answers[asking.id];
  const use = (typeof chosen === 'number' && asking.wordsUse[chosen]) || 'keep';
  if (!isOfReport(asking)) return { use };
  return use === 'summary' || use === 'quote' ? { inReport: use } : {};
}

/**
 * When a private check-in closes: the choices of those who let them be counted are put into the box, without a person, so
 * that the summary stays as it is when somebody deletes their own later. Words are not.
 * @param except whoever can read the results: they are not counted.
 * @returns which of them would have been.
 */
export async function copyShared(
  db: Db,
  sealing: Sealing,
  round: Kept,
  except: ReadonlySet<string>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('participations')
    .select('person_id')
    .where('round_id', '=', round.id)
    .where('shared', '=', 1)
    .execute();
  const [left = [], copied = []] = [true, false].map((isLeft) =>
    rows.map((row) => row.person_id).filter((personId) => except.has(personId) === isLeft),
  );
  const { answers } = await listOwn(db, sealing.vault, round.id);
  const words = new Set(
    round.definition.questions.filter((question) => !choicesOf(question)).map(({ id }) => id),
  );
  const choices = answers
    .filter(({ personId }) => copied.includes(personId))
    .map((one): Answers => Object.fromEntries(Object.entries(one.answers).filter(([id]) => !words.has(id))));
  await addToBox(db, sealing, round, undefined, choices);
  return left;
}

const draftPlace = (roundId: string, personId: string) => `answer-draft:${roundId}:${personId}`;

/** Where answers are sealed, and the ways to them. */
export const sealedAnswers = [
  forPerson({
    table: 'answer_keys',
    by: ['person_id', 'family'],
    place: ({ person_id, family }) => keyPlace(person_id, family),
  }),
  forPerson({
    table: 'own_answers',
    by: ['round_id', 'person_id'],
    place: ({ round_id }) => ownPlace(round_id),
  }),
  forPerson({
    table: 'answer_drafts',
    by: ['round_id', 'person_id'],
    place: ({ round_id, person_id }) => draftPlace(round_id, person_id),
  }),
  forRound({ table: 'answer_boxes', by: ['round_id'], place: ({ round_id }) => boxPlace(round_id) }),
];

/** Answers under random keys, which lay open in their box before there were key files, are sealed for these. */
export async function resealBoxes(db: Db, { vault }: Sealing): Promise<void> {
  const boxes = await db.selectFrom('answer_boxes').select('round_id').execute();
  for (const { round_id: roundId } of boxes)
    await db.transaction().execute(async (trx) => {
      const round = await findRound(trx, roundId);
      if (round?.definition.mode !== 'linked') return;
      const { answers, isWhole } = await listBoxed(trx, vault, roundId);
      const room = round.status === 'open' ? await roomForAll(trx, round) : smallestBox;
      if (isWhole) await writeBox(trx, vault, roundId, answers, room);
    });
}

export async function saveDraft(
  db: Db,
  vault: Vault,
  { id: roundId, definition }: Kept,
  personId: string,
  draft: Draft,
): Promise<void> {
  const place = draftPlace(roundId, personId);
  const sealed = vault.sealFor({ person: personId }, JSON.stringify(draft), place, roomForOne(definition));
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
  const place = draftPlace(roundId, personId);
  return row && openJson(vault, { person: personId }, row.sealed, place, draftSchema);
}

export async function deleteDraft(db: Db, roundId: string, personId: string): Promise<void> {
  await db
    .deleteFrom('answer_drafts')
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .execute();
}

/** The rounds to which somebody has begun answers, by their ids. */
export async function listBegun(db: Db, personId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('answer_drafts')
    .select('round_id')
    .where('person_id', '=', personId)
    .execute();
  return new Set(rows.map((row) => row.round_id));
}

/** Who has begun answers to a round. */
export async function listDrafts(db: Db, roundId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('answer_drafts')
    .select('person_id')
    .where('round_id', '=', roundId)
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

/** Of rounds that are over. */
export async function listDraftsOver(
  db: Db,
): Promise<{ round: { id: string; checkinId: string }; personId: string; overAt: Date }[]> {
  const rows = await db
    .selectFrom('answer_drafts')
    .innerJoin('checkin_rounds', 'checkin_rounds.id', 'answer_drafts.round_id')
    .select([
      'answer_drafts.round_id',
      'answer_drafts.person_id',
      'checkin_rounds.checkin_id',
      'checkin_rounds.closed_at',
    ])
    .where('checkin_rounds.closed_at', 'is not', null)
    .execute();
  return rows.flatMap(({ round_id: id, checkin_id: checkinId, person_id: personId, closed_at: overAt }) =>
    overAt === null ? [] : [{ round: { id, checkinId }, personId, overAt: new Date(overAt) }],
  );
}

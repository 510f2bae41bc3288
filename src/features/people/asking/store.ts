import '../tables.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { forPerson } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { PeopleQuestionDraftsTable, PeopleQuestionsTable } from '../tables.ts';

const sealedWords = z.object({ words: z.string() });

export type Question = {
  id: string;
  /** Who asks. */
  personId: string;
  /** Undefined: it cannot be opened with the present key. */
  words: string | undefined;
  askedAt: Date;
  /** From then on they are offered to post it, where nobody has taken it. */
  offerAt: Date;
  isOffered: boolean;
  isPosted: boolean;
  endsAt: Date;
  isEnded: boolean;
};

/** In code points. */
export const longestQuestion = 500;
/** In bytes. */
const room = 4 * 1024;

const placeOf = (id: string): string => `people-question:${id}`;

export const sealedQuestions = forPerson({
  table: 'people_questions',
  by: ['id'],
  place: ({ id }) => placeOf(id),
});

export const toQuestion = (vault: Vault, row: Selectable<PeopleQuestionsTable>): Question => ({
  id: row.id,
  personId: row.person_id,
  words: openJson(vault, { person: row.person_id }, row.sealed, placeOf(row.id), sealedWords)?.words,
  askedAt: new Date(row.asked_at),
  offerAt: new Date(row.offer_at),
  isOffered: row.offered_at !== null,
  isPosted: row.posted_at !== null,
  endsAt: new Date(row.ends_at),
  isEnded: row.ended_at !== null,
});

const draftSchema = z.object({ words: z.string(), topics: z.array(z.string()) });
/** What stands in a form that was closed. */
export type Draft = z.output<typeof draftSchema>;
const draftPlace = (personId: string): string => `people-question-draft:${personId}`;

export const sealedQuestionDrafts = forPerson({
  table: 'people_question_drafts',
  by: ['person_id'],
  place: ({ person_id }) => draftPlace(person_id),
});

export async function findDraft(db: Db, vault: Vault, personId: string): Promise<Draft | undefined> {
  const row = await db
    .selectFrom('people_question_drafts')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && openDraft(vault, row);
}

export const openDraft = (
  vault: Vault,
  { person_id: person, sealed }: Selectable<PeopleQuestionDraftsTable>,
): Draft | undefined => openJson(vault, { person }, sealed, draftPlace(person), draftSchema);

export async function saveDraft(db: Db, vault: Vault, personId: string, draft: Draft): Promise<void> {
  const sealed = vault.sealFor({ person: personId }, JSON.stringify(draft), draftPlace(personId), room);
  await db
    .insertInto('people_question_drafts')
    .values({ person_id: personId, sealed })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ sealed }))
    .execute();
}

export async function deleteDraft(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('people_question_drafts').where('person_id', '=', personId).execute();
}

/** What this person asks comes one after the other until the transaction ends. */
export async function lockAsker(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('people')
    .set((eb) => ({ slack_id: eb.ref('slack_id') }))
    .where('id', '=', personId)
    .execute();
}

export async function insertQuestion(
  db: Db,
  vault: Vault,
  one: Pick<Question, 'id' | 'personId' | 'askedAt' | 'offerAt' | 'endsAt'> & {
    words: string;
    isOffered: boolean;
  },
): Promise<void> {
  await db
    .insertInto('people_questions')
    .values({
      id: one.id,
      person_id: one.personId,
      sealed: vault.sealFor(
        { person: one.personId },
        JSON.stringify({ words: one.words }),
        placeOf(one.id),
        room,
      ),
      asked_at: one.askedAt.toISOString(),
      offer_at: one.offerAt.toISOString(),
      offered_at: one.isOffered ? one.askedAt.toISOString() : null,
      posted_at: null,
      ends_at: one.endsAt.toISOString(),
      ended_at: null,
    })
    .execute();
}

export async function findQuestion(db: Db, vault: Vault, id: string): Promise<Question | undefined> {
  const row = await db.selectFrom('people_questions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toQuestion(vault, row);
}

/** The one that somebody has open. */
export async function findOpen(
  db: Db,
  vault: Vault,
  personId: string,
  now: Date,
): Promise<Question | undefined> {
  const row = await db
    .selectFrom('people_questions')
    .selectAll()
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now.toISOString())
    .executeTakeFirst();
  return row && toQuestion(vault, row);
}

/** With it goes whom it was put to. */
export async function deleteQuestion(db: Db, id: string): Promise<void> {
  await db.deleteFrom('people_questions').where('id', '=', id).execute();
}

export async function listQuestionIds(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('people_questions')
    .select('id')
    .where('person_id', '=', personId)
    .execute();
  return rows.map(({ id }) => id);
}

export async function insertAsked(db: Db, questionId: string, personId: string): Promise<void> {
  await db
    .insertInto('people_asked')
    .values({ question_id: questionId, person_id: personId, passed_on: 0 })
    .execute();
}

/** @returns undefined where it was not put to them, or they said no. */
export async function findAsked(
  db: Db,
  questionId: string,
  personId: string,
): Promise<{ isPassedOn: boolean } | undefined> {
  const row = await db
    .selectFrom('people_asked')
    .select('passed_on')
    .where('question_id', '=', questionId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && { isPassedOn: row.passed_on === 1 };
}

/** Slack ids of those whose names were passed on. */
export async function listHelpers(db: Db, questionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('people_asked')
    .innerJoin('people', 'people.id', 'people_asked.person_id')
    .select('people.slack_id')
    .where('people_asked.question_id', '=', questionId)
    .where('people_asked.passed_on', '=', 1)
    .orderBy('people.id')
    .execute();
  return rows.map((row) => row.slack_id);
}

/** @returns false where it was before. */
export async function recordPassedOn(db: Db, questionId: string, personId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('people_asked')
    .set({ passed_on: 1 })
    .where('question_id', '=', questionId)
    .where('person_id', '=', personId)
    .where('passed_on', '=', 0)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whom it was put to and whose name was not passed on. @param questionId left out: of all that were put to them. */
export async function deleteAsked(
  db: Db,
  { questionId, personId }: { questionId?: string; personId?: string },
): Promise<void> {
  if (questionId === undefined && personId === undefined) throw new RangeError('Say of whom or of what.');
  let asked = db.deleteFrom('people_asked').where('passed_on', '=', 0);
  if (questionId !== undefined) asked = asked.where('question_id', '=', questionId);
  if (personId !== undefined) asked = asked.where('person_id', '=', personId);
  await asked.execute();
}

/** Those that nobody has taken, whose time for it has come, and whose askers have not been offered to post it. */
export async function listToOffer(db: Db, now: Date): Promise<{ id: string; personId: string }[]> {
  return db
    .selectFrom('people_questions')
    .select(['id', 'person_id as personId'])
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now.toISOString())
    .where('offered_at', 'is', null)
    .where('offer_at', '<=', now.toISOString())
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('people_asked')
            .select('people_asked.person_id')
            .whereRef('people_asked.question_id', '=', 'people_questions.id')
            .where('people_asked.passed_on', '=', 1),
        ),
      ),
    )
    .orderBy('offer_at')
    .limit(200)
    .execute();
}

/** @returns false when another run was first. */
export async function recordOffered(db: Db, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('people_questions')
    .set({ offered_at: at.toISOString() })
    .where('id', '=', id)
    .where('offered_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns false when it stands there already. */
export async function recordPosted(db: Db, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('people_questions')
    .set({ posted_at: at.toISOString() })
    .where('id', '=', id)
    .where('posted_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Slack did not take it. */
export async function recordNotPosted(db: Db, id: string): Promise<void> {
  await db.updateTable('people_questions').set({ posted_at: null }).where('id', '=', id).execute();
}

export async function listToEnd(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('people_questions')
    .select('id')
    .where('ended_at', 'is', null)
    .where('ends_at', '<=', now.toISOString())
    .limit(200)
    .execute();
  return rows.map(({ id }) => id);
}

export async function recordEnded(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('people_questions').set({ ended_at: at.toISOString() }).where('id', '=', id).execute();
}

export async function deleteEnded(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('people_questions').where('ended_at', '<', before.toISOString()).execute();
}

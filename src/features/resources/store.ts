import './tables.ts';
import { type Selectable, sql } from 'kysely';
import { compiledOnce } from '../../db/compiled.ts';
import type { Db } from '../../db/schema.ts';
import { hours, later } from '../../lib/clock.ts';
import type { Told } from './curating/reasons.ts';
import { pageSize } from './finding/place.ts';
import type { AskedQuestionsTable, ResourceSuggestionsTable } from './tables.ts';

/** Newest first. */
export async function listSaved(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('saved_resources')
    .select('resource_id')
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .orderBy('saved_at', 'desc')
    .orderBy('resource_id')
    .execute();
  return rows.map((row) => row.resource_id);
}

/** With those that were removed and can still be put back. */
export async function listKept(
  db: Db,
  personId: string,
): Promise<{ resourceId: string; savedAt: Date; isRemoved: boolean }[]> {
  const rows = await db
    .selectFrom('saved_resources')
    .select(['resource_id', 'saved_at', 'removed_at'])
    .where('person_id', '=', personId)
    .execute();
  return rows.map((row) => ({
    resourceId: row.resource_id,
    savedAt: new Date(row.saved_at),
    isRemoved: row.removed_at !== null,
  }));
}

/** What is saved already stays where it is on the list; what was removed comes back, with its note, as the newest. */
export async function insertSaved(db: Db, personId: string, resourceId: string, at: Date): Promise<void> {
  await db
    .insertInto('saved_resources')
    .values({
      person_id: personId,
      resource_id: resourceId,
      saved_at: at.toISOString(),
      note: null,
      removed_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['person_id', 'resource_id'])
        .doUpdateSet({ saved_at: at.toISOString(), removed_at: null })
        .where('saved_resources.removed_at', 'is not', null),
    )
    .execute();
}

/** Takes them off the list; they can be put back until they are gone for good. */
export async function markRemoved(
  db: Db,
  personId: string,
  resourceIds: readonly string[],
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('saved_resources')
    .set({ removed_at: at.toISOString() })
    .where('person_id', '=', personId)
    .where('resource_id', 'in', resourceIds)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Where they were, with their notes. */
export async function unmarkRemoved(
  db: Db,
  personId: string,
  resourceIds: readonly string[],
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('saved_resources')
    .set({ removed_at: null })
    .where('person_id', '=', personId)
    .where('resource_id', 'in', resourceIds)
    .where('removed_at', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What somebody removed from their list can be put back for so long. */
const undoHours = 24;

export async function purgeRemoved(db: Db, now: Date): Promise<void> {
  const limit = later(now, -hours(undoHours)).toISOString();
  await db.deleteFrom('saved_resources').where('removed_at', '<=', limit).execute();
}

/** Sealed as they are kept. */
export async function listNotes(
  db: Db,
  personId: string,
  resourceIds: readonly string[],
): Promise<{ resourceId: string; note: string }[]> {
  if (resourceIds.length === 0) return [];
  const rows = await db
    .selectFrom('saved_resources')
    .select(['resource_id', 'note'])
    .where('person_id', '=', personId)
    .where('resource_id', 'in', resourceIds)
    .where('removed_at', 'is', null)
    .where('note', 'is not', null)
    .$narrowType<{ note: string }>()
    .orderBy('resource_id')
    .execute();
  return rows.map((row) => ({ resourceId: row.resource_id, note: row.note }));
}

/** @param note sealed; null takes it away. */
export async function setNote(
  db: Db,
  { personId, resourceId }: { personId: string; resourceId: string },
  note: string | null,
): Promise<void> {
  await db
    .updateTable('saved_resources')
    .set({ note })
    .where('person_id', '=', personId)
    .where('resource_id', '=', resourceId)
    .execute();
}

/** What somebody said of an entry. */
export type Feedback = { helped: boolean | undefined; hasLinkProblem: boolean; isOutOfDate: boolean };

const savedAmong = compiledOnce((db, personId: string, ...ids: string[]) =>
  db
    .selectFrom('saved_resources')
    .select('resource_id')
    .where('person_id', '=', personId)
    .where('resource_id', 'in', ids)
    .where('removed_at', 'is', null),
);

/** Which of the entries of a page one person saved. */
export async function listSavedAmong(
  db: Db,
  personId: string,
  resourceIds: readonly string[],
): Promise<Set<string>> {
  // As many for each page, since the query is compiled once.
  const ids = Array.from({ length: pageSize }, (_, nth) => resourceIds[nth] ?? '');
  return new Set((await savedAmong(db, personId, ...ids)).map((row) => row.resource_id));
}

/** What one person said of an entry. */
export async function findFeedback(
  db: Db,
  personId: string,
  resourceId: string,
): Promise<Feedback | undefined> {
  const row = await db
    .selectFrom('resource_feedback')
    .select(['helped', 'link_problem_at', 'out_of_date_at'])
    .where('person_id', '=', personId)
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  return (
    row && {
      helped: row.helped === null ? undefined : row.helped === 1,
      hasLinkProblem: row.link_problem_at !== null,
      isOutOfDate: row.out_of_date_at !== null,
    }
  );
}

/** One thing that somebody says of an entry. `helped: undefined` takes it back, as no date does. */
export type Said =
  | { helped: boolean | undefined }
  | { linkProblemAt: Date | undefined }
  | { outOfDateAt: Date | undefined };

/** Writes only what is given. */
export async function recordFeedback(
  db: Db,
  key: { personId: string; resourceId: string },
  said: Said,
  at: Date,
): Promise<void> {
  const changed =
    'helped' in said
      ? { helped: said.helped === undefined ? null : said.helped ? (1 as const) : (0 as const) }
      : 'linkProblemAt' in said
        ? { link_problem_at: said.linkProblemAt?.toISOString() ?? null }
        : { out_of_date_at: said.outOfDateAt?.toISOString() ?? null };
  const nothing = { helped: null, link_problem_at: null, out_of_date_at: null };
  await db
    .insertInto('resource_feedback')
    .values({
      person_id: key.personId,
      resource_id: key.resourceId,
      ...nothing,
      ...changed,
      changed_at: at.toISOString(),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['person_id', 'resource_id'])
        .doUpdateSet({ ...changed, changed_at: at.toISOString() }),
    )
    .execute();
}

/** How many people found each entry helpful, where at least so many did. */
export async function countHelped(db: Db, least: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('resource_feedback')
    .select(({ fn }) => ['resource_id', fn.countAll<number>().as('people')])
    .where('helped', '=', 1)
    .groupBy('resource_id')
    .having(({ fn }) => fn.countAll(), '>=', least)
    .orderBy('resource_id')
    .execute();
  return new Map(rows.map((row) => [row.resource_id, Number(row.people)]));
}

export type Reported = { resourceId: string; hasLinkProblem: boolean; isOutOfDate: boolean };

/** What people reported, longest ago first. */
export async function listReported(db: Db): Promise<Reported[]> {
  const rows = await db
    .selectFrom('resource_feedback')
    .select(({ fn }) => [
      'resource_id',
      fn.min('link_problem_at').as('link'),
      fn.min('out_of_date_at').as('content'),
    ])
    .where((eb) => eb.or([eb('link_problem_at', 'is not', null), eb('out_of_date_at', 'is not', null)]))
    .groupBy('resource_id')
    .execute();
  const since = ({ link, content }: (typeof rows)[number]): string =>
    [link, content].filter((at) => at !== null).toSorted()[0] ?? '';
  return rows
    .toSorted((a, b) => since(a).localeCompare(since(b)) || a.resource_id.localeCompare(b.resource_id))
    .map((row) => ({
      resourceId: row.resource_id,
      hasLinkProblem: row.link !== null,
      isOutOfDate: row.content !== null,
    }));
}

export type Suggestion = {
  id: string;
  personId: string;
  /** Its address without what makes no difference: the same for all who suggest the same page. */
  address: string;
  title: string;
  url: string;
  why: string | undefined;
  status: 'waiting' | 'accepted' | 'declined';
  suggestedAt: Date;
  /** Undefined while it waits. */
  decided?: { at: Date; by: string; entryId: string | undefined } | undefined;
  /** What all have that were decided at once; undefined of those decided before this was kept. */
  decision?: string | undefined;
  /** What the decision says to whoever suggested it; undefined: nothing, or it waits. */
  said?: Told | undefined;
  /** What they have heard of a decision that was taken back. */
  heard?: Told | undefined;
};
/** @returns what this person has suggested of this address before; undefined when there is none, and this one is kept. */
export async function insertSuggestion(db: Db, suggestion: Suggestion): Promise<Suggestion | undefined> {
  const row = await db
    .insertInto('resource_suggestions')
    .values({
      id: suggestion.id,
      person_id: suggestion.personId,
      address: suggestion.address,
      title: suggestion.title,
      url: suggestion.url,
      why: suggestion.why ?? null,
      status: suggestion.status,
      suggested_at: suggestion.suggestedAt.toISOString(),
      decided_by: null,
      decided_at: null,
      entry_id: null,
      decision: null,
      said: null,
      heard: null,
    })
    .onConflict((conflict) => conflict.columns(['person_id', 'address']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) return undefined;
  const before = await db
    .selectFrom('resource_suggestions')
    .selectAll()
    .where('person_id', '=', suggestion.personId)
    .where('address', '=', suggestion.address)
    .executeTakeFirst();
  return before && toSuggestion(before);
}

export async function findSuggestion(db: Db, id: string): Promise<Suggestion | undefined> {
  const row = await db.selectFrom('resource_suggestions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toSuggestion(row);
}

/** What several people suggested of one page and waits to be answered at once, oldest first. */
export async function listTogether(db: Db, { address }: Pick<Suggestion, 'address'>): Promise<Suggestion[]> {
  const rows = await db
    .selectFrom('resource_suggestions')
    .selectAll()
    .where('address', '=', address)
    .where('status', '=', 'waiting')
    .orderBy('suggested_at')
    .orderBy('id')
    .execute();
  return rows.map(toSuggestion);
}

/** What was decided at once, oldest first. */
export async function listDecided(db: Db, decision: string): Promise<Suggestion[]> {
  const rows = await db
    .selectFrom('resource_suggestions')
    .selectAll()
    .where('decision', '=', decision)
    .orderBy('suggested_at')
    .orderBy('id')
    .execute();
  return rows.map(toSuggestion);
}

/** Those that wait for a curator, oldest first. */
export async function listWaitingSuggestions(db: Db): Promise<Suggestion[]> {
  const rows = await db
    .selectFrom('resource_suggestions')
    .selectAll()
    .where('status', '=', 'waiting')
    .orderBy('suggested_at')
    .orderBy('id')
    .execute();
  return rows.map(toSuggestion);
}

/** How much waits for a curator of what is kept in rows of its own. @param least so often a word must have been missed. */
export async function countWaiting(
  db: Db,
  least: number,
): Promise<{ suggestions: number; examples: number; wording: number; missed: number }> {
  const many = <T extends string>(name: T) => sql<number>`count(*)`.as(name);
  const suggestions = db.selectFrom('resource_suggestions').where('status', '=', 'waiting');
  const examples = db.selectFrom('practice_examples').where('entry_id', 'is', null);
  const misses = db.selectFrom(missesQuery(db, least).select('word').as('missed'));
  const row = await db
    .selectNoFrom([
      // One page that several people suggest is one thing to answer.
      suggestions.select(sql<number>`count(distinct address)`.as('many')).as('suggestions'),
      examples.select(many('many')).as('examples'),
      db.selectFrom('wording_flags').select(many('many')).as('wording'),
      db.selectFrom('asked_questions').where('answer', 'is', null).select(many('many')).as('questions'),
      misses.select(many('many')).as('misses'),
    ])
    .executeTakeFirstOrThrow();
  return {
    suggestions: Number(row.suggestions),
    examples: Number(row.examples),
    wording: Number(row.wording),
    missed: Number(row.questions) + Number(row.misses),
  };
}

export async function decideSuggestion(
  db: Db,
  id: string,
  decision: {
    status: 'accepted' | 'declined';
    /** The same for all that are decided at once. */
    decision: string;
    decidedBy: string;
    at: Date;
    entryId?: string;
    said: Told | undefined;
  },
): Promise<void> {
  await db
    .updateTable('resource_suggestions')
    .set({
      status: decision.status,
      decided_by: decision.decidedBy,
      decided_at: decision.at.toISOString(),
      entry_id: decision.entryId ?? null,
      decision: decision.decision,
      said: decision.said ?? null,
    })
    .where('id', '=', id)
    .execute();
}

/** It waits again. @param heard what whoever suggested it knows of a decision by now. */
export async function reopenSuggestion(db: Db, id: string, heard: Told | undefined): Promise<void> {
  await db
    .updateTable('resource_suggestions')
    .set({
      status: 'waiting',
      decided_by: null,
      decided_at: null,
      entry_id: null,
      decision: null,
      said: null,
      heard: heard ?? null,
    })
    .where('id', '=', id)
    .execute();
}

/** The suggestions that became this entry. */
export async function listSuggestionsOf(db: Db, entryId: string): Promise<Suggestion[]> {
  const rows = await db
    .selectFrom('resource_suggestions')
    .selectAll()
    .where('entry_id', '=', entryId)
    .execute();
  return rows.map(toSuggestion);
}

/** Only one's own, and only while nobody has decided. */
export async function deleteSuggestion(db: Db, id: string, personId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('resource_suggestions')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function recordMisses(db: Db, words: readonly string[], on: string): Promise<void> {
  for (const word of words)
    await db
      .insertInto('search_misses')
      .values({ word, misses: 1, last_on: on, answer: null, answered_at: null })
      .onConflict((conflict) =>
        conflict.column('word').doUpdateSet((eb) => ({
          misses: eb('search_misses.misses', '+', 1),
          last_on: on,
        })),
      )
      .execute();
}

/** Words missed at least `least` times and not answered, most missed first. */
export const listMisses = (db: Db, least: number): Promise<{ word: string; misses: number }[]> =>
  missesQuery(db, least).select(['word', 'misses']).orderBy('misses', 'desc').orderBy('word').execute();

const missesQuery = (db: Db, least: number) =>
  db.selectFrom('search_misses').where('misses', '>=', least).where('answer', 'is', null).limit(200);

/** Every word that is kept, answered or not. */
export async function listMissedWords(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('search_misses').select('word').execute();
  return rows.map(({ word }) => word);
}

export async function deleteMisses(db: Db, words: readonly string[]): Promise<void> {
  // As many as both databases take in one statement.
  for (let from = 0; from < words.length; from += 500)
    await db
      .deleteFrom('search_misses')
      .where('word', 'in', words.slice(from, from + 500))
      .execute();
}

/** @param answer see `ledBy` in `catalogue/came-of.ts`. */
export async function answerMiss(db: Db, word: string, answer: string, at: Date): Promise<void> {
  await db
    .updateTable('search_misses')
    .set({ answer, answered_at: at.toISOString() })
    .where('word', '=', word)
    .execute();
}

const open = { answer: null, answered_at: null };

export async function reopenMiss(db: Db, word: string): Promise<void> {
  await db.updateTable('search_misses').set(open).where('word', '=', word).execute();
}

/** What got this answer waits again. @returns the ids of questions, and how many single words there were. */
export async function reopenAnswered(
  db: Db,
  answer: string,
): Promise<{ questionIds: string[]; words: number }> {
  const questions = await db
    .updateTable('asked_questions')
    .set(open)
    .where('answer', '=', answer)
    .returning('id')
    .execute();
  const words = await db
    .updateTable('search_misses')
    .set(open)
    .where('answer', '=', answer)
    .returning('word')
    .execute();
  return { questionIds: questions.map(({ id }) => id), words: words.length };
}

/** What was answered before an instant, but for words that are not to come up again. */
export async function deleteAnswered(db: Db, before: Date): Promise<void> {
  const at = before.toISOString();
  await db.deleteFrom('asked_questions').where('answered_at', '<', at).execute();
  await db
    .deleteFrom('search_misses')
    .where('answered_at', '<', at)
    .where('answer', '<>', 'not-ours')
    .execute();
}

/** A question to the curators. */
export type Question = { id: string; words: string; askedOn: string };

/** @returns the question's id: an earlier one's, where the same was asked before. */
export async function insertQuestion(db: Db, question: Question & { key: string }): Promise<string> {
  await db
    .insertInto('asked_questions')
    .values({
      id: question.id,
      key: question.key,
      words: question.words,
      asked_on: question.askedOn,
      ...open,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  // Asked again although it was answered, it waits again.
  await db
    .updateTable('asked_questions')
    .set({ ...open, asked_on: question.askedOn })
    .where('key', '=', question.key)
    .where('answer', 'is not', null)
    .execute();
  const row = await db
    .selectFrom('asked_questions')
    .select('id')
    .where('key', '=', question.key)
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function insertWaiting(db: Db, questionId: string, personId: string): Promise<void> {
  await db
    .insertInto('question_waiting')
    .values({ question_id: questionId, person_id: personId })
    .onConflict((conflict) => conflict.columns(['question_id', 'person_id']).doNothing())
    .execute();
}

export async function deleteWaitingOf(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('question_waiting').where('person_id', '=', personId).execute();
}

/** Who wants to hear of the answer: for telling them, and nothing else. */
export async function listWaitingFor(db: Db, questionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('question_waiting')
    .select('person_id')
    .where('question_id', '=', questionId)
    .execute();
  return rows.map((row) => row.person_id);
}

export async function listQuestions(db: Db): Promise<Question[]> {
  const rows = await db
    .selectFrom('asked_questions')
    .selectAll()
    .where('answer', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(toQuestion);
}

/** @returns undefined where it was answered. */
export async function findQuestion(db: Db, id: string): Promise<Question | undefined> {
  const row = await db
    .selectFrom('asked_questions')
    .selectAll()
    .where('id', '=', id)
    .where('answer', 'is', null)
    .executeTakeFirst();
  return row && toQuestion(row);
}

/** Also where it is answered. */
export async function findAnyQuestion(db: Db, id: string): Promise<Question | undefined> {
  const row = await db.selectFrom('asked_questions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toQuestion(row);
}

/** It waits no longer, and who waited for it is not kept. @param answer see `ledBy` in `catalogue/came-of.ts`. */
export async function answerQuestion(db: Db, id: string, answer: string, at: Date): Promise<void> {
  await db.deleteFrom('question_waiting').where('question_id', '=', id).execute();
  await db
    .updateTable('asked_questions')
    .set({ answer, answered_at: at.toISOString() })
    .where('id', '=', id)
    .execute();
}

/** @returns false where it waits already, or is not kept any more. */
export async function reopenQuestion(db: Db, id: string): Promise<boolean> {
  const row = await db
    .updateTable('asked_questions')
    .set(open)
    .where('id', '=', id)
    .where('answer', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

const toQuestion = (row: Selectable<AskedQuestionsTable>): Question => ({
  id: row.id,
  words: row.words,
  askedOn: row.asked_on,
});

/** A curator has looked at it: nobody's report of it is open any more. */
export async function clearReports(db: Db, resourceId: string): Promise<void> {
  await db
    .updateTable('resource_feedback')
    .set({ link_problem_at: null, out_of_date_at: null })
    .where('resource_id', '=', resourceId)
    .execute();
  await db
    .deleteFrom('resource_feedback')
    .where('resource_id', '=', resourceId)
    .where('helped', 'is', null)
    .where('link_problem_at', 'is', null)
    .where('out_of_date_at', 'is', null)
    .execute();
}

const toSuggestion = (row: Selectable<ResourceSuggestionsTable>): Suggestion => ({
  id: row.id,
  personId: row.person_id,
  address: row.address,
  title: row.title,
  url: row.url,
  why: row.why ?? undefined,
  status: row.status as Suggestion['status'],
  suggestedAt: new Date(row.suggested_at),
  decided:
    row.decided_at === null || row.decided_by === null
      ? undefined
      : { at: new Date(row.decided_at), by: row.decided_by, entryId: row.entry_id ?? undefined },
  decision: row.decision ?? undefined,
  said: (row.said as Told | null) ?? undefined,
  heard: (row.heard as Told | null) ?? undefined,
});

import './tables.ts';
import { type Selectable, sql } from 'kysely';
import { compiledOnce } from '../../db/compiled.ts';
import type { Db } from '../../db/schema.ts';
import { pageSize } from './finding/place.ts';
import type { ResourceSuggestionsTable } from './tables.ts';

/** Newest first. */
export async function listSaved(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('saved_resources')
    .select('resource_id')
    .where('person_id', '=', personId)
    .orderBy('saved_at', 'desc')
    .orderBy('resource_id')
    .execute();
  return rows.map((row) => row.resource_id);
}

export async function insertSaved(db: Db, personId: string, resourceId: string, at: Date): Promise<void> {
  await db
    .insertInto('saved_resources')
    .values({ person_id: personId, resource_id: resourceId, saved_at: at.toISOString() })
    .onConflict((conflict) => conflict.columns(['person_id', 'resource_id']).doNothing())
    .execute();
}

export async function deleteSaved(db: Db, personId: string, resourceId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('saved_resources')
    .where('person_id', '=', personId)
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export type Feedback = { helped: boolean | undefined; hasLinkProblem: boolean };

const marks = compiledOnce((db, personId: string, ...ids: string[]) =>
  db
    .selectFrom('resource_feedback')
    .select(['resource_id', 'helped', 'link_problem_at', sql<string | null>`null`.as('saved_at')])
    .where('person_id', '=', personId)
    .where('resource_id', 'in', ids)
    .unionAll(
      db
        .selectFrom('saved_resources')
        .select([
          'resource_id',
          sql<0 | 1 | null>`null`.as('helped'),
          sql<string | null>`null`.as('link_problem_at'),
          'saved_at',
        ])
        .where('person_id', '=', personId)
        .where('resource_id', 'in', ids),
    ),
);

/** Which of the entries of a page one person saved, and what they said about them. */
export async function marksOf(
  db: Db,
  personId: string,
  resourceIds: readonly string[],
): Promise<{ saved: Set<string>; feedback: Map<string, Feedback> }> {
  // As many for each page, since the query is compiled once.
  const ids = Array.from({ length: pageSize }, (_, nth) => resourceIds[nth] ?? '');
  const saved = new Set<string>();
  const feedback = new Map<string, Feedback>();
  for (const row of await marks(db, personId, ...ids))
    if (row.saved_at === null)
      feedback.set(row.resource_id, {
        helped: row.helped === null ? undefined : row.helped === 1,
        hasLinkProblem: row.link_problem_at !== null,
      });
    else saved.add(row.resource_id);
  return { saved, feedback };
}

/** Writes only what is given; `helped: undefined` takes it back. */
export async function recordFeedback(
  db: Db,
  key: { personId: string; resourceId: string },
  change: { helped: boolean | undefined } | { linkProblemAt: Date | undefined },
  at: Date,
): Promise<void> {
  const helped = 'helped' in change && change.helped !== undefined ? (change.helped ? 1 : 0) : null;
  const problem = 'linkProblemAt' in change ? (change.linkProblemAt?.toISOString() ?? null) : null;
  const changed = 'helped' in change ? { helped: helped as 0 | 1 | null } : { link_problem_at: problem };
  await db
    .insertInto('resource_feedback')
    .values({
      person_id: key.personId,
      resource_id: key.resourceId,
      helped: helped as 0 | 1 | null,
      link_problem_at: problem,
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

/** Resources whose link somebody reported, longest ago first. */
export async function listLinkProblems(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('resource_feedback')
    .select(({ fn }) => ['resource_id', fn.min('link_problem_at').as('since')])
    .where('link_problem_at', 'is not', null)
    .groupBy('resource_id')
    .orderBy('since')
    .execute();
  return rows.map((row) => row.resource_id);
}

export type Suggestion = {
  id: string;
  personId: string;
  title: string;
  url: string;
  why: string | undefined;
  status: 'waiting' | 'accepted' | 'declined';
  suggestedAt: Date;
};

/** @returns undefined when this person suggested this address before. */
export async function insertSuggestion(
  db: Db,
  suggestion: Suggestion & { address: string },
): Promise<string | undefined> {
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
    })
    .onConflict((conflict) => conflict.columns(['person_id', 'address']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function findSuggestion(db: Db, id: string): Promise<Suggestion | undefined> {
  const row = await db.selectFrom('resource_suggestions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toSuggestion(row);
}

/** Waiting ones first, oldest first among them; then the decided ones, latest decision first. */
export async function listSuggestions(db: Db): Promise<Suggestion[]> {
  const rows = await db.selectFrom('resource_suggestions').selectAll().orderBy('suggested_at').execute();
  const waiting = rows.filter((row) => row.status === 'waiting');
  const decided = rows
    .filter((row) => row.status !== 'waiting')
    .toSorted((a, b) => (b.decided_at ?? '').localeCompare(a.decided_at ?? ''));
  return [...waiting, ...decided].map(toSuggestion);
}

export async function countWaiting(db: Db): Promise<number> {
  const row = await db
    .selectFrom('resource_suggestions')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('status', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(row.waiting);
}

export async function decideSuggestion(
  db: Db,
  id: string,
  decision: { status: Suggestion['status']; decidedBy: string; at: Date },
): Promise<void> {
  const isOpen = decision.status === 'waiting';
  await db
    .updateTable('resource_suggestions')
    .set({
      status: decision.status,
      decided_by: isOpen ? null : decision.decidedBy,
      decided_at: isOpen ? null : decision.at.toISOString(),
    })
    .where('id', '=', id)
    .execute();
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
      .values({ word, misses: 1, last_on: on, answer: null })
      .onConflict((conflict) =>
        conflict.column('word').doUpdateSet((eb) => ({
          misses: eb('search_misses.misses', '+', 1),
          last_on: on,
        })),
      )
      .execute();
}

/** Words missed at least `least` times, most missed first. */
export async function listMisses(db: Db, least: number): Promise<{ word: string; misses: number }[]> {
  return db
    .selectFrom('search_misses')
    .select(['word', 'misses'])
    .where('misses', '>=', least)
    .where('answer', 'is', null)
    .orderBy('misses', 'desc')
    .orderBy('word')
    .limit(20)
    .execute();
}

const toSuggestion = (row: Selectable<ResourceSuggestionsTable>): Suggestion => ({
  id: row.id,
  personId: row.person_id,
  title: row.title,
  url: row.url,
  why: row.why ?? undefined,
  status: row.status as Suggestion['status'],
  suggestedAt: new Date(row.suggested_at),
});

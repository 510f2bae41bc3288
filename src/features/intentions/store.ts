import type { Selectable } from 'kysely';
import { z } from 'zod';
import './tables.ts';
import { forPerson } from '../../db/reseal.ts';
import type { Db } from '../../db/schema.ts';
import { openJson, type Vault } from '../../lib/crypto.ts';
import type { Outcome } from './coming-back.ts';
import type { IntentionCountsTable, IntentionsTable } from './tables.ts';

export type Intention = {
  id: string;
  personId: string;
  occasion: string;
  /** Local date. */
  notedOn: string;
  returns: number;
  nextAt: Date | undefined;
  outcome: Outcome | undefined;
  /** Undefined: it cannot be opened with the present key. */
  words: string | undefined;
};

/** In code points. */
export const longestIntention = 500;
/** In bytes: whatever the form takes fits, so that no row tells how much was written. */
const room = 4 * 1024;

const sealedWords = z.object({ words: z.string() });
const placeOf = (id: string) => `intention:${id}`;
const seal = (vault: Vault, person: string, id: string, words: string) =>
  vault.sealFor({ person }, JSON.stringify({ words }), placeOf(id), room);

/** Opens the sealed words: ask `may(actor, 'own.read', …)` with its `personId` before showing any of it. */
export async function findIntention(db: Db, vault: Vault, id: string): Promise<Intention | undefined> {
  const row = await db.selectFrom('intentions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toIntention(vault, row);
}

/** Somebody's, the latest first. */
export async function listIntentions(db: Db, vault: Vault, personId: string): Promise<Intention[]> {
  const rows = await db
    .selectFrom('intentions')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('noted_on', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => toIntention(vault, row));
}

/** @returns false when it is there already. */
export async function insertIntention(
  db: Db,
  vault: Vault,
  one: Pick<Intention, 'id' | 'personId' | 'occasion' | 'notedOn' | 'nextAt'> & { words: string },
): Promise<boolean> {
  const row = await db
    .insertInto('intentions')
    .values({
      id: one.id,
      person_id: one.personId,
      occasion: one.occasion,
      sealed: seal(vault, one.personId, one.id, one.words),
      noted_on: one.notedOn,
      next_at: one.nextAt?.toISOString() ?? null,
      outcome: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function changeWords(
  db: Db,
  vault: Vault,
  { id, personId }: Pick<Intention, 'id' | 'personId'>,
  words: string,
): Promise<void> {
  const sealed = seal(vault, personId, id, words);
  await db.updateTable('intentions').set({ sealed }).where('id', '=', id).execute();
}

export async function changeIntention(
  db: Db,
  id: string,
  change: { outcome?: Outcome; nextAt?: Date | undefined },
): Promise<void> {
  await db
    .updateTable('intentions')
    .set({
      ...(change.outcome && { outcome: change.outcome }),
      ...('nextAt' in change && { next_at: change.nextAt?.toISOString() ?? null }),
    })
    .where('id', '=', id)
    .execute();
}

export async function deleteIntention(db: Db, id: string): Promise<void> {
  await db.deleteFrom('intentions').where('id', '=', id).execute();
}

type Due = Pick<Intention, 'id' | 'personId' | 'notedOn' | 'returns'>;

/** What comes back by now, without its words. */
export async function listDue(db: Db, now: Date): Promise<Due[]> {
  const rows = await db
    .selectFrom('intentions')
    .innerJoin('people', 'people.id', 'intentions.person_id')
    .select(['intentions.id', 'person_id', 'noted_on', 'returns'])
    .where('next_at', '<=', now.toISOString())
    .where('people.deactivated_at', 'is', null)
    .orderBy('next_at')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    notedOn: row.noted_on,
    returns: row.returns,
  }));
}

/** Counts that it comes back now. @returns false when another run was first, or it was stopped meanwhile. */
export async function recordReturn(
  db: Db,
  { id, returns }: Pick<Due, 'id' | 'returns'>,
  nextAt: Date | undefined,
): Promise<boolean> {
  const result = await db
    .updateTable('intentions')
    .set({ returns: returns + 1, next_at: nextAt?.toISOString() ?? null })
    .where('id', '=', id)
    .where('returns', '=', returns)
    .where('next_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Nothing of theirs comes back any more. That they want no offers stays. */
export async function stopAll(db: Db, personId: string): Promise<void> {
  await db.updateTable('intentions').set({ next_at: null }).where('person_id', '=', personId).execute();
  await db
    .deleteFrom('intention_offers')
    .where('person_id', '=', personId)
    .where('is_wanted', '=', 1)
    .execute();
}

export type Offer = { occasion: string; offeredOn: string; isWanted: boolean };

export async function findOffer(db: Db, personId: string): Promise<Offer | undefined> {
  const row = await db
    .selectFrom('intention_offers')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && { occasion: row.occasion, offeredOn: row.offered_on, isWanted: row.is_wanted === 1 };
}

export async function saveOffer(db: Db, personId: string, offer: Offer): Promise<void> {
  const row = {
    occasion: offer.occasion,
    offered_on: offer.offeredOn,
    is_wanted: offer.isWanted ? (1 as const) : (0 as const),
  };
  await db
    .insertInto('intention_offers')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

/** How many noted something after an occasion, and how many tried it; what is null is not counted yet. */
export type IntentionCount = Omit<Selectable<IntentionCountsTable>, 'occasion'>;

export const findCount = (db: Db, occasion: string): Promise<IntentionCount | undefined> =>
  db
    .selectFrom('intention_counts')
    .select(['people', 'noted', 'tried', 'done'])
    .where('occasion', '=', occasion)
    .executeTakeFirst();

/** What was counted first stays. */
export const insertCount = async (
  db: Db,
  occasion: string,
  count: Pick<IntentionCount, 'people' | 'noted'>,
): Promise<void> =>
  void (await db
    .insertInto('intention_counts')
    .values({ occasion, ...count, tried: null })
    .onConflict((conflict) => conflict.column('occasion').doNothing())
    .execute());

/** Once: what was counted first stays. */
export const recordTried = async (
  db: Db,
  occasion: string,
  count: { tried: number; done: number },
): Promise<void> =>
  void (await db
    .updateTable('intention_counts')
    .set(count)
    .where('occasion', '=', occasion)
    .where('tried', 'is', null)
    .execute());

/** How many of these people noted something after it. @param among those alone who said so of it. */
export async function countPeople(
  db: Db,
  {
    occasion,
    people,
    among,
  }: { occasion: string; people: readonly string[]; among?: readonly Outcome[] | undefined },
): Promise<number> {
  if (people.length === 0) return 0;
  let query = db
    .selectFrom('intentions')
    .select((eb) => eb.fn.count<number>('person_id').distinct().as('many'))
    .where('occasion', '=', occasion)
    .where('person_id', 'in', people);
  if (among) query = query.where('outcome', 'in', among);
  return Number((await query.executeTakeFirstOrThrow()).many);
}

const draftSchema = z.object({ id: z.string(), occasion: z.string(), words: z.string() });
/** What stands in a form that was closed. */
export type Draft = z.output<typeof draftSchema>;
const draftPlace = (personId: string) => `intention-draft:${personId}`;

/** Where people's words are sealed here. */
export const sealedColumns = [
  forPerson({ table: 'intentions', by: ['id'], place: ({ id }) => placeOf(id) }),
  forPerson({
    table: 'intention_drafts',
    by: ['person_id'],
    place: ({ person_id }) => draftPlace(person_id),
  }),
];

export async function findDraft(db: Db, vault: Vault, personId: string): Promise<Draft | undefined> {
  const row = await db
    .selectFrom('intention_drafts')
    .select('sealed')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && openDraft(vault, { person_id: personId, ...row });
}

export const openDraft = (
  vault: Vault,
  { person_id: person, sealed }: { person_id: string; sealed: string },
): Draft | undefined => openJson(vault, { person }, sealed, draftPlace(person), draftSchema);

export async function saveDraft(db: Db, vault: Vault, personId: string, draft: Draft): Promise<void> {
  const sealed = vault.sealFor({ person: personId }, JSON.stringify(draft), draftPlace(personId), room);
  await db
    .insertInto('intention_drafts')
    .values({ person_id: personId, sealed })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ sealed }))
    .execute();
}

export async function deleteDraft(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('intention_drafts').where('person_id', '=', personId).execute();
}

export const toIntention = (vault: Vault, row: Selectable<IntentionsTable>): Intention => ({
  id: row.id,
  personId: row.person_id,
  occasion: row.occasion,
  notedOn: row.noted_on,
  returns: row.returns,
  nextAt: row.next_at === null ? undefined : new Date(row.next_at),
  outcome: (row.outcome as Outcome | null) ?? undefined,
  words: openJson(vault, { person: row.person_id }, row.sealed, placeOf(row.id), sealedWords)?.words,
});

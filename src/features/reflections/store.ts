import type { Selectable } from 'kysely';
import './tables.ts';
import { forPerson } from '../../db/reseal.ts';
import type { Db } from '../../db/schema.ts';
import { hours, later } from '../../lib/clock.ts';
import { openJson, type Vault } from '../../lib/crypto.ts';
import { type Body, bodySchema } from './body.ts';
import { undoHours } from './deps.ts';
import type { ReflectionDraftsTable, ReflectionsTable, ReflectionVersionsTable } from './tables.ts';

export type Reflection = {
  id: string;
  personId: string;
  framework: string;
  writtenAt: Date;
  updatedAt: Date;
  deletedAt: Date | undefined;
  /** Undefined: it cannot be opened with the present key, or what is there is damaged. */
  body: Body | undefined;
};

export type Draft = {
  id: string;
  personId: string;
  framework: string;
  /** The id of the reflection it changes. */
  changes: string | undefined;
  updatedAt: Date;
  deletedAt: Date | undefined;
  body: Body | undefined;
};

const sealBody = (vault: Vault, person: string, body: Body, place: string): string =>
  vault.sealFor({ person }, JSON.stringify(body), place);

const openBody = (vault: Vault, person: string, sealed: string, place: string): Body | undefined =>
  openJson(vault, { person }, sealed, place, bodySchema);

const reflectionPlace = (id: string): string => `reflection:${id}`;
const versionPlace = (id: string): string => `reflection-version:${id}`;
const draftPlace = (id: string): string => `reflection-draft:${id}`;

/** Where people's words are sealed here. */
export const sealedColumns = [
  forPerson({ table: 'reflections', by: ['id'], place: ({ id }) => reflectionPlace(id) }),
  forPerson({ table: 'reflection_drafts', by: ['id'], place: ({ id }) => draftPlace(id) }),
  forPerson({
    table: 'reflection_versions',
    by: ['reflection_id'],
    place: ({ reflection_id: id }) => versionPlace(id),
  }),
];

/** Opens the sealed words: ask `may(actor, 'own.read', …)` with its `personId` before showing any of it. */
export async function findReflection(db: Db, vault: Vault, id: string): Promise<Reflection | undefined> {
  const row = await db.selectFrom('reflections').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toReflection(vault, row);
}

export type Extent = { offset: number; limit: number };

/** Newest first; without the deleted. */
export async function listReflections(
  db: Db,
  vault: Vault,
  personId: string,
  { offset, limit }: Extent,
): Promise<Reflection[]> {
  const rows = await db
    .selectFrom('reflections')
    .selectAll()
    .where('person_id', '=', personId)
    .where('deleted_at', 'is', null)
    .orderBy('written_at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map((row) => toReflection(vault, row));
}

/** The whole journal, newest first: what is sealed can only be looked through in memory. */
export const listAll = async (db: Db, vault: Vault, personId: string): Promise<Reflection[]> =>
  listReflections(db, vault, personId, { offset: 0, limit: await countReflections(db, personId) });

/** Those that can still be brought back, latest deletion first. */
export async function listDeletedReflections(
  db: Db,
  vault: Vault,
  personId: string,
  now: Date,
  limit: number,
): Promise<Reflection[]> {
  const rows = await db
    .selectFrom('reflections')
    .selectAll()
    .where('person_id', '=', personId)
    .where('deleted_at', '>', undoLimit(now))
    .orderBy('deleted_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => toReflection(vault, row));
}

/** @param everything with the deleted. */
export async function countReflections(
  db: Db,
  personId: string,
  { everything = false } = {},
): Promise<number> {
  let query = db
    .selectFrom('reflections')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId);
  if (!everything) query = query.where('deleted_at', 'is', null);
  const row = await query.executeTakeFirstOrThrow();
  return Number(row.count);
}

/** With those that can still be brought back. */
export async function listReflectionIds(db: Db, personId: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('reflections').select('id').where('person_id', '=', personId).execute();
  return new Set(rows.map(({ id }) => id));
}

export type NewReflection = { id: string; personId: string; framework: string; body: Body; at: Date };

/** @returns false when the id is taken: it was saved already, or is somebody else's. */
export async function insertReflection(
  db: Db,
  vault: Vault,
  { id, personId, framework, body, at }: NewReflection,
): Promise<boolean> {
  const inserted = await db
    .insertInto('reflections')
    .values({
      id,
      person_id: personId,
      framework,
      sealed: sealBody(vault, personId, body, reflectionPlace(id)),
      written_at: at.toISOString(),
      updated_at: at.toISOString(),
      deleted_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateReflection(
  db: Db,
  vault: Vault,
  { id, personId, framework, body, at }: NewReflection,
): Promise<void> {
  await db
    .updateTable('reflections')
    .set({
      framework,
      sealed: sealBody(vault, personId, body, reflectionPlace(id)),
      updated_at: at.toISOString(),
    })
    .where('id', '=', id)
    .execute();
}

/** How the words were before. @property writtenAt when they became so. */
export type Version = Pick<Reflection, 'framework' | 'writtenAt' | 'body'>;

/** Keeps it as the earlier version, in the place of the one that there was. */
export async function keepVersion(
  db: Db,
  vault: Vault,
  { id, personId, framework, body, updatedAt }: Omit<Reflection, 'body'> & { body: Body },
): Promise<void> {
  const row = {
    framework,
    sealed: sealBody(vault, personId, body, versionPlace(id)),
    written_at: updatedAt.toISOString(),
  };
  await db
    .insertInto('reflection_versions')
    .values({ reflection_id: id, person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('reflection_id').doUpdateSet(row))
    .execute();
}

/** Of a reflection whose owner was asked for. */
export async function findVersion(db: Db, vault: Vault, id: string): Promise<Version | undefined> {
  const row = await db
    .selectFrom('reflection_versions')
    .selectAll()
    .where('reflection_id', '=', id)
    .executeTakeFirst();
  return row && toVersion(vault, row);
}

export async function hasVersion(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('reflection_versions')
    .select('reflection_id')
    .where('reflection_id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteVersion(db: Db, id: string): Promise<void> {
  await db.deleteFrom('reflection_versions').where('reflection_id', '=', id).execute();
}

export async function markReflectionDeleted(db: Db, id: string, at: Date | undefined): Promise<void> {
  await db
    .updateTable('reflections')
    .set({ deleted_at: at?.toISOString() ?? null })
    .where('id', '=', id)
    .execute();
}

export async function findDraft(db: Db, vault: Vault, id: string): Promise<Draft | undefined> {
  const row = await db.selectFrom('reflection_drafts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toDraft(vault, row);
}

/** Whether the key opens what was written last; true where nothing was. */
export async function opensLatest(db: Db, vault: Vault): Promise<boolean> {
  const row = await db
    .selectFrom('reflections')
    .selectAll()
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return !row || toReflection(vault, row).body !== undefined;
}

/** Latest first. @param which open ones, or those that were discarded and can still be brought back. */
export async function listDrafts(
  db: Db,
  vault: Vault,
  personId: string,
  which: { kind: 'open' } | { kind: 'discarded'; now: Date },
  limit: number,
): Promise<Draft[]> {
  let query = db
    .selectFrom('reflection_drafts')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('updated_at', 'desc')
    .limit(limit);
  query =
    which.kind === 'open'
      ? query.where('deleted_at', 'is', null)
      : query.where('deleted_at', '>', undoLimit(which.now));
  return (await query.execute()).map((row) => toDraft(vault, row));
}

/** The latest of somebody's journal, without a word of it: how and when. */
export async function listLatest(
  db: Db,
  personId: string,
  limit: number,
): Promise<{ framework: string; writtenAt: Date }[]> {
  const rows = await db
    .selectFrom('reflections')
    .select(['framework', 'written_at'])
    .where('person_id', '=', personId)
    .where('deleted_at', 'is', null)
    .orderBy('written_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ framework: row.framework, writtenAt: new Date(row.written_at) }));
}

/** @param discardedAt the present, to count the discarded that can be brought back as well. */
export async function countDrafts(
  db: Db,
  personId: string,
  { discardedAt }: { discardedAt?: Date } = {},
): Promise<number> {
  const row = await db
    .selectFrom('reflection_drafts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where((eb) =>
      eb.or([
        eb('deleted_at', 'is', null),
        ...(discardedAt ? [eb('deleted_at', '>', undoLimit(discardedAt))] : []),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Keeps the latest words under the draft's id. Whoever owns the row must have been asked for before. */
export async function saveDraft(
  db: Db,
  vault: Vault,
  draft: Omit<Draft, 'updatedAt' | 'deletedAt' | 'body'> & { body: Body; at: Date },
): Promise<void> {
  const now = {
    framework: draft.framework,
    sealed: sealBody(vault, draft.personId, draft.body, draftPlace(draft.id)),
    updated_at: draft.at.toISOString(),
    deleted_at: null,
  };
  await db
    .insertInto('reflection_drafts')
    .values({ id: draft.id, person_id: draft.personId, changes: draft.changes ?? null, ...now })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(now).where('reflection_drafts.person_id', '=', draft.personId),
    )
    .execute();
}

export async function markDraftDiscarded(db: Db, id: string, at: Date | undefined): Promise<void> {
  await db
    .updateTable('reflection_drafts')
    .set({ deleted_at: at?.toISOString() ?? null })
    .where('id', '=', id)
    .execute();
}

export async function removeDraft(db: Db, id: string, personId: string): Promise<void> {
  await db.deleteFrom('reflection_drafts').where('id', '=', id).where('person_id', '=', personId).execute();
}

/** Removes for good what was deleted longer ago than it can be brought back. */
export async function purgeDeleted(db: Db, now: Date): Promise<void> {
  const limit = undoLimit(now);
  await db.deleteFrom('reflections').where('deleted_at', '<=', limit).execute();
  await db.deleteFrom('reflection_drafts').where('deleted_at', '<=', limit).execute();
}

const undoLimit = (now: Date): string => later(now, -hours(undoHours)).toISOString();

export const toVersion = (vault: Vault, row: Selectable<ReflectionVersionsTable>): Version => ({
  framework: row.framework,
  writtenAt: new Date(row.written_at),
  body: openBody(vault, row.person_id, row.sealed, versionPlace(row.reflection_id)),
});

export const toReflection = (vault: Vault, row: Selectable<ReflectionsTable>): Reflection => ({
  id: row.id,
  personId: row.person_id,
  framework: row.framework,
  writtenAt: new Date(row.written_at),
  updatedAt: new Date(row.updated_at),
  deletedAt: row.deleted_at === null ? undefined : new Date(row.deleted_at),
  body: openBody(vault, row.person_id, row.sealed, reflectionPlace(row.id)),
});

export const toDraft = (vault: Vault, row: Selectable<ReflectionDraftsTable>): Draft => ({
  id: row.id,
  personId: row.person_id,
  framework: row.framework,
  changes: row.changes ?? undefined,
  updatedAt: new Date(row.updated_at),
  deletedAt: row.deleted_at === null ? undefined : new Date(row.deleted_at),
  body: openBody(vault, row.person_id, row.sealed, draftPlace(row.id)),
});

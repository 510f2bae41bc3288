import type { Selectable } from 'kysely';
import '../tables.ts';
import { forPerson } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import { type Body, bodySchema } from '../body.ts';
import type { ReflectionSharesTable } from '../tables.ts';
import type { Notice } from './messages.ts';

export const scopes = ['person', 'facilitators', 'group'] as const;
export type Scope = (typeof scopes)[number];

export type Share = {
  id: string;
  reflectionId: string;
  /** Its author. */
  by: string;
  scope: Scope;
  /** Of which group; undefined for a person. */
  cohortId: string | undefined;
  sharedAt: Date;
  /** As of when the copy is. */
  copiedAt: Date;
  endedAt: Date | undefined;
  /** Undefined: it is shared no longer, or cannot be opened with the present key. */
  copy: Body | undefined;
};

const place = (id: string): string => `reflection-share:${id}`;
/** Where copies lie, for whoever shared them. */
export const sealedShares = forPerson({
  table: 'reflection_shares',
  by: ['id'],
  place: ({ id }) => place(id),
});
const seal = (vault: Vault, person: string, id: string, copy: Body): string =>
  vault.sealFor({ person }, JSON.stringify(copy), place(id));

export const toShare = (vault: Vault, row: Selectable<ReflectionSharesTable>): Share => ({
  id: row.id,
  reflectionId: row.reflection_id,
  by: row.person_id,
  scope: scopes.find((one) => one === row.scope) ?? 'person',
  cohortId: row.cohort_id ?? undefined,
  sharedAt: new Date(row.shared_at),
  copiedAt: new Date(row.copied_at),
  endedAt: row.ended_at === null ? undefined : new Date(row.ended_at),
  copy:
    row.sealed === null
      ? undefined
      : openJson(vault, { person: row.person_id }, row.sealed, place(row.id), bodySchema),
});

export async function insertShare(
  db: Db,
  vault: Vault,
  share: Omit<Share, 'endedAt' | 'copy'> & { copy: Body; readers: readonly string[] },
): Promise<void> {
  await db
    .insertInto('reflection_shares')
    .values({
      id: share.id,
      reflection_id: share.reflectionId,
      person_id: share.by,
      scope: share.scope,
      cohort_id: share.cohortId ?? null,
      sealed: seal(vault, share.by, share.id, share.copy),
      shared_at: share.sharedAt.toISOString(),
      copied_at: share.copiedAt.toISOString(),
      ended_at: null,
    })
    .execute();
  await db
    .insertInto('reflection_share_readers')
    .values(
      share.readers.map((id) => ({
        share_id: share.id,
        person_id: id,
        left_at: null,
        notice_closed_at: null,
      })),
    )
    .execute();
}

/** @returns false when it is shared no longer. */
export async function renewCopy(
  db: Db,
  vault: Vault,
  { id, by }: Pick<Share, 'id' | 'by'>,
  copy: Body,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reflection_shares')
    .set({ sealed: seal(vault, by, id, copy), copied_at: at.toISOString() })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function findShare(db: Db, vault: Vault, id: string): Promise<Share | undefined> {
  const row = await db.selectFrom('reflection_shares').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toShare(vault, row);
}

/** Latest first, those that have ended too. */
export async function listSharesOf(db: Db, vault: Vault, reflectionId: string): Promise<Share[]> {
  const rows = await db
    .selectFrom('reflection_shares')
    .selectAll()
    .where('reflection_id', '=', reflectionId)
    .orderBy('shared_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => toShare(vault, row));
}

/** Which of these reflections are shared at present. */
export async function listSharedAmong(db: Db, reflectionIds: readonly string[]): Promise<Set<string>> {
  if (reflectionIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('reflection_shares')
    .select('reflection_id')
    .where('reflection_id', 'in', reflectionIds)
    .where('ended_at', 'is', null)
    .execute();
  return new Set(rows.map((row) => row.reflection_id));
}

export async function countSharedSince(db: Db, by: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom('reflection_shares')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('person_id', '=', by)
    .where('shared_at', '>', since.toISOString())
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

/** What somebody shares at present. @param of only these kinds, of this group. */
export async function countLive(
  db: Db,
  by: string,
  of: { scopes: readonly Scope[]; cohortId: string | undefined },
): Promise<number> {
  let live = db
    .selectFrom('reflection_shares')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('person_id', '=', by)
    .where('scope', 'in', [...of.scopes])
    .where('ended_at', 'is', null);
  if (of.cohortId !== undefined) live = live.where('cohort_id', '=', of.cohortId);
  return Number((await live.executeTakeFirstOrThrow()).many);
}

/** What colleagues share with somebody at present, latest first; whether each may still be opened is asked apart. */
export async function listSharedWith(db: Db, vault: Vault, personId: string): Promise<Share[]> {
  const rows = await db
    .selectFrom('reflection_shares')
    .innerJoin('reflection_share_readers', 'reflection_share_readers.share_id', 'reflection_shares.id')
    .selectAll('reflection_shares')
    .where('reflection_share_readers.person_id', '=', personId)
    .where('reflection_share_readers.left_at', 'is', null)
    .where('reflection_shares.ended_at', 'is', null)
    .orderBy('reflection_shares.shared_at', 'desc')
    .orderBy('reflection_shares.id', 'desc')
    .execute();
  return rows.map((row) => toShare(vault, row));
}

/** Whether colleagues share anything with somebody at present. */
export async function hasSharedWith(db: Db, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('reflection_shares')
    .innerJoin('reflection_share_readers', 'reflection_share_readers.share_id', 'reflection_shares.id')
    .select('reflection_shares.id')
    .where('reflection_share_readers.person_id', '=', personId)
    .where('reflection_share_readers.left_at', 'is', null)
    .where('reflection_shares.ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** @property hasLeft it is theirs no longer: it has ended, or they have left the community. */
export type Reader = { personId: string; hasLeft: boolean };

export async function listReaders(db: Db, shareId: string): Promise<Reader[]> {
  const rows = await db
    .selectFrom('reflection_share_readers')
    .select(['person_id', 'left_at'])
    .where('share_id', '=', shareId)
    .execute();
  return rows.map((row) => ({ personId: row.person_id, hasLeft: row.left_at !== null }));
}

export type Read = { shareId: string; personId: string; at: Date };

export async function insertRead(db: Db, id: string, { shareId, personId, at }: Read): Promise<void> {
  await db
    .insertInto('reflection_share_reads')
    .values({ id, share_id: shareId, person_id: personId, opened_at: at.toISOString() })
    .execute();
}

/** Latest first. */
export async function listReads(db: Db, shareId: string): Promise<Read[]> {
  const rows = await db
    .selectFrom('reflection_share_reads')
    .selectAll()
    .where('share_id', '=', shareId)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({ shareId, personId: row.person_id, at: new Date(row.opened_at) }));
}

/** One of them, all of a reflection, or all of somebody. */
export type Which = { id: string } | { reflectionId: string } | { by: string };

/** The copy is gone at once; who had opened it stays for its author to see. @returns those that were shared. */
export async function endShares(db: Db, which: Which, at: Date): Promise<{ id: string; by: string }[]> {
  let shares = db
    .updateTable('reflection_shares')
    .set({ ended_at: at.toISOString(), sealed: null })
    .where('ended_at', 'is', null);
  if ('id' in which) shares = shares.where('id', '=', which.id);
  else if ('reflectionId' in which) shares = shares.where('reflection_id', '=', which.reflectionId);
  else shares = shares.where('person_id', '=', which.by);
  const ended = await shares.returning(['id', 'person_id']).execute();
  if (ended.length > 0)
    await db
      .updateTable('reflection_share_readers')
      .set({ left_at: at.toISOString() })
      .where(
        'share_id',
        'in',
        ended.map(({ id }) => id),
      )
      .where('left_at', 'is', null)
      .execute();
  return ended.map((row) => ({ id: row.id, by: row.person_id }));
}

/** What was shared with somebody is theirs no longer. @returns the shares. */
export async function leaveShares(db: Db, personId: string, at: Date): Promise<{ id: string; by: string }[]> {
  const rows = await db
    .updateTable('reflection_share_readers')
    .set({ left_at: at.toISOString() })
    .where('person_id', '=', personId)
    .where('left_at', 'is', null)
    .returning('share_id')
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.share_id);
  const shares = await db
    .selectFrom('reflection_shares')
    .select(['id', 'person_id'])
    .where('id', 'in', ids)
    .execute();
  return shares.map((row) => ({ id: row.id, by: row.person_id }));
}

/** Notices about what is shared no longer, that do not say so yet. */
export async function listOpenNotices(db: Db): Promise<Notice[]> {
  const rows = await db
    .selectFrom('reflection_share_readers')
    .innerJoin('reflection_shares', 'reflection_shares.id', 'reflection_share_readers.share_id')
    .select([
      'reflection_share_readers.share_id',
      'reflection_share_readers.person_id',
      'reflection_shares.person_id as by',
    ])
    .where('reflection_share_readers.notice_closed_at', 'is', null)
    .where('reflection_share_readers.left_at', 'is not', null)
    .limit(50)
    .execute();
  return rows.map((row) => ({ by: row.by, shareId: row.share_id, personId: row.person_id }));
}

export async function markNoticeClosed(
  db: Db,
  { shareId, personId }: { shareId: string; personId: string },
  at: Date,
): Promise<void> {
  await db
    .updateTable('reflection_share_readers')
    .set({ notice_closed_at: at.toISOString() })
    .where('share_id', '=', shareId)
    .where('person_id', '=', personId)
    .execute();
}

/** What was shared of reflections that are gone for good goes too, once every notice says so. */
export async function deleteLeftover(db: Db): Promise<void> {
  await db
    .deleteFrom('reflection_shares')
    .where('ended_at', 'is not', null)
    .where('reflection_id', 'not in', db.selectFrom('reflections').select('id'))
    .where(
      'id',
      'not in',
      db.selectFrom('reflection_share_readers').select('share_id').where('notice_closed_at', 'is', null),
    )
    .execute();
}

/** How many of others' reflections somebody was given to read, and may still. */
export async function countSharedWith(db: Db, personId: string): Promise<number> {
  const rows = await db
    .selectFrom('reflection_share_readers')
    .innerJoin('reflection_shares', 'reflection_shares.id', 'reflection_share_readers.share_id')
    .where('reflection_share_readers.person_id', '=', personId)
    .where('reflection_share_readers.left_at', 'is', null)
    .where('reflection_shares.ended_at', 'is', null)
    .select('reflection_shares.reflection_id')
    .distinct()
    .execute();
  return rows.length;
}

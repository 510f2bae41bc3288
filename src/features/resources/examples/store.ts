import '../tables.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { SealedColumn } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { PracticeExamplesTable } from '../tables.ts';

/** What somebody made of their practice for the catalogue, until a curator decides. */
export type Example = {
  id: string;
  personId: string;
  title: string;
  text: string;
  /** What it was made of, for its author alone. */
  reflectionId?: string | undefined;
  /** Its author was asked about identifying detail, and keeps the words as they are. */
  isKept?: boolean | undefined;
  sentAt: Date;
};

const words = z.object({
  title: z.string(),
  text: z.string(),
  reflectionId: z.string().optional(),
  isKept: z.boolean().optional(),
});
const place = (id: string): string => `practice-example:${id}`;
/** It is made for the programme, and is nobody's own any more. */
const owner = 'programme';

/** Where examples lie. */
export const sealedExamples: SealedColumn = {
  table: 'practice_examples',
  by: ['id'],
  owner: () => owner,
  place: ({ id }) => place(id),
};

/** @returns false when it was sent already. */
export async function insertExample(
  db: Db,
  vault: Vault,
  { id, personId, title, text, reflectionId, isKept, sentAt }: Example,
): Promise<boolean> {
  const row = await db
    .insertInto('practice_examples')
    .values({
      id,
      person_id: personId,
      sealed: vault.sealFor(owner, JSON.stringify({ title, text, reflectionId, isKept }), place(id)),
      sent_at: sentAt.toISOString(),
      entry_id: null,
      kept_until: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Those that wait, oldest first; without those that cannot be opened with the present key. @param personId only theirs. */
export async function listExamples(db: Db, vault: Vault, personId?: string): Promise<Example[]> {
  let query = db.selectFrom('practice_examples').selectAll().where('entry_id', 'is', null);
  if (personId !== undefined) query = query.where('person_id', '=', personId);
  const rows = await query.orderBy('sent_at').orderBy('id').execute();
  return rows.flatMap((row) => toExample(vault, row) ?? []);
}

/** Those that are published and whose author is not told yet. */
export async function listPublishedOf(db: Db, vault: Vault, personId: string): Promise<Example[]> {
  const rows = await db
    .selectFrom('practice_examples')
    .selectAll()
    .where('person_id', '=', personId)
    .where('entry_id', 'is not', null)
    .orderBy('sent_at')
    .execute();
  return rows.flatMap((row) => toExample(vault, row) ?? []);
}

export function toExample(vault: Vault, row: Selectable<PracticeExamplesTable>): Example | undefined {
  const said = openJson(vault, owner, row.sealed, place(row.id), words);
  return said && { id: row.id, personId: row.person_id, ...said, sentAt: new Date(row.sent_at) };
}

export async function findExample(db: Db, vault: Vault, id: string): Promise<Example | undefined> {
  const row = await db
    .selectFrom('practice_examples')
    .selectAll()
    .where('id', '=', id)
    .where('entry_id', 'is', null)
    .executeTakeFirst();
  return row && toExample(vault, row);
}

/** @returns false when it does not wait any more. */
export async function deleteExample(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('practice_examples')
    .where('id', '=', id)
    .where('entry_id', 'is', null)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** It waits no longer, but can be made to wait again until its author is told. */
export async function markPublished(
  db: Db,
  id: string,
  { entryId, keptUntil }: { entryId: string; keptUntil: Date },
): Promise<void> {
  await db
    .updateTable('practice_examples')
    .set({ entry_id: entryId, kept_until: keptUntil.toISOString() })
    .where('id', '=', id)
    .execute();
}

/** @returns the id of the example that became this entry and waits again; undefined where none is kept. */
export async function reopenExampleOf(db: Db, entryId: string): Promise<string | undefined> {
  const row = await db
    .updateTable('practice_examples')
    .set({ entry_id: null, kept_until: null })
    .where('entry_id', '=', entryId)
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function deletePublished(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('practice_examples').where('kept_until', '<=', now.toISOString()).execute();
}

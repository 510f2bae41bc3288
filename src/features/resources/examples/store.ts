import '../tables.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { SealedColumn } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { PracticeExamplesTable } from '../tables.ts';

/** What somebody made of their practice for the catalogue, until a curator decides. */
export type Example = { id: string; personId: string; title: string; text: string; sentAt: Date };

const words = z.object({ title: z.string(), text: z.string() });
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
  { id, personId, title, text, sentAt }: Example,
): Promise<boolean> {
  const row = await db
    .insertInto('practice_examples')
    .values({
      id,
      person_id: personId,
      sealed: vault.sealFor(owner, JSON.stringify({ title, text }), place(id)),
      sent_at: sentAt.toISOString(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Oldest first; without those that cannot be opened with the present key. */
export async function listExamples(db: Db, vault: Vault): Promise<Example[]> {
  const rows = await db
    .selectFrom('practice_examples')
    .selectAll()
    .orderBy('sent_at')
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => toExample(vault, row) ?? []);
}

export function toExample(vault: Vault, row: Selectable<PracticeExamplesTable>): Example | undefined {
  const said = openJson(vault, owner, row.sealed, place(row.id), words);
  return said && { id: row.id, personId: row.person_id, ...said, sentAt: new Date(row.sent_at) };
}

export async function findExample(db: Db, vault: Vault, id: string): Promise<Example | undefined> {
  const row = await db.selectFrom('practice_examples').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toExample(vault, row);
}

/** @returns false when it was gone. */
export async function deleteExample(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('practice_examples').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

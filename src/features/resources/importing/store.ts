import '../tables.ts';
import { z } from 'zod';
import type { Db } from '../../../db/schema.ts';
import { type Column, columns, type Row } from './rows.ts';

export type Draft = { id: string; createdBy: string; createdAt: Date; rows: Row[] };

const cell = z.string().optional();
const rows = z.array(
  z.object({
    line: z.number(),
    cells: z.object(Object.fromEntries(Object.keys(columns).map((column) => [column, cell]))),
  }),
);

export async function insertDraft(db: Db, draft: Draft): Promise<void> {
  await db
    .insertInto('catalogue_imports')
    .values({
      id: draft.id,
      created_by: draft.createdBy,
      created_at: draft.createdAt.toISOString(),
      rows: JSON.stringify(draft.rows),
    })
    .execute();
}

export async function findDraft(db: Db, id: string): Promise<Draft | undefined> {
  const row = await db.selectFrom('catalogue_imports').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      id: row.id,
      createdBy: row.created_by,
      createdAt: new Date(row.created_at),
      rows: rows
        .parse(JSON.parse(row.rows))
        .map(({ line, cells }) => ({ line, cells: cells as { [Name in Column]?: string } })),
    }
  );
}

export async function deleteDraft(db: Db, id: string): Promise<void> {
  await db.deleteFrom('catalogue_imports').where('id', '=', id).execute();
}

/** The list that somebody looked at last and has not imported. */
export async function findLastDraft(db: Db, personId: string): Promise<Draft | undefined> {
  const last = await db
    .selectFrom('catalogue_imports')
    .select('id')
    .where('created_by', '=', personId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last && findDraft(db, last.id);
}

export async function deleteDraftsOf(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('catalogue_imports').where('created_by', '=', personId).execute();
}

/** Those nobody has said a word about. */
export async function deleteBefore(db: Db, instant: Date): Promise<void> {
  await db.deleteFrom('catalogue_imports').where('created_at', '<', instant.toISOString()).execute();
}

import '../tables.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { forPerson } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { WordingFlagsTable } from '../tables.ts';

/** What somebody says of our words, until a curator decides. */
export type Flag = {
  id: string;
  personId: string;
  /** See OurWords. */
  item: string;
  what: string;
  /** Empty where they have none. */
  better: string;
  sentAt: Date;
};

const said = z.object({ what: z.string(), better: z.string() });
const place = (id: string): string => `wording-flag:${id}`;

/** Where flags lie, for whoever sent them. */
export const sealedFlags = forPerson({ table: 'wording_flags', by: ['id'], place: ({ id }) => place(id) });

export async function insertFlag(
  db: Db,
  vault: Vault,
  { id, personId, item, what, better, sentAt }: Flag,
): Promise<void> {
  await db
    .insertInto('wording_flags')
    .values({
      id,
      person_id: personId,
      item,
      sealed: vault.sealFor({ person: personId }, JSON.stringify({ what, better }), place(id)),
      sent_at: sentAt.toISOString(),
    })
    .execute();
}

export function toFlag(vault: Vault, row: Selectable<WordingFlagsTable>): Flag | undefined {
  const words = openJson(vault, { person: row.person_id }, row.sealed, place(row.id), said);
  return (
    words && { id: row.id, personId: row.person_id, item: row.item, ...words, sentAt: new Date(row.sent_at) }
  );
}

/** Oldest first; without those that cannot be opened with the present key. */
export async function listFlags(db: Db, vault: Vault): Promise<Flag[]> {
  const rows = await db.selectFrom('wording_flags').selectAll().orderBy('sent_at').orderBy('id').execute();
  return rows.flatMap((row) => toFlag(vault, row) ?? []);
}

export async function countFlagsOf(db: Db, personId: string): Promise<number> {
  const rows = await db.selectFrom('wording_flags').select('id').where('person_id', '=', personId).execute();
  return rows.length;
}

export async function findFlag(db: Db, vault: Vault, id: string): Promise<Flag | undefined> {
  const row = await db.selectFrom('wording_flags').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toFlag(vault, row);
}

/** @returns false when it was gone. @param of whose it must be, where that matters. */
export async function deleteFlag(db: Db, id: string, of?: string): Promise<boolean> {
  let query = db.deleteFrom('wording_flags').where('id', '=', id);
  if (of !== undefined) query = query.where('person_id', '=', of);
  return (await query.executeTakeFirst()).numDeletedRows > 0n;
}

export const deleteFlagsOf = async (db: Db, personId: string): Promise<void> =>
  void (await db.deleteFrom('wording_flags').where('person_id', '=', personId).execute());

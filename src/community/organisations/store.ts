import './tables.ts';
import { z } from 'zod';
import type { SealedColumn } from '../../db/reseal.ts';
import type { Db } from '../../db/schema.ts';
import { openJson, type Vault } from '../../lib/crypto.ts';
import { storedList } from '../holdings.ts';
import type { Organisation } from './content.ts';
import { foldName } from './match.ts';

/** The same for all who write a name in one of the ways that count as the same; without the key it tells nothing. */
export const markOfName = (vault: Pick<Vault, 'markOf'>, name: string): string =>
  vault.markOf(`organisation-name:${foldName(name) || name}`);

/** What curators added, by name. */
export async function listAdded(db: Db): Promise<Organisation[]> {
  const rows = await db
    .selectFrom('added_organisations')
    .select(['id', 'name', 'sector', 'boroughs'])
    .orderBy('name')
    .execute();
  return rows.map(({ boroughs, ...row }) => ({ ...row, also: [], boroughs: storedList(boroughs) }));
}

/** Names that stand for an organisation since a curator said so: mark → its id. */
export async function listJoined(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('organisation_names')
    .select(['mark', 'organisation_id'])
    .where('organisation_id', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.mark, row.organisation_id ?? '']));
}

const words = z.object({ name: z.string() });
const placeOf = (mark: string): string => `organisation-name:${mark}`;
/** It is suggested for everybody, and whose words they are is not kept. */
const owner = 'programme';
/** In bytes: no row tells how long a name is. */
const room = 1024;

export const sealedNames: SealedColumn = {
  table: 'organisation_names',
  by: ['mark'],
  owner: () => owner,
  place: ({ mark }) => placeOf(mark),
};

/** A name that somebody suggested for the list. */
export type SuggestedName = { mark: string; name: string; suggestedOn: string };

/** Once for all who write it so, and not again once a curator has decided. @returns false when it is there. */
export async function insertName(db: Db, vault: Vault, name: string, on: string): Promise<boolean> {
  const mark = markOfName(vault, name);
  const row = await db
    .insertInto('organisation_names')
    .values({
      mark,
      sealed: vault.sealFor(owner, JSON.stringify({ name }), placeOf(mark), room),
      suggested_on: on,
      status: 'waiting',
      organisation_id: null,
      decided_by: null,
    })
    .onConflict((conflict) => conflict.column('mark').doNothing())
    .returning('mark')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether it was suggested, whatever became of it. */
export async function isNameKnown(db: Db, vault: Vault, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('organisation_names')
    .select('mark')
    .where('mark', '=', markOfName(vault, name))
    .executeTakeFirst();
  return row !== undefined;
}

const rowsOfNames = (db: Db) => db.selectFrom('organisation_names').selectAll();

/** Those that wait for a curator, the oldest first; without those that cannot be opened with the present key. */
export async function listWaitingNames(db: Db, vault: Vault): Promise<SuggestedName[]> {
  const rows = await rowsOfNames(db)
    .where('status', '=', 'waiting')
    .orderBy('suggested_on')
    .orderBy('mark')
    .execute();
  return rows.flatMap((row) => toName(vault, row) ?? []);
}

/** One of them, while nobody has decided. */
export async function findWaitingName(
  db: Db,
  vault: Vault,
  mark: string,
): Promise<SuggestedName | undefined> {
  const row = await rowsOfNames(db)
    .where('mark', '=', mark)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  return row && toName(vault, row);
}

function toName(
  vault: Vault,
  row: { mark: string; sealed: string | null; suggested_on: string },
): SuggestedName | undefined {
  const said = row.sealed === null ? undefined : openJson(vault, owner, row.sealed, placeOf(row.mark), words);
  return said && { mark: row.mark, name: said.name, suggestedOn: row.suggested_on };
}

/** @returns false when another curator was first. */
export async function joinName(
  db: Db,
  { mark, to, by }: { mark: string; to: string; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('organisation_names')
    .set({ status: 'joined', organisation_id: to, decided_by: by })
    .where('mark', '=', mark)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Not for the list. The name goes; its mark stays, so that it does not come up again. */
export async function declineName(db: Db, { mark, by }: { mark: string; by: string }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('organisation_names')
    .set({ status: 'declined', sealed: null, decided_by: by })
    .where('mark', '=', mark)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Joined names wait again: one of them, or all of an organisation that is taken off the list. */
export async function unjoinNames(db: Db, which: { mark: string } | { of: string }): Promise<void> {
  let query = db
    .updateTable('organisation_names')
    .set({ status: 'waiting', organisation_id: null, decided_by: null })
    .where('status', '=', 'joined');
  query =
    'mark' in which ? query.where('mark', '=', which.mark) : query.where('organisation_id', '=', which.of);
  await query.execute();
}

export async function insertAdded(
  db: Db,
  { id, name, sector, boroughs }: Omit<Organisation, 'also'>,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await db
    .insertInto('added_organisations')
    .values({
      id,
      name,
      sector,
      boroughs: JSON.stringify(boroughs),
      added_by: by,
      added_at: at.toISOString(),
    })
    .execute();
}

/** @returns false when it was gone. */
export async function deleteAdded(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('added_organisations')
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

import './tables.ts';
import type { Selectable } from 'kysely';
import type { Db } from '../../db/schema.ts';
import type { GivenFilesTable } from './tables.ts';

/** A file that lies in somebody's conversation with the bot, or is on its way there. */
export type LyingFile = {
  id: string;
  personId: string;
  name: string;
  slackFileId: string | undefined;
  goesAt: Date;
};

/** @returns false when it was asked for before. */
export async function insertFile(db: Db, { id, personId, name, goesAt }: LyingFile): Promise<boolean> {
  const row = await db
    .insertInto('given_files')
    .values({
      id,
      person_id: personId,
      name,
      slack_file_id: null,
      goes_at: goesAt.toISOString(),
      next_try_at: goesAt.toISOString(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns false when nobody wants it any more. */
export async function recordSlackFile(db: Db, id: string, slackFileId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('given_files')
    .set({ slack_file_id: slackFileId })
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export async function findFile(db: Db, id: string): Promise<LyingFile | undefined> {
  const row = await db.selectFrom('given_files').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toFile(row);
}

/** Those that Slack was told of, so that they may be there. */
export async function listBegun(db: Db): Promise<LyingFile[]> {
  const rows = await db
    .selectFrom('given_files')
    .selectAll()
    .where('slack_file_id', 'is not', null)
    .execute();
  return rows.map(toFile);
}

/** Slack's ids of somebody's. */
export async function listSlackFilesOf(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('given_files')
    .select('slack_file_id')
    .where('person_id', '=', personId)
    .execute();
  return rows.flatMap((row) => row.slack_file_id ?? []);
}

export async function listFilesToRemove(db: Db, now: Date): Promise<LyingFile[]> {
  const rows = await db
    .selectFrom('given_files')
    .selectAll()
    .where('next_try_at', '<=', now.toISOString())
    .orderBy('next_try_at')
    .execute();
  return rows.map(toFile);
}

export async function tryAgainAt(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('given_files').set({ next_try_at: at.toISOString() }).where('id', '=', id).execute();
}

export async function deleteRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('given_files').where('id', '=', id).execute();
}

const toFile = (row: Selectable<GivenFilesTable>): LyingFile => ({
  id: row.id,
  personId: row.person_id,
  name: row.name,
  slackFileId: row.slack_file_id ?? undefined,
  goesAt: new Date(row.goes_at),
});

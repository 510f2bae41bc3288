import { z } from 'zod';
import '../../../community/tables.ts';
import '../tables.ts';
import type { SealedColumn } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import { newId } from '../../../lib/random.ts';

const leftToDo = z.object({
  personId: z.string(),
  slackId: z.string(),
  /** Their conversation with the bot. */
  channel: z.string().optional(),
  /** Slack's ids of files of theirs that lie there. */
  files: z.array(z.string()),
  /** The random keys that stood for them. */
  keys: z.array(z.string()),
  /** Where going through the conversation has come to; undefined: at its newest message. */
  before: z.string().optional(),
  isHomeEmpty: z.boolean().default(false),
  /** Whether this time through there was something to take away. */
  hasFound: z.boolean().default(false),
});
export type LeftToDo = z.output<typeof leftToDo>;

export type Forgetting = { id: string; left: LeftToDo; begunAt: Date };

const place = (id: string) => `forgetting:${id}`;
/** Where it lies, for the programme. */
export const sealedForgettings: SealedColumn = {
  table: 'forgettings',
  by: ['id'],
  owner: () => 'programme',
  place: ({ id }) => place(id),
};
const seal = (vault: Vault, id: string, left: LeftToDo): string =>
  vault.sealFor('programme', JSON.stringify(left), place(id));

export async function insertForgetting(
  db: Db,
  { clock, vault }: { clock: Clock; vault: Vault },
  {
    at,
    channel,
    ...left
  }: {
    personId: string;
    slackId: string;
    channel: string | undefined;
    files: string[];
    keys: readonly string[];
    at: Date;
  },
): Promise<void> {
  const id = newId(clock);
  const kept = leftToDo.parse({ ...left, ...(channel !== undefined && { channel }) });
  await db
    .insertInto('forgettings')
    .values({ id, sealed: seal(vault, id, kept), begun_at: at.toISOString(), next_at: at.toISOString() })
    .execute();
}

/** What cannot be opened with the present key waits for the right one. */
export async function listForgettings(db: Db, vault: Vault, now: Date): Promise<Forgetting[]> {
  const rows = await db
    .selectFrom('forgettings')
    .selectAll()
    .where('next_at', '<=', now.toISOString())
    .orderBy('begun_at')
    .execute();
  return rows.flatMap((row) => {
    const left = openJson(vault, 'programme', row.sealed, place(row.id), leftToDo);
    return left ? [{ id: row.id, left, begunAt: new Date(row.begun_at) }] : [];
  });
}

export async function keepForgetting(
  db: Db,
  vault: Vault,
  { id, left }: Pick<Forgetting, 'id' | 'left'>,
  nextAt: Date,
): Promise<void> {
  await db
    .updateTable('forgettings')
    .set({ sealed: seal(vault, id, left), next_at: nextAt.toISOString() })
    .where('id', '=', id)
    .execute();
}

export async function deleteForgetting(db: Db, id: string): Promise<void> {
  await db.deleteFrom('forgettings').where('id', '=', id).execute();
}

/** When somebody was met: once they are deleted, that they came back. */
export async function findFirstMet(db: Db, slackId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('people')
    .select('first_met_at')
    .where('slack_id', '=', slackId)
    .executeTakeFirst();
  return row && new Date(row.first_met_at);
}

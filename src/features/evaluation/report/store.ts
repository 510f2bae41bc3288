import { z } from 'zod';
import '../tables.ts';
import type { SealedColumn } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';

const part = z.object({
  id: z.string(),
  label: z.string(),
  people: z.number(),
  /** Whether its number may be seen; the others are one number together. */
  isShown: z.boolean(),
});
const counted = z.object({
  /** Local date. */
  on: z.string(),
  people: z.number(),
  professions: z.array(part),
  organisations: z.array(part),
});
/** A group, counted. Of each of the two, the parts together are all of its people. */
export type Counted = z.output<typeof counted>;
export type CountedPart = z.output<typeof part>;

const place = (cohortId: string) => `group-count:${cohortId}`;

/** Where it lies. */
export const sealedCounts: SealedColumn = {
  table: 'group_counts',
  by: ['cohort_id'],
  owner: () => 'programme',
  place: ({ cohort_id }) => place(cohort_id),
};

/** In bytes, so that the row does not tell how mixed a group is. */
const room = 8 * 1024;

/** As it was last told. 'unreadable': it does not open with the present key. */
export async function findCounted(
  db: Db,
  vault: Vault,
  cohortId: string,
): Promise<Counted | 'unreadable' | undefined> {
  const row = await db
    .selectFrom('group_counts')
    .select('sealed')
    .where('cohort_id', '=', cohortId)
    .executeTakeFirst();
  return row && (openJson(vault, 'programme', row.sealed, place(cohortId), counted) ?? 'unreadable');
}

export async function saveCounted(db: Db, vault: Vault, cohortId: string, told: Counted): Promise<void> {
  const sealed = vault.sealFor('programme', JSON.stringify(told), place(cohortId), room);
  await db
    .insertInto('group_counts')
    .values({ cohort_id: cohortId, sealed })
    .onConflict((conflict) => conflict.column('cohort_id').doUpdateSet({ sealed }))
    .execute();
}

import type { Selectable } from 'kysely';
import { z } from 'zod';
import '../tables.ts';
import { forPerson } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { PreparationTicksTable } from '../tables.ts';

const ticksSchema = z.object({ list: z.string(), items: z.array(z.string()) });
/** What somebody has ticked, and of which list. */
export type Ticks = z.output<typeof ticksSchema>;

const placeOf = (personId: string) => `preparing:${personId}`;
/** In bytes: no row tells how much is ticked. */
const room = 1024;

export const sealedTicks = forPerson({
  table: 'preparation_ticks',
  by: ['person_id'],
  place: ({ person_id }) => placeOf(person_id),
});

export async function findTicks(db: Db, vault: Vault, personId: string): Promise<Ticks | undefined> {
  const row = await db
    .selectFrom('preparation_ticks')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && openTicks(vault, row);
}

/** @returns undefined where it does not open with the present key. */
export const openTicks = (
  vault: Vault,
  { person_id: person, sealed }: Selectable<PreparationTicksTable>,
): Ticks | undefined => openJson(vault, { person }, sealed, placeOf(person), ticksSchema);

/** @param on local date. */
export async function saveTicks(
  db: Db,
  vault: Vault,
  person: string,
  ticks: Ticks,
  on: string,
): Promise<void> {
  const row = {
    sealed: vault.sealFor({ person }, JSON.stringify(ticks), placeOf(person), room),
    ticked_on: on,
  };
  await db
    .insertInto('preparation_ticks')
    .values({ person_id: person, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

export async function deleteTicks(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('preparation_ticks').where('person_id', '=', personId).execute();
}

/** Those whose last tick was before a local date. */
export async function deleteTicksBefore(db: Db, date: string): Promise<void> {
  await db.deleteFrom('preparation_ticks').where('ticked_on', '<', date).execute();
}

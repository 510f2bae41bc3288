import '../tables.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { SealedColumn } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { TeamCardsTable } from '../tables.ts';

const words = z.object({
  organisation: z.string(),
  team: z.string(),
  offers: z.string(),
  advice: z.string(),
  reach: z.string(),
  languages: z.string(),
  room: z.string(),
});
/** What a card says; empty text where its team left something out. */
export type SaidOnCard = z.output<typeof words>;

export type Card = {
  id: string;
  /** Undefined: nobody keeps it any more. */
  ownerId: string | undefined;
  said: SaidOnCard;
  /** Local dates. */
  checkedOn: string;
  checkBy: string;
};

const placeOf = (id: string): string => `team-card:${id}`;
/** Everybody reads it, and it outlives whoever keeps it. */
const owner = 'programme';

export const sealedCards: SealedColumn = {
  table: 'team_cards',
  by: ['id'],
  owner: () => owner,
  place: ({ id }) => placeOf(id),
};

export function toCard(vault: Vault, row: Selectable<TeamCardsTable>): Card | undefined {
  const said = openJson(vault, owner, row.sealed, placeOf(row.id), words);
  return (
    said && {
      id: row.id,
      ownerId: row.owner_id ?? undefined,
      said,
      checkedOn: row.checked_on,
      checkBy: row.due_on,
    }
  );
}

/** All of them, by team; without those that cannot be opened with the present key. */
export async function listCards(db: Db, vault: Vault): Promise<Card[]> {
  const rows = await db.selectFrom('team_cards').selectAll().execute();
  return rows
    .flatMap((row) => toCard(vault, row) ?? [])
    .toSorted((a, b) => a.said.team.localeCompare(b.said.team, 'en-GB') || a.id.localeCompare(b.id));
}

export async function findCard(db: Db, vault: Vault, id: string): Promise<Card | undefined> {
  const row = await db.selectFrom('team_cards').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toCard(vault, row);
}

export async function countCardsOf(db: Db, personId: string): Promise<number> {
  const row = await db
    .selectFrom('team_cards')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('owner_id', '=', personId)
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

/** Those that nobody keeps, or whose keeper's account is closed; the oldest first. */
export async function listOrphans(db: Db, vault: Vault): Promise<Card[]> {
  const gone = db.selectFrom('people').select('people.id').where('deactivated_at', 'is not', null);
  const rows = await db
    .selectFrom('team_cards')
    .selectAll()
    .where((eb) => eb.or([eb('owner_id', 'is', null), eb('owner_id', 'in', gone)]))
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => toCard(vault, row) ?? []);
}

export const seal = (vault: Vault, id: string, said: SaidOnCard): string =>
  vault.sealFor(owner, JSON.stringify(said), placeOf(id));

export async function insertCard(db: Db, vault: Vault, card: Card, at: Date): Promise<void> {
  await db
    .insertInto('team_cards')
    .values({
      id: card.id,
      owner_id: card.ownerId ?? null,
      sealed: seal(vault, card.id, card.said),
      checked_on: card.checkedOn,
      due_on: card.checkBy,
      asked_on: null,
      made_at: at.toISOString(),
    })
    .execute();
}

/** Whoever changes it, or says that it is right, is not asked about what was due before. */
export async function changeCard(
  db: Db,
  vault: Vault,
  id: string,
  change: Partial<Pick<Card, 'said' | 'checkedOn' | 'checkBy'>> & { ownerId?: string | undefined },
): Promise<void> {
  const { said, checkedOn, checkBy, ownerId } = change;
  await db
    .updateTable('team_cards')
    .set({
      asked_on: null,
      ...(said && { sealed: seal(vault, id, said) }),
      ...(checkedOn !== undefined && { checked_on: checkedOn }),
      ...(checkBy !== undefined && { due_on: checkBy }),
      ...(ownerId !== undefined && { owner_id: ownerId }),
    })
    .where('id', '=', id)
    .execute();
}

export async function deleteCard(db: Db, id: string): Promise<void> {
  await db.deleteFrom('team_cards').where('id', '=', id).execute();
}

/** Whoever leaves keeps none. @returns how many there were. */
export async function releaseCards(db: Db, personId: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('team_cards')
    .set({ owner_id: null, asked_on: null })
    .where('owner_id', '=', personId)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Whose check is due by a local date, and of which nobody was asked yet. */
export async function listDue(db: Db, today: string): Promise<{ id: string; ownerId: string }[]> {
  const rows = await db
    .selectFrom('team_cards')
    .innerJoin('people', 'people.id', 'team_cards.owner_id')
    .select(['team_cards.id', 'people.id as ownerId'])
    .where('due_on', '<=', today)
    .where('asked_on', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .orderBy('due_on')
    .limit(500)
    .execute();
  return rows;
}

/** @returns false when another run was first. */
export async function recordAsked(db: Db, id: string, today: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('team_cards')
    .set({ asked_on: today })
    .where('id', '=', id)
    .where('asked_on', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

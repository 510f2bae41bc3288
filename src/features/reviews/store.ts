import './tables.ts';
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { OurWords } from '../../content/our-words.ts';
import type { SealedColumn } from '../../db/reseal.ts';
import type { Db } from '../../db/schema.ts';
import { openJson, type Vault } from '../../lib/crypto.ts';
import type { ReviewItemsTable } from './tables.ts';

export const verdicts = ['fine', 'change', 'better'] as const;
export type Verdict = (typeof verdicts)[number];
export const outcomes = ['changed', 'stays'] as const;
export type Became = (typeof outcomes)[number];

export type Item = {
  item: string;
  label: string;
  mark: string;
  verdict: Verdict | undefined;
  became: Became | undefined;
  /** What they said; empty where nothing was written. */
  words: string;
  /** What became of it, in words to give back. */
  answer: string;
};

export type Pack = {
  id: string;
  title: string;
  madeAt: Date;
  reviewedOn: string | undefined;
  items: Item[];
};

const said = z.object({ words: z.string(), answer: z.string() });
const owner = 'programme';
const place = (packId: string, item: string): string => `review:${packId}:${item}`;

/** Where it lies what young people said of our words: the programme's, and nobody's own. */
export const sealedReviews: SealedColumn = {
  table: 'review_items',
  by: ['pack_id', 'item'],
  owner: () => owner,
  place: (row) => place(...placeOf(row)),
};

const named = z.object({ pack_id: z.string(), item: z.string() });
const placeOf = (row: unknown): [string, string] => {
  const { pack_id: packId, item } = named.parse(row);
  return [packId, item];
};

/** The same words have the same mark. */
export const markOf = ({ label, text }: Pick<OurWords, 'label' | 'text'>): string =>
  createHash('sha256')
    .update(JSON.stringify([label, text]))
    .digest('base64url')
    .slice(0, 22);

export async function insertPack(
  db: Db,
  { id, title, madeBy, madeAt }: { id: string; title: string; madeBy: string; madeAt: Date },
  chosen: readonly OurWords[],
): Promise<void> {
  await db
    .insertInto('review_packs')
    .values({ id, title, made_by: madeBy, made_at: madeAt.toISOString(), reviewed_on: null })
    .execute();
  await db
    .insertInto('review_items')
    .values(
      chosen.map((words, nth) => ({
        pack_id: id,
        item: words.id,
        nth,
        label: words.label,
        mark: markOf(words),
        verdict: null,
        became: null,
        sealed: null,
      })),
    )
    .execute();
}

const toItem = (vault: Vault, row: Selectable<ReviewItemsTable>): Item => ({
  item: row.item,
  label: row.label,
  mark: row.mark,
  verdict: verdicts.find((one) => one === row.verdict),
  became: outcomes.find((one) => one === row.became),
  ...((row.sealed === null
    ? undefined
    : openJson(vault, owner, row.sealed, place(row.pack_id, row.item), said)) ?? {
    words: '',
    answer: '',
  }),
});

export async function findPack(db: Db, vault: Vault, id: string): Promise<Pack | undefined> {
  const row = await db.selectFrom('review_packs').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const items = await db
    .selectFrom('review_items')
    .selectAll()
    .where('pack_id', '=', id)
    .orderBy('nth')
    .execute();
  return {
    id,
    title: row.title,
    madeAt: new Date(row.made_at),
    reviewedOn: row.reviewed_on ?? undefined,
    items: items.map((item) => toItem(vault, item)),
  };
}

/** Newest first. */
export async function listPacks(db: Db, vault: Vault): Promise<Pack[]> {
  const rows = await db.selectFrom('review_packs').select('id').orderBy('id', 'desc').execute();
  const packs: Pack[] = [];
  for (const { id } of rows) {
    const pack = await findPack(db, vault, id);
    if (pack) packs.push(pack);
  }
  return packs;
}

/** @returns false when the pack was removed meanwhile. */
export async function saveItem(
  db: Db,
  vault: Vault,
  packId: string,
  { item, verdict, became, words, answer }: Omit<Item, 'label' | 'mark'>,
): Promise<boolean> {
  const row = await db
    .updateTable('review_items')
    .set({
      verdict: verdict ?? null,
      became: became ?? null,
      sealed: vault.sealFor(owner, JSON.stringify({ words, answer }), place(packId, item)),
    })
    .where('pack_id', '=', packId)
    .where('item', '=', item)
    .returning('item')
    .executeTakeFirst();
  return row !== undefined;
}

export const saveReviewedOn = async (db: Db, id: string, on: string): Promise<void> =>
  void (await db.updateTable('review_packs').set({ reviewed_on: on }).where('id', '=', id).execute());

export async function deletePack(db: Db, id: string): Promise<void> {
  await db.deleteFrom('review_items').where('pack_id', '=', id).execute();
  await db.deleteFrom('review_packs').where('id', '=', id).execute();
}

/** What was reviewed of one thing, the latest first. */
export async function listReviewed(
  db: Db,
  item: string,
): Promise<{ on: string; mark: string; verdict: string; became: string | null }[]> {
  const rows = await db
    .selectFrom('review_items')
    .innerJoin('review_packs', 'review_packs.id', 'review_items.pack_id')
    .select(['reviewed_on', 'mark', 'verdict', 'became'])
    .where('item', '=', item)
    .where('verdict', 'is not', null)
    .where('reviewed_on', 'is not', null)
    .orderBy('reviewed_on', 'desc')
    .execute();
  return rows.flatMap(({ reviewed_on: on, mark, verdict, became }) =>
    on === null || verdict === null ? [] : { on, mark, verdict, became },
  );
}

import { z } from 'zod';
import '../tables.ts';
import { forRound, type SealedColumn } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';

const theme = z.object({
  id: z.string(),
  label: z.string(),
  /** Themes that were put together with it: words keep the one they were given. */
  also: z.array(z.string()),
});
/** What words are about, as those who run a group call it. */
export type Theme = z.output<typeof theme>;

const kept = z.object({
  themes: z.array(theme),
  /** What the last change was, in words, and how it was before. */
  last: z.object({ did: z.string(), before: z.array(theme) }).optional(),
});
export type Themes = z.output<typeof kept>;

const tagged = z.array(
  z.object({
    /** Of the words: they lie with the answers. */
    mark: z.string(),
    themes: z.array(z.string()),
    /** How many had written the same when they were tagged. Whoever goes later is still counted, so nothing tells of them. */
    comments: z.number(),
  }),
);
export type Tagged = z.output<typeof tagged>;

const themesPlace = (cohortId: string) => `themes:${cohortId}`;
const taggedPlace = (roundId: string) => `tagged-words:${roundId}`;

/** Where they lie. */
export const sealedThemes: SealedColumn[] = [
  {
    table: 'group_themes',
    by: ['cohort_id'],
    owner: () => 'programme',
    place: ({ cohort_id }) => themesPlace(cohort_id ?? ''),
  },
  forRound({ table: 'tagged_words', by: ['round_id'], place: ({ round_id }) => taggedPlace(round_id) }),
];

/** So many bytes at least, so that the row does not tell how much was tagged. */
const room = 4 * 1024;

const sealThemes = (vault: Vault, cohortId: string, themes: Themes): string =>
  vault.sealFor('programme', JSON.stringify(themes), themesPlace(cohortId), room);
const sealTagged = (vault: Vault, roundId: string, all: Tagged): string =>
  vault.sealFor({ round: roundId }, JSON.stringify(all), taggedPlace(roundId), room);

export async function readThemes(db: Db, vault: Vault, cohortId: string): Promise<Themes> {
  const row = await db
    .selectFrom('group_themes')
    .select('sealed')
    .where('cohort_id', '=', cohortId)
    .executeTakeFirst();
  return (row && openJson(vault, 'programme', row.sealed, themesPlace(cohortId), kept)) ?? { themes: [] };
}

/** Holds the row until the transaction is over, so that of two at once the second sees what the first has done. */
export async function holdThemes(db: Db, vault: Vault, cohortId: string): Promise<Themes> {
  await db
    .insertInto('group_themes')
    .values({ cohort_id: cohortId, sealed: sealThemes(vault, cohortId, { themes: [] }) })
    .onConflict((conflict) => conflict.column('cohort_id').doUpdateSet({ cohort_id: cohortId }))
    .execute();
  return readThemes(db, vault, cohortId);
}

export const writeThemes = async (db: Db, vault: Vault, cohortId: string, themes: Themes): Promise<void> =>
  void (await db
    .updateTable('group_themes')
    .set({ sealed: sealThemes(vault, cohortId, themes) })
    .where('cohort_id', '=', cohortId)
    .execute());

export async function readTagged(db: Db, vault: Vault, roundId: string): Promise<Tagged> {
  const row = await db
    .selectFrom('tagged_words')
    .select('sealed')
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return (row && openJson(vault, { round: roundId }, row.sealed, taggedPlace(roundId), tagged)) ?? [];
}

/** The same as of themes. */
export async function holdTagged(db: Db, vault: Vault, roundId: string): Promise<Tagged> {
  await db
    .insertInto('tagged_words')
    .values({ round_id: roundId, sealed: sealTagged(vault, roundId, []) })
    .onConflict((conflict) => conflict.column('round_id').doUpdateSet({ round_id: roundId }))
    .execute();
  return readTagged(db, vault, roundId);
}

export const writeTagged = async (db: Db, vault: Vault, roundId: string, all: Tagged): Promise<void> =>
  void (await db
    .updateTable('tagged_words')
    .set({ sealed: sealTagged(vault, roundId, all) })
    .where('round_id', '=', roundId)
    .execute());

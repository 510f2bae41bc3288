import '../tables.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { forPerson } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { CuratorsWordsTable } from '../tables.ts';

const place = (id: string): string => `curators-words:${id}`;

/** Where lies what curators write to somebody, for whoever it is written to. */
export const sealedWords = forPerson({ table: 'curators_words', by: ['id'], place: ({ id }) => place(id) });

/** @property about the suggestion or example that was decided on; what was said of it before is replaced. */
export type CuratorsWords = { about: string; to: string; words: string; at: Date };

export async function keepWords(
  db: Db,
  vault: Vault,
  { about, to, words, at }: CuratorsWords,
): Promise<void> {
  const row = {
    sealed: vault.sealFor({ person: to }, JSON.stringify(words), place(about)),
    said_at: at.toISOString(),
  };
  await db
    .insertInto('curators_words')
    .values({ id: about, person_id: to, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export const openWords = (vault: Vault, row: Selectable<CuratorsWordsTable>): string | undefined =>
  openJson(vault, { person: row.person_id }, row.sealed, place(row.id), z.string());

/** @returns undefined where there are none any more, or they are for somebody else. */
export async function findWords(
  db: Db,
  vault: Vault,
  { about, to }: Pick<CuratorsWords, 'about' | 'to'>,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('curators_words')
    .selectAll()
    .where('id', '=', about)
    .where('person_id', '=', to)
    .executeTakeFirst();
  return row && openWords(vault, row);
}

export async function deleteWords(db: Db, about: string): Promise<void> {
  await db.deleteFrom('curators_words').where('id', '=', about).execute();
}

export async function deleteOldWords(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('curators_words').where('said_at', '<', before.toISOString()).execute();
}

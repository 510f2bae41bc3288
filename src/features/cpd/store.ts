import { z } from 'zod';
import './tables.ts';
import { forPerson } from '../../db/reseal.ts';
import type { Db } from '../../db/schema.ts';
import { openJson, type Vault } from '../../lib/crypto.ts';

const answers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
/** Field → what was typed, or the labels that were chosen: a later change of the file renames no old entry. */
export type Answers = z.output<typeof answers>;
/** By form. */
const added = z.record(z.string(), answers);
export type Added = z.output<typeof added>;

/** Stands beside the forms in what is sealed; no form is called so. */
const unaskedKey = '~unasked';
/** By form: fields with words that their author was not asked about yet, since they closed the window. */
export type Unasked = Record<string, string[]>;

const held = z
  .object({ [unaskedKey]: z.record(z.string(), z.array(z.string())).default({}) })
  .catchall(answers)
  .transform(({ [unaskedKey]: unasked, ...rest }) => ({ added: rest as Added, unasked }));

const choice = z.object({
  record: z.string(),
  /** Local dates, both included. */
  from: z.string(),
  until: z.string(),
  forms: z.array(z.string()),
  /** Form → ids of entries. */
  entries: z.record(z.string(), z.array(z.string())),
});
export type Choice = z.output<typeof choice>;

const choicePlace = (personId: string): string => `cpd-choice:${personId}`;
const answersPlace = (entryId: string): string => `cpd-answers:${entryId}`;

/** Where what is sealed here lies, for whose it is. */
export const sealedColumns = [
  forPerson({
    table: 'cpd_choices',
    by: ['person_id'],
    place: ({ person_id: person }) => choicePlace(person),
  }),
  forPerson({
    table: 'cpd_answers',
    by: ['person_id', 'entry_id'],
    place: ({ entry_id: entry }) => answersPlace(entry),
  }),
];

export async function findChoice(db: Db, vault: Vault, personId: string): Promise<Choice | undefined> {
  const row = await db
    .selectFrom('cpd_choices')
    .select('sealed')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && openChoice(vault, personId, row.sealed);
}

export const openChoice = (vault: Vault, person: string, sealed: string): Choice | undefined =>
  openJson(vault, { person }, sealed, choicePlace(person), choice);

export const openAdded = (vault: Vault, person: string, entryId: string, sealed: string): Added | undefined =>
  openHeld(vault, person, entryId, sealed)?.added;

const openHeld = (vault: Vault, person: string, entryId: string, sealed: string) =>
  openJson(vault, { person }, sealed, answersPlace(entryId), held);

export async function saveChoice(db: Db, vault: Vault, personId: string, chosen: Choice): Promise<void> {
  const sealed = vault.sealFor({ person: personId }, JSON.stringify(chosen), choicePlace(personId));
  await db
    .insertInto('cpd_choices')
    .values({ person_id: personId, sealed })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ sealed }))
    .execute();
}

/** By entry. What cannot be opened with the present key is left out. */
export async function listAdded(db: Db, vault: Vault, personId: string): Promise<Map<string, Added>> {
  const rows = await db
    .selectFrom('cpd_answers')
    .select(['entry_id', 'sealed'])
    .where('person_id', '=', personId)
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const opened = openAdded(vault, personId, row.entry_id, row.sealed);
      return opened ? [[row.entry_id, opened] as const] : [];
    }),
  );
}

export async function findAdded(
  db: Db,
  vault: Vault,
  personId: string,
  entryId: string,
): Promise<{ added: Added; unasked: Unasked } | undefined> {
  const row = await db
    .selectFrom('cpd_answers')
    .select('sealed')
    .where('person_id', '=', personId)
    .where('entry_id', '=', entryId)
    .executeTakeFirst();
  return row && openHeld(vault, personId, entryId, row.sealed);
}

export async function saveAdded(
  db: Db,
  vault: Vault,
  personId: string,
  entryId: string,
  { added: given, unasked }: { added: Added; unasked: Unasked },
): Promise<void> {
  const held = { ...given, ...(Object.keys(unasked).length > 0 && { [unaskedKey]: unasked }) };
  const sealed = vault.sealFor({ person: personId }, JSON.stringify(held), answersPlace(entryId));
  await db
    .insertInto('cpd_answers')
    .values({ person_id: personId, entry_id: entryId, sealed })
    .onConflict((conflict) => conflict.columns(['person_id', 'entry_id']).doUpdateSet({ sealed }))
    .execute();
}

/** Whose entries have something added to them, and which. */
export async function listAddedIds(db: Db): Promise<{ personId: string; entryId: string }[]> {
  const rows = await db.selectFrom('cpd_answers').select(['person_id', 'entry_id']).execute();
  return rows.map((row) => ({ personId: row.person_id, entryId: row.entry_id }));
}

export async function deleteAdded(db: Db, personId: string, entryIds: readonly string[]): Promise<void> {
  if (entryIds.length === 0) return;
  await db
    .deleteFrom('cpd_answers')
    .where('person_id', '=', personId)
    .where('entry_id', 'in', entryIds)
    .execute();
}

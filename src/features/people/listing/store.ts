import '../tables.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { isOurs, type Person, toPerson } from '../../../community/people.ts';
import { forPerson } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { ListingsTable } from '../tables.ts';

const words = z.object({ name: z.string(), askAbout: z.string() });

export type Listing = z.output<typeof words> & {
  personId: string;
  takesQuestions: boolean;
  /** Local date. */
  askedOn: string | undefined;
};

export const emptyListing = { name: '', askAbout: '', takesQuestions: false, askedOn: undefined };

/** In code points. */
export const longest = { name: 60, askAbout: 300 } as const;

/** In bytes: whatever the form takes fits, so that no row tells whether somebody goes by another name. */
const room = 2 * 1024;

const placeOf = (personId: string): string => `listing:${personId}`;

export const sealedListings = forPerson({
  table: 'listings',
  by: ['person_id'],
  place: ({ person_id }) => placeOf(person_id),
});

export const toListing = (vault: Vault, row: Selectable<ListingsTable>): Listing => ({
  ...emptyListing,
  ...openJson(vault, { person: row.person_id }, row.sealed, placeOf(row.person_id), words),
  personId: row.person_id,
  takesQuestions: row.takes_questions === 1,
  askedOn: row.asked_on ?? undefined,
});

/** Everybody who is listed now. */
export async function listListed(db: Db): Promise<Person[]> {
  const rows = await db
    .selectFrom('people')
    .selectAll()
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('consents')
        .select('person_id')
        .where('kind', '=', 'listed')
        .where('withdrawn_at', 'is', null),
    )
    .execute();
  return rows.map(toPerson).filter(isOurs);
}

/** By whose they are. Of somebody whose words cannot be opened nothing is listed: they may go by another name. */
export async function listListings(db: Db, vault: Vault): Promise<Map<string, Listing | 'unreadable'>> {
  const rows = await db.selectFrom('listings').selectAll().execute();
  return new Map(
    rows.map((row) => {
      const isReadable = openJson(
        vault,
        { person: row.person_id },
        row.sealed,
        placeOf(row.person_id),
        words,
      );
      return [row.person_id, isReadable ? toListing(vault, row) : 'unreadable'];
    }),
  );
}

export async function findListing(db: Db, vault: Vault, personId: string): Promise<Listing | undefined> {
  const row = await db
    .selectFrom('listings')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toListing(vault, row);
}

/** True also where that cannot be read. */
export async function goesByAnotherName(
  { db, vault }: { db: Db; vault: Vault },
  personId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('listings')
    .select('sealed')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (!row) return false;
  return openJson(vault, { person: personId }, row.sealed, placeOf(personId), words)?.name !== '';
}

export async function saveListing(
  db: Db,
  vault: Vault,
  { personId, name, askAbout, takesQuestions }: Omit<Listing, 'askedOn'>,
): Promise<void> {
  const row = {
    sealed: vault.sealFor({ person: personId }, JSON.stringify({ name, askAbout }), placeOf(personId), room),
    takes_questions: takesQuestions ? (1 as const) : (0 as const),
  };
  await db
    .insertInto('listings')
    .values({ person_id: personId, asked_on: null, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

export async function stopQuestions(db: Db, personId: string): Promise<void> {
  await db.updateTable('listings').set({ takes_questions: 0 }).where('person_id', '=', personId).execute();
}

/** @returns false where another question was put to them since that day, or they take none any more. */
export async function recordAskedOn(
  db: Db,
  personId: string,
  { today, notSince }: { today: string; notSince: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('listings')
    .set({ asked_on: today })
    .where('person_id', '=', personId)
    .where('takes_questions', '=', 1)
    .where((eb) => eb.or([eb('asked_on', 'is', null), eb('asked_on', '<=', notSince)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteListing(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('listings').where('person_id', '=', personId).execute();
}

/** Everybody but this person, with what the bot knows of their names; and the other names that colleagues are listed under. */
export async function listOtherNames(
  db: Db,
  vault: Vault,
  personId: string,
): Promise<{ slackId: string | undefined; names: string[] }[]> {
  const rows = await db
    .selectFrom('people')
    .select(['slack_id', 'display_name', 'first_name'])
    .where('id', '!=', personId)
    .execute();
  const listed = [...(await listListings(db, vault))].flatMap(([id, one]) =>
    id === personId || one === 'unreadable' ? [] : { slackId: undefined, names: [one.name] },
  );
  return [
    ...rows.map((row) => ({ slackId: row.slack_id, names: [row.display_name, row.first_name ?? ''] })),
    ...listed,
  ];
}

import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { OrganisationContent } from '../../../community/organisations/content.ts';
import { organisationList } from '../../../community/organisations/list.ts';
import type { ProfilesTable } from '../../../community/tables.ts';
import { forPerson } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import { emptyProfile, type Profile, profileFields } from './profile.ts';

/** What is chosen, and stands in columns of its own unless only the person sees it. */
const columns = [
  ['ageGroups', 'age_groups'],
  ['interests', 'interests'],
  ['boroughs', 'boroughs'],
] as const;

const ids = z.array(z.string()).exactOptional();
/** What is sealed: what people say in their own words, whoever sees it, and what only they see. */
const ownSchema = z.object({
  introduction: z.string().optional(),
  accessNeeds: z.string().optional(),
  openedBy: z.array(z.object({ by: z.string(), on: z.string() })).exactOptional(),
  role: z.string().optional(),
  organisation: z.string().optional(),
  organisationId: z.string().optional(),
  keepsName: z.string().optional(),
  ageGroups: ids,
  interests: ids,
  boroughs: ids,
});
const ownPlace = (personId: string) => `profile:${personId}`;
/** Where what people say of themselves is sealed. */
export const sealedProfiles = forPerson({
  table: 'profiles',
  by: ['person_id'],
  place: ({ person_id }) => ownPlace(person_id),
});
/** In bytes: all that the form takes fits, so that nothing shows who said something, or how much. */
const ownRoom = 8 * 1024;

export async function findProfile(db: Db, vault: Vault, personId: string): Promise<Profile | undefined> {
  const row = await db
    .selectFrom('profiles')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toProfile(vault, row);
}

/** Of those who have one, by whose they are. */
export async function listProfiles(
  db: Db,
  vault: Vault,
  personIds: readonly string[],
): Promise<Map<string, Profile>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.selectFrom('profiles').selectAll().where('person_id', 'in', personIds).execute();
  return new Map(rows.map((row) => [row.person_id, toProfile(vault, row)]));
}

/** In a transaction: nobody else changes it until that is over. */
export async function holdProfile(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('profiles')
    .set((eb) => ({ updated_at: eb.ref('updated_at') }))
    .where('person_id', '=', personId)
    .execute();
}

/** As it is shown to themselves: empty where nothing is kept. */
export const profileOf = async (db: Db, vault: Vault, personId: string): Promise<Profile> =>
  (await findProfile(db, vault, personId)) ?? emptyProfile;

export async function writeProfile(
  db: Db,
  vault: Vault,
  personId: string,
  profile: Profile,
  at: Date,
): Promise<void> {
  const seen = { ...profile };
  const own: z.output<typeof ownSchema> = {
    introduction: profile.introduction,
    accessNeeds: profile.accessNeeds,
    openedBy: profile.openedBy,
    role: profile.role,
    organisation: profile.organisation,
    organisationId: profile.organisationId,
    keepsName: profile.keepsName,
  };
  for (const [name, field] of columns) {
    if (profile.visibility[field] !== 'nobody') continue;
    Object.assign(own, { [name]: profile[name] });
    Object.assign(seen, { [name]: emptyProfile[name] });
  }
  const row = {
    role: null,
    organisation: null,
    organisation_mark:
      profile.organisation !== undefined &&
      profile.organisationId === undefined &&
      profile.visibility.organisation === 'community'
        ? vault.markOf(`organisation:${profile.organisation}`)
        : null,
    age_groups: JSON.stringify(seen.ageGroups),
    interests: JSON.stringify(seen.interests),
    boroughs: JSON.stringify(seen.boroughs),
    sealed: vault.sealFor({ person: personId }, JSON.stringify(own), ownPlace(personId), ownRoom),
    visibility: JSON.stringify(profile.visibility),
    updated_at: at.toISOString(),
  };
  await db
    .insertInto('profiles')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

/** In a transaction. What they wrote themselves stays, and what they keep to themselves stays empty. */
export async function fillProfile(
  db: Db,
  { vault, clock, organisations }: { vault: Vault; clock: Clock; organisations: OrganisationContent },
  personId: string,
  said: Pick<Profile, 'role' | 'organisation'>,
): Promise<void> {
  await holdProfile(db, personId);
  const profile = await profileOf(db, vault, personId);
  const filled = { ...profile };
  for (const field of ['role', 'organisation'] as const)
    if (profile.visibility[field] !== 'nobody') filled[field] ??= said[field];
  if (profile.organisation === undefined && filled.organisation !== undefined)
    filled.organisationId = (await organisationList({ db, vault, organisations })).idOf(filled.organisation);
  await writeProfile(db, vault, personId, filled, clock.now());
}

/**
 * Organisations that are not on the list, to choose from: those that several colleagues show to everybody. A name that one
 * person typed stays theirs, since it may not be what they meant to publish.
 */
export async function listOrganisations(db: Db, vault: Vault): Promise<string[]> {
  const used = await db
    .selectFrom('profiles')
    // Whoever it is: they say the same.
    .select((eb) => eb.fn.min('person_id').as('personId'))
    .where('organisation_mark', 'is not', null)
    .groupBy('organisation_mark')
    .having((eb) => eb.fn.countAll(), '>=', severalColleagues)
    .execute();
  const said = await Promise.all(used.map(({ personId }) => profileOf(db, vault, personId)));
  return said
    .flatMap(({ organisation }) => organisation ?? [])
    .toSorted((a, b) => a.localeCompare(b, 'en-GB'));
}

const severalColleagues = 3;

export function toProfile(vault: Vault, row: Selectable<ProfilesTable>): Profile {
  const own =
    row.sealed === null
      ? undefined
      : openJson(vault, { person: row.person_id }, row.sealed, ownPlace(row.person_id), ownSchema);
  return {
    ...emptyProfile,
    role: row.role ?? undefined,
    organisation: row.organisation ?? undefined,
    ageGroups: readList(row.age_groups),
    interests: readList(row.interests),
    boroughs: readList(row.boroughs),
    visibility: readVisibility(row.visibility),
    ...own,
  };
}

function readList(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function readVisibility(json: string): Profile['visibility'] {
  const value: unknown = JSON.parse(json);
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const known = profileFields.map((field) => {
    const one = given[field];
    return [field, one === 'community' || one === 'nobody' ? one : 'facilitators'] as const;
  });
  return Object.fromEntries(known) as Profile['visibility'];
}

/**
 * Seals what versions before 0008 kept in clear. Doing it again changes nothing.
 * @param db inside a transaction.
 */
export async function sealOldProfiles(db: Db, vault: Vault): Promise<void> {
  const rows = await db
    .selectFrom('profiles')
    .selectAll()
    .where('sealed', 'is', null)
    .$castTo<Selectable<ProfilesTable> & { introduction: string | null; access_needs: string | null }>()
    .execute();
  for (const row of rows) {
    const profile = {
      ...toProfile(vault, row),
      introduction: row.introduction ?? undefined,
      accessNeeds: row.access_needs ?? undefined,
    };
    await writeProfile(db, vault, row.person_id, profile, new Date(row.updated_at));
    await db
      .updateTable('profiles')
      .set({ introduction: null, access_needs: null })
      .where('person_id', '=', row.person_id)
      .execute();
  }
}

/** The same for roles and organisations, of which versions before 0035 kept in clear what others may see. */
export async function sealOldWords(db: Db, vault: Vault): Promise<void> {
  const rows = await db
    .selectFrom('profiles')
    .select('person_id')
    .where((eb) => eb.or([eb('role', 'is not', null), eb('organisation', 'is not', null)]))
    .execute();
  for (const { person_id: personId } of rows)
    await db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('profiles')
        .selectAll()
        .where('person_id', '=', personId)
        .executeTakeFirstOrThrow();
      await writeProfile(trx, vault, personId, toProfile(vault, row), new Date(row.updated_at));
    });
}

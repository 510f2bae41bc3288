import type { Selectable } from 'kysely';
import type { ProfilesTable } from '../../../community/tables.ts';
import type { Db } from '../../../db/schema.ts';
import { emptyProfile, type Profile, profileFields } from './profile.ts';

export async function findProfile(db: Db, personId: string): Promise<Profile | undefined> {
  const row = await db
    .selectFrom('profiles')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toProfile(row);
}

/** As it is shown to themselves: empty where nothing is kept. */
export const profileOf = async (db: Db, personId: string): Promise<Profile> =>
  (await findProfile(db, personId)) ?? emptyProfile;

export async function writeProfile(db: Db, personId: string, profile: Profile, at: Date): Promise<void> {
  const row = {
    role: profile.role ?? null,
    organisation: profile.organisation ?? null,
    age_groups: JSON.stringify(profile.ageGroups),
    interests: JSON.stringify(profile.interests),
    boroughs: JSON.stringify(profile.boroughs),
    introduction: profile.introduction ?? null,
    access_needs: profile.accessNeeds ?? null,
    visibility: JSON.stringify(profile.visibility),
    updated_at: at.toISOString(),
  };
  await db
    .insertInto('profiles')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

/**
 * Organisations to choose from: those that several colleagues show to everybody. A name that one person typed stays
 * theirs, since it may not be what they meant to publish.
 */
export async function listOrganisations(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('profiles')
    .select(['organisation', 'visibility'])
    .where('organisation', 'is not', null)
    .execute();
  const used = new Map<string, number>();
  for (const row of rows)
    if (row.organisation !== null && readVisibility(row.visibility).organisation === 'community')
      used.set(row.organisation, (used.get(row.organisation) ?? 0) + 1);
  return [...used]
    .filter(([, many]) => many >= 3)
    .map(([name]) => name)
    .toSorted((a, b) => a.localeCompare(b, 'en-GB'));
}

function toProfile(row: Selectable<ProfilesTable>): Profile {
  return {
    role: row.role ?? undefined,
    organisation: row.organisation ?? undefined,
    ageGroups: readList(row.age_groups),
    interests: readList(row.interests),
    boroughs: readList(row.boroughs),
    introduction: row.introduction ?? undefined,
    accessNeeds: row.access_needs ?? undefined,
    visibility: readVisibility(row.visibility),
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

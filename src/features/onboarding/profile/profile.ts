import type { Selectable } from 'kysely';
import { giveConsent, hasConsent, withdrawConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { ProfilesTable } from '../../../community/tables.ts';
import type { Db } from '../../../db/schema.ts';
import type { Extra } from '../content.ts';
import type { OnboardingDeps } from '../deps.ts';
import { findJourney } from '../store.ts';

/** What a profile can show; access needs are always for facilitators alone. */
export const profileFields = [
  'role',
  'organisation',
  'age_groups',
  'interests',
  'boroughs',
  'introduction',
] as const;
export type ProfileField = (typeof profileFields)[number];

/** Who sees a field. Facilitators do unless the person keeps it to themselves; colleagues only where they were let. */
export type Visibility = 'community' | 'facilitators' | 'nobody';

export type Profile = {
  role: string | undefined;
  organisation: string | undefined;
  /** Ids of topics.yaml. */
  ageGroups: string[];
  interests: string[];
  boroughs: string[];
  introduction: string | undefined;
  accessNeeds: string | undefined;
  visibility: Record<ProfileField, Visibility>;
};

const unseen = Object.fromEntries(profileFields.map((field) => [field, 'facilitators'])) as Record<
  ProfileField,
  Visibility
>;

export const emptyProfile: Profile = {
  role: undefined,
  organisation: undefined,
  ageGroups: [],
  interests: [],
  boroughs: [],
  introduction: undefined,
  accessNeeds: undefined,
  visibility: unseen,
};

export async function findProfile(db: Db, personId: string): Promise<Profile | undefined> {
  const row = await db
    .selectFrom('profiles')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toProfile(row);
}

export type SaveProfileOutcome =
  | { kind: 'saved'; profile: Profile }
  | { kind: 'not-agreed' }
  | { kind: 'not-allowed' };

/** Writes what is given and leaves the rest. Only for people who agreed: nobody else's details are kept. */
export async function saveProfile(
  deps: OnboardingDeps,
  actor: Actor,
  change: Partial<Profile>,
): Promise<SaveProfileOutcome> {
  const { db, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const outcome = await db.transaction().execute(async (trx): Promise<SaveProfileOutcome> => {
    if ((await findJourney(trx, personId))?.agreementVersion === undefined) return { kind: 'not-agreed' };
    const profile = { ...((await findProfile(trx, personId)) ?? emptyProfile), ...change };
    const row = {
      role: profile.role ?? null,
      organisation: profile.organisation ?? null,
      age_groups: JSON.stringify(profile.ageGroups),
      interests: JSON.stringify(profile.interests),
      boroughs: JSON.stringify(profile.boroughs),
      introduction: profile.introduction ?? null,
      access_needs: profile.accessNeeds ?? null,
      visibility: JSON.stringify(profile.visibility),
      updated_at: clock.now().toISOString(),
    };
    await trx
      .insertInto('profiles')
      .values({ person_id: personId, ...row })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
      .execute();
    return { kind: 'saved', profile };
  });
  deps.homeChanged(personId);
  return outcome;
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

/** Which extras somebody said yes to. */
export async function listExtras(
  db: Db,
  personId: string,
  extras: readonly Extra[],
): Promise<Set<Extra['id']>> {
  const given = new Set<Extra['id']>();
  for (const { id } of extras) if (await hasConsent(db, personId, id)) given.add(id);
  return given;
}

/** Each extra is its own consent: what is chosen is given, what is not is withdrawn. The history stays. */
export async function saveExtras(
  deps: OnboardingDeps,
  actor: Actor,
  chosen: ReadonlySet<string>,
): Promise<{ kind: 'saved'; given: Set<Extra['id']> } | { kind: 'not-agreed' }> {
  const { db, clock, journey } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-agreed' };
  const outcome = await db.transaction().execute(async (trx) => {
    if ((await findJourney(trx, personId))?.agreementVersion === undefined)
      return { kind: 'not-agreed' } as const;
    for (const { id } of journey.extras) {
      const has = await hasConsent(trx, personId, id);
      if (chosen.has(id) && !has)
        await giveConsent(trx, clock, { personId, kind: id, version: String(journey.version) });
      if (!chosen.has(id) && has) await withdrawConsent(trx, clock, personId, id);
    }
    return { kind: 'saved', given: await listExtras(trx, personId, journey.extras) } as const;
  });
  deps.homeChanged(personId);
  return outcome;
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

function readVisibility(json: string): Record<ProfileField, Visibility> {
  const value: unknown = JSON.parse(json);
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const known = profileFields.map((field) => {
    const one = given[field];
    return [field, one === 'community' || one === 'nobody' ? one : 'facilitators'] as const;
  });
  return Object.fromEntries(known) as Record<ProfileField, Visibility>;
}

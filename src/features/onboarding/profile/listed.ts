import { type ListParts, organisationList, shownName } from '../../../community/organisations/list.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { OnboardingDeps } from '../deps.ts';
import { listAway } from '../store.ts';
import { listExtras, saveExtras } from './extras.ts';
import { type Profile, type ProfileField, profileFields } from './profile.ts';
import { saveProfile } from './save.ts';
import { listProfiles, profileOf } from './store.ts';

/** What somebody lets colleagues see of their profile; the rest is left out. */
export type SeenByColleagues = Partial<
  Pick<Profile, 'role' | 'organisation' | 'ageGroups' | 'interests' | 'boroughs' | 'introduction'>
>;

const nameOf = {
  role: 'role',
  organisation: 'organisation',
  age_groups: 'ageGroups',
  interests: 'interests',
  boroughs: 'boroughs',
  introduction: 'introduction',
} as const satisfies Record<ProfileField, keyof SeenByColleagues>;

/** Of these people: without those who have left the community, and with single schools and practices by their kind. */
export async function seenByColleagues(
  parts: ListParts,
  personIds: readonly string[],
): Promise<Map<string, SeenByColleagues>> {
  const { db, vault } = parts;
  const list = await organisationList(parts);
  const away = await listAway(db, personIds);
  const profiles = await listProfiles(db, vault, personIds);
  return new Map(
    personIds
      .filter((id) => !away.has(id))
      .map((id): [string, SeenByColleagues] => {
        const profile = profiles.get(id);
        if (!profile) return [id, {}];
        const shown: Profile = { ...profile, organisation: shownName(list, profile) };
        const fields = profileFields.filter((field) => profile.visibility[field] === 'community');
        return [id, Object.fromEntries(fields.map((field) => [nameOf[field], shown[nameOf[field]]]))];
      }),
  );
}

/** Which fields colleagues may see of somebody, as they chose. */
export async function fieldsSeen(
  { db, vault }: Pick<OnboardingDeps, 'db' | 'vault'>,
  personId: string,
): Promise<ProfileField[]> {
  const { visibility } = await profileOf(db, vault, personId);
  return profileFields.filter((field) => visibility[field] === 'community');
}

/**
 * Says yes or no to being listed; the other extras stay. With `shown`, colleagues may see these fields and no others:
 * what was theirs to see goes back to those who run the groups. @returns false where they have not agreed.
 */
export async function letBeListed(
  deps: OnboardingDeps,
  actor: Actor,
  isListed: boolean,
  shown?: readonly string[],
): Promise<boolean> {
  const { db, vault, journey } = deps;
  const personId = actor.person.id;
  if (shown) {
    const { visibility } = await profileOf(db, vault, personId);
    const next = Object.fromEntries(
      profileFields.map((field) => {
        const before = visibility[field] === 'community' ? 'facilitators' : visibility[field];
        return [field, shown.includes(field) ? 'community' : before];
      }),
    ) as Profile['visibility'];
    if ((await saveProfile(deps, actor, { visibility: next })).kind !== 'saved') return false;
  }
  const given = await listExtras(db, personId, journey.extras);
  const chosen = new Set<string>(given);
  if (isListed) chosen.add('listed');
  else chosen.delete('listed');
  return (await saveExtras(deps, actor, chosen)).kind === 'saved';
}

import type { General, Organisation } from '../../../community/organisations/content.ts';
import {
  type Across,
  type ListParts,
  type OrganisationList,
  organisationKey,
  organisationList,
  shownName,
} from '../../../community/organisations/list.ts';
import { emptyProfile, type Profile, type ProfileField } from './profile.ts';
import { findProfile, listProfiles } from './store.ts';

/** A profile as everybody but its person sees it: without the name of a single school or practice. */
export async function asOthersSee(
  parts: ListParts,
  profile: Profile | undefined,
): Promise<Profile | undefined> {
  return profile && { ...profile, organisation: shownName(await organisationList(parts), profile) };
}

/** The same where they introduce themselves: a general choice says nothing that anybody would say. */
export async function asInAHello(
  parts: ListParts,
  profile: Profile | undefined,
): Promise<Profile | undefined> {
  if (!profile) return undefined;
  const isGeneral = (await organisationList(parts)).meant(profile)?.kind === 'general';
  return isGeneral ? { ...profile, organisation: undefined } : profile;
}

/**
 * What a name may be the name of a single one of, where neither the list nor its words tell; undefined where they do.
 * `chosen` is what they said.
 */
export function singleOf(
  list: OrganisationList,
  { organisation: name, organisationId: id }: Pick<Profile, 'organisation' | 'organisationId'>,
): { kinds: General[]; chosen: string | undefined } | undefined {
  if (name === undefined || list.idOf(name) !== undefined) return undefined;
  const kinds = list.general.filter(({ singleIf }) => singleIf.length > 0);
  const chosen = kinds.find((one) => one.id === id)?.id;
  if (chosen === undefined && id !== undefined && list.find(id) !== undefined) return undefined;
  return kinds.length > 0 ? { kinds, chosen } : undefined;
}

/** What of the list may be meant by what somebody typed, or once chose. */
export type Offered = {
  name: string;
  like: readonly (Organisation | General)[];
  /** They chose it from the list, and it is not on it any more. */
  isGone: boolean;
};

/** No more stand beside each other: who typed something that fits more is better served by typing again. */
const mostOffered = 5;

/** Undefined: it is on the list, nothing is like it, or they have said that they keep it. */
export function offeredFor(list: OrganisationList, profile: Profile): Offered | undefined {
  const { organisation: name, organisationId: id, keepsName } = profile;
  if (name === undefined || name === keepsName) return undefined;
  if (id !== undefined && list.find(id) !== undefined) return undefined;
  const like = list.offer(name).slice(0, mostOffered);
  return id === undefined && like.length === 0 ? undefined : { name, like, isGone: id !== undefined };
}

/** Where somebody works, by what people are counted as of one organisation, and what that is called. */
export type Agency = { id: string; label: string };

/** Of these people, by their ids; without those who have not said it, or keep it to themselves. */
export async function agenciesOf(
  parts: ListParts,
  personIds: readonly string[],
): Promise<Map<string, Agency>> {
  const list = await organisationList(parts);
  const agencies = new Map<string, Agency>();
  for (const personId of personIds) {
    const profile = await findProfile(parts.db, parts.vault, personId);
    if (!profile || profile.visibility.organisation === 'nobody') continue;
    const id = organisationKey(list, profile);
    const label = shownName(list, profile);
    if (id !== undefined && label !== undefined) agencies.set(personId, { id, label });
  }
  return agencies;
}

/** What somebody lets every colleague see of what they do, where and with whom. */
export async function shownToColleagues(parts: ListParts, personId: string) {
  const profile =
    (await asOthersSee(parts, await findProfile(parts.db, parts.vault, personId))) ?? emptyProfile;
  const isShown = (field: ProfileField) => profile.visibility[field] === 'community';
  return {
    role: isShown('role') ? profile.role : undefined,
    organisation: isShown('organisation') ? profile.organisation : undefined,
    ageGroups: isShown('age_groups') ? profile.ageGroups : [],
    interests: isShown('interests') ? profile.interests : [],
  };
}

/** What these people do, in their own words, by their ids; without those who have not said it, or keep it to themselves. */
export async function rolesOf(
  { db, vault }: Pick<ListParts, 'db' | 'vault'>,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const roles = new Map<string, string>();
  for (const personId of personIds) {
    const profile = await findProfile(db, vault, personId);
    if (profile?.role !== undefined && profile.visibility.role !== 'nobody')
      roles.set(personId, profile.role);
  }
  return roles;
}

/**
 * The one way in which people are counted across organisations: by the list, whatever they typed. What somebody keeps to
 * themselves is not counted.
 */
export async function countAcross(parts: ListParts, personIds: readonly string[]): Promise<Across> {
  const list = await organisationList(parts);
  const profiles = await listProfiles(parts.db, parts.vault, personIds);
  const keys = [...profiles.values()].flatMap((profile) =>
    profile.visibility.organisation === 'nobody' ? [] : (organisationKey(list, profile) ?? []),
  );
  return { people: keys.length, organisations: new Set(keys).size };
}

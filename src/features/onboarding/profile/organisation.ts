import type { General, Organisation } from '../../../community/organisations/content.ts';
import {
  type Across,
  type ListParts,
  type OrganisationList,
  organisationKey,
  organisationList,
  shownName,
} from '../../../community/organisations/list.ts';
import type { Profile } from './profile.ts';
import { listProfiles } from './store.ts';

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

/**
 * The one way in which people are counted across organisations: by the list, whatever they typed. What somebody keeps to
 * themselves is not counted.
 */
export async function countAcross(parts: ListParts, personIds: readonly string[]): Promise<Across> {
  const list = await organisationList(parts);
  const keys = (await listProfiles(parts.db, parts.vault, personIds)).flatMap((profile) =>
    profile.visibility.organisation === 'nobody' ? [] : (organisationKey(list, profile) ?? []),
  );
  return { people: keys.length, organisations: new Set(keys).size };
}

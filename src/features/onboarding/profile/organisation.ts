import type { General, Organisation } from '../../../community/organisations/content.ts';
import {
  type ListParts,
  type OrganisationList,
  organisationKey,
  organisationList,
  shownName,
} from '../../../community/organisations/list.ts';
import type { Vault } from '../../../lib/crypto.ts';
import type { Profile } from './profile.ts';
import { findProfile } from './store.ts';

/** A profile as everybody but its person sees it: without the name of a single school or practice. */
export async function asOthersSee(
  parts: ListParts,
  profile: Profile | undefined,
): Promise<Profile | undefined> {
  return profile && { ...profile, organisation: shownName(await organisationList(parts), profile) };
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

/** How many people said where they work, and of how many organisations they are. */
export type Across = { people: number; organisations: number };

/**
 * The one way in which people are counted across organisations: by the list, whatever they typed. What somebody keeps to
 * themselves is not counted.
 */
export async function countAcross(
  parts: ListParts & { vault: Vault },
  personIds: readonly string[],
): Promise<Across> {
  const list = await organisationList(parts);
  const keys: string[] = [];
  for (const personId of personIds) {
    const profile = await findProfile(parts.db, parts.vault, personId);
    const key =
      profile && profile.visibility.organisation !== 'nobody' ? organisationKey(list, profile) : undefined;
    if (key !== undefined) keys.push(key);
  }
  return { people: keys.length, organisations: new Set(keys).size };
}

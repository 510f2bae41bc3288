import { curatorsSeeChange } from '../../../community/curators.ts';
import { organisationList } from '../../../community/organisations/list.ts';
import { insertName } from '../../../community/organisations/store.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { checkBeforeSaving } from '../../../safeguarding/identifiers.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { OnboardingDeps } from '../deps.ts';
import type { Profile } from './profile.ts';

/**
 * Hands the name that somebody typed to the curators, without who typed it. Not the name of a single school or practice, not
 * one that is on the list, and none that holds something like a number of a person.
 * @returns whether it is there for them now.
 */
export async function suggestOrganisation(
  deps: OnboardingDeps,
  actor: Actor,
  profile: Profile,
): Promise<boolean> {
  const { db, vault, clock, timeZone } = deps;
  if (!may(actor, 'own.write', { ownerId: actor.person.id })) return false;
  const meant = (await organisationList(deps)).meant(profile);
  if (meant?.kind !== 'own-words' || checkBeforeSaving(meant.name, deps).kind === 'found') return false;
  await insertName(db, vault, meant.name, localDate(clock.now(), timeZone));
  await curatorsSeeChange(deps);
  return true;
}

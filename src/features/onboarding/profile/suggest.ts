import { curatorsSeeChange } from '../../../community/curators.ts';
import { organisationList } from '../../../community/organisations/list.ts';
import { insertName } from '../../../community/organisations/store.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { checkBeforeSaving } from '../../../safeguarding/identifiers.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { OnboardingDeps } from '../deps.ts';
import type { Profile } from './profile.ts';

/** `personal`: it seems to hold something that could identify a person. `not-needed`: it is on the list, or of its kind. */
export type Suggested = 'suggested' | 'personal' | 'not-needed';

/** Hands the name that somebody typed to the curators, without who typed it. */
export async function suggestOrganisation(
  deps: OnboardingDeps,
  actor: Actor,
  profile: Profile,
): Promise<Suggested> {
  const { db, vault, clock, timeZone } = deps;
  if (!may(actor, 'own.write', { ownerId: actor.person.id })) return 'not-needed';
  const meant = (await organisationList(deps)).meant(profile);
  if (meant?.kind !== 'own-words') return 'not-needed';
  if (checkBeforeSaving(meant.name, deps).kind === 'found') return 'personal';
  await insertName(db, vault, meant.name, localDate(clock.now(), timeZone));
  await curatorsSeeChange(deps);
  return 'suggested';
}

import { type Actor, may } from '../../../community/permissions.ts';
import { tellOfNeeds } from '../access/needs.ts';
import type { OnboardingDeps } from '../deps.ts';
import { findJourney } from '../store.ts';
import type { Profile } from './profile.ts';
import { holdProfile, profileOf, writeProfile } from './store.ts';

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
  const { db, vault, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  let hasNewNeeds = false;
  const outcome = await db.transaction().execute(async (trx): Promise<SaveProfileOutcome> => {
    if ((await findJourney(trx, personId))?.agreementVersion === undefined) return { kind: 'not-agreed' };
    await holdProfile(trx, personId);
    const before = await profileOf(trx, vault, personId);
    const profile = { ...before, ...onlyOffered(deps, change) };
    hasNewNeeds = profile.accessNeeds !== before.accessNeeds;
    await writeProfile(trx, vault, personId, profile, clock.now());
    return { kind: 'saved', profile };
  });
  deps.homeChanged(personId);
  if (hasNewNeeds) await tellOfNeeds(deps, personId);
  return outcome;
}

/** Without choices that the files do not hold: they come from people's own computers. */
function onlyOffered({ journey, vocabulary }: OnboardingDeps, change: Partial<Profile>): Partial<Profile> {
  const { ageGroups, interests, boroughs } = change;
  const among = (items: readonly { id: string }[], chosen: readonly string[]) =>
    chosen.filter((id) => items.some((one) => one.id === id));
  return {
    ...change,
    ...(ageGroups && { ageGroups: among(vocabulary.age_groups, ageGroups) }),
    ...(interests && { interests: among(vocabulary.topics, interests) }),
    ...(boroughs && { boroughs: boroughs.filter((place) => journey.boroughs.includes(place)) }),
  };
}

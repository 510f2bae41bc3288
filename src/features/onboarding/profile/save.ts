import { organisationList } from '../../../community/organisations/list.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { tellOfNeeds } from '../access/needs.ts';
import type { OnboardingDeps } from '../deps.ts';
import { findJourney } from '../store.ts';
import { offeredFor, singleOf } from './organisation.ts';
import { keepName, type Profile } from './profile.ts';
import { holdProfile, profileOf, writeProfile } from './store.ts';

export type SaveProfileOutcome =
  | { kind: 'saved'; profile: Profile }
  | { kind: 'not-agreed' }
  | { kind: 'not-allowed' };

/**
 * Writes what is given and leaves the rest. Only for people who agreed: nobody else's details are kept.
 * @param single of which kind they say that where they work is a single one, by its id, or `noSingle`; it counts only where
 * nothing else tells.
 */
export async function saveProfile(
  deps: OnboardingDeps,
  actor: Actor,
  change: Partial<Profile>,
  single?: string,
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
    if (profile.organisation !== before.organisation) profile.keepsName = undefined;
    if ('organisation' in change) {
      const list = await organisationList(deps, trx);
      const isKnown = profile.organisationId !== undefined && list.find(profile.organisationId) !== undefined;
      if (profile.organisation !== before.organisation || !isKnown)
        profile.organisationId =
          profile.organisation === undefined ? undefined : list.idOf(profile.organisation);
    }
    if (single !== undefined) {
      const asked = singleOf(await organisationList(deps, trx), profile);
      if (asked) profile.organisationId = asked.kinds.find(({ id }) => id === single)?.id;
    }
    hasNewNeeds = profile.accessNeeds !== before.accessNeeds;
    await writeProfile(trx, vault, personId, profile, clock.now());
    return { kind: 'saved', profile };
  });
  deps.homeChanged(personId);
  if (hasNewNeeds) await tellOfNeeds(deps, personId);
  return outcome;
}

/**
 * What somebody answers when they are offered the list for what they once typed or chose: one of it, or their name as it is.
 * @param choice an id of the list, or `keepName`. @returns its name now; undefined where nothing is offered any more.
 */
export async function chooseOffered(
  deps: OnboardingDeps,
  actor: Actor,
  choice: string,
): Promise<{ kind: 'saved'; name: string | undefined } | { kind: 'not-agreed' }> {
  const list = await organisationList(deps);
  const offered = offeredFor(list, await profileOf(deps.db, deps.vault, actor.person.id));
  const chosen = offered?.like.find(({ id }) => id === choice);
  if (!offered || (!chosen && choice !== keepName)) return { kind: 'saved', name: undefined };
  const change = chosen ? { organisation: chosen.name } : { keepsName: offered.name };
  const outcome = await saveProfile(deps, actor, change);
  return outcome.kind === 'saved'
    ? { kind: 'saved', name: outcome.profile.organisation }
    : { kind: 'not-agreed' };
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

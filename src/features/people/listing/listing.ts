import { hasConsent } from '../../../community/consents.ts';
import { foldName } from '../../../community/organisations/match.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { mayLook, type PeopleDeps } from '../deps.ts';
import { type Listing, listOtherNames, saveListing } from './store.ts';

export const isListed = ({ db }: Pick<PeopleDeps, 'db'>, personId: string): Promise<boolean> =>
  hasConsent(db, personId, 'listed');

export type ListOutcome = { kind: 'listed' | 'not-agreed' | 'name-taken' };

/** Lists somebody as they say, or changes how they are listed. */
export async function listMe(
  deps: PeopleDeps,
  actor: Actor,
  { shown, ...said }: Pick<Listing, 'name' | 'askAbout' | 'takesQuestions'> & { shown: readonly string[] },
): Promise<ListOutcome> {
  const { db, vault, listing } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId }) || !(await mayLook(deps, actor)))
    return { kind: 'not-agreed' };
  const taken = said.name === '' ? [] : (await listOtherNames(db, personId)).map(foldName);
  if (taken.includes(foldName(said.name))) return { kind: 'name-taken' };
  // The name first: nobody is listed for a moment under the one they do not want.
  await saveListing(db, vault, { personId, ...said });
  return { kind: (await listing.change(actor, true, shown)) ? 'listed' : 'not-agreed' };
}

/** At once, without a question. */
export const hideMe = ({ listing }: PeopleDeps, actor: Actor): Promise<boolean> =>
  listing.change(actor, false);

import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { fullNameOf } from '../../../slack/full-name.ts';
import { mayLook, type PeopleDeps } from '../deps.ts';
import { areNear, isMixed, isOfRole, mayBeTakenFor } from './names.ts';
import { type Listing, listOtherNames, saveListing } from './store.ts';

export const isListed = ({ db }: Pick<PeopleDeps, 'db'>, personId: string): Promise<boolean> =>
  hasConsent(db, personId, 'listed');

/** By their name in Slack, whatever they are listed under. */
export const isIntroduced = ({ db }: Pick<PeopleDeps, 'db'>, personId: string): Promise<boolean> =>
  hasConsent(db, personId, 'introduced');

export type ListOutcome = { kind: 'listed' | 'not-agreed' | NameProblem };

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
  const problem = said.name === '' ? undefined : await problemWithName(deps, actor.person, said.name);
  if (problem !== undefined) return { kind: problem };
  // The name first: nobody is listed for a moment under the one they do not want.
  await saveListing(db, vault, { personId, ...said });
  return { kind: (await listing.change(actor, true, shown)) ? 'listed' : 'not-agreed' };
}

/** Slack is asked about no more people than these, while somebody waits. */
const mostAskedAbout = 5;

type NameProblem = 'name-taken' | 'name-own' | 'name-of-role' | 'name-mixed';

/**
 * Whether whoever is listed under a name may be taken for somebody else, or is not under another name at all. Full names are
 * not kept: of those who share a word of it Slack is asked.
 */
async function problemWithName(
  deps: PeopleDeps,
  { id, slackId, displayName, firstName }: Actor['person'],
  name: string,
): Promise<NameProblem | undefined> {
  if (isMixed(name)) return 'name-mixed';
  if (isOfRole(name)) return 'name-of-role';
  const isOf = (names: readonly (string | undefined)[]) =>
    names.some((one) => one !== undefined && mayBeTakenFor(name, one));
  if (isOf([displayName, firstName, await fullNameOf(deps, slackId)])) return 'name-own';
  const others = await listOtherNames(deps.db, deps.vault, id);
  if (others.some(({ names }) => isOf(names))) return 'name-taken';
  const near = others.flatMap((one) =>
    one.slackId !== undefined && one.names.some((known) => areNear(name, known)) ? one.slackId : [],
  );
  const full = await Promise.all(near.slice(0, mostAskedAbout).map((one) => fullNameOf(deps, one)));
  return isOf(full) ? 'name-taken' : undefined;
}

/** At once, without a question. */
export const hideMe = ({ listing }: PeopleDeps, actor: Actor): Promise<boolean> =>
  listing.change(actor, false);

import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { wordsOf } from '../../../content/words.ts';
import { fullNameOf } from '../../../slack/full-name.ts';
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
  if (said.name !== '' && (await isSomebodys(deps, personId, said.name))) return { kind: 'name-taken' };
  // The name first: nobody is listed for a moment under the one they do not want.
  await saveListing(db, vault, { personId, ...said });
  return { kind: (await listing.change(actor, true, shown)) ? 'listed' : 'not-agreed' };
}

/** Slack is asked about no more people than these, while somebody waits. */
const mostAskedAbout = 5;

/**
 * Whether a colleague may be taken for whoever is listed under a name. Full names are not kept: of those who share a word of
 * it Slack is asked.
 */
async function isSomebodys(deps: PeopleDeps, personId: string, name: string): Promise<boolean> {
  const others = await listOtherNames(deps.db, deps.vault, personId);
  if (others.some(({ names }) => names.some((one) => mayBeTakenFor(name, one)))) return true;
  const typed = wordsOf(name);
  const near = others.flatMap(({ slackId, names }) =>
    slackId !== undefined && names.some((one) => wordsOf(one).some((word) => typed.includes(word)))
      ? slackId
      : [],
  );
  const full = await Promise.all(near.slice(0, mostAskedAbout).map((slackId) => fullNameOf(deps, slackId)));
  return full.some((one) => one !== undefined && mayBeTakenFor(name, one));
}

/** The same words in any order, all of a full name among others, or a part of one. */
export function mayBeTakenFor(name: string, other: string): boolean {
  const [typed, known] = [wordsOf(name), wordsOf(other)];
  if (typed.length === 0 || known.length === 0) return false;
  const isIn = (some: string[], all: string[]) => some.every((word) => all.includes(word));
  return isIn(typed, known) || (known.length > 1 && isIn(known, typed));
}

/** At once, without a question. */
export const hideMe = ({ listing }: PeopleDeps, actor: Actor): Promise<boolean> =>
  listing.change(actor, false);

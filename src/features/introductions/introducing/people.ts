import { isCohortMember } from '../../../community/cohorts.ts';
import { isOurs } from '../../../community/people.ts';
import { offerProfessions } from '../../../community/professions.ts';
import type { Db } from '../../../db/schema.ts';
import type { IntroductionDeps, ShownToColleagues } from '../deps.ts';
import { everybody, listSwitchedOn, type Wanting } from '../store.ts';

/** What people are counted as, by their ids; whoever has not said it, or keeps it to themselves, is missing. */
export type KnownAs = {
  agencies: ReadonlyMap<string, { id: string }>;
  professions: ReadonlyMap<string, string>;
};

export async function knownAs(
  { agenciesOf, rolesOf, professions }: Pick<IntroductionDeps, 'agenciesOf' | 'rolesOf' | 'professions'>,
  personIds: readonly string[],
): Promise<KnownAs> {
  const roles = await rolesOf(personIds);
  const found = new Map<string, string>();
  for (const [personId, role] of roles) {
    const [only, another] = offerProfessions(professions, role);
    if (only && !another) found.set(personId, only.id);
  }
  return { agencies: await agenciesOf(personIds), professions: found };
}

const nothing: ShownToColleagues = { role: undefined, organisation: undefined, ageGroups: [], interests: [] };

/** What an introduction may say of somebody: of whoever is listed under another name nothing that stands there too. */
export const shownOf = async (
  deps: Pick<IntroductionDeps, 'shownToColleagues' | 'goesByAnotherName'>,
  personId: string,
): Promise<ShownToColleagues> =>
  (await deps.goesByAnotherName(personId)) ? nothing : deps.shownToColleagues(personId);

/** Whether somebody wants to be introduced in this pool, as things stand, and it is safe to. */
export async function isWilling(db: Db, { person, wish }: Wanting, pool: string): Promise<boolean> {
  if (!isOurs(person) || wish.isPaused || wish.avoids === undefined || wish.pool !== pool) return false;
  if (pool === everybody) return true;
  return (await listSwitchedOn(db)).includes(pool) && (await isCohortMember(db, pool, person.id));
}

/** Whether none of these would rather not meet another of them. */
export const getOn = (people: readonly Wanting[]): boolean =>
  people.every((one) => people.every((other) => !one.wish.avoids?.includes(other.person.slackId)));

import type { KnownBlock } from '@slack/types';
import { type Cohort, listCohortsOf } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may, type RoleName } from '../../../community/permissions.ts';
import type { Onlooker } from '../../feature.ts';
import type { PrivacyDeps } from '../deps.ts';

/** Who looks, in words, and what they see. */
export type Seen = { who: string; blocks: KnownBlock[] };

/** What a window has room for. In further groups it is the same. */
const mostGroups = 3;

/** Somebody who exists nowhere else: what they may see, `may` says of their roles. */
const imagined: Person = {
  id: 'onlooker',
  slackId: 'U0',
  displayName: '',
  firstName: undefined,
  timeZone: undefined,
  kind: 'member',
  isWorkspaceAdmin: false,
  isDeactivated: false,
  dmChannel: undefined,
};

const withRole = (role?: RoleName, cohort?: Cohort): Onlooker => ({
  actor: { person: imagined, roles: role ? [{ role, cohortId: cohort?.id }] : [] },
  cohort,
});

/**
 * What a facilitator of each of their groups, an administrator, a curator and a colleague see of somebody: asked of the
 * features as if such a person looked, so it is drawn by the rule and the screens that those have. Only they may ask.
 */
export async function readSeen(
  { db, seen }: Pick<PrivacyDeps, 'db' | 'seen'>,
  actor: Actor,
): Promise<Seen[] | undefined> {
  const { person } = actor;
  if (!may(actor, 'own.read', { ownerId: person.id })) return undefined;
  const cohorts = await listCohortsOf(db, person.id);
  const lookers: { who: string; by: Onlooker }[] = [
    ...(cohorts.length > 0
      ? cohorts.slice(0, mostGroups).map((cohort) => ({
          who: `A facilitator of ${cohort.name}`,
          by: withRole('facilitator', cohort),
        }))
      : [{ who: 'A facilitator', by: withRole('facilitator') }]),
    { who: 'An administrator', by: withRole('administrator') },
    { who: 'A curator of the catalogue', by: withRole('curator') },
    { who: 'A colleague', by: withRole() },
  ];
  const all: Seen[] = [];
  for (const { who, by } of lookers) all.push({ who, blocks: await seen(person, by) });
  return all;
}

import type { KnownBlock } from '@slack/types';
import type { Person } from '../../community/people.ts';
import { may } from '../../community/permissions.ts';
import { section, written } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Onlooker } from '../feature.ts';
import { namesOf } from './access/store.ts';
import { saySeen } from './access/views.ts';
import type { OnboardingDeps } from './deps.ts';
import { asOthersSee } from './profile/organisation.ts';
import { findProfile } from './profile/store.ts';
import { profileLines } from './profile/views.ts';

/** What somebody who may greet them, or runs a group of theirs, sees of their profile. */
export async function seenOfProfile(
  deps: Pick<OnboardingDeps, 'db' | 'vault' | 'vocabulary' | 'organisations'>,
  person: Person,
  { actor, cohort }: Onlooker,
): Promise<KnownBlock[]> {
  if (!may(actor, 'cohorts.progress', cohort ? { cohortId: cohort.id } : {})) return [];
  const { db, vault, vocabulary } = deps;
  const profile = await asOthersSee(deps, await findProfile(db, vault, person.id));
  const lines = profileLines(profile, vocabulary);
  return [
    ...(lines ? [section(mrkdwn`For a first hello:\n${lines}`)] : []),
    ...(cohort && profile?.accessNeeds
      ? [
          section(mrkdwn`What makes taking part easier:`),
          ...written(profile.accessNeeds),
          section(mrkdwn`${saySeen(await namesOf(db, profile.openedBy))}`),
        ]
      : []),
  ];
}

import type { KnownBlock } from '@slack/types';
import { listCohortsOf } from '../../community/cohorts.ts';
import type { Person } from '../../community/people.ts';
import { may } from '../../community/permissions.ts';
import { section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Onlooker } from '../feature.ts';
import type { CohortsDeps } from './deps.ts';
import { memberLine } from './members/views.ts';

/** Their line in the lists of their groups that somebody may open. */
export async function seenInGroups(
  { db }: Pick<CohortsDeps, 'db'>,
  person: Person,
  { actor, cohort }: Onlooker,
): Promise<KnownBlock[]> {
  return (await listCohortsOf(db, person.id))
    .filter(
      ({ id }) =>
        (cohort === undefined || cohort.id === id) && may(actor, 'cohorts.manage', { cohortId: id }),
    )
    .map(({ name }) => section(mrkdwn`In the list of ${name}: ${memberLine(person)}`));
}

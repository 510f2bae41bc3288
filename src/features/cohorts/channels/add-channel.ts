import { findCohort } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { CohortsDeps } from '../deps.ts';
import { listVisibleMembers, resolvePeople } from '../directory.ts';
import { type AddOutcome, addMembers, type Enrolment } from '../members/membership.ts';
import { chunks } from '../store.ts';

export type AddChannelOutcome = AddOutcome | { kind: 'not-visible' | 'failed' };

/** How many people are added in one transaction, so that the rest of the bot is not held up. */
const atOnce = 100;

/**
 * Adds everyone in a channel: people of this workspace and its guests. Bots, people from elsewhere, the deactivated and
 * whoever left the group themselves are left out and counted. Going through it twice adds nobody twice.
 * @param progress called now and then with how many of how many are done.
 */
export async function addChannel(
  deps: CohortsDeps,
  { actor, cohortId, channelId }: { actor: Actor; cohortId: string; channelId: string },
  progress: (done: number, of: number) => Promise<void>,
): Promise<AddChannelOutcome> {
  const cohort = await findCohort(deps.db, cohortId);
  if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
  if (cohort.isArchived) return { kind: 'archived', cohort };
  const answer = await listVisibleMembers(deps, actor, channelId);
  if (answer.kind !== 'members') return answer;
  const others = answer.slackIds.filter((id) => id !== deps.botUserId);
  const { people, unknown } = await resolvePeople(deps, others);
  const sum: Enrolment = {
    added: [],
    already: [],
    stayedAway: [],
    bots: [],
    external: [],
    deactivated: [],
    unknown: unknown.length,
  };
  let done = 0;
  for (const part of chunks(people, atOnce)) {
    const outcome = await addMembers(deps, { actor, cohortId, people: part, respectLeaving: true });
    if (outcome.kind !== 'added') return outcome;
    for (const key of ['added', 'already', 'stayedAway', 'bots', 'external', 'deactivated'] as const)
      sum[key].push(...outcome[key]);
    done += part.length;
    if (done < people.length) await progress(done, people.length);
  }
  return { kind: 'added', cohort, ...sum };
}

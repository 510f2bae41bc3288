import { type Cohort, findCohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import type { CohortsDeps } from '../deps.ts';
import { listVisibleMembers, resolvePeople } from '../directory.ts';
import { type AddOutcome, addMembers, type Enrolment, sortOut } from '../members/membership.ts';
import { chunks } from '../store.ts';

type Wanted = { actor: Actor; cohortId: string; channelId: string };
type Trouble = Exclude<AddOutcome, { kind: 'added' }> | { kind: 'not-visible' | 'failed' };

/** How many people are added in one transaction, so that the rest of the bot is not held up. */
const atOnce = 100;

/** A whole channel has those in it who left, and those who run the group: they are added by name or not at all. */
const ofChannel = { respectLeaving: true, withoutLeads: true };

async function readChannel(
  deps: CohortsDeps,
  { actor, cohortId, channelId }: Wanted,
): Promise<Trouble | { kind: 'read'; cohort: Cohort; people: Person[]; unknown: number }> {
  const cohort = await findCohort(deps.db, cohortId);
  if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
  if (cohort.isArchived) return { kind: 'archived', cohort };
  const answer = await listVisibleMembers(deps, actor, channelId);
  if (answer.kind !== 'members') return answer;
  const others = answer.slackIds.filter((id) => id !== deps.botUserId);
  const { people, unknown } = await resolvePeople(deps, others);
  return { kind: 'read', cohort, people, unknown: unknown.length };
}

export type PreviewOutcome = Trouble | ({ kind: 'preview'; cohort: Cohort } & Enrolment);

/** Who would come into a group with everyone in a channel. Nothing is changed. */
export async function previewChannel(deps: CohortsDeps, wanted: Wanted): Promise<PreviewOutcome> {
  const read = await readChannel(deps, wanted);
  if (read.kind !== 'read') return read;
  const { cohort, people, unknown } = read;
  const enrolment = await sortOut(deps.db, { cohortId: cohort.id, people, ...ofChannel });
  return { kind: 'preview', cohort, ...enrolment, unknown };
}

export type AddChannelOutcome = AddOutcome | Trouble;

/**
 * Adds everyone in a channel: people of this workspace and its guests. Bots, people from elsewhere, the deactivated,
 * whoever left the group themselves and whoever runs it are left out and counted. Going through it twice adds nobody twice.
 * @param progress called now and then with how many of how many are done.
 */
export async function addChannel(
  deps: CohortsDeps,
  wanted: Wanted,
  progress: (done: number, of: number) => Promise<void>,
): Promise<AddChannelOutcome> {
  const read = await readChannel(deps, wanted);
  if (read.kind !== 'read') return read;
  const { cohort, people, unknown } = read;
  const { actor, cohortId } = wanted;
  const addition = newId(deps.clock);
  const sum: Enrolment = {
    added: [],
    already: [],
    stayedAway: [],
    leads: [],
    bots: [],
    external: [],
    deactivated: [],
    unknown,
  };
  let done = 0;
  for (const part of chunks(people, atOnce)) {
    const outcome = await addMembers(deps, { actor, cohortId, people: part, addition, ...ofChannel });
    if (outcome.kind !== 'added') return outcome;
    for (const key of ['added', 'already', 'stayedAway', 'leads', 'bots', 'external', 'deactivated'] as const)
      sum[key].push(...outcome[key]);
    done += part.length;
    if (done < people.length) await progress(done, people.length);
  }
  return { kind: 'added', cohort, addition, ...sum };
}

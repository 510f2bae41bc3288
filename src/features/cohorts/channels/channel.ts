import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import type { LastHeard } from '../../../slack/comings.ts';
import type { CohortsDeps } from '../deps.ts';
import { listChannelMembers, listVisibleMembers, resolvePeople } from '../directory.ts';
import { dismiss, type Enrolment, enrol, tellJoined, tellLeft } from '../members/membership.ts';
import {
  forgetChannel,
  forgetInChannel,
  listFollowing,
  listInChannel,
  rememberInChannel,
  setChannel,
} from './store.ts';

export type LinkOutcome = { kind: 'not-allowed' } | { kind: 'linked' | 'unlinked'; cohort: Cohort };

/** Links a channel to a cohort, or none. Nobody is added or removed by this alone; `syncChannel` does that. */
export async function linkChannel(
  deps: CohortsDeps,
  {
    actor,
    cohortId,
    channelId,
    follows,
  }: { actor: Actor; cohortId: string; channelId: string | undefined; follows: boolean },
): Promise<LinkOutcome> {
  const outcome = await deps.db.transaction().execute(async (trx): Promise<LinkOutcome> => {
    const before = await findCohort(trx, cohortId);
    if (!before || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
    const followsNow = follows && channelId !== undefined;
    // What was known of another channel says nothing about this one.
    if (before.channelId !== channelId || !followsNow) await forgetChannel(trx, cohortId);
    await setChannel(trx, cohortId, { channelId, follows: followsNow });
    await audit(trx, deps.clock, {
      actor: actor.person.id,
      action: 'cohorts.link',
      subject: cohortId,
      detail: { channelId: channelId ?? null, follows: followsNow },
    });
    const cohort = { ...before, channelId, followsChannel: followsNow };
    return { kind: channelId === undefined ? 'unlinked' : 'linked', cohort };
  });
  if (outcome.kind !== 'not-allowed') deps.homeChanged(actor.person.id);
  return outcome;
}

export type SyncOutcome =
  | { kind: 'not-following' | 'not-visible' | 'failed' }
  | { kind: 'synced'; enrolment: Enrolment; botIsIn: boolean };

/**
 * Compares a linked channel with what was last known of it and makes up for the difference: who came since joins, who
 * went since leaves. Who left the group themselves, runs it, or was added without being in the channel, is left alone.
 * @param addition names it, to undo it by.
 */
export async function syncChannel(
  deps: CohortsDeps,
  cohortId: string,
  addition?: string,
): Promise<SyncOutcome> {
  const before = await findCohort(deps.db, cohortId);
  const channelId = before?.channelId;
  if (!before?.followsChannel || channelId === undefined) return { kind: 'not-following' };
  return deps.comings.during(channelId, (heard) => syncWith(deps, { cohortId, channelId, addition }, heard));
}

type Followed = { cohortId: string; channelId: string; addition: string | undefined };

async function syncWith(
  deps: CohortsDeps,
  { cohortId, channelId, addition }: Followed,
  heard: LastHeard,
): Promise<SyncOutcome> {
  // Whoever comes from here on cannot be missing from a list that is read from here on.
  const before = await listInChannel(deps.db, cohortId);
  const answer = await listChannelMembers(deps, channelId);
  if (answer.kind !== 'members') return { kind: answer.kind };
  // A channel without anybody is not one the bot could see: believe nothing.
  if (answer.slackIds.length === 0) return { kind: 'not-visible' };
  const others = answer.slackIds.filter((id) => id !== deps.botUserId);
  const { people, unknown } = await resolvePeople(deps, others);
  const present = new Set(others);
  if (before.some(({ slackId }) => !present.has(slackId))) {
    // Pages move while somebody goes: whom one reading does not show, a second may.
    const again = await listChannelMembers(deps, channelId);
    if (again.kind !== 'members') return { kind: again.kind };
    for (const slackId of again.slackIds) present.add(slackId);
  }

  const change = await deps.db.transaction().execute(async (trx) => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort?.followsChannel || cohort.channelId !== channelId || cohort.isArchived) return undefined;
    const isIn = (slackId: string) => heard(slackId) ?? present.has(slackId);
    const gone = before.filter(({ slackId }) => !isIn(slackId));
    const here = people.filter(({ slackId }) => isIn(slackId));
    const fresh = new Set(await rememberInChannel(trx, cohortId, here.map(idOf)));
    const enrolment = await enrol(deps, trx, {
      cohortId,
      people: here.filter(({ id }) => fresh.has(id)),
      by: 'channel',
      respectLeaving: true,
      withoutLeads: true,
      ...(addition && { addition }),
    });
    const left: string[] = [];
    for (const { id } of gone) {
      await forgetInChannel(trx, cohortId, id);
      if (await dismiss(deps, trx, { cohortId, personId: id, by: 'channel' })) left.push(id);
    }
    return { enrolment, left };
  });
  if (!change) return { kind: 'not-following' };
  await tellJoined(deps, cohortId, change.enrolment.added);
  await tellLeft(deps, cohortId, change.left);
  const botIsIn = answer.slackIds.includes(deps.botUserId);
  return { kind: 'synced', enrolment: { ...change.enrolment, unknown: unknown.length }, botIsIn };
}

export type FollowOutcome =
  | { kind: 'not-allowed' }
  | { kind: 'not-visible' | 'failed' }
  | { kind: 'following'; cohort: Cohort; enrolment: Enrolment; addition: string; botIsIn: boolean };

/** Links a channel that the cohort keeps in step with from now on; whoever is in it already joins at once. */
export async function followChannel(
  deps: CohortsDeps,
  { actor, cohortId, channelId }: { actor: Actor; cohortId: string; channelId: string },
): Promise<FollowOutcome> {
  const answer = await listVisibleMembers(deps, actor, channelId);
  if (answer.kind !== 'members') return answer;
  const linked = await linkChannel(deps, { actor, cohortId, channelId, follows: true });
  if (linked.kind === 'not-allowed') return linked;
  const addition = newId(deps.clock);
  const synced = await syncChannel(deps, cohortId, addition);
  if (synced.kind !== 'synced') return { kind: 'failed' };
  return { ...synced, kind: 'following', cohort: linked.cohort, addition };
}

const idOf = ({ id }: Person): string => id;

/** After a start: what happened in linked channels while the bot was away. Never removes on a doubtful answer. */
export async function reconcileChannels(deps: CohortsDeps): Promise<void> {
  for (const cohort of await listFollowing(deps.db)) {
    const outcome = await syncChannel(deps, cohort.id);
    if (outcome.kind === 'not-visible' || outcome.kind === 'failed')
      deps.log.warn({ cohortId: cohort.id, outcome: outcome.kind }, 'A linked channel could not be read');
  }
}

/** Somebody came into a channel. Hearing it twice changes nothing. */
export async function joinedChannel(
  deps: CohortsDeps,
  { channelId, person }: { channelId: string; person: Person },
): Promise<void> {
  for (const { id: cohortId } of await listFollowing(deps.db, channelId)) {
    const added = await deps.db.transaction().execute(async (trx) => {
      const fresh = await rememberInChannel(trx, cohortId, [person.id]);
      if (fresh.length === 0) return [];
      // Coming into the channel is their own choice, also for someone who left the group before.
      const request = { cohortId, people: [person], by: 'channel', withoutLeads: true };
      return (await enrol(deps, trx, request)).added;
    });
    await tellJoined(deps, cohortId, added);
  }
}

/** Somebody went out of a channel. Hearing it twice changes nothing. */
export async function leftChannel(
  deps: CohortsDeps,
  { channelId, person }: { channelId: string; person: Person },
): Promise<void> {
  for (const { id: cohortId } of await listFollowing(deps.db, channelId)) {
    const left = await deps.db.transaction().execute(async (trx) => {
      if (!(await forgetInChannel(trx, cohortId, person.id))) return false;
      return dismiss(deps, trx, { cohortId, personId: person.id, by: 'channel' });
    });
    if (left) await tellLeft(deps, cohortId, [person.id]);
  }
}

import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort, listCohorts } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { listUndelivered } from '../../../outbox/sent.ts';
import { addWorkingDays, localDate } from '../../../scheduler/calendar.ts';
import { type OnboardingDeps, openableSteps, zoneOf } from '../deps.ts';
import { stepsFor } from '../steps/audience.ts';
import { newDueDates, waitingSteps } from '../steps/journey.ts';
import { changeStep, deleteStep, insertSteps, listSteps } from '../steps/store.ts';
import { changeJourney, saveVersion, versionIdOf } from '../store.ts';
import { listMemberJourneys, listOnOtherVersion, type MemberJourney } from './store.ts';

export type Stuck = { person: Person; why: 'not-delivered' | 'deactivated' | 'silent' };

export type Progress = {
  cohort: Cohort;
  members: number;
  /** Nobody's name: only how many. */
  notBegun: number;
  underWay: number;
  finished: number;
  resting: number;
  declined: number;
  /** By name, since somebody may want a hand. */
  stuck: Stuck[];
  /** How many follow older steps than those of today. */
  onOlderSteps: number;
};

export type ProgressOutcome =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'not-allowed' }
  | { kind: 'gone' };

/** How a group's first steps are going: counts first, names only where it helps to help. */
export async function viewProgress(
  deps: OnboardingDeps,
  actor: Actor,
  cohortId: string,
): Promise<ProgressOutcome> {
  const { db } = deps;
  if (!may(actor, 'cohorts.progress', { cohortId })) return { kind: 'not-allowed' };
  const cohort = await findCohort(db, cohortId);
  if (!cohort) return { kind: 'gone' };
  const members = await listMembers(db, [cohortId]);
  const stuck: Stuck[] = [];
  const counted = { notBegun: 0, underWay: 0, finished: 0, resting: 0, declined: 0 };
  for (const { person, status, why } of members) {
    if (why) stuck.push({ person, why });
    else if (status === 'active') counted.underWay += 1;
    else if (status === 'finished') counted.finished += 1;
    else if (status === 'declined') counted.declined += 1;
    else if (status === 'paused' || status === 'stopped') counted.resting += 1;
    else counted.notBegun += 1;
  }
  const today = versionIdOf(openableSteps(deps));
  const onOlderSteps = members.filter(
    ({ status, versionId }) =>
      (status === 'active' || status === 'paused') && versionId !== undefined && versionId !== today,
  ).length;
  return {
    kind: 'progress',
    progress: { cohort, members: members.length, ...counted, stuck, onOlderSteps },
  };
}

/** Everybody in these groups, with why they may want a hand, if they do. */
async function listMembers(
  db: Db,
  cohortIds: readonly string[],
): Promise<(MemberJourney & { why: Stuck['why'] | undefined })[]> {
  const members = await listMemberJourneys(db, cohortIds);
  const failed = await listUndelivered(
    db,
    members.map(({ person }) => person.id),
    'onboarding',
  );
  return members.map((member) => {
    const { person, status, isSilent } = member;
    if (person.isDeactivated) return { ...member, why: 'deactivated' };
    if (failed.has(person.id) && status !== 'declined') return { ...member, why: 'not-delivered' };
    return { ...member, why: isSilent ? 'silent' : undefined };
  });
}

/** How many people of these groups may want a hand, each counted once. */
export async function countStuck(db: Db, actor: Actor, cohorts: readonly Cohort[]): Promise<number> {
  const ids = cohorts.map(({ id }) => id).filter((cohortId) => may(actor, 'cohorts.progress', { cohortId }));
  const stuck = (await listMembers(db, ids)).filter(({ why }) => why);
  return new Set(stuck.map(({ person }) => person.id)).size;
}

/** The running groups whose progress somebody may see. */
export async function listProgressCohorts(db: Db, actor: Actor): Promise<Cohort[]> {
  if (!may(actor, 'cohorts.progress')) return [];
  return (await listCohorts(db)).filter((cohort) => may(actor, 'cohorts.progress', { cohortId: cohort.id }));
}

/** Moves a group's people to the steps of today: what they did stays done, new steps come from tomorrow. */
export async function moveToToday(
  deps: OnboardingDeps,
  actor: Actor,
  cohortId: string,
): Promise<{ kind: 'moved'; people: number } | { kind: 'not-allowed' }> {
  const { db, clock } = deps;
  if (!may(actor, 'cohorts.progress', { cohortId })) return { kind: 'not-allowed' };
  const steps = openableSteps(deps);
  const moved = await db.transaction().execute(async (trx) => {
    const versionId = await saveVersion(trx, clock, steps);
    const people = await listOnOtherVersion(trx, cohortId, versionId);
    for (const { person, journeyId, pace } of people) {
      const zone = zoneOf(person, deps.timeZone);
      const mine = await stepsFor(trx, steps, person);
      const held = new Map((await listSteps(trx, journeyId, steps, zone)).map((one) => [one.stepId, one]));
      const isWanted = new Set(mine.map((step) => step.id));
      for (const one of held.values())
        if (!isWanted.has(one.stepId) && one.status === 'waiting')
          await deleteStep(trx, journeyId, one.stepId);
      const from = addWorkingDays(localDate(clock.now(), zone), 1);
      const fresh = mine.filter((step) => !held.has(step.id));
      const dates = newDueDates(fresh, { from, pace: pace === 'today' ? 'today' : 'days' });
      await insertSteps(trx, journeyId, waitingSteps(fresh, steps, dates, from));
      for (const step of mine)
        if (held.has(step.id)) await changeStep(trx, journeyId, step.id, { position: steps.indexOf(step) });
      await changeJourney(trx, clock, journeyId, {
        version_id: versionId,
        next_at: clock.now().toISOString(),
      });
    }
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'onboarding.move',
      subject: cohortId,
      detail: { people: people.length },
    });
    return people.map(({ person }) => person.id);
  });
  for (const personId of moved) deps.homeChanged(personId);
  return { kind: 'moved', people: moved.length };
}

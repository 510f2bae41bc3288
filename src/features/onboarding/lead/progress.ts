import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort, listCohorts } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, cohortsFor, may } from '../../../community/permissions.ts';
import { type Count, partsOf } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { listUndelivered } from '../../../outbox/sent.ts';
import { addWorkingDays, localDate } from '../../../scheduler/calendar.ts';
import { type OnboardingDeps, openableSteps, zoneOf } from '../deps.ts';
import { stepsFor } from '../steps/audience.ts';
import { newDueDates, waitingSteps } from '../steps/journey.ts';
import { changeStep, deleteStep, insertSteps, listSteps } from '../steps/store.ts';
import { changeJourney, type JourneyStatus, saveVersion, versionIdOf } from '../store.ts';
import { listMemberJourneys, listOnOtherVersion, type MemberJourney } from './store.ts';

/** Whom messages do not reach: a fact about sending, which somebody has to act on. */
export type Unreached = { person: Person; why: 'not-delivered' | 'deactivated' };

export type Progress = {
  cohort: Cohort;
  members: number;
  /** How many of those who are reached, as far as it may be said. */
  underWay: Count;
  finished: Count;
  /** Paused or stopped, whether they chose it or said nothing. */
  resting: Count;
  /** Who said no and who has not answered are one number. */
  notTakingPart: Count;
  unreached: Unreached[];
  /** Whether anybody follows older steps than those of today. */
  hasOlderSteps: boolean;
};

export type ProgressOutcome =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'not-allowed' }
  | { kind: 'gone' };

/** How a group's first steps are going: in numbers, and nobody by name but whom messages do not reach. */
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
  const parts = { underWay: 0, finished: 0, resting: 0, notTakingPart: 0 };
  for (const { status, why } of members) if (!why) parts[partOf(status)] += 1;
  const [underWay = 'few', finished = 'few', resting = 'few', notTakingPart = 'few'] = partsOf(
    Object.values(parts),
  );
  const today = versionIdOf(openableSteps(deps));
  const hasOlderSteps = members.some(
    ({ status, versionId }) =>
      (status === 'active' || status === 'paused') && versionId !== undefined && versionId !== today,
  );
  return {
    kind: 'progress',
    progress: {
      cohort,
      members: members.length,
      underWay,
      finished,
      resting,
      notTakingPart,
      unreached: members.flatMap(({ person, why }) => (why ? [{ person, why }] : [])),
      hasOlderSteps,
    },
  };
}

function partOf(status: JourneyStatus | undefined): 'underWay' | 'finished' | 'resting' | 'notTakingPart' {
  switch (status) {
    case 'active':
      return 'underWay';
    case 'finished':
      return 'finished';
    case 'paused':
    case 'stopped':
      return 'resting';
    default:
      return 'notTakingPart';
  }
}

/** Everybody in these groups, with why messages do not reach them, if they do not. */
async function listMembers(
  db: Db,
  cohortIds: readonly string[],
): Promise<(MemberJourney & { why: Unreached['why'] | undefined })[]> {
  const members = await listMemberJourneys(db, cohortIds);
  const failed = await listUndelivered(
    db,
    members.map(({ person }) => person.id),
    'onboarding',
  );
  return members.map((member) => {
    const { person, status } = member;
    if (person.isDeactivated) return { ...member, why: 'deactivated' };
    if (failed.has(person.id) && status !== 'declined') return { ...member, why: 'not-delivered' };
    return { ...member, why: undefined };
  });
}

/** How many people of these groups messages do not reach, each counted once. */
export async function countUnreached(db: Db, actor: Actor, cohorts: readonly Cohort[]): Promise<number> {
  const ids = cohorts.map(({ id }) => id).filter((cohortId) => may(actor, 'cohorts.progress', { cohortId }));
  const unreached = (await listMembers(db, ids)).filter(({ why }) => why);
  return new Set(unreached.map(({ person }) => person.id)).size;
}

/** The running groups whose progress somebody may see. */
export const listProgressCohorts = (db: Db, actor: Actor): Promise<Cohort[]> =>
  listCohorts(db, { among: cohortsFor(actor, 'cohorts.progress') });

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

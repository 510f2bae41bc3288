import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort, listCohorts } from '../../../community/cohorts.ts';
import { type Person, toPerson } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { addWorkingDays, localDate } from '../../../scheduler/calendar.ts';
import { type OnboardingDeps, openableSteps, zoneOf } from '../deps.ts';
import { newDueDates, waitingSteps } from '../steps/journey.ts';
import { changeJourney, changeStep, insertSteps, listSteps, saveVersion, versionIdOf } from '../store.ts';
import { stepsFor } from '../welcome/agreement.ts';

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
  const rows = await db
    .selectFrom('cohort_members')
    .innerJoin('people', 'people.id', 'cohort_members.person_id')
    .leftJoin('journeys', 'journeys.person_id', 'people.id')
    .selectAll('people')
    .select([
      'journeys.status as journey_status',
      'journeys.rest_reason',
      'journeys.version_id',
      'journeys.agreement_version',
    ])
    .where('cohort_members.cohort_id', '=', cohortId)
    .where('cohort_members.left_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .orderBy('people.display_name')
    .execute();
  const failed = await listUndelivered(
    db,
    rows.map((row) => row.id),
  );
  const stuck: Stuck[] = [];
  const counted = { notBegun: 0, underWay: 0, finished: 0, resting: 0, declined: 0 };
  for (const row of rows) {
    const person = toPerson(row);
    const status = row.journey_status;
    if (person.isDeactivated) stuck.push({ person, why: 'deactivated' });
    else if (failed.has(person.id) && status !== 'declined') stuck.push({ person, why: 'not-delivered' });
    else if (status === 'paused' && row.rest_reason === 'silence') stuck.push({ person, why: 'silent' });
    else if (status === 'active') counted.underWay += 1;
    else if (status === 'finished') counted.finished += 1;
    else if (status === 'declined') counted.declined += 1;
    else if (status === 'paused' || status === 'stopped') counted.resting += 1;
    else counted.notBegun += 1;
  }
  const today = versionIdOf(openableSteps(deps));
  const onOlderSteps = rows.filter(
    (row) => isMovable(row.journey_status) && row.version_id !== null && row.version_id !== today,
  ).length;
  return { kind: 'progress', progress: { cohort, members: rows.length, ...counted, stuck, onOlderSteps } };
}

/** How many people of these groups may want a hand, each counted once. */
export async function countStuck(
  deps: OnboardingDeps,
  actor: Actor,
  cohorts: readonly Cohort[],
): Promise<number> {
  const people = new Set<string>();
  for (const { id } of cohorts) {
    const outcome = await viewProgress(deps, actor, id);
    if (outcome.kind === 'progress') for (const { person } of outcome.progress.stuck) people.add(person.id);
  }
  return people.size;
}

const isMovable = (status: string | null): boolean => status === 'active' || status === 'paused';

async function listUndelivered(db: Db, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('outbox')
    .select(['person_id', 'status'])
    .where('person_id', 'in', personIds)
    .where('topic', '=', 'onboarding')
    .where('status', 'in', ['failed', 'sent'])
    .orderBy('created_at')
    .execute();
  // The last word counts: what failed once and came through later is no trouble.
  const last = new Map(rows.map((row) => [row.person_id, row.status]));
  return new Set(
    [...last].filter(([id, status]) => id !== null && status === 'failed').map(([id]) => String(id)),
  );
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
    const rows = await trx
      .selectFrom('journeys')
      .innerJoin('cohort_members', 'cohort_members.person_id', 'journeys.person_id')
      .innerJoin('people', 'people.id', 'journeys.person_id')
      .selectAll('people')
      .select(['journeys.id as journey_id', 'journeys.pace'])
      .where('cohort_members.cohort_id', '=', cohortId)
      .where('cohort_members.left_at', 'is', null)
      .where('journeys.status', 'in', ['active', 'paused'])
      .where('journeys.version_id', '!=', versionId)
      .execute();
    for (const row of rows) {
      const person = toPerson(row);
      const zone = zoneOf(person, deps.timeZone);
      const mine = await stepsFor(trx, steps, person.id);
      const held = new Map(
        (await listSteps(trx, row.journey_id, steps, zone)).map((one) => [one.stepId, one]),
      );
      const isWanted = new Set(mine.map((step) => step.id));
      for (const one of held.values())
        if (!isWanted.has(one.stepId) && one.status === 'waiting')
          await trx
            .deleteFrom('journey_steps')
            .where('journey_id', '=', row.journey_id)
            .where('step_id', '=', one.stepId)
            .execute();
      const from = addWorkingDays(localDate(clock.now(), zone), 1);
      const fresh = mine.filter((step) => !held.has(step.id));
      const dates = newDueDates(fresh, { from, pace: row.pace === 'today' ? 'today' : 'days' });
      await insertSteps(trx, row.journey_id, waitingSteps(fresh, steps, dates, from));
      for (const step of mine)
        if (held.has(step.id))
          await changeStep(trx, row.journey_id, step.id, { position: steps.indexOf(step) });
      await changeJourney(trx, clock, row.journey_id, {
        version_id: versionId,
        next_at: clock.now().toISOString(),
      });
    }
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'onboarding.move',
      subject: cohortId,
      detail: { people: rows.length },
    });
    return rows.map((row) => row.id);
  });
  for (const personId of moved) deps.homeChanged(personId);
  return { kind: 'moved', people: moved.length };
}

import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort, listCohorts } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, cohortsFor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { daysOffIn, nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import { whoIsAsked } from '../asking/open-rounds.ts';
import type { Definition } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { type CheckIn, findCheckIn, insertCheckIn } from '../store.ts';
import { type Crowded, findCrowded } from './crowded.ts';
import { type Basis, basisOf, definitionOfPlan, isWrittenHere } from './definition.ts';
import { type Around, type Plan, type Schedule, scheduleOf } from './plan.ts';

/** The running groups in which somebody may schedule, by name. */
export const listSchedulable = ({ db }: CheckInDeps, actor: Actor): Promise<Cohort[]> =>
  listCohorts(db, { among: cohortsFor(actor, 'checkins.schedule') });

export type Planned = {
  cohort: Cohort;
  basis: Basis;
  /** What members get. */
  definition: Definition;
  /** How many it is for; who of them has agreed to be asked is theirs. */
  people: number;
  /** Members who can read the results: not asked in group mode, and never counted in a summary. */
  readers: Person[];
};
/** With nothing missing, and nothing wrong. */
export type PlanChecked = {
  kind: 'ok';
  plan: Plan;
  schedule: Schedule;
  crowded: Crowded | undefined;
  /** What it may be counted from. */
  sessions: Around['sessions'];
} & Planned;
/** By field, in words. */
export type Problems = { kind: 'problems'; problems: Record<string, string> };

/** A group that was made just now: its people come later. */
type Empty = { mayBeEmpty?: boolean };

/** Whether a group can be asked: it is theirs, it runs, and somebody is in it. */
export async function checkWho(
  deps: CheckInDeps,
  actor: Actor,
  plan: Plan,
  { mayBeEmpty = false }: Empty = {},
): Promise<({ kind: 'ok' } & Planned) | Problems> {
  const cohort = await findCohort(deps.db, plan.cohort);
  const basis = basisOf(deps.templates, plan);
  const problems: Record<string, string> = {};
  if (!cohort || !may(actor, 'checkins.schedule', { cohortId: plan.cohort }))
    problems.cohort = 'This is not a group you run. Please choose another.';
  else if (cohort.isArchived)
    problems.cohort = `${cohort.name} is archived. Bring it back in /chatr groups, or choose another.`;
  if (!basis) problems.template = 'These questions are not offered any more. Please choose others.';
  if (!cohort || !basis || Object.keys(problems).length > 0) return { kind: 'problems', problems };
  const definition = definitionOfPlan(basis, plan);
  const { meant, readers } = await whoIsAsked(deps.db, deps, {
    id: plan.edits ?? plan.id,
    cohortId: plan.cohort,
    mode: definition.mode,
    asksFirst: false,
  });
  if (meant > 0 || mayBeEmpty) return { kind: 'ok', cohort, basis, definition, people: meant, readers };
  const nobody =
    readers.length > 0
      ? `Everybody in ${cohort.name} can read its results, so nobody can be asked these questions without being known.`
      : `There is nobody in ${cohort.name} yet.`;
  return {
    kind: 'problems',
    problems: {
      cohort: `${nobody} Add people with /chatr groups, then come back; or choose another group.`,
    },
  };
}

/** What the time of a plan is worked out with: the sessions to come, and its own, which may be over. */
export async function aroundOf(deps: CheckInDeps, cohort: Cohort, plan: Plan): Promise<Around> {
  const { db, clock, timeZone: zone } = deps;
  const now = clock.now();
  const coming = await deps.sessionsOf(db, cohort.id, now);
  const isThere = plan.session === undefined || coming.some(({ id }) => id === plan.session);
  const own = isThere ? undefined : await deps.findSession(db, plan.session ?? '');
  return {
    zone,
    now,
    daysOff: daysOffIn(deps.daysOff, cohort),
    sessions: own && !own.isCancelled ? [own, ...coming] : coming,
  };
}

/** Everything about a plan, as it would be checked when it is sent. */
export async function checkPlan(
  deps: CheckInDeps,
  actor: Actor,
  plan: Plan,
  empty?: Empty,
): Promise<PlanChecked | Problems> {
  const who = await checkWho(deps, actor, plan, empty);
  if (who.kind === 'problems') return who;
  const around = await aroundOf(deps, who.cohort, plan);
  const when = scheduleOf(plan, who.cohort, around);
  const problems = when.kind === 'problems' ? { ...when.problems } : {};
  if (who.definition.questions.length === 0) problems.questions = noQuestion(plan);
  if (who.definition.label === '') problems.label = 'Please give it a name.';
  if (when.kind === 'problems' || Object.keys(problems).length > 0) return { kind: 'problems', problems };
  const { schedule } = when;
  const id = plan.edits ?? plan.id;
  return {
    ...who,
    plan,
    schedule,
    sessions: around.sessions,
    crowded: await findCrowded(deps.db, actor, { id, cohort: plan.cohort, schedule }, around.now),
  };
}

const noQuestion = ({ leftOut }: Plan): string =>
  leftOut.length > 0 ? 'Please leave at least one question in.' : 'Please add at least one question.';

export type ScheduleOutcome =
  | { kind: 'scheduled'; checkin: CheckIn; cohort: Cohort; people: number }
  | Problems;

/** Makes the check-in. Sending the same form twice makes one; sending it again after it was undone makes another. */
export async function scheduleCheckIn(deps: CheckInDeps, actor: Actor, plan: Plan): Promise<ScheduleOutcome> {
  const { db, clock } = deps;
  const known = await findCheckIn(db, plan.id);
  const isUndone = known?.status === 'cancelled';
  if (known && !isUndone && known.createdBy === actor.person.id && known.cohortId !== undefined) {
    const cohort = await findCohort(db, known.cohortId);
    if (cohort)
      return {
        kind: 'scheduled',
        checkin: known,
        cohort,
        people: (await whoIsAsked(db, deps, known)).meant,
      };
  }
  const checked = await checkPlan(deps, actor, plan);
  if (checked.kind === 'problems') return checked;
  const { cohort, people } = checked;
  const checkin = await db
    .transaction()
    .execute((trx) => insertPlanned(trx, deps, actor, checked, known ? newId(clock) : plan.id));
  deps.homeChanged(actor.person.id);
  await facilitatorsSeeChange(deps, cohort.id);
  return { kind: 'scheduled', checkin, cohort, people };
}

/** A plan that was checked becomes a check-in, in the caller's transaction; once for each id. */
export async function insertPlanned(
  trx: Db,
  { clock, daysOff }: Pick<CheckInDeps, 'clock' | 'daysOff'>,
  actor: Actor,
  checked: PlanChecked,
  id: string,
): Promise<CheckIn> {
  const { cohort, schedule } = checked;
  const { recurrence } = schedule;
  const checkin: CheckIn = {
    ...whatIsAsked(checked),
    id,
    cohortId: cohort.id,
    nextAt: recurrence && nextOpenOccurrence(recurrence, clock.now(), daysOffIn(daysOff, cohort)),
    status: 'running',
    createdBy: actor.person.id,
  };
  if ((await insertCheckIn(trx, { ...checkin, createdAt: clock.now() })) === 'inserted')
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'checkins.schedule',
      subject: checkin.id,
      detail: { cohort: cohort.id, template: checkin.templateId, mode: checkin.mode },
    });
  return checkin;
}

/** What of a check-in comes from its plan. */
export const whatIsAsked = ({ plan, basis, definition, schedule }: PlanChecked) => ({
  templateId: definition.templateId,
  mode: definition.mode,
  definition,
  leftOut: plan.leftOut,
  isOwn: isWrittenHere(plan),
  recurrence: schedule.recurrence,
  timesLeft: schedule.times,
  openDays: schedule.openDays,
  countedFrom: schedule.countedFrom,
  reminds: plan.reminds ?? true,
  // Nobody is prompted for one that members start.
  asksFirst: schedule.recurrence !== undefined && (plan.asksFirst ?? basis.asksFirst),
});

import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort, listCohorts } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { daysOffIn, nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import { whoIsAsked } from '../asking/open-rounds.ts';
import { definitionOf, type Template } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { type CheckIn, findCheckIn, insertCheckIn } from '../store.ts';
import { type Crowded, findCrowded } from './crowded.ts';
import { type FullPlan, isFull, type Plan, problemsWithPlan, recurrenceOfPlan } from './plan.ts';

/** The running groups in which somebody may schedule, by name. */
export async function listSchedulable({ db }: CheckInDeps, actor: Actor): Promise<Cohort[]> {
  if (!may(actor, 'checkins.schedule')) return [];
  return (await listCohorts(db)).filter(({ id }) => may(actor, 'checkins.schedule', { cohortId: id }));
}

export type Planned = {
  cohort: Cohort;
  template: Template;
  /** How many it is for; who of them has agreed to be asked is theirs. */
  people: number;
  /** Members who can read the results: not asked in group mode, and never counted in a summary. */
  readers: Person[];
};
/** With nothing missing, and nothing wrong. */
export type PlanChecked = { kind: 'ok'; plan: FullPlan; crowded: Crowded | undefined } & Planned;
/** By field, in words. */
type Problems = { kind: 'problems'; problems: Record<string, string> };

/** Whether a group can be asked: it is theirs, it runs, and somebody is in it. */
export async function checkWho(
  deps: CheckInDeps,
  actor: Actor,
  { id, cohort: cohortId, template: templateId }: Pick<Plan, 'id' | 'cohort' | 'template'>,
): Promise<({ kind: 'ok' } & Planned) | Problems> {
  const cohort = await findCohort(deps.db, cohortId);
  const template = deps.templates.templates.find((one) => one.templateId === templateId);
  const problems: Record<string, string> = {};
  if (!cohort || !may(actor, 'checkins.schedule', { cohortId }))
    problems.cohort = 'This is not a group you run. Please choose another.';
  else if (cohort.isArchived)
    problems.cohort = `${cohort.name} is archived. Bring it back in /chatr groups, or choose another.`;
  if (!template) problems.template = 'These questions are not offered any more. Please choose others.';
  if (!cohort || !template || Object.keys(problems).length > 0) return { kind: 'problems', problems };
  const { meant, readers } = await whoIsAsked(deps.db, deps, { id, cohortId, mode: template.mode });
  if (meant > 0) return { kind: 'ok', cohort, template, people: meant, readers };
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

/** Everything about a plan, as it would be checked when it is sent. */
export async function checkPlan(
  deps: CheckInDeps,
  actor: Actor,
  plan: Plan,
): Promise<PlanChecked | Problems> {
  const who = await checkWho(deps, actor, plan);
  if (who.kind === 'problems') return who;
  const problems = problemsWithPlan(
    plan,
    deps.timeZone,
    deps.clock.now(),
    daysOffIn(deps.daysOff, who.cohort),
  );
  if (plan.leftOut.length >= who.template.questions.length)
    problems['leave-out'] = 'Please leave at least one question in.';
  if (Object.keys(problems).length > 0 || !isFull(plan)) return { kind: 'problems', problems };
  return { ...who, plan, crowded: await findCrowded(deps.db, plan, deps.clock.now(), deps.timeZone) };
}

export type ScheduleOutcome =
  | { kind: 'scheduled'; checkin: CheckIn; cohort: Cohort; people: number }
  | Problems;

/** Makes the check-in. Sending the same form twice makes one; sending it again after it was undone makes another. */
export async function scheduleCheckIn(
  deps: CheckInDeps,
  actor: Actor,
  draft: Plan,
): Promise<ScheduleOutcome> {
  const { db, clock, timeZone } = deps;
  const known = await findCheckIn(db, draft.id);
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
  const checked = await checkPlan(deps, actor, draft);
  if (checked.kind === 'problems') return checked;
  const { plan, cohort, template, people } = checked;
  const recurrence = recurrenceOfPlan(plan, timeZone);
  const definition = definitionOf(template, plan.leftOut);
  const checkin: CheckIn = {
    id: known ? newId(clock) : plan.id,
    cohortId: cohort.id,
    templateId: template.templateId,
    mode: definition.mode,
    definition,
    leftOut: plan.leftOut,
    recurrence,
    openDays: plan.openDays,
    nextAt: nextOpenOccurrence(recurrence, clock.now(), daysOffIn(deps.daysOff, cohort)),
    status: 'running',
    createdBy: actor.person.id,
  };
  await db.transaction().execute(async (trx) => {
    if ((await insertCheckIn(trx, { ...checkin, createdAt: clock.now() })) === 'known') return;
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'checkins.schedule',
      subject: checkin.id,
      detail: { cohort: cohort.id, template: template.templateId, mode: checkin.mode },
    });
  });
  deps.homeChanged(actor.person.id);
  await facilitatorsSeeChange(deps, cohort.id);
  return { kind: 'scheduled', checkin, cohort, people };
}

import { isDeepStrictEqual } from 'node:util';
import { audit } from '../../../community/audit.ts';
import type { Cohort } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { daysOffIn, nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import { recurrenceOf, timingOf } from '../../../scheduler/recurrence.ts';
import { currentDefinition } from '../asking/open-rounds.ts';
import { hasAnswers } from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { type CheckIn, changeStatus, findCheckIn, findOpenRound, rewriteCheckIn } from '../store.ts';
import { hasLostItsSession } from './follow-dates.ts';
import { type BroughtTogether, bringTogether, seenOf } from './meanwhile.ts';
import { type Plan, plannedFrom, problemWithPresent } from './plan.ts';
import { checkPlan, type PlanChecked, type Problems, whatIsAsked } from './schedule.ts';

/** The plan that a check-in would come of as it is now, to be changed or made again. */
function planOf(deps: CheckInDeps, checkin: CheckIn, id: string): Plan {
  const { templates } = deps.templates;
  const isOffered = templates.some(({ templateId }) => templateId === checkin.templateId);
  const { recurrence, countedFrom } = checkin;
  const timing = recurrence && timingOf(recurrence);
  return {
    id,
    cohort: checkin.cohortId ?? '',
    template: checkin.templateId,
    ...(checkin.isOwn || !isOffered
      ? { base: currentDefinition(deps, checkin), leftOut: [] }
      : { leftOut: checkin.leftOut }),
    mode: checkin.mode,
    openDays: checkin.openDays,
    reminds: checkin.reminds,
    asksFirst: checkin.asksFirst,
    ...(countedFrom
      ? { time: timing?.time, ...plannedFrom(countedFrom) }
      : timing
        ? { how: timing.how, time: timing.time, days: timing.days && [...timing.days], on: timing.on }
        : { how: 'members' }),
  };
}

/** A new one like it: another group, another time. */
export const planLike = (deps: CheckInDeps, checkin: CheckIn, id: string): Plan => planOf(deps, checkin, id);

export type BeginChange = { kind: 'begun'; plan: Plan } | { kind: 'not-allowed' } | { kind: 'over' };

/** Its plan as it stands, with what comes next. */
export async function beginChange(deps: CheckInDeps, actor: Actor, id: string): Promise<BeginChange> {
  const checkin = await findCheckIn(deps.db, id);
  if (!checkin?.cohortId || !may(actor, 'checkins.schedule', { cohortId: checkin.cohortId }))
    return { kind: 'not-allowed' };
  if (!mayChange(checkin)) return { kind: 'over' };
  const plan = planAsItStands(deps, checkin, newId(deps.clock));
  return { kind: 'begun', plan: { ...plan, seen: seenOf(plan) } };
}

function planAsItStands(deps: CheckInDeps, checkin: CheckIn, id: string): Plan {
  const { recurrence, nextAt } = checkin;
  return {
    ...planOf(deps, checkin, id),
    edits: checkin.id,
    ...(nextAt && recurrence && { date: localDate(nextAt, recurrence.zone) }),
    times: checkin.timesLeft,
    until: recurrence && timingOf(recurrence).until,
  };
}

/** Another round is to come, so there is something to change. */
export const mayChange = ({ status, nextAt, recurrence }: CheckIn): boolean =>
  (status === 'running' || status === 'paused') && (nextAt !== undefined || recurrence === undefined);

export type ChangeOutcome =
  | { kind: 'changed'; checkin: CheckIn; cohort: Cohort; isOpen: boolean }
  | { kind: 'not-allowed' }
  | { kind: 'over' }
  /** A colleague has changed it since this was begun: both together, to be looked at. */
  | ({ kind: 'meanwhile' } & BroughtTogether)
  | Problems;

/** From the next round on; what is open, or over, keeps its own questions. */
export async function saveChange(deps: CheckInDeps, actor: Actor, plan: Plan): Promise<ChangeOutcome> {
  const { db, clock } = deps;
  const before = await findCheckIn(db, plan.edits ?? '');
  if (!before?.cohortId || before.cohortId !== plan.cohort) return { kind: 'not-allowed' };
  if (!mayChange(before)) return { kind: 'over' };
  const together = bringTogether(deps.templates, plan, planAsItStands(deps, before, plan.id));
  if (together) return { kind: 'meanwhile', ...together };
  const checked = await checkPlan(deps, actor, plan);
  if (checked.kind === 'problems') return checked;
  if (checked.definition.mode !== before.mode && (await hasAnswers(db, before.id)))
    return {
      kind: 'problems',
      problems: { mode: 'Somebody has answered, so who sees what can no longer be changed.' },
    };
  const open = await findOpenRound(db, before.id);
  const when = nextOf(deps, checked, before);
  const tooSoon = problemWithPresent(open?.closesAt, when.nextAt, deps.timeZone);
  if (tooSoon !== undefined) return { kind: 'problems', problems: { date: tooSoon } };
  const isLost = await hasLostItsSession(deps, before);
  const checkin: CheckIn = { ...before, ...whatIsAsked(checked), ...when };
  const isSaved = await db.transaction().execute(async (trx) => {
    if (!(await rewriteCheckIn(trx, checkin))) return false;
    // It waited for another time, and has one.
    if (isLost) await changeStatus(trx, before.id, ['paused'], { status: 'running' });
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'checkins.change',
      subject: before.id,
      detail: { template: checkin.templateId, mode: checkin.mode },
    });
    return true;
  });
  if (!isSaved) return { kind: 'over' };
  deps.homeChanged(actor.person.id);
  await facilitatorsSeeChange(deps, before.cohortId);
  return { kind: 'changed', checkin, cohort: checked.cohort, isOpen: open !== undefined };
}

/** Where its time was left as it was, so is the next one: it may have been moved, or one left out. */
function nextOf(
  deps: CheckInDeps,
  { plan, schedule: { recurrence }, cohort }: PlanChecked,
  before: CheckIn,
): Pick<CheckIn, 'recurrence' | 'nextAt'> {
  if (recurrence && before.recurrence && before.nextAt) {
    const [now, then] = [timingOf(recurrence), timingOf(before.recurrence)];
    const chosen = ({ how, time, days = [], on = 'weekday' }: typeof now) => ({ how, time, days, on });
    if (
      isDeepStrictEqual(chosen(now), chosen(then)) &&
      now.date === localDate(before.nextAt, before.recurrence.zone)
    )
      return { recurrence: recurrenceOf({ ...then, until: plan.until }), nextAt: before.nextAt };
  }
  return {
    recurrence,
    nextAt: recurrence && nextOpenOccurrence(recurrence, deps.clock.now(), daysOffIn(deps.daysOff, cohort)),
  };
}

import type { Actor } from '../../../community/permissions.ts';
import { nextAskedAt } from '../coming.ts';
import type { CheckInDeps } from '../deps.ts';
import { cancelCheckIn } from '../leading/manage.ts';
import type { CountedFrom } from '../store.ts';
import { type Plan, plannedFrom, usualTime } from './plan.ts';
import { aroundOf, checkPlan, type Problems, scheduleCheckIn } from './schedule.ts';
import { firstRound } from './when-views.ts';

/** A check-in that belongs to something bigger, such as a pilot. */
export type WantedCheckIn = {
  /** Of the check-in it becomes: asked for twice, it is made once. */
  id: string;
  cohortId: string;
  /** Of data/checkins.yaml. */
  templateId: string;
  /** Left out: members start it whenever there is something to say. */
  counted?: CountedFrom;
  /** Local; where it is counted from a date of the group. Left out: 09:30. */
  time?: string;
  /** Where it does not close with a session. Left out: a week. */
  openDays?: number;
};

/** When people are asked, and until when; undefined where members start it. */
export type ComingCheckIn = { label: string; opensAt: Date | undefined; closesAt: Date | undefined };

export type CheckInsInOneAct = {
  /** When it would come, or why it cannot, in words by field; nothing is made. */
  look(actor: Actor, wanted: WantedCheckIn): Promise<({ kind: 'ok' } & ComingCheckIn) | Problems>;
  /** Makes it, also for a group in which nobody is yet. Not inside a transaction. */
  schedule(actor: Actor, wanted: WantedCheckIn): Promise<{ kind: 'scheduled'; id: string } | Problems>;
  /** Ends it. @returns false where it is over, or they do not run its group. Not inside a transaction. */
  takeBack(actor: Actor, id: string): Promise<boolean>;
};

/** Check-ins from a template, counted from a date or a session: what the forms do, for whoever plans several things at once. */
export const checkInsInOneAct = (deps: CheckInDeps): CheckInsInOneAct => ({
  async look(actor, wanted) {
    const checked = await checkPlan(deps, actor, planOf(wanted), { mayBeEmpty: true });
    if (checked.kind === 'problems') return checked;
    const around = await aroundOf(deps, checked.cohort, checked.plan);
    const first = firstRound(checked.schedule, around);
    return {
      kind: 'ok',
      label: checked.definition.label,
      opensAt: nextAskedAt({ ...checked.schedule, nextAt: first?.opensAt }, around.daysOff),
      closesAt: first?.closesAt,
    };
  },
  async schedule(actor, wanted) {
    const outcome = await scheduleCheckIn(deps, actor, planOf(wanted), { mayBeEmpty: true });
    return outcome.kind === 'problems' ? outcome : { kind: 'scheduled', id: outcome.checkin.id };
  },
  takeBack: async (actor, id) => (await cancelCheckIn(deps, actor, id)).kind === 'done',
});

const planOf = ({ id, cohortId, templateId, counted, time, openDays }: WantedCheckIn): Plan => ({
  id,
  cohort: cohortId,
  template: templateId,
  leftOut: [],
  time: time ?? usualTime,
  openDays,
  ...(counted ? plannedFrom(counted) : { how: 'members' }),
});

import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { daysOffIn, nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import { type Answer, asModal } from '../../../slack/answer.ts';
import type { Routes } from '../../../slack/routes.ts';
import { isLastScreen } from '../answering/form.ts';
import { closingTime } from '../asking/round.ts';
import { definitionOf } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { type Plan, recurrenceOfPlan } from './plan.ts';
import { checkPlan, checkWho, listSchedulable, type PlanChecked, scheduleCheckIn } from './schedule.ts';
import { sendPreview } from './send-preview.ts';
import {
  confirmView,
  confirmWindow,
  noGroups,
  notOffered,
  notScheduled,
  packedPlan,
  packedQuestions,
  planForm,
  planView,
  previewMessage,
  previewView,
  previewWindow,
  scheduledView,
  whoForm,
  whoView,
  withTyped,
} from './views.ts';

/** A new check-in, from who is asked to "Schedule", with a preview on the way. */
export function listenToPlanning(to: Routes, deps: CheckInDeps): void {
  const { timeZone: zone, templates, signposts } = deps;
  const whenForm = planForm(zone);
  const confirm = (checked: PlanChecked, isPreviewSent = false): View => {
    const around = { zone, now: deps.clock.now(), daysOff: daysOffIn(deps.daysOff, checked.cohort) };
    return confirmView(checked.plan, checked, around, isPreviewSent);
  };

  to.onClick(ids.create, async ({ actor, value, open, answer }) => {
    const first = await beginPlan(deps, actor, value);
    return first.kind === 'begun' ? open(first.view) : answer(first.answer);
  });

  to.onSend(whoForm, async ({ actor, carried, values, refuse, show }) => {
    const plan = { ...carried, ...values };
    const who = await checkWho(deps, actor, plan);
    return who.kind === 'ok' ? show(planView(plan, who, zone)) : refuse(who.problems);
  });

  to.onSend(whenForm, async ({ actor, carried, values, refuse, show }) => {
    const checked = await checkPlan(deps, actor, withTyped(carried, values));
    if (checked.kind === 'ok') return show(confirm(checked));
    // What belongs to the first screen is said at the first field of this one.
    const { cohort, template, ...here } = checked.problems;
    return refuse(template ?? cohort ?? here);
  });

  to.onClick(ids.backToPlan, async ({ actor, value, window, replace }) => {
    const carried = window && packedPlan.open(window.metadata);
    if (!carried) return;
    const plan = value === 'who' ? withTyped(carried, window.read(whenForm).partly) : carried;
    const who = value === 'plan' ? await checkWho(deps, actor, plan) : undefined;
    await replace(
      who?.kind === 'ok'
        ? planView(plan, who, zone)
        : whoView(await listSchedulable(deps, actor), templates.templates, plan),
    );
  });

  to.onSend(confirmWindow, async ({ actor, carried: plan, show }) => {
    const outcome = await scheduleCheckIn(deps, actor, plan);
    if (outcome.kind === 'problems') return show(await planAgain(actor, plan, outcome.problems));
    return show(scheduledView(outcome.checkin, outcome.cohort.name, outcome.people, zone));
  });

  /** When time has passed, or the group has changed, while a plan was looked at. */
  async function planAgain(actor: Actor, plan: Plan, problems: Record<string, string>): Promise<View> {
    const why = Object.values(problems)[0] ?? 'Something has changed meanwhile.';
    const who = await checkWho(deps, actor, plan);
    return who.kind === 'ok' ? planView(plan, who, zone, why) : asModal(notScheduled(why));
  }

  to.onClick(ids.preview, async ({ actor, window, replace }) => {
    const plan = window && packedPlan.open(window.metadata);
    if (!plan) return;
    const checked = await checkPlan(deps, actor, plan);
    if (checked.kind === 'problems') return replace(await planAgain(actor, plan, checked.problems));
    const daysOff = daysOffIn(deps.daysOff, checked.cohort);
    const first = nextOpenOccurrence(recurrenceOfPlan(checked.plan, zone), deps.clock.now(), daysOff);
    const closesAt = first && closingTime(first, checked.plan.openDays, zone, daysOff);
    const message = previewMessage(checked.plan, checked, { first, closesAt }, zone);
    const isOnItsWay = await sendPreview(deps, actor, message);
    await replace(confirm(checked, isOnItsWay));
  });

  to.onClick(ids.goOn, packedPlan, async ({ actor, carried: plan, open }) => {
    const checked = await checkPlan(deps, actor, plan);
    await open(checked.kind === 'ok' ? confirm(checked) : await planAgain(actor, plan, checked.problems));
  });

  const definitionFor = ({ template, leftOut }: { template: string; leftOut: string[] }) => {
    const found = templates.templates.find(({ templateId }) => templateId === template);
    return found && definitionOf(found, leftOut);
  };

  to.onClick(ids.previewAnswer, packedQuestions, ({ carried, open }) => {
    const definition = definitionFor(carried);
    return open(
      definition ? previewView(definition, { ...carried, screen: 0 }, signposts) : asModal(notOffered()),
    );
  });

  to.onClick(ids.previewBack, ({ window, replace }) => {
    const at = window && previewWindow.carries?.open(window.metadata);
    const definition = at && definitionFor(at);
    if (!definition) return;
    return replace(previewView(definition, { ...at, screen: Math.max(0, at.screen - 1) }, signposts));
  });

  to.onSend(previewWindow, ({ carried, show, close }) => {
    const definition = definitionFor(carried);
    if (!definition || isLastScreen(definition, carried.screen)) return close();
    return show(previewView(definition, { ...carried, screen: carried.screen + 1 }, signposts));
  });
}

/** The first screen of a new check-in, or what to do when there is no group to ask. @param wanted a group, if it is theirs. */
export async function beginPlan(
  deps: CheckInDeps,
  actor: Actor,
  wanted?: string,
): Promise<{ kind: 'begun'; view: View } | { kind: 'no-groups'; answer: Answer }> {
  const cohorts = await listSchedulable(deps, actor);
  if (cohorts.length === 0) return { kind: 'no-groups', answer: noGroups() };
  const cohort = cohorts.find(({ id }) => id === wanted)?.id;
  const plan = { id: newId(deps.clock), leftOut: [], ...(cohort && { cohort }) };
  return { kind: 'begun', view: whoView(cohorts, deps.templates.templates, plan) };
}

import type { View } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Actor } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import { daysOffIn } from '../../../scheduler/days-off.ts';
import { type Answer, asModal } from '../../../slack/answer.ts';
import type { Routes, Window } from '../../../slack/routes.ts';
import { isLastScreen } from '../answering/form.ts';
import { nextAskedAt } from '../coming.ts';
import { asAsked } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { type CheckIn, findCheckIn } from '../store.ts';
import { notAllowed } from '../words.ts';
import { begunIn, withBegun } from './begun.ts';
import { packedCopy, packedPlan, packedScreen, packedSession } from './carried.ts';
import { beginChange, planLike, saveChange } from './change.ts';
import { basisOf, definitionOfPlan, fromNothing } from './definition.ts';
import { howForm, howWindow, withHow } from './how/views.ts';
import { takeTheirs } from './meanwhile.ts';
import { type Plan, scheduleOf } from './plan.ts';
import { listenToQuestions } from './questions/listeners.ts';
import { aroundOf, checkPlan, checkWho, listSchedulable, scheduleCheckIn } from './schedule.ts';
import { choicesFor, createScreens, howAsked, nothingsTemplate } from './screens.ts';
import { sendPreview } from './send-preview.ts';
import { findPlan, findUnfinished, savePlan } from './store.ts';
import {
  changedView,
  confirmView,
  confirmWindow,
  doneAlready,
  gone,
  longestWords,
  type Meanwhile,
  maskedHere,
  noGroups,
  nothing,
  notOffered,
  notScheduled,
  notThere,
  overAlready,
  overMeanwhile,
  packedClashes,
  previewedAnswer,
  previewMessage,
  previewView,
  previewWindow,
  scheduledView,
  whoForm,
  whoView,
  wordsForm,
  wordsView,
} from './views.ts';
import { whenForm, whenWindow, withWhen } from './when/views.ts';

/** A new check-in, or a change to one, from who is asked to the last look at it. */
export function listenToPlanning(to: Routes, deps: CheckInDeps): void {
  const { timeZone: zone, templates, signposts } = deps;
  const screens = createScreens(deps);
  const { screenOf, screenWith, keep, planIn } = screens;
  listenToQuestions(to, deps, screens);

  to.onClick(ids.create, async ({ actor, value, replace, answer }) => {
    const first = await beginPlan(deps, actor, value);
    return first.kind === 'begun' ? replace(first.view) : answer(first.answer);
  });

  to.onSend(whoForm, async ({ actor, carried: { id }, values, refuse, show }) => {
    const before = await findPlan(deps.db, id, actor.person.id);
    const plan = await startFrom(deps, actor, { id, before, ...values });
    if (plan === undefined) return refuse({ template: notThere });
    const who = await checkWho(deps, actor, plan);
    if (who.kind === 'problems') return refuse(who.problems);
    if (!(await keep(actor, plan))) return refuse(gone);
    await show(await screenOf(actor, plan));
  });

  const whose = ({ person }: Actor) => ({ vault: deps.vault, personId: person.id });

  /** Words of a plan that are not as they were: those that were left go on following their template. */
  function changedWords(plan: Plan, typed: Partial<Record<keyof typeof longestWords, string>>) {
    const basis = basisOf(templates, plan);
    const before = basis && definitionOfPlan(basis, plan);
    const names = ['label', 'purpose', 'intro'] as const;
    return Object.fromEntries(
      names.flatMap((name) =>
        typed[name] === undefined || typed[name] === before?.[name] ? [] : [[name, typed[name]]],
      ),
    );
  }

  to.onSend(wordsForm, async ({ actor, carried: { id, doubt }, values, refuse, show }) => {
    const before = await findPlan(deps.db, id, actor.person.id);
    if (!before) return refuse(gone);
    const looked = lookThrough(deps, doubt, values, longestWords);
    if (looked.kind === 'doubtful') {
      await show(wordsView({ id }, values, undefined, { findings: looked.findings }));
      return;
    }
    const kept = { ...before, ...changedWords(before, looked.texts) };
    const plan = withBegun(whose(actor), kept, { ...begunIn(whose(actor), kept), words: undefined });
    await keep(actor, plan);
    const isMasked = Object.entries(looked.texts).some(
      ([name, text]) => text !== values[name as keyof typeof values],
    );
    await show(await screenOf(actor, plan, undefined, isMasked ? maskedHere : undefined));
  });
  to.onClick(ids.wordsAsItIs, async ({ window, replace }) => {
    const carried = window && wordsForm.carries?.open(window.metadata);
    if (carried)
      await replace(wordsView(carried, window.read(wordsForm).partly, undefined, { isKept: true }));
  });
  // What was typed and not looked through is kept aside.
  to.onClose(wordsForm, async ({ actor, carried: { id }, window }) => {
    const before = await findPlan(deps.db, id, actor.person.id);
    if (!before || window.inputs().length === 0) return;
    const changed = changedWords(before, window.read(wordsForm).partly);
    const words = Object.keys(changed).length > 0 ? changed : undefined;
    const begun = begunIn(whose(actor), before);
    if (words || begun.words) await keep(actor, withBegun(whose(actor), before, { ...begun, words }));
  });

  /** What stands on the screen of days and times, over what came before. */
  function readWhen(plan: Plan, window: Window) {
    const { how } = window.read(whenForm(zone, { how: undefined })).partly;
    // Each choice decides what is asked besides.
    const { ends, from } = window.read(whenForm(zone, { how })).partly;
    const asked = { how, isUntil: ends === 'date', isSession: packedSession.open(from ?? '') !== undefined };
    const { beside } = window.read(whenForm(zone, asked)).partly;
    const read = window.read(whenForm(zone, { ...asked, beside }));
    return { read, plan: withWhen(plan, read.partly) };
  }

  to.onClick(ids.planChosen, async ({ actor, window, replace }) => {
    const before = await planIn(actor, window);
    if (!before || !window) return replace(asModal(notScheduled(gone)));
    await replace(await screenOf(actor, readWhen(before, window).plan, 'when'));
  });

  to.onClose(whenWindow, async ({ actor, carried: { id }, window }) => {
    const before = await findPlan(deps.db, id, actor.person.id);
    if (before && window.inputs().length > 0) await keep(actor, readWhen(before, window).plan);
  });

  to.onSend(whenWindow, async ({ actor, carried: { id }, window, refuse, show }) => {
    const before = await findPlan(deps.db, id, actor.person.id);
    if (!before) return refuse(gone);
    const { read, plan: typed } = readWhen(before, window);
    const who = await checkWho(deps, actor, typed);
    if (who.kind === 'problems') return refuse(Object.values(who.problems)[0] ?? gone);
    const around = await aroundOf(deps, who.cohort, typed);
    const asLong = scheduleOf(typed, who.cohort, around);
    // A length that does not fit the new rhythm becomes the usual one.
    const isTooLong = asLong.kind === 'problems' && asLong.problems['open-days'] !== undefined;
    const plan = isTooLong ? { ...typed, openDays: undefined } : typed;
    const when = scheduleOf(plan, who.cohort, around);
    const problems = {
      ...(when.kind === 'problems' && when.problems),
      ...(read.kind === 'problems' && read.problems),
    };
    const here = Object.entries(problems).filter(([field]) => window.inputs().includes(field));
    if (here.length > 0) return refuse(Object.fromEntries(here));
    const [elsewhere] = Object.values(problems);
    if (elsewhere !== undefined) return show(await screenOf(actor, plan, 'when', elsewhere));
    await keep(actor, plan);
    await show(await screenOf(actor, plan, 'check'));
  });

  to.onClick(ids.howChosen, async ({ actor, window, replace }) => {
    const before = await planIn(actor, window);
    if (!before || !window) return replace(asModal(notScheduled(gone)));
    const typed = window.read(howForm(await howAsked(deps, before))).partly;
    await replace(await screenOf(actor, withHow(before, typed), 'how'));
  });

  to.onClose(howWindow, async ({ actor, carried: { id }, window }) => {
    const before = await findPlan(deps.db, id, actor.person.id);
    if (!before || window.inputs().length === 0) return;
    await keep(actor, withHow(before, window.read(howForm(await howAsked(deps, before))).partly));
  });

  to.onSend(howWindow, async ({ actor, carried: { id }, window, refuse, show }) => {
    const before = await findPlan(deps.db, id, actor.person.id);
    if (!before) return refuse(gone);
    const read = window.read(howForm(await howAsked(deps, before)));
    if (read.kind === 'problems') return refuse(read.problems);
    const plan = withHow(before, read.values);
    const checked = await checkPlan(deps, actor, plan);
    const tooLong = checked.kind === 'problems' && checked.problems['open-days'];
    if (tooLong) return refuse({ 'open-days': tooLong });
    await keep(actor, plan);
    await show(await screenOf(actor, plan, 'check'));
  });

  for (const id of [ids.changeWhen, ids.changeQuestions, ids.changeWords, ids.changeHow, ids.backToPlan])
    to.onClick(id, packedScreen, async ({ actor, carried, window, replace }) => {
      const before = await findPlan(deps.db, carried.id, actor.person.id);
      if (!before) return replace(asModal(notScheduled(gone)));
      const isWhen = window?.inputs().includes('how');
      const plan = isWhen && window ? readWhen(before, window).plan : before;
      if (isWhen) await keep(actor, plan);
      await replace(await screenOf(actor, plan, carried.to));
    });

  const nextOf = ({ checkin, cohort }: { checkin: CheckIn; cohort: Cohort }) =>
    nextAskedAt(checkin, daysOffIn(deps.daysOff, cohort));

  /** The last look at what two people changed at once. */
  async function together(actor: Actor, plan: Plan, meanwhile?: Meanwhile): Promise<View> {
    const checked = await checkPlan(deps, actor, plan);
    if (checked.kind === 'problems') return screenWith(actor, plan, checked.problems);
    const around = { zone, now: deps.clock.now(), daysOff: daysOffIn(deps.daysOff, checked.cohort) };
    return confirmView(checked, around, { meanwhile });
  }

  to.onClick(ids.takeTheirs, packedClashes, async ({ actor, carried: { id, these }, replace }) => {
    const plan = await findPlan(deps.db, id, actor.person.id);
    if (!plan) return replace(asModal(notScheduled(gone)));
    const taken = takeTheirs(templates, plan, these);
    await keep(actor, taken);
    await replace(await together(actor, taken));
  });

  to.onSend(confirmWindow, async ({ actor, carried: { id }, show, answer }) => {
    const plan = await findPlan(deps.db, id, actor.person.id);
    if (!plan) return answer(notScheduled(gone));
    if (plan.edits === undefined) {
      const outcome = await scheduleCheckIn(deps, actor, plan);
      if (outcome.kind === 'problems') return show(await screenWith(actor, plan, outcome.problems));
      return show(
        scheduledView(outcome.checkin, outcome.cohort.name, {
          plan: plan.id,
          people: outcome.people,
          next: nextOf(outcome),
          zone,
        }),
      );
    }
    const outcome = await saveChange(deps, actor, plan);
    switch (outcome.kind) {
      case 'changed':
        await savePlan(deps.db, { ...plan, stands: 'saved' }, actor.person.id, deps.clock.now());
        return show(
          changedView(outcome.checkin, outcome.cohort.name, {
            next: nextOf(outcome),
            zone,
            isOpen: outcome.isOpen,
          }),
        );
      case 'meanwhile': {
        await keep(actor, outcome.plan);
        return show(await together(actor, outcome.plan, outcome));
      }
      case 'problems':
        return show(await screenWith(actor, plan, outcome.problems));
      case 'over':
        return answer(notScheduled(overMeanwhile));
      case 'not-allowed':
        return answer(notScheduled(notAllowed));
    }
  });

  to.onClick(ids.preview, async ({ actor, window, replace }) => {
    const plan = await planIn(actor, window);
    if (!plan) return replace(asModal(notScheduled(gone)));
    const checked = await checkPlan(deps, actor, plan);
    if (checked.kind === 'problems') return replace(await screenWith(actor, plan, checked.problems));
    const around = await aroundOf(deps, checked.cohort, plan);
    const isOnItsWay = await sendPreview(deps, actor, previewMessage(checked, around));
    await replace(confirmView(checked, around, { isPreviewSent: isOnItsWay }));
  });

  to.onClick(ids.previewedPart, ({ answer }) => answer(previewedAnswer()));

  to.onClick(ids.goOn, packedPlan, async ({ actor, carried: { id }, replace }) => {
    const plan = await findPlan(deps.db, id, actor.person.id);
    // A preview stays in the conversation: by now it may be scheduled, or taken back again.
    const became = plan && plan.edits === undefined ? await findCheckIn(deps.db, id) : undefined;
    if (plan?.stands === 'saved' || (became && became.status !== 'cancelled'))
      return replace(asModal(doneAlready(plan?.edits !== undefined)));
    const isWriting = plan && Object.keys(begunIn(whose(actor), plan).questions).length > 0;
    const view = plan
      ? await screenOf(actor, plan, isWriting ? 'questions' : undefined)
      : asModal(notScheduled(gone));
    await replace(view);
  });

  async function definitionIn(actor: Actor, id: string) {
    const plan = await findPlan(deps.db, id, actor.person.id);
    const basis = plan && basisOf(templates, plan);
    return basis && asAsked(definitionOfPlan(basis, plan));
  }

  to.onClick(ids.previewAnswer, packedPlan, async ({ actor, carried: { id }, open }) => {
    const definition = await definitionIn(actor, id);
    return open(definition ? previewView(definition, { id, screen: 0 }, signposts) : asModal(notOffered()));
  });

  to.onClick(ids.previewBack, async ({ actor, window, replace }) => {
    const at = window && previewWindow.carries?.open(window.metadata);
    const definition = at && (await definitionIn(actor, at.id));
    if (!definition) return;
    return replace(previewView(definition, { ...at, screen: Math.max(0, at.screen - 1) }, signposts));
  });

  to.onSend(previewWindow, async ({ actor, carried, show, close }) => {
    const definition = await definitionIn(actor, carried.id);
    if (!definition || isLastScreen(definition, carried.screen)) return close();
    return show(previewView(definition, { ...carried, screen: carried.screen + 1 }, signposts));
  });
}

type Start = { id: string; before: Plan | undefined; cohort: string; template: string };

/** A plan from what was chosen on the first screen. The same choice again changes nothing of what came after it. */
async function startFrom(
  deps: CheckInDeps,
  actor: Actor,
  { id, before, cohort, template: choice }: Start,
): Promise<Plan | undefined> {
  const copied = packedCopy.open(choice)?.id;
  const isSame =
    before &&
    (copied !== undefined
      ? before.copyOf === copied
      : before.copyOf === undefined && before.template === (choice === nothing ? nothingsTemplate : choice));
  if (isSame) return { ...before, cohort };
  if (copied !== undefined) {
    const checkin = await findCheckIn(deps.db, copied);
    const mine = (await listSchedulable(deps, actor)).some((one) => one.id === checkin?.cohortId);
    return checkin && mine ? { ...planLike(deps, checkin, id), cohort, copyOf: copied } : undefined;
  }
  if (choice !== nothing) return { id, cohort, template: choice, leftOut: [] };
  const smallest = Math.max(...deps.templates.templates.map((template) => template.smallest));
  return {
    id,
    cohort,
    template: nothingsTemplate,
    base: fromNothing(id, smallest),
    leftOut: [],
  };
}

/** The first screen of a new check-in, or what to do when there is no group to ask. @param wanted a group, if it is theirs. */
export async function beginPlan(
  deps: CheckInDeps,
  actor: Actor,
  wanted?: string,
): Promise<{ kind: 'begun'; view: View } | { kind: 'no-groups'; answer: Answer }> {
  const choices = await choicesFor(deps, actor);
  if (choices.cohorts.length === 0) return { kind: 'no-groups', answer: noGroups() };
  const cohort = choices.cohorts.find(({ id }) => id === wanted)?.id;
  const unfinished = await findUnfinished(deps.db, actor.person.id);
  return {
    kind: 'begun',
    view: whoView({ ...choices, unfinished }, { id: newId(deps.clock), cohort }),
  };
}

/** All of a check-in that is there, to be changed. */
export async function beginChanging(
  deps: CheckInDeps,
  actor: Actor,
  id: string,
): Promise<{ kind: 'begun'; view: View } | { kind: 'not-begun'; answer: Answer }> {
  const begun = await beginChange(deps, actor, id);
  if (begun.kind !== 'begun')
    return {
      kind: 'not-begun',
      answer: notScheduled(begun.kind === 'over' ? overAlready : notAllowed),
    };
  await savePlan(deps.db, begun.plan, actor.person.id, deps.clock.now());
  return { kind: 'begun', view: await createScreens(deps).screenOf(actor, begun.plan) };
}

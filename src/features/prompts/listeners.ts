import { type Actor, may } from '../../community/permissions.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { problemWithTime } from '../../scheduler/recurrence.ts';
import type { Answer } from '../../slack/answer.ts';
import type { Routes } from '../../slack/routes.ts';
import { poolFor, usedBy } from './choosing.ts';
import { findPrompt, type Prompt, type PromptDeps } from './deps.ts';
import { ids } from './ids.ts';
import {
  bringBack,
  type ChangeOutcome,
  changePrompts,
  chooseNext,
  editPrompts,
  findOwn,
  groupsToPlanFor,
  listPlanned,
  mayPlan,
  planPrompts,
  plansAnywhere,
  readPlanned,
} from './plan.ts';
import * as store from './store.ts';
import {
  changeReceipt,
  chooseForm,
  chooseView,
  editForm,
  editView,
  everybody,
  forMembers,
  homeAnswer,
  isPreview,
  menuEntry,
  notForThem,
  notThere,
  planForm,
  plannedReceipt,
  planProblem,
  planView,
  previewAnswer,
  promptView,
  promptWindow,
  type Receipt,
  rhythmOf,
  stopForm,
  stopView,
  weeklyForm,
  weeklyReceipt,
  weeklyView,
} from './views.ts';
import { chooseWeekly } from './weekly.ts';

export async function showPrompts(deps: PromptDeps, actor: Actor, receipt?: Receipt): Promise<Answer> {
  if (!may(actor, 'community.use')) return forMembers;
  const plans = plansAnywhere(actor);
  const reader = await store.findReader(deps.db, actor.person.id);
  return homeAnswer({ planned: plans ? await listPlanned(deps, actor) : [], reader, plans }, deps, receipt);
}

export function listenToPrompts(to: Routes, deps: PromptDeps): void {
  listenToReading(to, deps);
  listenToPlanning(to, deps);
}

/** Reading one, reflecting on it, and having one each week. */
function listenToReading(to: Routes, deps: PromptDeps): void {
  const viewOf = async (prompt: Prompt, look: { address?: string; age?: string; hasSeenNote: boolean }) =>
    promptView(prompt, deps, {
      ...look,
      cards: await deps.resourceCards(prompt.resources),
      signposts: deps.signposts,
      reviewed: await deps.reviewed(`prompt:${prompt.id}`),
      flag: deps.flagButton(`prompt:${prompt.id}`, prompt.title),
    });

  to.onClick(ids.home, async ({ actor, answer }) => answer(await showPrompts(deps, actor)));
  // The note stood above the button that was pressed.
  to.onClick(ids.show, async ({ actor, value, address, place, open, replace, beside }) => {
    const prompt = findPrompt(deps, value);
    if (!may(actor, 'community.use')) return beside(forMembers);
    if (!prompt) return beside(notThere);
    const view = await viewOf(prompt, { ...(address && { address }), hasSeenNote: true });
    await (place === 'modal' ? replace(view) : open(view));
  });
  to.onClick(ids.another, async ({ actor, value, window, open, replace, beside }) => {
    if (!may(actor, 'community.use')) return beside(forMembers);
    const before = window && promptWindow.carries.open(window.metadata)?.promptId;
    const pool = poolFor(deps.prompts.prompts, value).filter(({ id }) => id !== before);
    const prompt = pool[deps.random.int(Math.max(1, pool.length))];
    if (!prompt) return beside(notThere);
    const view = await viewOf(prompt, { age: value, hasSeenNote: false });
    await (before === undefined ? open(view) : replace(view));
  });
  to.onClick(ids.reflect, async ({ actor, value, window, open, beside }) => {
    const prompt = findPrompt(deps, value);
    if (!prompt) return beside(notThere);
    const link = window && promptWindow.carries.open(window.metadata)?.address;
    await open(await deps.reflectOn(actor, { title: prompt.title, link }));
  });

  to.onClick(ids.example, async ({ actor, value, open, beside }) => {
    const prompt = findPrompt(deps, value);
    if (!may(actor, 'own.write', { ownerId: actor.person.id })) return beside(forMembers);
    if (!prompt) return beside(notThere);
    await open(deps.exampleFrom(actor, { title: prompt.title }));
  });

  to.onClick(ids.openWeekly, ({ value, open }) => open(weeklyView(deps, value)));
  to.onSend(weeklyForm, async ({ actor, values, answer }) =>
    answer(
      await showPrompts(deps, actor, { text: weeklyReceipt(await chooseWeekly(deps, actor, values.age)) }),
    ),
  );
  to.onClick(ids.stopWeekly, async ({ actor, answer }) =>
    answer(
      await showPrompts(deps, actor, { text: weeklyReceipt(await chooseWeekly(deps, actor, undefined)) }),
    ),
  );
}

/** What comes to which channel, for those who run it. */
function listenToPlanning(to: Routes, deps: PromptDeps): void {
  const { clock, timeZone, forumChannel } = deps;
  const afterChange = async (actor: Actor, outcome: ChangeOutcome) =>
    showPrompts(deps, actor, changeReceipt(outcome));

  to.onClick(ids.openPlan, async ({ actor, open, answer }) => {
    if (!plansAnywhere(actor)) return answer(await showPrompts(deps, actor));
    const look = { ...deps, forAll: mayPlan(actor, undefined), hasForum: forumChannel !== undefined };
    await open(planView(await groupsToPlanFor(deps, actor), look));
  });
  to.onSend(planForm, async ({ actor, values, refuse, answer }) => {
    const { whose, channel, age, at, until } = values;
    const wrongTime = problemWithTime(at);
    if (wrongTime !== undefined) return refuse({ at: wrongTime });
    const outcome = await planPrompts(deps, actor, {
      ...rhythmOf(values.rhythm),
      cohortId: whose === everybody ? undefined : whose,
      channelId: channel,
      age,
      time: at,
      until,
      from: localDate(clock.now(), timeZone),
    });
    if (outcome.kind === 'not-allowed') return refuse({ whose: notForThem });
    return outcome.kind === 'planned'
      ? answer(await showPrompts(deps, actor, { text: plannedReceipt(outcome.planned) }))
      : refuse(planProblem(outcome));
  });
  to.onSend(editForm, async ({ actor, carried: id, values, refuse, answer }) => {
    const { channel, age, at, until } = values;
    const wrongTime = problemWithTime(at);
    if (wrongTime !== undefined) return refuse({ at: wrongTime });
    const outcome = await editPrompts(deps, actor, {
      id,
      ...rhythmOf(values.rhythm),
      channelId: channel,
      age,
      time: at,
      until,
      from: localDate(clock.now(), timeZone),
    });
    if (outcome.kind === 'not-allowed') return answer(await afterChange(actor, { kind: 'gone' }));
    return outcome.kind === 'edited'
      ? answer(await afterChange(actor, { kind: 'changed', change: 'edit', planned: outcome.planned }))
      : refuse(planProblem(outcome));
  });
  to.onClick(ids.bringBack, async ({ actor, value, answer }) =>
    answer(await afterChange(actor, await bringBack(deps, actor, value))),
  );

  to.onClick(ids.preview, async ({ actor, value, beside, answer }) => {
    const plan = await findOwn(deps, actor, value);
    if (!plan) return answer(await afterChange(actor, { kind: 'gone' }));
    await beside(previewAnswer(await readPlanned(deps, deps.db, plan), deps));
  });
  to.onClick(ids.previewed, ({ beside }) => beside(isPreview));
  to.onClick(ids.goOn, async ({ actor, value, answer }) =>
    answer(await afterChange(actor, await changePrompts(deps, actor, { id: value, change: 'go-on' }))),
  );
  to.onClick(ids.unskip, async ({ actor, value, answer }) =>
    answer(await afterChange(actor, await changePrompts(deps, actor, { id: value, change: 'unskip' }))),
  );
  to.onClick(ids.menu, menuEntry, async ({ actor, carried: { what, id }, open, answer }) => {
    if (what === 'skip' || what === 'pause')
      return answer(await afterChange(actor, await changePrompts(deps, actor, { id, change: what })));
    const plan = await findOwn(deps, actor, id);
    if (!plan) return answer(await afterChange(actor, { kind: 'gone' }));
    if (what === 'edit') return open(editView(await readPlanned(deps, deps.db, plan), deps));
    if (what === 'stop') return open(stopView(await readPlanned(deps, deps.db, plan)));
    const pool = poolFor(deps.prompts.prompts, plan.age);
    await open(chooseView(id, pool, usedBy(plan, await store.listPlaced(deps.db))));
  });
  to.onSend(chooseForm, async ({ actor, carried: id, values, answer }) =>
    answer(await afterChange(actor, await chooseNext(deps, actor, { id, promptId: values.prompt }))),
  );
  to.onSend(stopForm, async ({ actor, carried: id, answer }) =>
    answer(await afterChange(actor, await changePrompts(deps, actor, { id, change: 'stop' }))),
  );
}

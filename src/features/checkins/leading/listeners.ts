import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { View } from '@slack/types';
import { z } from 'zod';
import type { Actor } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { nextOccurrence, rhythms } from '../../../scheduler/recurrence.ts';
import type { Answer } from '../../../slack/answer.ts';
import { section } from '../../../slack/blocks.ts';
import { actorIn, answerClick, pressedValue } from '../../../slack/legacy.ts';
import { openOnTop } from '../../../slack/modals.ts';
import { escapeEntities, mrkdwn, sayTime } from '../../../slack/text.ts';
import { saying } from '../answering/views.ts';
import { closingTime } from '../asking/round.ts';
import { previewMessage } from '../asking/views.ts';
import { definitionOf } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { stateOf } from '../form-state.ts';
import { blocks, ids } from '../ids.ts';
import { type Plan, planSchema, recurrenceOfPlan } from '../planning/plan.ts';
import { previewForm, previewMetadata } from '../planning/preview.ts';
import { checkPlan, checkWho, listSchedulable, scheduleCheckIn } from '../planning/schedule.ts';
import { cancelView, confirmView, moveView, planView, scheduledView, whoView } from '../planning/views.ts';
import { notAllowed } from '../words.ts';
import {
  cancelCheckIn,
  findLed,
  listLed,
  type Managed,
  moveCheckIn,
  pauseCheckIn,
  resumeCheckIn,
} from './manage.ts';
import { ledAnswer, manageOptions } from './views.ts';

export function listenForLeading(app: App, deps: CheckInDeps): void {
  const zone = deps.timeZone;
  const smallest = deps.templates.smallestGroup;
  const say = (words: string, title = 'Check-in'): Answer => ({
    text: escapeEntities(words),
    title,
    blocks: [section(mrkdwn`${words}`)],
  });
  const screen = ({ title, blocks: what }: Answer): View => saying(title ?? 'Check-in', what);
  const confirming = () => ({ zone, now: deps.clock.now(), smallest });

  const list = async (actor: Actor, page: number, note?: string): Promise<Answer> =>
    ledAnswer(await listLed(deps, actor), page, { zone, smallest, ...(note !== undefined && { note }) });

  app.action<BlockAction>(ids.create, async ({ ack, body, client, context, respond }) => {
    await ack();
    const first = await beginPlan(deps, actorIn(context));
    if (first.kind === 'no-groups') await answerClick(body, client, respond)(first.answer);
    else await openOnTop(body, client, first.view);
  });

  app.view<ViewSubmitAction>(ids.whoView, async ({ ack, view, context }) => {
    const state = stateOf(view);
    const plan = planSchema.safeParse({
      ...readPlan(view),
      cohort: state.choice(blocks.cohort),
      template: state.choice(blocks.template),
    });
    if (!plan.success) {
      const errors = {
        ...(!state.choice(blocks.cohort) && { [blocks.cohort]: 'Please choose a group.' }),
        ...(!state.choice(blocks.template) && { [blocks.template]: 'Please choose the questions.' }),
      };
      await ack(Object.keys(errors).length > 0 ? { response_action: 'errors', errors } : undefined);
      return;
    }
    const who = await checkWho(deps, actorIn(context), plan.data);
    if (who.kind === 'problems') await ack({ response_action: 'errors', errors: who.problems });
    else await ack({ response_action: 'update', view: planView(plan.data, who, zone) });
  });

  app.view<ViewSubmitAction>(ids.planView, async ({ ack, view, context }) => {
    const plan = withPlanState(readPlan(view), view);
    if (!plan) {
      await ack();
      return;
    }
    const checked = await checkPlan(deps, actorIn(context), plan);
    if (checked.kind === 'problems')
      await ack({ response_action: 'errors', errors: onScreen(checked.problems, blocks.date) });
    else await ack({ response_action: 'update', view: confirmView(checked.plan, checked, confirming()) });
  });

  app.action<BlockAction>(ids.backToPlan, async ({ ack, body, action, client, context }) => {
    await ack();
    const view = body.view;
    const actor = actorIn(context);
    const backTo = pressedValue(action);
    const plan = backTo === 'who' ? withPlanState(readPlan(view), view) : readPlan(view);
    if (!view || !plan) return;
    const who = backTo === 'plan' ? await checkWho(deps, actor, plan) : undefined;
    const previous =
      who?.kind === 'ok'
        ? planView(plan, who, zone)
        : whoView(await listSchedulable(deps, actor), deps.templates.templates, plan);
    await client.views.update({ view_id: view.id, view: previous });
  });

  app.view<ViewSubmitAction>(ids.confirmView, async ({ ack, view, context }) => {
    const plan = readPlan(view);
    if (!plan) {
      await ack();
      return;
    }
    const outcome = await scheduleCheckIn(deps, actorIn(context), plan);
    if (outcome.kind === 'scheduled') {
      const { checkin, cohort, people } = outcome;
      await ack({ response_action: 'update', view: scheduledView(checkin, cohort.name, people, zone) });
      return;
    }
    await ack({ response_action: 'update', view: await planAgain(actorIn(context), plan, outcome.problems) });
  });

  /** When time has passed, or the group has changed, while a plan was looked at. */
  async function planAgain(actor: Actor, plan: Plan, problems: Record<string, string>): Promise<View> {
    const why = Object.values(problems)[0] ?? 'Something has changed meanwhile.';
    const who = await checkWho(deps, actor, plan);
    if (who.kind === 'problems') return screen(say(`It was not scheduled. ${why}`));
    const again = planView(plan, who, zone);
    return { ...again, blocks: [section(mrkdwn`It was not scheduled yet. ${why}`), ...again.blocks] };
  }

  app.action<BlockAction>(ids.preview, async ({ ack, body, client, context }) => {
    await ack();
    const plan = readPlan(body.view);
    const actor = actorIn(context);
    if (!body.view || !plan) return;
    const checked = await checkPlan(deps, actor, plan);
    if (checked.kind === 'problems') {
      const view = await planAgain(actor, plan, checked.problems);
      await client.views.update({ view_id: body.view.id, view });
      return;
    }
    const recurrence = recurrenceOfPlan(checked.plan, zone);
    const first = nextOccurrence(recurrence, deps.clock.now());
    const message = previewMessage(
      definitionOf(checked.template, checked.plan.leftOut),
      first && closingTime(first, checked.plan.openDays, zone),
      checked.cohort.name,
      zone,
      {
        questions: JSON.stringify({ template: checked.template.id, leftOut: plan.leftOut }),
        goOn: JSON.stringify(plan),
      },
    );
    await client.chat.postMessage({ channel: actor.person.slackId, ...message });
    const note = 'The preview is in your messages with ChATR Companion.';
    await client.views.update({
      view_id: body.view.id,
      view: confirmView(checked.plan, checked, { ...confirming(), note }),
    });
  });

  app.action<BlockAction>(ids.goOn, async ({ ack, body, action, client, context }) => {
    await ack();
    const actor = actorIn(context);
    const plan = readPlan({ private_metadata: pressedValue(action) });
    const checked = plan && (await checkPlan(deps, actor, plan));
    if (!plan || !checked) return;
    await openOnTop(
      body,
      client,
      checked.kind === 'ok'
        ? confirmView(checked.plan, checked, confirming())
        : await planAgain(actor, plan, checked.problems),
    );
  });

  app.action<BlockAction>(ids.previewAnswer, async ({ ack, body, action, client }) => {
    await ack();
    const form = previewForm(deps, pressedValue(action), 0);
    await openOnTop(
      body,
      client,
      form ?? screen(say('These questions are not offered any more.', 'Preview')),
    );
  });

  app.view<ViewSubmitAction>(ids.previewView, async ({ ack, view }) => {
    const at = previewMetadata(view.private_metadata);
    const next = at && previewForm(deps, at.value, at.screen + 1, view);
    if (next) await ack({ response_action: 'update', view: next });
    else await ack();
  });

  for (const actionId of [ids.list, `${ids.list}.more`])
    app.action<BlockAction>(actionId, async ({ ack, body, action, client, context, respond }) => {
      await ack();
      const page = Number.parseInt(pressedValue(action), 10) || 0;
      await answerClick(body, client, respond)(await list(actorIn(context), page));
    });

  app.action<BlockAction>(ids.manage, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    const actor = actorIn(context);
    const answer = answerClick(body, client, respond);
    const [what, id = '', page = '0'] = pressedValue(action).split('|');
    if (what === manageOptions.move || what === manageOptions.cancel) {
      const found = await findLed(deps, actor, id);
      if (found.kind === 'not-allowed') await answer(say(notAllowed));
      else
        await openOnTop(
          body,
          client,
          what === manageOptions.move
            ? moveView(found.checkin, zone)
            : cancelView(found.checkin, found.cohortName),
        );
      return;
    }
    const done =
      what === manageOptions.pause
        ? await pauseCheckIn(deps, actor, id)
        : await resumeCheckIn(deps, actor, id);
    await answer(await list(actor, Number.parseInt(page, 10) || 0, sayManaged(done, what ?? '', zone)));
  });

  app.action<BlockAction>(ids.cancel, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    const done = await cancelCheckIn(deps, actorIn(context), pressedValue(action));
    await answerClick(body, client, respond)(say(sayManaged(done, manageOptions.cancel, zone)));
  });

  app.view<ViewSubmitAction>(ids.cancelView, async ({ ack, view, context }) => {
    const done = await cancelCheckIn(deps, actorIn(context), view.private_metadata);
    await ack({
      response_action: 'update',
      view: screen(say(sayManaged(done, manageOptions.cancel, zone))),
    });
  });

  app.view<ViewSubmitAction>(ids.moveView, async ({ ack, view, context }) => {
    const state = stateOf(view);
    const moved = await moveCheckIn(deps, actorIn(context), view.private_metadata, {
      date: state.date(blocks.date),
      time: state.time(blocks.time),
    });
    if (moved.kind === 'problems') await ack({ response_action: 'errors', errors: moved.problems });
    else
      await ack({
        response_action: 'update',
        view: screen(say(sayManaged(moved, manageOptions.move, zone))),
      });
  });
}

/** The first screen of a new check-in, or what to do when there is no group to ask. */
export async function beginPlan(
  deps: CheckInDeps,
  actor: Actor,
): Promise<{ kind: 'begun'; view: View } | { kind: 'no-groups'; answer: Answer }> {
  const cohorts = await listSchedulable(deps, actor);
  if (cohorts.length > 0)
    return {
      kind: 'begun',
      view: whoView(cohorts, deps.templates.templates, { id: newId(deps.clock) }),
    };
  return {
    kind: 'no-groups',
    answer: {
      text: 'There is no group to ask yet',
      title: 'New check-in',
      blocks: [
        section(
          mrkdwn`A check-in goes to a group, and you do not run one yet. Make one with \`/chatr groups\`, add people, then come back here.`,
        ),
      ],
    },
  };
}

function readPlan(view: { private_metadata?: string } | undefined): Plan | undefined {
  const loose = planSchema.partial({ cohort: true, template: true });
  try {
    return loose.safeParse(JSON.parse(view?.private_metadata ?? '')).data as Plan | undefined;
  } catch {
    return undefined;
  }
}

/** What stands on the second screen, over what came before. */
function withPlanState(plan: Plan | undefined, view: unknown): Plan | undefined {
  if (!plan) return undefined;
  const state = stateOf(view);
  const how = z.enum(rhythms).safeParse(state.choice(blocks.how)).data;
  const days = Number(state.choice(blocks.openDays));
  const date = state.date(blocks.date);
  const time = state.time(blocks.time);
  return planSchema.safeParse({
    id: plan.id,
    cohort: plan.cohort,
    template: plan.template,
    ...(date !== undefined && { date }),
    ...(time !== undefined && { time }),
    ...(how !== undefined && { how }),
    ...(Number.isInteger(days) && days > 0 && { openDays: days }),
    leftOut: state.choices(blocks.leaveOut),
  }).data;
}

/** An error can only stand beside a field that is on the screen; what belongs to another is said at `fallback`. */
function onScreen(problems: Record<string, string>, fallback: string): Record<string, string> {
  const here: string[] = [blocks.date, blocks.time, blocks.how, blocks.openDays, blocks.leaveOut];
  return Object.fromEntries(
    Object.entries(problems).map(([block, words]) => [here.includes(block) ? block : fallback, words]),
  );
}

/** What became of it, in words. */
function sayManaged(managed: Managed, what: string, zone: string): string {
  if (managed.kind === 'not-allowed') return notAllowed;
  const { label } = managed.checkin.definition;
  if (managed.kind === 'not-now') return `“${label}” is over, or its date has passed. Nothing was changed.`;
  const { nextAt } = managed.checkin;
  const next = nextAt ? sayTime(nextAt, zone) : undefined;
  switch (what) {
    case manageOptions.pause:
      return `“${label}” is paused: no new one goes out until you choose “Go on”.${managed.openRound ? ' The present one stays open.' : ''}`;
    case manageOptions.move:
      return `“${label}” now comes next on ${next}.`;
    case manageOptions.resume:
      return `“${label}” goes on. It comes next on ${next}.`;
    default:
      return `“${label}” for ${managed.cohortName} is ended. Nobody is asked again. Answers that were given are kept.`;
  }
}

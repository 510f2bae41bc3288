import type {
  App,
  BlockAction,
  ButtonAction,
  OverflowAction,
  RespondFn,
  StaticSelectAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { type Actor, may } from '../../community/permissions.ts';
import type { Answer } from '../../slack/answer.ts';
import { actorIn, answerClick } from '../../slack/legacy.ts';
import { openInPlace, openOnTop } from '../../slack/modals.ts';
import type { OnboardingDeps } from './deps.ts';
import { listenToIntroduction } from './hello/listeners.ts';
import { ids } from './ids.ts';
import { listenToProfile } from './profile/listeners.ts';
import { profileOf } from './profile/store.ts';
import { profileModal } from './profile/views.ts';
import { type Pace, paces } from './steps/journey.ts';
import { viewJourney } from './steps/journey-view.ts';
import { carryOn, setPace } from './steps/pace.ts';
import { closeByHand, reopen, type StepOutcome, snooze } from './steps/steps.ts';
import { pauseAll, stop } from './steps/stop.ts';
import {
  allStepsModal,
  paceAnswer,
  pausedAnswer,
  previewedAnswer,
  previewValue,
  stepReceipt,
  stoppedAnswer,
} from './steps/views.ts';
import { findJourney } from './store.ts';
import { agree, decline, isAgreementDue } from './welcome/agreement.ts';
import {
  agreedMessage,
  agreementModal,
  alreadyAgreedModal,
  declinedAnswer,
  noticeModal,
  notYetAnswer,
} from './welcome/views.ts';

type Click = { body: BlockAction; client: WebClient; respond: RespondFn };

/** What members do: the agreement, their profile, their steps. What facilitators do is in lead-listeners.ts. */
export function listen(app: App, deps: OnboardingDeps): void {
  listenToAgreement(app, deps);
  listenToProfile(app, deps);
  listenToSteps(app, deps);
  listenToIntroduction(app, deps);
}

function listenToAgreement(app: App, deps: OnboardingDeps): void {
  const { db, journey: content } = deps;

  app.action<BlockAction<ButtonAction>>(ids.readNotice, async ({ ack, body, client }) => {
    await ack();
    await openOnTop(body, client, noticeModal(content));
  });

  app.action<BlockAction<ButtonAction>>(ids.readAgreement, async ({ ack, body, client, context }) => {
    await ack();
    const journey = await findJourney(db, actorIn(context).person.id);
    const isAgain = journey !== undefined && isAgreementDue(deps, journey);
    const isSettled = journey?.agreementVersion === content.agreement.version;
    await openOnTop(
      body,
      client,
      isSettled ? alreadyAgreedModal(content) : agreementModal(content, { isAgain }),
    );
  });

  app.view(ids.agree, async ({ ack, client, context }) => {
    const actor = actorIn(context);
    const outcome = await agree(deps, actor);
    if (outcome.kind !== 'began') {
      await ack({ response_action: 'update', view: alreadyAgreedModal(content) });
      return;
    }
    await deps.did(actor.person.id, { kind: 'agreed' });
    const profile = await profileOf(db, actor.person.id);
    await ack({
      response_action: 'update',
      view: profileModal({ content, vocabulary: deps.vocabulary }, profile),
    });
    const view = await viewJourney(db, deps, actor.person);
    if (view)
      await client.chat.postMessage({ channel: actor.person.slackId, ...agreedMessage(content, view) });
  });

  app.action<BlockAction<ButtonAction>>(ids.decline, async ({ ack, body, client, respond, context }) => {
    await ack();
    const outcome = await decline(deps, actorIn(context));
    if (outcome.kind === 'declined')
      await answerClick(body, client, respond)(declinedAnswer(outcome.hadBegun));
  });

  app.action<BlockAction<StaticSelectAction>>(
    ids.pace,
    async ({ ack, action, body, client, respond, context }) => {
      await ack();
      const pace = paces.find((one) => one === action.selected_option?.value);
      if (pace) await changePace(deps, actorIn(context), pace, { body, client, respond });
    },
  );

  app.action<BlockAction<ButtonAction>>(
    new RegExp(`^${ids.paceButton}`),
    async ({ ack, action, body, client, respond, context }) => {
      await ack();
      const pace = paces.find((one) => one === action.value);
      if (pace) await changePace(deps, actorIn(context), pace, { body, client, respond });
    },
  );
}

async function changePace(deps: OnboardingDeps, actor: Actor, pace: Pace, click: Click): Promise<void> {
  const outcome = await setPace(deps, actor, pace);
  if (click.body.view?.type === 'modal') await showSteps(deps, actor, click);
  else await answerClick(click.body, click.client, click.respond)(paceAnswer(deps.journey, outcome));
}

function listenToSteps(app: App, deps: OnboardingDeps): void {
  const onStep = (actionId: string, work: (actor: Actor, stepId: string) => Promise<StepOutcome>) =>
    app.action<BlockAction<ButtonAction>>(
      actionId,
      async ({ ack, action, body, client, respond, context }) => {
        await ack();
        const stepId = action.value ?? '';
        const click = { body, client, respond };
        if (stepId.startsWith(previewValue)) return answerClick(body, client, respond)(previewedAnswer);
        const actor = actorIn(context);
        const outcome = await work(actor, stepId);
        if (outcome.kind === 'closed' && body.view) deps.stepClosed?.(actor.person.id, stepId);
        // A step put off stays in App Home, which therefore looks the same: it needs a word.
        if (body.view?.type === 'home' && outcome.kind === 'snoozed')
          return answerClick(body, client, respond)({ ...stepReceipt(outcome), title: 'First steps' });
        await settle(deps, actor, click, stepReceipt(outcome));
      },
    );
  onStep(ids.done, (actor, stepId) => closeByHand(deps, actor, { stepId, as: 'done' }));
  onStep(ids.skip, (actor, stepId) => closeByHand(deps, actor, { stepId, as: 'skipped' }));
  onStep(ids.snooze, (actor, stepId) => snooze(deps, actor, stepId));
  onStep(ids.reopen, (actor, stepId) => reopen(deps, actor, stepId));

  app.action<BlockAction<OverflowAction>>(
    ids.more,
    async ({ ack, action, body, client, respond, context }) => {
      await ack();
      const [what = '', ...rest] = (action.selected_option?.value ?? '').split(':');
      const stepId = rest.join(':');
      const actor = actorIn(context);
      const click = { body, client, respond };
      if (stepId.startsWith(previewValue)) return answerClick(body, client, respond)(previewedAnswer);
      if (what === 'done') {
        const outcome = await closeByHand(deps, actor, { stepId, as: 'done' });
        if (outcome.kind === 'closed' && body.view) deps.stepClosed?.(actor.person.id, stepId);
        await settle(deps, actor, click, stepReceipt(outcome));
      } else if (what === 'steps') await showSteps(deps, actor, click);
      else if (what === 'pause') {
        await pauseAll(deps, actor);
        await answerClick(body, client, respond)(pausedAnswer);
      } else if (what === 'stop') {
        await stop(deps, actor.person.id);
        await settle(deps, actor, click, stoppedAnswer);
      }
    },
  );

  app.action<BlockAction<ButtonAction>>(ids.allSteps, async ({ ack, body, client, respond, context }) => {
    await ack();
    await showSteps(deps, actorIn(context), { body, client, respond });
  });

  app.action<BlockAction<ButtonAction>>(ids.carryOn, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    const outcome = await carryOn(deps, actor);
    await settle(deps, actor, { body, client, respond }, paceAnswer(deps.journey, outcome));
  });

  app.action<BlockAction<ButtonAction>>(ids.stop, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    await stop(deps, actor.person.id);
    await settle(deps, actor, { body, client, respond }, stoppedAnswer);
  });

  app.action<BlockAction<ButtonAction>>(ids.previewed, async ({ ack, body, client, respond }) => {
    await ack();
    await answerClick(body, client, respond)(previewedAnswer);
  });
}

/** Shows what a click did where it was made: in the message's or the modal's place; App Home shows it by itself. */
async function settle(deps: OnboardingDeps, actor: Actor, click: Click, answer: Answer): Promise<void> {
  const { body, client, respond } = click;
  if (body.view?.type === 'home') return;
  if (body.view?.type === 'modal') return showSteps(deps, actor, click);
  // Only a click in a message has somewhere to respond to.
  if (!('response_url' in body)) return answerClick(body, client, undefined)(answer);
  await respond({ text: answer.text, blocks: answer.blocks, replace_original: true });
}

async function showSteps(deps: OnboardingDeps, actor: Actor, click: Click): Promise<void> {
  const { body, client, respond } = click;
  const view = await viewJourney(deps.db, deps, actor.person);
  if (!view || view.journey.versionId === undefined || !may(actor, 'own.read', { ownerId: actor.person.id }))
    return answerClick(body, client, respond)(notYetAnswer);
  const page = allStepsModal(deps, view);
  await openInPlace(body, client, page);
}

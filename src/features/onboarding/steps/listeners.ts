import { may } from '../../../community/permissions.ts';
import type { Answer } from '../../../slack/answer.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { chosenPace, notYetAnswer } from '../welcome/views.ts';
import type { Pace } from './journey.ts';
import { viewJourney } from './journey-view.ts';
import { carryOn, setPace } from './pace.ts';
import { closeByHand, reopen, snooze } from './steps.ts';
import { pauseAll, stop } from './stop.ts';
import {
  allStepsModal,
  isOfPreview,
  paceAnswer,
  pausedAnswer,
  previewedAnswer,
  stepMenu,
  stepReceipt,
  stoppedAnswer,
} from './views.ts';

/** Each step, all of them, and the pace at which they come. */
export function listenToSteps(to: Routes, deps: OnboardingDeps): void {
  const onStep = (id: string, work: (click: Click, stepId: string) => Promise<void>) =>
    to.onClick(id, (click) =>
      isOfPreview(click.value) ? click.answer(previewedAnswer) : work(click, click.value),
    );
  const close = async (click: Click, stepId: string, as: 'done' | 'skipped') => {
    const outcome = await closeByHand(deps, click.actor, { stepId, as });
    await settle(deps, click, stepReceipt(outcome));
    if (outcome.kind === 'closed') deps.stepClosed?.(click.actor.person.id, stepId);
  };
  const end = async (click: Click) => {
    await stop(deps, click.actor.person.id);
    await settle(deps, click, stoppedAnswer);
  };

  onStep(ids.done, (click, stepId) => close(click, stepId, 'done'));
  onStep(ids.skip, (click, stepId) => close(click, stepId, 'skipped'));
  onStep(ids.snooze, async (click, stepId) => {
    const outcome = await snooze(deps, click.actor, stepId);
    const receipt = stepReceipt(outcome);
    if (outcome.kind === 'snoozed') deps.stepClosed?.(click.actor.person.id, stepId);
    // A step put off stays in App Home, which therefore looks the same: it needs a word.
    if (click.place === 'home' && outcome.kind === 'snoozed') return click.answer(receipt);
    await settle(deps, click, receipt);
  });
  onStep(ids.reopen, async (click, stepId) =>
    settle(deps, click, stepReceipt(await reopen(deps, click.actor, stepId))),
  );

  to.onClick(ids.more, stepMenu, async (click) => {
    const { actor, carried, answer } = click;
    if (isOfPreview(carried.stepId)) return answer(previewedAnswer);
    switch (carried.what) {
      case 'done':
        return close(click, carried.stepId, 'done');
      case 'steps':
        return showSteps(deps, click);
      case 'pause':
        await pauseAll(deps, actor);
        return answer(pausedAnswer);
      case 'stop':
        return end(click);
    }
  });

  to.onClick(ids.allSteps, (click) => showSteps(deps, click));
  to.onClick(ids.carryOn, async (click) =>
    settle(deps, click, paceAnswer(deps.journey, await carryOn(deps, click.actor))),
  );
  to.onClick(ids.stop, end);
  to.onClick(ids.previewed, ({ answer }) => answer(previewedAnswer));
  to.onClick(ids.previewedPart, ({ answer }) => answer(previewedAnswer));

  const changePace = async (click: Click & { carried: { pace: Pace } }) => {
    const outcome = await setPace(deps, click.actor, click.carried.pace);
    if (click.place === 'modal') await showSteps(deps, click);
    else await click.answer(paceAnswer(deps.journey, outcome));
  };
  to.onClick(ids.pace, chosenPace, changePace);
  to.onClick(ids.paceButton, chosenPace, changePace);
}

/** Shows what a click did where it was made: in the message's or the window's place; App Home shows it by itself. */
async function settle(deps: OnboardingDeps, click: Click, answer: Answer): Promise<void> {
  if (click.place === 'home') return;
  if (click.place === 'modal') await showSteps(deps, click);
  else await click.instead(answer);
}

async function showSteps(deps: OnboardingDeps, { actor, answer, replace }: Click): Promise<void> {
  const view = await viewJourney(deps.db, deps, actor.person);
  if (!view || view.journey.versionId === undefined || !may(actor, 'own.read', { ownerId: actor.person.id }))
    return answer(notYetAnswer);
  await replace(allStepsModal(deps, view));
}

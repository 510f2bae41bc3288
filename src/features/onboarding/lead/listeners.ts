import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { findPerson } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Answerer } from '../../../slack/answer.ts';
import { section } from '../../../slack/blocks.ts';
import { actorIn, answerClick } from '../../../slack/legacy.ts';
import { openOnTop } from '../../../slack/modals.ts';
import { count, mrkdwn } from '../../../slack/text.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { findProfile } from '../profile/store.ts';
import { profileLines } from '../profile/views.ts';
import { greet, listArrivals, ungreet } from './greetings.ts';
import { previewSteps, previewWanted } from './preview.ts';
import { listProgressCohorts, moveToToday, viewProgress } from './progress.ts';
import { arrivalsBlocks, cohortChoice, greetBlocks, previewModal, progressBlocks } from './views.ts';

const notForYou = {
  title: 'For facilitators',
  text: 'This is for facilitators.',
  blocks: [section(mrkdwn`This is for facilitators of the group. Nothing was changed.`)],
};

/** What facilitators do: say hello, see how a group is going, preview. */
export function listenToLead(app: App, deps: OnboardingDeps): void {
  const onButton = (
    actionId: string | RegExp,
    work: (actor: Actor, value: string, answer: Answerer) => Promise<void>,
  ) =>
    app.action<BlockAction<ButtonAction>>(
      actionId,
      async ({ ack, action, body, client, respond, context }) => {
        await ack();
        await work(actorIn(context), action.value ?? '', answerClick(body, client, respond));
      },
    );

  onButton(ids.greet, async (actor, newcomerId, answer) => {
    const outcome = await greet(deps, actor, newcomerId);
    // What facilitators may see is shown to whoever says hello, not to everybody who could.
    const about =
      outcome.kind === 'yours'
        ? profileLines(await findProfile(deps.db, newcomerId), deps.vocabulary)
        : undefined;
    await answer({ title: 'Say hello', text: 'Say hello', blocks: greetBlocks(outcome, about, deps.teamId) });
  });

  onButton(ids.ungreet, async (actor, newcomerId, answer) => {
    const isFree = await ungreet(deps, actor, newcomerId);
    const newcomer = isFree ? await findPerson(deps.db, newcomerId) : undefined;
    await answer({
      title: 'Say hello',
      text: 'Noted.',
      blocks: [
        section(
          newcomer
            ? mrkdwn`Left to a colleague: ${newcomer.displayName} still waits for a hello.`
            : mrkdwn`There was nothing of yours to leave.`,
        ),
      ],
    });
  });

  const showArrivals = async (actor: Actor, value: string, answer: Answerer) =>
    answer({
      title: 'Newcomers',
      text: 'Newcomers',
      blocks: arrivalsBlocks(await listArrivals(deps.db, actor), pageIn(value)),
    });
  onButton(ids.arrivals, showArrivals);
  onButton(new RegExp(`^${ids.arrivalsPage.replaceAll('.', '\\.')}:`), showArrivals);

  onButton(ids.progress, (actor, value, answer) => answerProgress(deps, actor, value, answer));
  onButton(ids.progressCohort, (actor, cohortId, answer) => showCohort(deps, actor, cohortId, 0, answer));
  onButton(new RegExp(`^${ids.progressPage.replaceAll('.', '\\.')}:`), async (actor, value, answer) => {
    const [cohortId = '', page = '0'] = value.split(':');
    if (cohortId === 'cohorts') await showChoice(deps, actor, pageIn(page), answer);
    else await showCohort(deps, actor, cohortId, pageIn(page), answer);
  });

  onButton(ids.upgrade, async (actor, cohortId, answer) => {
    const outcome = await moveToToday(deps, actor, cohortId);
    if (outcome.kind === 'not-allowed') return answer(notForYou);
    return answer({
      title: 'First steps',
      text: 'Moved.',
      blocks: [
        section(
          mrkdwn`${count(outcome.people, 'person follows', 'people follow')} the new steps now. What they had done stays done.`,
        ),
      ],
    });
  });

  app.action<BlockAction<ButtonAction>>(ids.preview, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    if (!may(actor, 'onboarding.preview')) return answerClick(body, client, respond)(notForYou);
    const view = previewModal(previewSteps(deps));
    await openOnTop(body, client, view);
  });
  const sendPreview = async (actor: Actor, wanted: string, answer: Answerer) => {
    const sent = await previewWanted(deps, actor, wanted);
    if (sent === undefined) return answer(notForYou);
    return answer({
      title: 'Preview first steps',
      text: 'On its way.',
      blocks: [
        section(
          mrkdwn`${count(sent, 'message is', 'messages are')} on the way to you, in our conversation. If these are quiet hours of yours, they come afterwards.`,
        ),
      ],
    });
  };
  onButton(ids.previewStep, sendPreview);
  onButton(ids.previewAll, (actor, _value, answer) => sendPreview(actor, 'all', answer));
}

/** @param cohortId empty: the only group they run, or a choice of them. */
export async function answerProgress(
  deps: OnboardingDeps,
  actor: Actor,
  cohortId: string,
  answer: Answerer,
): Promise<void> {
  if (!may(actor, 'cohorts.progress')) return answer(notForYou);
  if (cohortId !== '') return showCohort(deps, actor, cohortId, 0, answer);
  const cohorts = await listProgressCohorts(deps.db, actor);
  const [only] = cohorts;
  if (only && cohorts.length === 1) return showCohort(deps, actor, only.id, 0, answer);
  return showChoice(deps, actor, 0, answer);
}

async function showChoice(deps: OnboardingDeps, actor: Actor, page: number, answer: Answerer): Promise<void> {
  const cohorts = await listProgressCohorts(deps.db, actor);
  await answer({ title: 'First steps', text: 'First steps by group', blocks: cohortChoice(cohorts, page) });
}

async function showCohort(
  deps: OnboardingDeps,
  actor: Actor,
  cohortId: string,
  page: number,
  answer: Answerer,
): Promise<void> {
  const outcome = await viewProgress(deps, actor, cohortId);
  if (outcome.kind !== 'progress') return answer(notForYou);
  await answer({
    title: 'First steps',
    text: 'First steps in a group',
    blocks: progressBlocks(outcome.progress, { page, groupButton: deps.groupButton }),
  });
}

const pageIn = (value: string): number => Math.max(0, Math.min(10_000, Number.parseInt(value, 10) || 0));

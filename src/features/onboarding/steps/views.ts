import type { ActionsBlockElement, Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { whoSeesProgress } from '../../../community/promises.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  inert,
  modal,
  option,
  overflow,
  section,
} from '../../../slack/blocks.ts';
import { packed } from '../../../slack/packed.ts';
import { count, escapeEntities, joinMrkdwn, type Mrkdwn, mrkdwn, sayDate } from '../../../slack/text.ts';
import type { JourneyContent, JourneyStep } from '../content.ts';
import { doorOf, type OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { bullets, messagesAgain, paceSelect, paceWords, perWeek, previewLine } from '../welcome/views.ts';
import { isOver } from './journey.ts';
import type { JourneyView } from './journey-view.ts';
import type { PaceOutcome } from './pace.ts';
import type { StepOutcome } from './steps.ts';

type DoorDeps = Pick<OnboardingDeps, 'doors'>;

/** Stood before a step's id in the previews of earlier versions, which are still in Slack. */
const previewMark = 'preview:';
export const isOfPreview = (stepId: string): boolean => stepId.startsWith(previewMark);

/** An entry of a step's menu. */
export const stepMenu = packed(':', { what: z.enum(['done', 'steps', 'pause', 'stop']), stepId: z.string() });

const fewer = mrkdwn`Fewer messages? See the ⋯ menu. Silence is fine too.`;

export function stepMessage(
  deps: DoorDeps,
  step: JourneyStep,
  { isReminder = false, isPreview = false } = {},
): Message {
  const blocks = isReminder ? reminderBlocks(deps, step) : offerBlocks(deps, step);
  return {
    text: escapeEntities(
      isReminder ? `Still here if you would like it: ${step.title}` : `A first step: ${step.title}`,
    ),
    blocks: isPreview
      ? [previewLine(` for you: day ${step.day}, ${step.audience}`), ...inert(blocks, ids.previewedPart)]
      : blocks,
  };
}

const offerBlocks = (deps: DoorDeps, step: JourneyStep): KnownBlock[] => [
  ...stepBlocks(deps, step).slice(0, -1),
  context(mrkdwn`${step.opt_out} ${fewer}`),
];

/** What the step is about has been said: the one reminder only offers it once more. */
const reminderBlocks = (deps: DoorDeps, step: JourneyStep): KnownBlock[] => [
  section(
    mrkdwn`*${step.title}* is still here if you would like it (about ${count(step.minutes, 'minute', 'minutes')}). I will not remind you of this one again.`,
  ),
  stepActions(deps, step),
  context(fewer),
];

/** A step as it stands in a message, or in App Home. */
export function stepBlocks(deps: DoorDeps, step: JourneyStep): KnownBlock[] {
  return [
    section(
      mrkdwn`*${step.title}* (about ${count(step.minutes, 'minute', 'minutes')})\n${bullets(step.message_points)}`,
    ),
    stepActions(deps, step),
    context(mrkdwn`${step.opt_out}`),
  ];
}

const stepActions = (deps: DoorDeps, step: JourneyStep): KnownBlock =>
  actions(stepButtons(deps, step), `onboarding.step.${step.id}`);

function stepButtons(deps: DoorDeps, step: JourneyStep): ActionsBlockElement[] {
  const value = step.id;
  const open = primaryButton(deps, step);
  // What notices by itself needs no button to say so; it is in the menu for whoever did it elsewhere.
  const isNoticed = step.notices !== undefined && open !== undefined;
  return [
    ...(open ? [open] : []),
    ...(isNoticed ? [] : [button('Done', ids.done, { value })]),
    button('Not now', ids.snooze, { value, label: `Not now: ask me about "${step.title}" in a week` }),
    button('Skip this step', ids.skip, { value }),
    overflow(ids.more, [
      ...(isNoticed ? [option('Done already', stepMenu.pack({ what: 'done', stepId: value }))] : []),
      option('See all my steps', stepMenu.pack({ what: 'steps', stepId: value })),
      option('Pause all messages', stepMenu.pack({ what: 'pause', stepId: value })),
      option('Stop these first steps', stepMenu.pack({ what: 'stop', stepId: value })),
    ]),
  ];
}

function primaryButton(deps: DoorDeps, step: JourneyStep): Button | undefined {
  const own =
    step.does === 'profile'
      ? { text: 'Fill in my profile', actionId: ids.editProfile }
      : step.does === 'introduce'
        ? { text: 'Draft my hello', actionId: ids.introduce }
        : undefined;
  const door: { text: string; actionId: string; value?: string } | undefined = own ?? doorOf(deps, step);
  if (!door) return undefined;
  return button(door.text, door.actionId, {
    style: 'primary',
    ...(door.value !== undefined && { value: door.value }),
  });
}

/** What stands in place of a step's message once somebody answered it. */
export function stepReceipt(outcome: StepOutcome): Answer {
  switch (outcome.kind) {
    case 'closed':
      return receipt(
        outcome.as === 'done'
          ? mrkdwn`*${outcome.step.title}*: done.`
          : mrkdwn`*${outcome.step.title}*: skipped. I will not ask again.`,
        mrkdwn`${nextLine(outcome.view)}`,
        button('Undo', ids.reopen, {
          value: outcome.step.id,
          label: `Undo: open "${outcome.step.title}" again`,
        }),
      );
    case 'over-already':
      return receipt(
        mrkdwn`*${outcome.step.title}* is done already.`,
        mrkdwn`${nextLine(outcome.view)}`,
        button('Open it again', ids.reopen, { value: outcome.step.id }),
      );
    case 'snoozed':
      return receipt(
        mrkdwn`*${outcome.step.title}*: not now. It comes back on ${sayDate(outcome.until)} or soon after; until then it is in Home.`,
        undefined,
        button('Skip it instead', ids.skip, { value: outcome.step.id }),
      );
    case 'reopened':
      return receipt(mrkdwn`*${outcome.step.title}* is open again. You find it in Home.`);
    case 'gone':
      return receipt(
        mrkdwn`This step is not part of your first steps any more. Home shows what is there for you now.`,
      );
  }
}

/** What comes next, and when, so that nothing is a surprise. */
export function nextLine({ journey, next, left }: JourneyView): string {
  if (!next) return 'That was the last of the first steps. Thank you for being part of this.';
  const rest = left === 1 ? 'the last one' : `${left} left`;
  if (journey.status !== 'active') return `Next, whenever you carry on: ${next.step.title}.`;
  if (journey.pace === 'none') return `Next, in Home whenever you like: ${next.step.title} (${rest}).`;
  if (next.held.status === 'offered') return `Still open: ${next.step.title} (${rest}).`;
  return `Next: ${next.step.title}, from ${sayDate(next.held.dueOn)} (${rest}).`;
}

const receipt = (said: Mrkdwn, after?: Mrkdwn, back?: ActionsBlockElement): Answer => ({
  title: 'First steps',
  text: 'Saved.',
  blocks: [section(joinMrkdwn([said, after], '\n')), ...(back ? [actions([back])] : [])],
});

/** The last line before the bot falls silent. */
export const restMessage = (): Message => ({
  text: 'I will leave the first steps here.',
  blocks: [
    section(
      mrkdwn`*I will leave the first steps here.* Carry on any time from Home; nothing is lost, and nothing is expected of you.`,
    ),
    actions([button('Carry on now', ids.carryOn), button('Stop for good', ids.stop)]),
  ],
});

const noMessagesNow =
  'Noted, and from this moment on: I send you nothing unasked, and no check-in asks you. Home has everything.';

export function paceAnswer(content: JourneyContent, outcome: PaceOutcome): Answer {
  const text =
    outcome.kind === 'gone'
      ? mrkdwn`There is nothing to pace yet. Home shows what is there for you now.`
      : outcome.kind === 'not-begun'
        ? outcome.pace === 'none'
          ? mrkdwn`${noMessagesNow}`
          : outcome.pace === 'next-week'
            ? mrkdwn`I will ask again in a week, once. The agreement is in Home until then.`
            : mrkdwn`Noted: *${paceWords(content, outcome.pace)}*. It counts from when you agree.`
        : outcome.pace === 'none'
          ? mrkdwn`${noMessagesNow} Your first steps are there, whenever you want to look.`
          : outcome.nextOn === undefined
            ? mrkdwn`Noted: *${paceWords(content, outcome.pace)}*.`
            : outcome.pace === 'today'
              ? mrkdwn`All your first steps are open in Home now. By message they still come one at a time, from ${sayDate(outcome.nextOn)}.`
              : mrkdwn`Your next step comes on ${sayDate(outcome.nextOn)} at the earliest, and never more than ${perWeek} a week. All of them are in Home.`;
  const back = outcome.kind !== 'gone' && outcome.pace === 'none' ? [actions([messagesAgain()])] : [];
  return { title: 'Your pace', text: 'Your pace is noted.', blocks: [section(text), ...back] };
}

/** A window holds a hundred blocks. */
const mostShown = 20;

/** Everything in one place: to do any step now, in any order, or to bring one back. */
export function allStepsModal(deps: OnboardingDeps, view: JourneyView): View {
  const shown = view.steps.slice(0, mostShown);
  return modal({
    callbackId: 'answer',
    title: 'My first steps',
    blocks: [
      section(
        mrkdwn`Do them in any order, skip any of them. By message at most ${perWeek} come a week, so a date here is the earliest. Only you see this page. ${whoSeesProgress}`,
      ),
      actions([paceSelect(deps.journey, view.journey.pace)], 'onboarding.pace.choice'),
      divider(),
      ...shown.flatMap(({ step, held }) => [
        section(
          mrkdwn`*${step.title}* (about ${count(step.minutes, 'minute', 'minutes')})\n${stateWords(view, held.status, held.dueOn)}`,
        ),
        actions(
          isOver(held.status)
            ? [button('Open it again', ids.reopen, { value: step.id, label: `Open it again: ${step.title}` })]
            : modalButtons(deps, step, step.id === view.next?.step.id),
          `onboarding.step.${step.id}`,
        ),
      ]),
      ...(view.left > 0
        ? [
            divider(),
            actions([
              view.journey.status === 'active'
                ? button('Stop these first steps', ids.stop, { confirm: stopConfirm })
                : button('Carry on', ids.carryOn, { style: 'primary' }),
            ]),
          ]
        : []),
    ],
  });
}

/** Only the next step's button is green: with seven of them, none would stand out. */
const modalButtons = (deps: OnboardingDeps, step: JourneyStep, isNext: boolean): ActionsBlockElement[] => [
  ...[primaryButton(deps, step)]
    .filter((one) => one !== undefined)
    .map(({ style, ...plainButton }) => (isNext && style ? { ...plainButton, style } : plainButton)),
  button('Done', ids.done, { value: step.id, label: `Done: ${step.title}` }),
  button('Skip this step', ids.skip, { value: step.id, label: `Skip this step: ${step.title}` }),
];

const stopConfirm = confirmLoss(
  'Stop these first steps?',
  'No more of them come by message. Everything else stays as it is, and you can carry on from Home at any time.',
  'Stop them',
  'Keep them',
);

function stateWords({ journey }: JourneyView, status: string, dueOn: string): string {
  if (status === 'done' || status === 'noticed') return 'Done.';
  if (status === 'skipped') return 'Skipped.';
  if (status === 'offered' || journey.pace === 'none' || journey.pace === 'today') return 'Open now.';
  return journey.status === 'active' ? `Open now; comes by message from ${sayDate(dueOn)}.` : 'Open now.';
}

export const pausedAnswer: Answer = {
  title: 'Paused',
  text: 'All messages are paused.',
  blocks: [
    section(
      mrkdwn`*All messages are paused* until you start them again: /chatr resume, or the button in Home. Meanwhile Home has everything.`,
    ),
  ],
};

export const stoppedAnswer: Answer = {
  title: 'Stopped',
  text: 'Your first steps are stopped.',
  blocks: [
    section(mrkdwn`*Your first steps are stopped.* Everything else stays as it is.`),
    actions([button('Carry on after all', ids.carryOn)]),
  ],
};

export const previewedAnswer: Answer = {
  title: 'A preview',
  text: 'This is a preview.',
  blocks: [section(mrkdwn`This is a preview, so its buttons do nothing. Newcomers' buttons work.`)],
};

/** The next step, to begin at once: for whoever has just done one. */
export function nextStepBlocks(deps: DoorDeps, view: JourneyView): KnownBlock[] {
  const { next } = view;
  if (!next || view.journey.status !== 'active') return [];
  return [
    section(
      mrkdwn`*Next, whenever you like: ${next.step.title}* (about ${count(next.step.minutes, 'minute', 'minutes')})\n${next.step.purpose}`,
    ),
    actions([
      ...[primaryButton(deps, next.step)].filter((one) => one !== undefined),
      button('See all my steps', ids.allSteps),
    ]),
  ];
}

/** In App Home, while the journey rests. */
export const restingInHome = (left: number): KnownBlock[] => [
  section(
    mrkdwn`*Your first steps are resting.* ${count(left, 'is', 'are')} left, whenever you like.`,
    button('Carry on', ids.carryOn),
  ),
];

/** In App Home's settings, once they stopped it. */
export const stoppedInHome = (left: number): KnownBlock[] => [
  section(
    mrkdwn`*My first steps.* Stopped, with ${left} left. Nothing of them is sent.`,
    button('Carry on after all', ids.carryOn),
  ),
];

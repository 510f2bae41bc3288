import type { KnownBlock, View } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, confirm, context, divider, modal, section } from '../../../slack/blocks.ts';
import { count, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../../slack/text.ts';
import type { JourneyStep } from '../content.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import type { GreetOutcome } from './greetings.ts';
import type { Progress, Stuck } from './progress.ts';

const namedInNote = 5;
const perPage = 15;

/** Newcomers for a facilitator: a few by name, many as a number. */
export function arrivalsNote(newcomers: readonly Person[], { isReminder = false } = {}): Message {
  const many = newcomers.length;
  const intro = isReminder
    ? mrkdwn`*Nobody has said hello yet* to ${count(many, 'newcomer', 'newcomers')}. A line from a human makes a first week. I will not remind you again.`
    : mrkdwn`*${count(many, 'person has', 'people have')} joined* and agreed to the community agreement. A line from a human makes a first week.`;
  const one = newcomers.length <= namedInNote;
  return {
    text: isReminder ? 'Somebody new is waiting for a hello.' : 'Somebody new has joined.',
    blocks: [
      section(intro),
      ...(one
        ? newcomers.map((person) =>
            section(
              mention(person.slackId),
              button('Say hello', ids.greet, {
                value: person.id,
                label: `Say hello to ${person.displayName}`,
              }),
            ),
          )
        : [actions([button('See who they are', ids.arrivals, { style: 'primary' })])]),
      context(
        mrkdwn`You get this as a facilitator, at most every few hours. /chatr pause holds other messages back.`,
      ),
    ],
  };
}

/** What the person who pressed "Say hello" sees. @param teamId opens the conversation where it is known. */
export function greetBlocks(
  outcome: GreetOutcome,
  about: Mrkdwn | undefined,
  teamId: string | undefined,
): KnownBlock[] {
  switch (outcome.kind) {
    case 'yours': {
      const { newcomer } = outcome;
      const url =
        teamId !== undefined && /^[UW][A-Z0-9]+$/.test(newcomer.slackId)
          ? `https://slack.com/app_redirect?channel=${newcomer.slackId}&team=${teamId}`
          : undefined;
      return [
        section(
          mrkdwn`*You are saying hello to ${mention(newcomer.slackId)}.* Colleagues see that you have taken it. Choose the name to write to them.`,
        ),
        ...(about ? [section(mrkdwn`What they told the facilitators:\n${about}`)] : []),
        actions([
          ...(url ? [button('Open our conversation', ids.link, { url, style: 'primary' })] : []),
          button('Leave it to a colleague', ids.ungreet, { value: newcomer.id }),
        ]),
      ];
    }
    case 'taken':
      return [
        section(
          mrkdwn`${mention(outcome.by.slackId)} is saying hello to ${mention(outcome.newcomer.slackId)} already.`,
        ),
      ];
    case 'gone':
      return [section(mrkdwn`There is nobody to greet here any more.`)];
    case 'not-allowed':
      return [section(mrkdwn`This is for the facilitators of their group. Nothing was changed.`)];
  }
}

export function arrivalsBlocks(newcomers: readonly Person[], page: number): KnownBlock[] {
  if (newcomers.length === 0) return [section(mrkdwn`Everybody who joined has been greeted.`)];
  const from = page * perPage;
  const shown = newcomers.slice(from, from + perPage);
  return [
    section(
      mrkdwn`*${count(newcomers.length, 'newcomer', 'newcomers')}* without a hello, who came first on top.`,
    ),
    ...shown.map((person) =>
      section(
        mention(person.slackId),
        button('Say hello', ids.greet, { value: person.id, label: `Say hello to ${person.displayName}` }),
        `greet.${person.id}`,
      ),
    ),
    ...pager(newcomers.length, page, ids.arrivalsPage),
  ];
}

function pager(total: number, page: number, actionId: string, prefix = ''): KnownBlock[] {
  const last = Math.ceil(total / perPage) - 1;
  if (last <= 0) return [];
  const turn = (to: number) => `${prefix}${to}`;
  return [
    actions([
      ...(page > 0 ? [button('Earlier', `${actionId}:back`, { value: turn(page - 1) })] : []),
      ...(page < last ? [button('More', `${actionId}:on`, { value: turn(page + 1) })] : []),
    ]),
  ];
}

const whyWords: Record<Stuck['why'], string> = {
  'not-delivered': 'a message did not reach them',
  deactivated: 'their Slack account is switched off',
  silent: 'resting, since two steps found no answer',
};

export function progressBlocks(
  progress: Progress,
  { page = 0, groupButton }: { page?: number; groupButton?: OnboardingDeps['groupButton'] } = {},
): KnownBlock[] {
  const { cohort, members, stuck } = progress;
  const lines: [number, string][] = [
    [progress.underWay, 'under way'],
    [progress.finished, 'through the first steps'],
    // Who said no and who has not answered are one number: in a small group it would say who.
    [progress.notBegun + progress.declined, 'not taking part, or not yet'],
    [progress.resting, 'paused or stopped by choice'],
  ];
  const shown = stuck.slice(page * perPage, (page + 1) * perPage);
  return [
    section(
      mrkdwn`*First steps in ${cohort.name}*: ${count(members, 'person', 'people')}\n${joinMrkdwn(
        lines.filter(([many]) => many > 0).map(([many, words]) => mrkdwn`•  ${many} ${words}`),
        '\n',
      )}`,
    ),
    context(mrkdwn`Every step is a free choice. This page is for offering help, and nobody is compared.`),
    ...(stuck.length > 0
      ? [
          divider(),
          section(
            mrkdwn`*Where a hand may help* (${stuck.length})\nA personal word may help, and so may leaving them be.`,
          ),
          ...shown.map(({ person, why }) => section(mrkdwn`${mention(person.slackId)}: ${whyWords[why]}`)),
          ...pager(stuck.length, page, ids.progressPage, `${cohort.id}:`),
        ]
      : []),
    ...(progress.onOlderSteps > 0
      ? [
          divider(),
          section(
            mrkdwn`${count(progress.onOlderSteps, 'person follows', 'people follow')} the steps as they were when they began.`,
            button('Move them to the new steps', ids.upgrade, {
              value: cohort.id,
              confirm: confirm(
                'Move them to the new steps?',
                'What they have done stays done, and nothing is asked again. Steps that are new come from the next working day.',
                'Move them',
                'Leave them',
              ),
            }),
          ),
        ]
      : []),
    ...(groupButton ? [actions([button(groupButton.text, groupButton.actionId, { value: cohort.id })])] : []),
  ];
}

/** Which group? Shown when somebody runs several. */
export function cohortChoice(cohorts: readonly Cohort[], page: number): KnownBlock[] {
  if (cohorts.length === 0)
    return [section(mrkdwn`There is no group yet whose first steps you could see. /chatr groups makes one.`)];
  const shown = cohorts.slice(page * perPage, (page + 1) * perPage);
  return [
    ...shown.map((cohort) =>
      section(
        mrkdwn`*${cohort.name}*`,
        button('See how it goes', ids.progressCohort, { value: cohort.id }),
        `progress.${cohort.id}`,
      ),
    ),
    ...pager(cohorts.length, page, ids.progressPage, 'cohorts:'),
  ];
}

/** Every step, to be sent to oneself. */
export function previewModal(steps: readonly JourneyStep[]): View {
  return modal({
    callbackId: 'answer',
    title: 'Preview first steps',
    blocks: [
      section(
        mrkdwn`Send any of these to yourself. It arrives as newcomers get it, marked as a preview; nothing in it counts.`,
        button('Send me all of it', ids.previewAll),
        'preview.all',
      ),
      divider(),
      section(
        mrkdwn`*Welcome*`,
        button('Send to me', ids.previewStep, { value: 'welcome' }),
        'preview.welcome',
      ),
      ...steps
        .slice(0, 80)
        .map((step) =>
          section(
            mrkdwn`*${step.title}*: day ${step.day}${step.audience === 'everyone' ? '' : `, for ${step.audience}`}`,
            button('Send to me', ids.previewStep, { value: step.id, label: `Send "${step.title}" to me` }),
            `preview.${step.id}`,
          ),
        ),
    ],
  });
}

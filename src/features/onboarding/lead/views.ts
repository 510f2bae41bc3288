import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { whoSeesProgress } from '../../../community/promises.ts';
import type { Count } from '../../../community/suppress.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirm, context, divider, modal, section } from '../../../slack/blocks.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { pageOf, type Turn, turnButtons } from '../../../slack/paging.ts';
import { count, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../../slack/text.ts';
import type { JourneyStep } from '../content.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import type { GreetOutcome } from './greetings.ts';
import type { Progress, Unreached } from './progress.ts';

const namedInNote = 5;
const perPage = 15;

/** Newcomers for a facilitator: a few by name, many as a number. */
export function arrivalsNote(newcomers: readonly Person[], { isReminder = false } = {}): Message {
  const many = newcomers.length;
  const intro = isReminder
    ? mrkdwn`*A hello is still welcome* for ${count(many, 'newcomer', 'newcomers')}, if you have a minute. One line from any of you is enough; if you have said it, press “Say hello” and tell me. This is the only reminder.`
    : mrkdwn`*${count(many, 'person has', 'people have')} joined.* A few words from a person make a good start.`;
  const one = newcomers.length <= namedInNote;
  return {
    text: isReminder ? 'Somebody new is waiting for a hello.' : 'Somebody new has joined.',
    blocks: [
      section(intro),
      ...(one
        ? newcomers.map((person) => newcomerLine(person))
        : [actions([button('See who they are', ids.arrivals, { style: 'primary' })])]),
      context(
        mrkdwn`You get this as a facilitator, at most every few hours. /chatr pause holds other messages back.`,
      ),
    ],
  };
}

const newcomerLine = (person: Person, blockId?: string): KnownBlock =>
  section(
    mention(person.slackId),
    button('Say hello', ids.greet, { value: person.id, label: `Say hello to ${person.displayName}` }),
    blockId,
  );

/** One that they took on and have said nothing of yet. */
const takenLine = (person: Person): KnownBlock =>
  section(
    mrkdwn`${mention(person.slackId)}: you have taken it`,
    button('I have said hello', ids.greeted, {
      value: person.id,
      label: `I have said hello to ${person.displayName}`,
    }),
    `greet.${person.id}`,
  );

const hello = (text: string, blocks: KnownBlock[]): Answer => ({ title: 'Say hello', text, blocks });

/** What the person who pressed "Say hello" sees. @param teamId opens the conversation where it is known. */
export const greetAnswer = (
  outcome: GreetOutcome,
  about: Mrkdwn | undefined,
  teamId: string | undefined,
): Answer => hello('Say hello', greetBlocks(outcome, about, teamId));

function greetBlocks(
  outcome: GreetOutcome,
  about: Mrkdwn | undefined,
  teamId: string | undefined,
): KnownBlock[] {
  switch (outcome.kind) {
    case 'yours': {
      const { newcomer } = outcome;
      if (outcome.isDone)
        return [
          section(mrkdwn`*Thank you.* ${mention(newcomer.slackId)} has had a hello from you.`),
          actions([button('Not yet after all', ids.ungreet, { value: newcomer.id })]),
        ];
      const url =
        teamId !== undefined && /^[UW][A-Z0-9]+$/.test(newcomer.slackId)
          ? `https://slack.com/app_redirect?channel=${newcomer.slackId}&team=${teamId}`
          : undefined;
      return [
        section(
          mrkdwn`*You are saying hello to ${mention(newcomer.slackId)}.* Colleagues see that you have taken it. Choose the name to write to them. I cannot see what you write, so tell me here once you have.`,
        ),
        ...(about ? [section(mrkdwn`What they told the facilitators:\n${about}`)] : []),
        actions([
          ...(url ? [button('Open our conversation', ids.link, { url, style: 'primary' })] : []),
          button('I have said hello', ids.greeted, { value: newcomer.id }),
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

/** @param newcomer who waits again; undefined when it was not this facilitator's hello. */
export const ungreetAnswer = (newcomer: Person | undefined): Answer =>
  hello('Noted.', [
    section(
      newcomer
        ? mrkdwn`Noted: ${newcomer.displayName} still waits for a hello, from you or a colleague.`
        : mrkdwn`There was nothing of yours to leave.`,
    ),
  ]);

/** Who waits for a hello. @param wanted the page. */
export function arrivalsAnswer(
  newcomers: readonly { person: Person; isTaken: boolean }[],
  wanted: number,
): Answer {
  const { shown, ...turn } = pageOf(newcomers, wanted, perPage);
  const blocks =
    newcomers.length === 0
      ? [section(mrkdwn`Nobody waits for a hello from you.`)]
      : [
          section(
            mrkdwn`*${count(newcomers.length, 'newcomer', 'newcomers')}* without a hello, who came first on top.`,
          ),
          ...shown.map(({ person, isTaken }) =>
            isTaken ? takenLine(person) : newcomerLine(person, `greet.${person.id}`),
          ),
          ...pager(turn, ids.arrivalsPage),
        ];
  return { title: 'Newcomers', text: 'Newcomers', blocks };
}

/** @param id of a family. */
function pager(turn: Turn, id: string, value?: (page: number) => string): KnownBlock[] {
  const buttons = turnButtons(turn, {
    back: { text: 'Earlier', id: `${id}back` },
    more: { text: 'More', id: `${id}on` },
    ...(value && { value }),
  });
  return buttons.length > 0 ? [actions(buttons)] : [];
}

/** A page of the groups to choose from, or of one group. */
export const progressTurn = packed(':', { of: z.string(), page: placeNumber });
/** In the place of a group's id. */
export const allGroups = 'cohorts';
const turnOf = (of: string) => (page: number) => progressTurn.pack({ of, page });

const whyWords: Record<Unreached['why'], string> = {
  'not-delivered': 'a message did not reach them',
  deactivated: 'their Slack account is switched off',
};

/** "12 under way", "most under way"; of few nothing is said. */
const sayPart = (many: Count, words: string): Mrkdwn[] =>
  many === 'few' ? [] : [mrkdwn`•  ${many} ${words}`];

/** How a group is getting on. @param page of those whom messages do not reach. */
export function progressAnswer(
  progress: Progress,
  { page = 0, groupButton }: { page?: number; groupButton?: OnboardingDeps['groupButton'] } = {},
): Answer {
  const { cohort, members, unreached } = progress;
  const parts = [
    ...sayPart(progress.underWay, 'under way'),
    ...sayPart(progress.finished, 'through the first steps'),
    ...sayPart(progress.resting, 'resting, paused or stopped'),
    ...sayPart(progress.notTakingPart, 'not taking part, or not yet'),
  ];
  const { shown, ...turn } = pageOf(unreached, page, perPage);
  const blocks = [
    section(
      joinMrkdwn(
        [
          mrkdwn`*First steps in ${cohort.name}*: ${count(members, 'member', 'members')}`,
          ...(parts.length > 0 ? parts : [mrkdwn`Too few in each part for a number.`]),
        ],
        '\n',
      ),
    ),
    context(
      mrkdwn`${whoSeesProgress} So a line may be left out. Every step is a free choice, and nobody is compared.`,
    ),
    ...(unreached.length > 0
      ? [
          divider(),
          section(
            mrkdwn`*My messages do not reach* (${unreached.length})\nSomebody may tell them another way.`,
          ),
          ...shown.map(({ person, why }) => section(mrkdwn`${mention(person.slackId)}: ${whyWords[why]}`)),
          ...pager(turn, ids.progressPage, turnOf(cohort.id)),
        ]
      : []),
    ...(progress.hasOlderSteps
      ? [
          divider(),
          section(
            mrkdwn`Somebody follows the steps as they were when they began.`,
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
  return { title: 'First steps', text: 'First steps in a group', blocks };
}

/** Which group? Shown when somebody runs several. */
export function cohortChoice(cohorts: readonly Cohort[], wanted: number): Answer {
  const { shown, ...turn } = pageOf(cohorts, wanted, perPage);
  const blocks =
    cohorts.length === 0
      ? [section(mrkdwn`There is no group yet whose first steps you could see. /chatr groups makes one.`)]
      : [
          ...shown.map((cohort) =>
            section(
              mrkdwn`*${cohort.name}*`,
              button('See how it goes', ids.progressCohort, {
                value: cohort.id,
                label: `See how it goes: ${cohort.name}`,
              }),
              `progress.${cohort.id}`,
            ),
          ),
          ...pager(turn, ids.progressPage, turnOf(allGroups)),
        ];
  return { title: 'First steps', text: 'First steps by group', blocks };
}

export const movedAnswer: Answer = {
  title: 'First steps',
  text: 'Moved.',
  blocks: [
    section(mrkdwn`*Moved.* Whoever was under way follows the new steps now. What they had done stays done.`),
  ],
};

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
            button('Send to me', ids.previewStep, { value: step.id, label: `Send to me: "${step.title}"` }),
            `preview.${step.id}`,
          ),
        ),
    ],
  });
}

/** @param messages how many. */
export const previewSentAnswer = (messages: number): Answer => ({
  title: 'Preview first steps',
  text: 'On its way.',
  blocks: [
    section(
      mrkdwn`${count(messages, 'message is', 'messages are')} on the way to you, in our conversation. If these are quiet hours of yours, they come afterwards.`,
    ),
  ],
});

export const notForYou: Answer = {
  title: 'For facilitators',
  text: 'This is for facilitators.',
  blocks: [section(mrkdwn`This is for facilitators of the group. Nothing was changed.`)],
};

/** In App Home. @param waiting how many wait for a hello. @param unreached how many of their groups get no messages. */
export function newcomersInHome(waiting: number, unreached: number, hasGroups: boolean): KnownBlock[] {
  const missed =
    unreached === 0
      ? ''
      : ` My messages do not reach ${count(unreached, 'person', 'people')} in your groups.`;
  return [
    section(
      waiting === 0
        ? mrkdwn`*First steps of newcomers.* Nobody waits for a hello from you.${missed}`
        : mrkdwn`*First steps of newcomers.* ${count(waiting, 'person waits', 'people wait')} for a hello.${missed}`,
    ),
    actions(
      [
        ...(waiting > 0 ? [button('See who waits for a hello', ids.arrivals)] : []),
        ...(hasGroups ? [button('How groups are getting on', ids.progress)] : []),
        button('Preview first steps', ids.preview),
      ],
      'onboarding.home.lead',
    ),
  ];
}

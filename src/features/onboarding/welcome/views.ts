import type { KnownBlock, StaticSelect, View } from '@slack/types';
import { z } from 'zod';
import type { Person } from '../../../community/people.ts';
import { JOURNEY_PROMPTS_PER_WEEK } from '../../../community/reach.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirm,
  context,
  divider,
  header,
  modal,
  option,
  plain,
  section,
} from '../../../slack/blocks.ts';
import type { WindowKind } from '../../../slack/form.ts';
import { packed } from '../../../slack/packed.ts';
import {
  count,
  escapeEntities,
  joinMrkdwn,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayFullDate,
} from '../../../slack/text.ts';
import type { JourneyContent } from '../content.ts';
import { ids } from '../ids.ts';
import { type Pace, paces } from '../steps/journey.ts';
import type { JourneyView } from '../steps/journey-view.ts';
import type { JourneyStatus } from '../store.ts';

/** A greeting reads well without a name, too. */
const named = (before: string, { firstName }: Person): string =>
  firstName === undefined ? '' : `${before}${firstName}`;

/** The first message: who is speaking, which human to turn to, what is kept, and the way to say no. */
export function welcomeMessage(content: JourneyContent, person: Person, humans: readonly Person[]): Message {
  return {
    text: `Hello${escapeEntities(named(' ', person))}, this is ChATR Companion.`,
    blocks: [
      section(
        mrkdwn`*Hello${named(' ', person)}, I am ChATR Companion.*\n${lines(content.welcome.message_points)}`,
      ),
      ...(humans.length > 0 ? [section(humanLine(humans))] : []),
      section(mrkdwn`*What I keep, and why*\n${bullets(content.privacyNotice.short)}`),
      section(
        mrkdwn`Before I ask you anything else, please read how we treat each other here. It takes about ${content.agreement.minutes} minutes. ${content.agreement.optOut}`,
      ),
      actions(
        [
          button('Read the community agreement', ids.readAgreement, { style: 'primary' }),
          button('Read the full privacy notice', ids.readNotice),
        ],
        'onboarding.first',
      ),
      actions(
        [
          paceButton(paceWords(content, 'next-week'), 'next-week'),
          paceButton('No messages, thank you', 'none'),
        ],
        'onboarding.first.not-now',
      ),
      context(mrkdwn`${content.welcome.opt_out} Nothing is asked until you agree.`),
    ],
  };
}

/** At most three by name. */
export function humanLine(humans: readonly Person[]): Mrkdwn {
  const named = joinMrkdwn(
    humans.slice(0, 3).map((human) => mention(human.slackId)),
    ', ',
  );
  return humans.length === 1
    ? mrkdwn`Your facilitator is ${named}. You can write to them at any time, before agreeing to anything too.`
    : mrkdwn`Your facilitators are ${named}. You can write to them at any time, before agreeing to anything too.`;
}

/** "A step every few days", in a number: the weekly cap, which holds whatever the pace. */
export const perWeek =
  ['none', 'one', 'two', 'three'][JOURNEY_PROMPTS_PER_WEEK] ?? String(JOURNEY_PROMPTS_PER_WEEK);

/** What a button or an option for a pace carries. */
export const chosenPace = packed(':', { pace: z.enum(paces) });

const paceButton = (text: string, pace: Pace) =>
  button(text, ids.paceButton + pace, { value: chosenPace.pack({ pace }) });

const paceAsk = (content: JourneyContent) => content.welcome.asks.find((ask) => ask.id === 'pace');
export const paceLabel = (content: JourneyContent): string =>
  paceAsk(content)?.label ?? 'What pace suits you?';

/** The words of a pace, as the file has them, in the order of `paces`. */
export function paceWords(content: JourneyContent, pace: Pace): string {
  const usual: Record<Pace, string> = {
    days: 'A step every few days',
    today: 'Everything today',
    'next-week': 'Remind me next week',
    none: 'No messages, I will look when I want to',
  };
  const word = paceAsk(content)?.options?.[paces.indexOf(pace)];
  return typeof word === 'string' ? word : usual[pace];
}

export function paceSelect(content: JourneyContent, pace: Pace): StaticSelect {
  const options = paces.map((one) => option(paceWords(content, one), chosenPace.pack({ pace: one })));
  const initial = options[paces.indexOf(pace)];
  return {
    type: 'static_select',
    action_id: ids.pace,
    placeholder: plain('Choose a pace', 150),
    options,
    ...(initial && { initial_option: initial }),
  };
}

export const bullets = (points: readonly string[]): Mrkdwn =>
  joinMrkdwn(
    points.map((point) => mrkdwn`•  ${point}`),
    '\n',
  );
const lines = (points: readonly string[]): Mrkdwn =>
  joinMrkdwn(
    points.map((point) => mrkdwn`${point}`),
    '\n',
  );

export const agreementWindow: WindowKind = { id: ids.agree };

/** Closing it is "not now": nothing is recorded, and it is not asked again by message. */
export function agreementModal(content: JourneyContent, { isAgain }: { isAgain: boolean }): View {
  const { agreement } = content;
  return modal({
    callbackId: agreementWindow.id,
    title: 'How we treat each other',
    submit: 'I agree',
    close: 'Not now',
    blocks: [
      ...(isAgain ? [section(mrkdwn`*What changed*\n${bullets(agreement.changes)}`), divider()] : []),
      section(mrkdwn`*Our community agreement*`),
      // "I agree" is always in sight and "No, thank you" is not: so it is said where it is.
      context(mrkdwn`To say no, press “No, thank you” at the end. Closing this page decides nothing.`),
      ...agreement.points.map((point) => section(mrkdwn`•  ${point}`)),
      context(
        mrkdwn`Version ${agreement.version}, ${sayFullDate(agreement.dated)}. Kept when you agree: the version and the time. This is not the legal basis for handling your data; the privacy notice explains that.`,
      ),
      actions(
        [
          button('Read the full privacy notice', ids.readNotice),
          button('No, thank you', ids.decline, {
            confirm: confirm(
              'Say no?',
              isAgain
                ? 'You can still look things up. Your profile, extras and first steps are deleted now. What you wrote in your journal and check-ins is kept until you delete it. I will not ask again. You can change your mind in Home.'
                : 'You can still look things up. Only that you said no is kept. I will not ask again. You can change your mind in Home.',
              'Say no',
              'Go back',
            ),
          }),
        ],
        'onboarding.agreement.more',
      ),
    ],
  });
}

export function noticeBlocks(content: JourneyContent): KnownBlock[] {
  const { privacyNotice: notice } = content;
  return [
    ...notice.sections.flatMap((part) => [
      header(part.heading),
      ...part.text.map((text) => section(mrkdwn`${text}`)),
    ]),
    context(
      mrkdwn`Version ${notice.version}, ${sayFullDate(notice.dated)}. /chatr privacy shows it at any time.`,
    ),
  ];
}

export const noticeModal = (content: JourneyContent): View =>
  modal({ callbackId: 'answer', title: 'Privacy notice', blocks: noticeBlocks(content) });

/** The agreement has a new version. */
export function newAgreementMessage(content: JourneyContent, person: Person): Message {
  return {
    text: 'The community agreement has changed.',
    blocks: [
      section(
        mrkdwn`*The community agreement has changed*${named(', ', person)}. What is new:\n${bullets(content.agreement.changes)}`,
      ),
      actions([button('Read the community agreement', ids.readAgreement, { style: 'primary' })]),
      context(mrkdwn`I ask this once for each new version. You can also answer in Home, whenever you like.`),
    ],
  };
}

export function backNote(person: Person, humans: readonly Person[], status: JourneyStatus): Message {
  const hasBegun = status !== 'met';
  return {
    text: `Welcome back${escapeEntities(named(', ', person))}.`,
    blocks: [
      section(
        hasBegun
          ? mrkdwn`*Welcome back${named(', ', person)}.* Everything is where you left it. There is nothing you have to do.`
          : mrkdwn`*Welcome back${named(', ', person)}.* If you would like to take part, the community agreement is here to read.`,
      ),
      ...(humans.length > 0 ? [section(humanLine(humans))] : []),
      actions([
        hasBegun
          ? button('See my first steps', ids.allSteps)
          : button('Read the community agreement', ids.readAgreement),
      ]),
      context(mrkdwn`Fewer messages? /chatr pause stops them all until you start again.`),
    ],
  };
}

/** @param hadBegun they had agreed before: what they wrote since is theirs, and stays until they delete it. */
export const declinedAnswer = (hadBegun: boolean): Answer => ({
  title: 'Thank you',
  text: 'That is fine.',
  blocks: [
    section(
      hadBegun
        ? mrkdwn`*That is fine.* Your profile, extras and first steps are deleted, and I do not ask again. What you wrote before is kept: you can read and delete your journal with /chatr journal, and /chatr privacy shows what else there is. You can still look things up.`
        : mrkdwn`*That is fine.* I keep only that you said no, so that I do not ask again. You can still look things up: try /chatr find and a few words.`,
    ),
    context(mrkdwn`If you change your mind, the agreement is in Home, under settings.`),
  ],
});

/** The receipt for agreeing, which stays in the conversation: what was kept, what comes, and the ways out. */
export function agreedMessage(content: JourneyContent, view: JourneyView): Message {
  const { journey, steps } = view;
  return {
    text: 'Thank you for agreeing to take part.',
    blocks: [
      section(
        mrkdwn`*Thank you.* Kept: that you agreed to version ${content.agreement.version} of the community agreement, and when.`,
      ),
      section(
        mrkdwn`There are ${count(steps.length, 'first step', 'first steps')}, a few minutes each, all of them free to skip. At most ${perWeek} a week come by message.`,
      ),
      actions([
        button('Fill in my profile', ids.editProfile, { style: 'primary' }),
        button('See my first steps', ids.allSteps),
      ]),
      section(mrkdwn`*${paceLabel(content)}*`, paceSelect(content, journey.pace)),
      context(
        mrkdwn`Fewer messages? /chatr pause stops them all until you start again. Changed your mind? /chatr leave.`,
      ),
    ],
  };
}

export const alreadyAgreedModal = (content: JourneyContent): View =>
  modal({
    callbackId: 'answer',
    title: 'How we treat each other',
    blocks: [
      section(mrkdwn`*You have agreed to this.* Thank you. Changed your mind? /chatr leave.`),
      ...content.agreement.points.map((point) => section(mrkdwn`•  ${point}`)),
      context(mrkdwn`Version ${content.agreement.version}, ${sayFullDate(content.agreement.dated)}.`),
    ],
  });

export const notYetAnswer: Answer = {
  title: 'First things first',
  text: 'Please read the community agreement first.',
  blocks: [
    section(mrkdwn`Nothing personal is kept before you have read the community agreement and said yes.`),
    actions([button('Read the community agreement', ids.readAgreement, { style: 'primary' })]),
  ],
};

/** In App Home, before they have answered. */
export const welcomeInHome = (content: JourneyContent, humans: readonly Person[]): KnownBlock[] => [
  section(mrkdwn`*I am ChATR Companion.* ${content.welcome.message_points[0] ?? ''}`),
  ...(humans.length > 0 ? [section(humanLine(humans))] : []),
  section(mrkdwn`*What I keep, and why*\n${bullets(content.privacyNotice.short)}`),
  actions([
    button('Read the community agreement', ids.readAgreement, { style: 'primary' }),
    button('Read the full privacy notice', ids.readNotice),
  ]),
  context(mrkdwn`You can look things up without agreeing.`),
];

/** In App Home, while a new version waits for an answer. */
export const newAgreementInHome = ({ agreement }: JourneyContent): KnownBlock[] => [
  section(
    mrkdwn`*The community agreement has changed.* What is new:\n${bullets(agreement.changes)}`,
    button('Read the agreement', ids.readAgreement),
  ),
];

/** In App Home's settings, for whoever said no. */
export const declinedInHome = (): KnownBlock[] => [
  section(
    mrkdwn`*Taking part.* You said no to the community agreement, so nothing new about you is kept. You can still look things up.`,
    button('Read the agreement', ids.readAgreement),
  ),
];

import type { Button, KnownBlock, StaticSelect, View } from '@slack/types';
import { z } from 'zod';
import { ruleOf } from '../../../community/messages.ts';
import type { Person } from '../../../community/people.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirm,
  confirmLoss,
  context,
  divider,
  header,
  inert,
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

/** Whoever runs groups is told what there is for them, and everybody else whom they can turn to. */
export type Welcomed = { runsGroups: boolean; humans: readonly Person[] };

/** The first message: who is speaking, which human to turn to, what is kept, and the way to say no. About 60 words. */
export function welcomeMessage(
  content: JourneyContent,
  person: Person,
  humans: readonly Person[],
  { runsGroups = false, isPreview = false, beginsAnew = false } = {},
): Message {
  const welcome = welcomeItself(content, person, humans, runsGroups);
  if (beginsAnew) return { ...welcome, blocks: [beginsAnewLine, ...welcome.blocks] };
  if (!isPreview) return welcome;
  return {
    text: `Preview: ${welcome.text}`,
    blocks: [previewLine(' of the first message'), ...inert(welcome.blocks, ids.previewedPart)],
  };
}

/** To somebody who had everything deleted, and turns to the bot again. */
const beginsAnewLine: KnownBlock = context(
  mrkdwn`Everything I kept about you before is deleted, as you asked: from here on you begin as somebody new.`,
);

/** Stands above whatever facilitators send themselves to look at. */
export const previewLine = (what: string): KnownBlock =>
  context(mrkdwn`Preview${what}. Nothing here counts, and its buttons do nothing.`);

function welcomeItself(
  content: JourneyContent,
  person: Person,
  humans: readonly Person[],
  runsGroups: boolean,
): Message {
  return {
    text: `Hello${escapeEntities(named(' ', person))}, this is ChATR Companion.`,
    blocks: [
      ...whoIAm(content, { runsGroups, humans }, mrkdwn`*Hello${named(' ', person)}, I am ChATR Companion.*`),
      agreementDoors('onboarding.first'),
      actions(
        [
          ...(runsGroups ? [button('Preview first steps', ids.preview)] : []),
          paceButton(paceWords(content, 'next-week'), 'next-week'),
          noMessages(),
        ],
        'onboarding.first.not-now',
      ),
      context(mrkdwn`Nothing is asked until you agree. ${content.welcome.opt_out}`),
    ],
  };
}

/** Where it is asked for in a message, which opens no window. */
export const agreementHere = (): Answer => ({
  title: 'Agreement',
  text: 'The community agreement is here to read.',
  blocks: [
    section(mrkdwn`*The community agreement is here to read and to answer*, and in Home as well.`),
    agreementDoors('onboarding.asked'),
  ],
});

/** The welcome once more, as they asked: what was said before is not said again. */
export const welcomeAgainMessage = (content: JourneyContent): Message => ({
  text: 'The community agreement is here to read.',
  blocks: [
    section(
      mrkdwn`*The community agreement is here to read*, as you asked. It takes about ${count(content.agreement.minutes, 'minute', 'minutes')}, and is in Home as well.`,
    ),
    agreementDoors('onboarding.again'),
    actions([noMessages()], 'onboarding.again.not-now'),
    context(mrkdwn`I do not ask again.`),
  ],
});

/**
 * What stands in the place of the welcome once somebody has answered it: what they were told stays; the greeting and what
 * asked for an answer go. Whoever said no finds the way back where they said it.
 */
export const answeredWelcome = (
  content: JourneyContent,
  welcomed: Welcomed,
  said: 'agreed' | 'declined',
): Message => ({
  text: 'You have answered the community agreement.',
  blocks: [
    ...whoIAm(content, welcomed),
    context(
      said === 'agreed'
        ? mrkdwn`You have agreed to the community agreement. It is in Home, under settings.`
        : mrkdwn`You said no to the community agreement, and I do not ask again. ${wayBack}`,
    ),
    actions(
      [
        ...(said === 'agreed' ? [] : [agreementButton()]),
        button('Read the full privacy notice', ids.readNotice),
      ],
      'onboarding.answered',
    ),
  ],
});

/** For whoever said no, wherever that is said. */
const wayBack = 'Should you change your mind, the agreement is here, and in Home under settings.';
const agreementButton = () => button('Read the agreement', ids.readAgreement);

/** What stands in the place of the welcome that came once more. */
export const answeredAgain = ({ agreement }: JourneyContent, said: 'agreed' | 'declined'): Message => ({
  text: 'You have answered the community agreement.',
  blocks: [
    section(
      said === 'agreed'
        ? mrkdwn`You have agreed to the community agreement, version ${agreement.version}. Thank you.`
        : mrkdwn`You said no to the community agreement. That is fine. ${wayBack}`,
    ),
    ...(said === 'agreed' ? [] : [actions([agreementButton()])]),
  ],
});

/** What stands in the place of a request to agree to a new version. */
export const answeredAnew = (said: 'agreed' | 'declined'): Message => ({
  text: 'You have answered the community agreement.',
  blocks: [
    section(
      said === 'agreed'
        ? mrkdwn`*The community agreement has changed*, and you have agreed to it as it is now. Thank you.`
        : mrkdwn`*The community agreement has changed*, and you said no to it. ${wayBack}`,
    ),
    ...(said === 'agreed' ? [] : [actions([agreementButton()])]),
  ],
});

const myName = mrkdwn`*I am ChATR Companion.*`;

function whoIAm(
  content: JourneyContent,
  { runsGroups, humans }: Welcomed,
  hello: Mrkdwn = myName,
): KnownBlock[] {
  const { message_points: points, for_facilitators: forFacilitators } = content.welcome;
  const said = (runsGroups ? forFacilitators : undefined) ?? points;
  return [
    section(mrkdwn`${hello} ${said.join(' ')}`),
    section(mrkdwn`*What I keep:* ${content.privacyNotice.short.join(' ')}`),
    ...(humans.length > 0 && !runsGroups ? [section(humanLine(humans))] : []),
  ];
}

const agreementDoors = (blockId?: string): KnownBlock =>
  actions(
    [
      button('Read the community agreement', ids.readAgreement, { style: 'primary' }),
      button('Read the full privacy notice', ids.readNotice),
    ],
    blockId,
  );

const noMessages = () => paceButton('No messages, thank you', 'none');
export const messagesAgain = () => paceButton('Send me messages after all', 'days');

/** At most three by name. */
export function humanLine(humans: readonly Person[]): Mrkdwn {
  const named = joinMrkdwn(
    humans.slice(0, 3).map((human) => mention(human.slackId)),
    ', ',
  );
  return humans.length === 1
    ? mrkdwn`Your facilitator is ${named}.`
    : mrkdwn`Your facilitators are ${named}.`;
}

/** Who their facilitators are, for whoever asks. */
export const humansAnswer = (humans: readonly Person[]): Answer => ({
  text: 'Your facilitator',
  title: 'Your facilitator',
  blocks: [
    section(
      humans.length > 0
        ? mrkdwn`${humanLine(humans)} Write to them in Slack; nobody reads what is written to me.`
        : mrkdwn`*Nobody is named as your facilitator yet.* Please ask in the channel where you heard of me.`,
    ),
  ],
});

/** "A step every few days", in a number: the weekly cap, which holds whatever the pace. */
export const perWeek = ['no', 'one', 'two', 'three'][ruleOf('onboarding.step').placesPerWeek ?? 0] ?? 'some';

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
      section(
        mrkdwn`*Our community agreement*\nAbout ${count(agreement.minutes, 'minute', 'minutes')} to read. You can say yes or no below it; closing this page decides nothing.`,
      ),
      ...(isAgain ? [section(mrkdwn`*What changed*\n${bullets(agreement.changes)}`), divider()] : []),
      ...agreement.points.map((point) => section(mrkdwn`•  ${point}`)),
      context(
        mrkdwn`Version ${agreement.version}, ${sayFullDate(agreement.dated)}. Kept when you agree: the version and the time. This is not the legal basis for handling your data; the privacy notice explains that.`,
      ),
      actions([button('Read the full privacy notice', ids.readNotice)], 'onboarding.agreement.more'),
      // Last, so that no stands beside the window's own yes and not now, and each comes after the text.
      actions([noButton(isAgain)], 'onboarding.agreement.no'),
    ],
  });
}

const noButton = (isAgain: boolean): Button =>
  button('No, thank you', ids.decline, {
    // Nothing is lost by a first no.
    confirm: (isAgain ? confirmLoss : confirm)(
      'Say no?',
      isAgain
        ? 'You can still look things up. Your profile, extras and first steps are deleted now. What you wrote in your journal and check-ins is kept until you delete it. I will not ask again. You can change your mind in Home.'
        : 'You can still look things up. I keep that you said no, with your name and id from Slack, and nothing that you write. I will not ask again. You can change your mind in Home.',
      'Say no',
      'Go back',
    ),
  });

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
        : mrkdwn`*That is fine.* I keep that you said no, with your name and id from Slack, so that I do not ask again; nothing that you write is kept. You can still look things up: try /chatr find and a few words.`,
    ),
    context(mrkdwn`${wayBack}`),
    actions([agreementButton()]),
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
        mrkdwn`There are ${count(steps.length, 'first step', 'first steps')}, a few minutes each, all of them free to skip. ${journey.pace === 'none' ? 'You wanted no messages, so they are in Home.' : `At most ${perWeek} a week come by message.`}`,
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
export const welcomeInHome = (content: JourneyContent, welcomed: Welcomed): KnownBlock[] => [
  ...whoIAm(content, welcomed),
  agreementDoors(),
  context(mrkdwn`${content.agreement.optOut}`),
];

/** In App Home, while a new version waits for an answer. */
export const newAgreementInHome = ({ agreement }: JourneyContent): KnownBlock[] => [
  section(
    mrkdwn`*The community agreement has changed.* What is new:\n${bullets(agreement.changes)}`,
    agreementButton(),
  ),
];

/** In App Home's settings, for whoever said no. */
export const declinedInHome = (): KnownBlock[] => [
  section(
    mrkdwn`*Taking part.* You said no to the community agreement, so I keep that, with your name and id from Slack, and nothing that you write from then on. You can still look things up.`,
    agreementButton(),
  ),
];

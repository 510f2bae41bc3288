import type { KnownBlock, View } from '@slack/types';
import type { Preferences } from '../../community/preferences.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, context, modal, option, section } from '../../slack/blocks.ts';
import { ids as commands } from '../../slack/commands.ts';
import { date, form, oneOf, ticked, time } from '../../slack/form.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn, sayDate } from '../../slack/text.ts';
import type { Because } from './away-date.ts';
import { ids } from './ids.ts';

/** With its year where that is not this one. */
const sayLastDay = (date: string, today: string): string =>
  date.slice(0, 4) === today.slice(0, 4) ? sayDate(date) : `${sayDate(date)} ${date.slice(0, 4)}`;

/** @param today local date; a day away that is over is not mentioned. */
const saidNo = mrkdwn`*You did not agree to the community agreement,* so I ask you nothing, and remind you of nothing. You can agree from App Home.`;

/** What is sent to somebody; whoever said no to the community agreement is asked nothing, whatever they chose. */
export type Standing = Preferences & { hasSaidNo?: boolean };

export function summary(preferences: Standing, today: string): Mrkdwn {
  const { isPaused, wantsMessages, awayUntil, quietFrom, quietUntil, wantsReminders } = preferences;
  return joinMrkdwn(
    [
      preferences.hasSaidNo
        ? saidNo
        : !wantsMessages
          ? mrkdwn`No messages: I send you nothing unasked, and no check-in asks you.`
          : isPaused
            ? mrkdwn`Paused: I send you nothing unasked until you start again.`
            : mrkdwn`Messages can come on working days between ${quietUntil} and ${quietFrom}${quietFrom < quietUntil ? ' the next morning' : ''}, and at no other time. Reminders are ${wantsReminders ? 'on, at most one each; of a session two' : 'off'}.`,
      awayUntil !== undefined &&
        awayUntil >= today &&
        mrkdwn`Away up to and including ${sayLastDay(awayUntil, today)}.`,
    ],
    '\n',
  );
}

const bothTimes = 'Please choose both times, for example 18:00 and 09:00.';

export const settingsForm = form(ids.save, {
  title: 'My messages',
  submit: 'Save my choices',
  fields: {
    messages: oneOf('Messages', {
      of: [
        option('Send me messages', 'send'),
        option('Pause all messages', 'pause', 'Until you start them again. Home has everything.'),
        option('No messages', 'none', 'Check-ins do not ask you either. Everything is in Home.'),
      ],
      radio: true,
      missing: 'Please choose one.',
    }),
    quietFrom: time('Quiet from', {
      hint: 'In your own time zone. Weekends and bank holidays are always quiet.',
      missing: bothTimes,
    }),
    quietUntil: time('Quiet until', {
      hint: 'From this time on messages can come. From 18:00 until 09:00 leaves 09:00 to 18:00.',
      missing: bothTimes,
    }),
    reminders: ticked('Reminders', { yes: 'Remind me, at most once each' }),
    awayUntil: date('Away until', {
      hint: 'The last day away. I am quiet on that day too.',
      empty: 'Not away',
    }),
  },
});

export function settingsModal(preferences: Preferences, today: string): View {
  const { isPaused, wantsMessages, quietFrom, quietUntil, wantsReminders, awayUntil } = preferences;
  return settingsForm.view({
    above: [section(mrkdwn`This is about what I send you without being asked. Nobody else sees it.`)],
    initial: {
      messages: wantsMessages ? (isPaused ? 'pause' : 'send') : 'none',
      quietFrom,
      quietUntil,
      reminders: wantsReminders,
      awayUntil: awayUntil !== undefined && awayUntil >= today ? awayUntil : undefined,
    },
  });
}

export const savedAnswer = (preferences: Standing, today: string): Answer => ({
  title: 'My messages',
  text: 'Your message settings are saved.',
  blocks: [
    section(mrkdwn`*Saved.* ${summary(preferences, today)}`),
    actions([button('Change them', ids.open)]),
  ],
});

export const savedModal = (preferences: Standing, today: string): View =>
  modal({
    callbackId: 'answer',
    title: 'My messages',
    blocks: [
      section(mrkdwn`*Saved.* ${summary(preferences, today)}`),
      context(mrkdwn`You can change this in Home, or with /chatr settings.`),
    ],
  });

export const pausedAnswer = (): Answer => ({
  title: 'Paused',
  text: 'All messages are paused.',
  blocks: [
    section(
      mrkdwn`*All messages are paused.* What would have come waits until you start again; what is only for a certain time may pass. You can use everything as before.`,
    ),
    actions([button('Start messages again', ids.start)]),
  ],
});

/** @param hadStopped whether it changed anything. */
export function startedAnswer(
  preferences: Preferences,
  { hadStopped, today }: { hadStopped: boolean; today: string },
): Answer {
  const { awayUntil } = preferences;
  if (awayUntil !== undefined && awayUntil >= today) {
    const day = sayLastDay(awayUntil, today);
    const lead = hadStopped
      ? mrkdwn`*Messages are on again, but you are away* up to and including ${day}.`
      : mrkdwn`*You are away* up to and including ${day}, and nothing was changed.`;
    return {
      title: 'Away',
      text: 'You are away.',
      blocks: [
        section(
          mrkdwn`${lead} Until then I send nothing: what would have come waits; what is only for a certain time may pass. Back already? Press \u201cI am back\u201d, or write /chatr away off.`,
        ),
        actions([button('I am back', ids.back), button('Change them', ids.open)]),
      ],
    };
  }
  const lead = hadStopped
    ? mrkdwn`*Messages are on again.*`
    : mrkdwn`*Messages are on already,* and nothing was changed.`;
  return {
    title: hadStopped ? 'Started' : 'My messages',
    text: hadStopped ? 'Messages are on again.' : 'Messages are on already.',
    blocks: [
      section(mrkdwn`${lead} ${summary(preferences, today)}`),
      actions([
        button(hadStopped ? 'Pause again' : 'Pause all messages', ids.pause),
        button('Change them', ids.open),
      ]),
    ],
  };
}

/** To whoever would start messages, and said no. */
export const declinedAnswer: Answer = {
  title: 'My messages',
  text: 'You did not agree to the community agreement.',
  blocks: [section(saidNo)],
};

/** The messages are off, and "start" may mean the catalogue. */
export const startWhatAnswer = (): Answer => ({
  title: 'Start',
  text: 'Start what?',
  blocks: [
    section(mrkdwn`*Start what?* You have stopped my messages. They stay so until you start them again.`),
    actions([
      button('Start messages again', ids.start),
      button('Show where to start', `${commands.run}:start-here`, { value: 'browse start here' }),
    ]),
  ],
});

export const awayAnswer = (date: string, today: string): Answer => ({
  title: 'Away',
  text: 'You are away.',
  blocks: [
    section(
      mrkdwn`*Have a good time away.* I send nothing up to and including ${sayLastDay(date, today)}. Nobody else is told.`,
    ),
    actions([button('I am back', ids.back)]),
  ],
});

/** Whoever is back may have stopped all messages besides. */
export function backAnswer(preferences: Standing, today: string): Answer {
  const comes = preferences.wantsMessages && !preferences.isPaused && !preferences.hasSaidNo;
  return {
    title: 'Back',
    text: 'You are not away.',
    blocks: [
      section(
        mrkdwn`*Noted:* you are not away. ${comes ? mrkdwn`Messages come at your usual hours.` : summary(preferences, today)}`,
      ),
      ...(comes || preferences.hasSaidNo ? [] : [actions([button('Start messages again', ids.start)])]),
    ],
  };
}

/** Nothing was said, or nothing that is clearly a day. @param meant days it may stand for, to choose from. */
export function askAwayAnswer(
  why: 'asked' | 'unclear' | 'past' | 'too-far',
  now: Mrkdwn,
  { meant = [], because, today }: { meant?: readonly string[]; because?: Because; today: string },
): Answer {
  const [first = '', ...others] = meant.map((date) => sayLastDay(date, today));
  const orFromToday =
    first === ''
      ? mrkdwn`Which is your last day, if I am quiet from today on?`
      : mrkdwn`Shall I be quiet from today up to and including ${others.length > 0 ? 'one of these' : first}?`;
  const reason =
    because &&
    {
      later: mrkdwn`*I can only be quiet from today on, not from a later day*, so nothing was changed. You can tell me again on that day. ${orFromToday}`,
      several: mrkdwn`*I can only keep one stretch of days, from today on*, so nothing was changed. ${orFromToday}`,
      differs: mrkdwn`*Which is your last day away?* Those dates are not the same everywhere and every year, so I do not guess, and nothing was changed.`,
      endless: mrkdwn`*Until when?* Tell me your last day away, or pause all messages with /chatr pause. Nothing was changed.`,
    }[because];
  const lead =
    reason ??
    {
      asked: mrkdwn`*Which is your last day away?* I am quiet on that day too.`,
      unclear:
        first === ''
          ? mrkdwn`I could not read that as a day, and nothing was changed.`
          : others.length === 0
            ? mrkdwn`*Is ${first} your last day away?* I was not sure, and nothing was changed.`
            : mrkdwn`*Which is your last day away?* I was not sure, and nothing was changed.`,
      past: mrkdwn`That day is over, and nothing was changed.`,
      'too-far': mrkdwn`That is more than a year away. To have no messages at all, choose that in /chatr settings.`,
    }[why];
  return {
    title: 'Away',
    text: 'Away',
    blocks: [
      section(
        mrkdwn`${lead}\nFor example: /chatr away until 3 March, /chatr away 2 weeks, /chatr away back on Monday, /chatr away off.`,
      ),
      actions([
        ...meant.map((date) =>
          button(sayLastDay(date, today), `${commands.run}:away-${date}`, { value: `away until ${date}` }),
        ),
        button(meant.length > 0 ? 'Choose another day' : 'Choose a day', ids.open),
      ]),
      context(now),
    ],
  };
}

/** On top of App Home for whoever left. */
export const hasLeftInHome = (): KnownBlock[] => [
  section(
    mrkdwn`*You have left the programme.* Nothing is sent to you, and you are in no group. To come back, start messages again and ask a facilitator to add you to a group. You can look things up all the same.`,
    button('Start messages again', ids.start),
  ),
];

/** On top of App Home while nothing is sent. */
export function quietNow(preferences: Preferences, today: string): KnownBlock[] {
  const { isPaused, wantsMessages, awayUntil } = preferences;
  if (!wantsMessages)
    return [
      section(
        mrkdwn`*No messages,* as you said: I send you nothing unasked, and no check-in asks you.`,
        button('Send me messages after all', ids.start),
      ),
    ];
  if (isPaused) return [section(mrkdwn`*Messages are paused.*`, button('Start messages again', ids.start))];
  if (awayUntil !== undefined && awayUntil >= today)
    return [
      section(
        mrkdwn`*You are away* up to and including ${sayLastDay(awayUntil, today)}.`,
        button('I am back', ids.back),
      ),
    ];
  return [];
}

/** Whoever said no to the community agreement has nothing to pause. */
export const settingsOfDeclined = (): KnownBlock[] => [
  section(mrkdwn`*My messages.* I ask you nothing, and remind you of nothing.`),
  actions(
    [button('What is kept about me', ids.privacy), button('Leave the programme', ids.leave)],
    'preferences.home',
  ),
];

/** @param hasLeft whoever left starts again on top of the page, and has nothing to leave. */
export const settingsBlocks = (preferences: Preferences, today: string, hasLeft = false): KnownBlock[] => [
  section(mrkdwn`*My messages.* ${summary(preferences, today)}`, button('Change my messages', ids.open)),
  actions(
    [
      ...(hasLeft
        ? []
        : [
            preferences.isPaused || !preferences.wantsMessages
              ? button('Start messages again', ids.start)
              : button('Pause all messages', ids.pause),
          ]),
      button('What is kept about me', ids.privacy),
      ...(hasLeft ? [] : [button('Leave the programme', ids.leave)]),
    ],
    'preferences.home',
  ),
];

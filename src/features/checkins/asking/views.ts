import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { sayTally, type Tally } from '../../../community/suppress.ts';
import { inWords } from '../../../lib/numbers.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { localTime as clockTime, localDate } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, option, overflow, section } from '../../../slack/blocks.ts';
import { packed } from '../../../slack/packed.ts';
import {
  endTime,
  escapeEntities,
  joinMrkdwn,
  localTime,
  mrkdwn,
  sayDate,
  sayDay,
  sayEnd,
  sayTime,
} from '../../../slack/text.ts';
import type { Definition } from '../content.ts';
import { ids } from '../ids.ts';
import { ledChoice, type What } from '../leading/carried.ts';
import type { DatedSession } from '../sessions.ts';
import type { CheckIn, Round } from '../store.ts';
import { said } from '../views.ts';
import { privacySentence, sayMinutes, someNotAsked } from '../words.ts';

/** What the menu of a prompt can do. */
export const promptChoice = packed('|', {
  what: z.enum(['tomorrow', 'stop', 'no-reminders']),
  roundId: z.string(),
});

type Prompted = Pick<Round, 'id' | 'closesAt'> & {
  definition: Definition;
  /** Which of several it is, where the check-in repeats. */
  occasion?: string | undefined;
  /** They have had a prompt of this check-in before: what it is for, and who sees it, was said then. */
  isKnown?: boolean;
  /** Only those are asked who said that they want it. */
  asksFirst?: boolean | undefined;
  /** What it asks about. */
  session?: Pick<DatedSession, 'title' | 'startsAt'> | undefined;
};

const called = ({ label }: Definition, occasion: string | undefined): string =>
  occasion === undefined ? label : `${label}, ${occasion}`;

/** The notification stays bland: phones show it on locked screens. */
const promptText = 'Your check-in is ready';

export function promptMessage(round: Prompted, cohortName: string, zone: string): Message {
  return { text: promptText, blocks: promptBlocks(round, cohortName, zone, 'prompt') };
}

export function reminderMessage(round: Prompted, cohortName: string, zone: string): Message {
  return {
    text: 'Your check-in is still open',
    blocks: promptBlocks(round, cohortName, zone, 'reminder'),
  };
}

/**
 * Bland as a notification. The same button that answers puts what was begun into the journal once it is too late.
 * @param goesOn the local date on which it is deleted.
 */
export const unfinishedNote = ({ id, definition: { label } }: Round, goesOn: string): Message => ({
  text: 'Something you began is still here',
  blocks: [
    section(
      mrkdwn`*${label}* has closed, and what you began was not sent. Only you can see it. I delete it on ${sayDate(goesOn)}; put it into your journal if you would like to keep it or take a copy.`,
    ),
    actions([
      button('Put it into my journal', ids.answer, { value: id, label: `Put it into my journal: ${label}` }),
    ]),
  ],
});

/** In its place once that day has come. @param goneOn the local date. */
export const unfinishedGoneNote = ({ definition: { label } }: Round, goneOn: string): Message => ({
  text: 'Something you began was deleted',
  blocks: [
    section(
      mrkdwn`*${label}* had closed, and what you began was not sent. It was deleted on ${sayDate(goneOn)}, as I said here.`,
    ),
  ],
});

export function laterMessage(round: Prompted, cohortName: string, zone: string): Message {
  return { text: promptText, blocks: promptBlocks(round, cohortName, zone, 'later') };
}

const moreOf = (roundId: string) =>
  overflow(ids.more, [
    option('Ask me tomorrow', promptChoice.pack({ what: 'tomorrow', roundId })),
    option('Stop this check-in for me', promptChoice.pack({ what: 'stop', roundId })),
    option('No reminders, please', promptChoice.pack({ what: 'no-reminders', roundId })),
  ]);

/**
 * Why, how long, who sees it, until when; one primary button, two plain ones, the rest in a menu. Whoever knows the
 * check-in reads less: who sees it is said again on the screen where people write.
 */
function promptBlocks(
  { id, closesAt, definition, occasion, isKnown = false, asksFirst = false, session }: Prompted,
  cohortName: string,
  zone: string,
  opening: 'prompt' | 'reminder' | 'later',
): KnownBlock[] {
  const { label, purpose, minutes } = definition;
  const until = closesAt && mrkdwn`open until ${endTime(closesAt, zone)}`;
  const title = mrkdwn`*${called(definition, occasion)}*`;
  const lead = {
    prompt: isKnown ? title : mrkdwn`${title}\n${purpose}`,
    reminder: mrkdwn`${title} is still open, if you would like to answer. This is the only reminder.`,
    later: mrkdwn`${title}: here it is again, as you asked.`,
  }[opening];
  return [
    section(
      joinMrkdwn(
        [
          lead,
          session &&
            mrkdwn`About “${session.title}” on ${sayDay(session.startsAt, zone)}, if you were there.`,
        ],
        '\n',
      ),
    ),
    context(
      joinMrkdwn([mrkdwn`Takes ${sayMinutes(minutes)}`, until], ' · '),
      ...(opening === 'prompt' && !isKnown ? [mrkdwn`${privacySentence(definition)}`] : []),
    ),
    actions([
      button('Answer', ids.answer, { value: id, style: 'primary', label: `Answer: ${label}` }),
      button('Later today', ids.later, { value: id, label: `Later today: ${label}` }),
      button('Skip this one', ids.skip, { value: id, label: `Skip this one: ${label}` }),
      moreOf(id),
    ]),
    context(
      mrkdwn`${asksFirst ? 'For those who want it' : 'Asked of everyone'} in ${cohortName}. Fewer messages? See the ⋯ menu.`,
    ),
  ];
}

// What stands in the place of a prompt once somebody has done something about it.

export const skippedAnswer = ({ id, definition }: Round): Answer =>
  said(`Skipped: ${definition.label}. You will hear no more about this one.`, {
    text: 'Skipped',
    next: { text: 'Answer after all', id: ids.answer, value: id },
  });

/** It may still be answered, and all that the prompt offered can still be done. */
function stillOpen(round: Round, words: string, text: string): Answer {
  const { id, definition } = round;
  return {
    title: 'Check-in',
    text,
    blocks: [
      section(mrkdwn`${words}`),
      actions([
        button('Answer now', ids.answer, { value: id, label: `Answer now: ${definition.label}` }),
        button('Skip this one', ids.skip, { value: id, label: `Skip this one: ${definition.label}` }),
        moreOf(id),
      ]),
    ],
  };
}

const answerNow = ({ id }: Round) => ({ text: 'Answer now', id: ids.answer, value: id });

export const putOffAnswer = (round: Round, until: Date, { zone, now }: { zone: string; now: Date }): Answer =>
  stillOpen(
    round,
    `“${round.definition.label}” comes back ${sayWhenSoon(until, zone, now)}. You can answer sooner if you like.`,
    'Put off',
  );

export const noTimeLeft = (round: Round, closesAt: Date, zone: string): Answer =>
  stillOpen(
    round,
    `“${round.definition.label}” closes ${sayEnd(closesAt, zone)}, so I will not write to you about it again. It stays open until then.`,
    'Still open',
  );

export function thankYou({ id, definition }: Round, occasion: string | undefined): Message {
  const name = called(definition, occasion);
  return said(`Thank you, you have answered ${name}${/[.?!]$/.test(name) ? '' : '.'}`, {
    text: 'Thank you for answering',
    next: definition.mode === 'group' ? undefined : { text: 'See my answers', id: ids.mine, value: id },
  });
}

/** The end of a prompt: one quiet line that asks for nothing, as several of them may stand in a row. */
export function overLine(
  { definition }: Round,
  why: 'closed' | 'cancelled' | 'archived' | 'left' | 'declined' | 'reader',
  occasion: string | undefined,
): Answer {
  const what = {
    closed: 'closed',
    cancelled: 'called off',
    archived: 'the group has ended',
    left: 'for a group you are not in any more',
    declined: 'for those who take part',
    reader: 'you can read its results now, so you are not asked',
  }[why];
  const line = `${called(definition, occasion)} · ${what}`;
  return { text: escapeEntities(line), blocks: [context(mrkdwn`${line}`)] };
}

/** Whoever runs the group said that they answered on paper. They may be wrong. */
export const onPaperLine = (round: Round): Answer =>
  said(
    `“${round.definition.label}”: those who run your group noted that you answered it on paper, so I do not ask again.`,
    { text: 'You answered on paper', next: { ...answerNow(round), text: 'I have not: answer here' } },
  );

export const answersDeleted = (round: Round): Answer =>
  said(`Your answers to “${round.definition.label}” are deleted.`, {
    text: 'Your answers are deleted',
    next: { ...answerNow(round), text: 'Answer again' },
  });

/** The day is said where it is another one. */
const sayWhenSoon = (at: Date, zone: string, now: Date): string =>
  localDate(at, zone) === localDate(now, zone)
    ? `today at ${clockTime(at, zone)}`
    : `on ${sayTime(at, zone)}`;

// Beside it.

export const remindersOff = (): Answer =>
  said('You get no reminders any more. Prompts still come once each.', {
    text: 'No more reminders',
    title: 'Reminders',
    next: { text: 'Send reminders again', id: ids.allowReminders, value: 'on' },
  });

export const remindersOn = (): Answer =>
  said('Reminders are on again: at most one for each check-in.', {
    text: 'Reminders are on',
    title: 'Reminders',
  });

export const stoppedAnswer = ({ checkinId, definition }: Round): Answer =>
  said(
    `You will not be asked for “${definition.label}” in this group again. What you answered before is kept as it was.`,
    { text: 'Stopped for you', next: { text: 'Ask me again', id: ids.resume, value: checkinId } },
  );

export const askedAgain = (): Answer =>
  said('You are asked again.', {
    text: 'You are asked again',
    title: 'ChATR Companion',
  });

// Notes to those who run the group.

const whyThisNote = 'You get this note because you run this group.';

/** @param isShown whether there is anything to see. @param comesAgain whether another round is to come. */
export function closedNote(
  { id, definition, wasCrowded }: Round,
  cohortName: string,
  {
    occasion,
    tally,
    isShown,
    comesAgain,
  }: { occasion: string | undefined; tally: Tally; isShown: boolean; comesAgain: boolean },
): Message {
  return {
    text: 'A check-in has closed',
    blocks: [
      section(
        mrkdwn`*${called(definition, occasion)}* in ${cohortName} has closed. ${sayTally(tally, definition.smallest)}${wasCrowded ? ` ${someNotAsked}` : ''}${!isShown && comesAgain ? ' I say this once, until a round of it can be shown.' : ''}`,
      ),
      ...(isShown ? [actions([button('See results', ids.results, { value: id, style: 'primary' })])] : []),
      context(mrkdwn`${whyThisNote} To have fewer, pause or end it in \`/chatr checkin list\`.`),
    ],
  };
}

export const tooSmallNote = ({ definition }: Round, cohortName: string): Message => ({
  text: 'A check-in has closed',
  blocks: [
    section(
      mrkdwn`*${definition.label}* in ${cohortName} has closed. Fewer than ${inWords(definition.smallest)} people there can answer it, so nothing of their answers can be shown: it would say who said what. That stays so while the group is this small, and I do not say it again. To end it: \`/chatr checkin list\`.`,
    ),
    context(mrkdwn`${whyThisNote}`),
  ],
});

/** @param missed when each was due, the first first. @param nextAt when people are asked the next time. */
export function missedNote(
  { definition }: CheckIn,
  { missed, nextAt, zone }: { missed: readonly Date[]; nextAt: Date | undefined; zone: string },
): Message {
  const first = missed[0] ? sayTime(missed[0], zone) : '';
  const when =
    missed.length === 1
      ? mrkdwn`The one of ${first} did not go out`
      : mrkdwn`${missed.length} of them, the first of ${first}, did not go out`;
  const next = nextAt
    ? mrkdwn`The next one is on ${sayTime(nextAt, zone)}.`
    : mrkdwn`No other is planned. To ask again: \`/chatr checkin new\`.`;
  return {
    text: 'A check-in did not go out',
    blocks: [
      section(
        mrkdwn`*${definition.label}*: ${when}, because I was not running and most of the time to answer had passed. Nobody was asked. ${next}`,
      ),
      context(mrkdwn`${whyThisNote}`),
    ],
  };
}

/**
 * Its session does not take place, or comes so soon that nobody could answer first. They choose what becomes of it.
 * @param session its title; undefined where it is gone. @param openUntil of one that people are asked already.
 */
export function lostNote(
  { id, definition }: Pick<CheckIn, 'id' | 'definition'>,
  {
    why,
    session,
    cohortName,
    openUntil,
    zone,
  }: {
    why: 'cancelled' | 'too-soon';
    session: string | undefined;
    cohortName: string;
    openUntil?: Date | undefined;
    zone: string;
  },
): Message {
  const title = session === undefined ? 'its session' : `“${session}”`;
  const text =
    why === 'cancelled'
      ? `The session of a check-in is cancelled`
      : `A check-in has no time left before its session`;
  const happened =
    why === 'cancelled'
      ? mrkdwn`*${definition.label}* in ${cohortName}: ${title} is cancelled.`
      : mrkdwn`*${definition.label}* in ${cohortName}: ${title} now begins too soon for anybody to answer first.`;
  const choice = (text: string, what: What) => option(text, ledChoice.pack({ what, id, page: 0 }));
  return {
    text,
    blocks: [
      section(
        openUntil
          ? mrkdwn`${happened} It stays open until ${localTime(openUntil, zone)}, as people were told. You can close it sooner under its results, or end it.`
          : mrkdwn`${happened} The check-in waits, and nobody is asked unless you say so. In the ⋯ menu you can ask all the same, choose another date or session, or end it.`,
      ),
      actions([
        button('My check-ins', ids.list, { value: '0' }),
        overflow(ids.manage, [
          ...(openUntil
            ? []
            : [
                choice('Ask all the same, at its date', 'resume'),
                choice('Choose another date', 'move'),
                choice('Choose another session', 'edit'),
              ]),
          choice('End it …', 'cancel'),
        ]),
      ]),
      context(mrkdwn`${whyThisNote}`),
    ],
  };
}

/** @param session which it asks about. @param zone of the programme. */
export const emptyNote = (
  { label }: Definition,
  cohortName: string,
  { session, zone }: { session: Prompted['session']; zone: string },
): Message => ({
  text: 'A check-in had nobody to ask',
  blocks: [
    section(
      mrkdwn`*${label}*${session ? ` (${session.title}, ${sayDay(session.startsAt, zone)})` : ''} was due in ${cohortName}, but there is nobody in the group to ask. Add people with \`/chatr groups\`.`,
    ),
    context(mrkdwn`${whyThisNote}`),
  ],
});

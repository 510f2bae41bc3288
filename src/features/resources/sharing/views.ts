import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Person } from '../../../community/people.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import {
  nobodyIsAlerted,
  type Signposts,
  supportContext,
  urgentAfterWriting,
} from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, modal, section, written } from '../../../slack/blocks.ts';
import { channel, form, paragraph, person } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { inviteMe } from '../../../slack/room.ts';
import { bold, channelMention, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../../slack/text.ts';
import type { Resource } from '../content.ts';
import { ids } from '../ids.ts';
import { notAllowed, plainAnswer } from '../views.ts';
import type { TooMuch } from './limits.ts';
import { channelPost, personNote } from './messages.ts';
import type { GoalOutcome, ShareOutcome } from './share.ts';
import type { StopOutcome, TellOutcome } from './stop.ts';

type Look = Pick<Vocabulary, 'age_groups'>;

/** In code points. It travels in the preview's metadata. */
export const longestNote = 500;

const shareWindow = {
  id: ids.share,
  carries: packedJson(
    z.object({
      resourceId: z.string(),
      doubt,
      /** It says that it cannot go where was chosen; what is chosen next takes that away. */
      hasProblem: z.boolean().default(false),
    }),
  ),
};

export const shareForm = form(shareWindow, {
  title: 'Share',
  submit: 'See a preview',
  live: ids.shareGoal,
  fields: {
    channel: channel('To a channel', {
      hint: 'Slack lists every channel; I can post in those that I have been invited to.',
    }),
    person: person('Or to a person'),
    note: paragraph('Why this one?', {
      max: longestNote,
      hint: 'A line from you. Nothing about families, please.',
    }),
  },
});

/** Where it goes is one of the two, beside the field. */
export const goalProblems = {
  none: { channel: 'Please choose a channel, or a person below.' },
  both: { person: 'Please choose either a channel or a person.' },
} as const;

type Filled = { channel?: string | undefined; person?: string | undefined; note?: string };

/** Why it cannot go where was chosen, by the field that it was chosen in. */
export type Problem = { channel: string } | { person: string };

/** @param problem stands right below what was chosen, once, however often the button is pressed. */
export const shareDialog = (
  { id, title }: Pick<Resource, 'id' | 'title'>,
  { filled, problem, ...seen }: Doubtful & { filled?: Filled; problem?: Problem | undefined } = {},
): View =>
  shareForm.view({
    ...(problem && {
      before:
        'channel' in problem
          ? { person: [section(mrkdwn`*Not yet:* ${problem.channel}`)] }
          : { note: [section(mrkdwn`*Not yet:* ${problem.person}`)] },
    }),
    ...(filled && { initial: filled }),
    carry: {
      resourceId: id,
      doubt: doubtOf(seen),
      hasProblem: problem !== undefined,
    },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('preview') }),
    above: [
      section(mrkdwn`${bold(title)}\nNothing is sent before you have seen it. Your name stands beside it.`),
      ...doubtBlocks(seen, ids.keepShared),
    ],
    below: [supportContext('at-any-time')],
  });

/** What is seen in the preview is what is sent. In units a code point can have two. */
export const previewWindow = {
  id: ids.shareNow,
  carries: packedJson(
    z.object({
      resourceId: z.string(),
      to: z.union([z.object({ channelId: z.string() }), z.object({ slackId: z.string() })]),
      note: z.string().max(2 * longestNote),
      occasion: z.string(),
    }),
  ),
};

export type Preview = ReturnType<typeof previewWindow.carries.open> & {};

/** Exactly what the others would see. */
export function previewModal(
  goal: Extract<GoalOutcome, { kind: 'channel' | 'person' }>,
  carried: Preview,
  { by, vocabulary, signposts }: { by: Person; vocabulary: Look; signposts: Signposts },
): View {
  const isChannel = goal.kind === 'channel';
  const { blocks } = isChannel
    ? channelPost(by, goal.entry, carried.note, vocabulary)
    : personNote(by, goal.entry, carried.note, vocabulary);
  const who = isChannel
    ? goal.room.kind === 'open' && goal.room.hasOutsiders
      ? mrkdwn`Everybody in ${channelMention(goal.channelId)} will see this, *people of other organisations too*:`
      : mrkdwn`Everybody in ${channelMention(goal.channelId)} will see this:`
    : mrkdwn`${mention(goal.person.slackId)} gets this from me, within the hours that they have set:`;
  return modal({
    callbackId: previewWindow.id,
    title: 'Preview',
    submit: isChannel ? 'Post it' : 'Send it',
    close: 'Not now',
    metadata: previewWindow.carries.pack(carried),
    blocks: [
      ...urgentAfterWriting(signposts, [carried.note], nobodyIsAlerted),
      section(who),
      divider(),
      ...blocks,
      divider(),
      actions([button('Change it', ids.shareAgain)]),
    ],
  });
}

export const sharingNow = (): View =>
  modal({ callbackId: 'answer', title: 'Share', blocks: [section(mrkdwn`One moment: passing it on.`)] });

export function problemWith(found: GoalOutcome): Problem | undefined {
  switch (found.kind) {
    case 'channel':
      return found.room.kind === 'open' || found.room.kind === 'not-said'
        ? undefined
        : { channel: sayNoRoom(found.room.kind) };
    case 'not-reached':
      return { person: sayNotReached };
    case 'too-much':
      return { person: sayTooMuch[found.why] };
    case 'oneself':
      return { person: 'That is you. \u201cSave\u201d in the menu keeps it for you.' };
    default:
      return undefined;
  }
}

/** Why a channel will not do, in words for beside the field. */
export function sayNoRoom(kind: 'not-in' | 'archived' | 'not-theirs'): string {
  switch (kind) {
    case 'not-in':
      return `I am not in this channel, so I cannot post there. Somebody in it can invite me: write ${inviteMe} there, then press the button again.`;
    case 'archived':
      return 'This channel is archived, so nobody can post there. Please choose another.';
    case 'not-theirs':
      return 'You can share to channels that you are in yourself. Please choose another.';
  }
}

/** The same for everybody whom it does not reach, whatever the reason. */
export const sayNotReached = 'This person does not take shares by message.';

export const sayTooMuch: Record<TooMuch, string> = {
  'same-again': 'You passed this on to them in the last seven days. Once a week is enough.',
  'many-to-one': 'You have passed five things on to them in 24 hours. More can go tomorrow.',
  many: 'You have passed twenty things on in 24 hours. More can go tomorrow.',
};

export const goneAnswer = plainAnswer(
  'Not in the catalogue',
  'The curators have just taken this out of the catalogue, so it was not shared. It may be out of date.',
);

export const declinedAnswer = plainAnswer(
  'Not shared',
  'You did not agree to the community agreement, so I do not post with your name. You can agree from App Home, or copy the link and share it yourself.',
);

/** What became of it, where that is not said in the form. */
export function sharedAnswer(
  outcome: Exclude<ShareOutcome, { kind: 'no-room' | 'not-reached' | 'oneself' | 'too-much' }>,
  note: string,
): Answer {
  const said = (text: Mrkdwn, ...more: KnownBlock[]): Answer => ({
    title: 'Share',
    text: 'Sharing a resource',
    blocks: [section(text), ...more],
  });
  const words = note === '' ? [] : [section(mrkdwn`Your line, to copy:`), ...written(note)];
  switch (outcome.kind) {
    case 'posted':
      return said(mrkdwn`*Posted* in ${channelMention(outcome.channelId)}, with your name.`);
    case 'on-its-way':
      return said(
        mrkdwn`*On its way.* ${mention(outcome.person.slackId)} gets it within the hours that they have set.`,
      );
    case 'unclear':
      return said(
        mrkdwn`*Slack did not say whether it was posted.* Please have a look in ${channelMention(outcome.channelId)}. I do not try again, so that it does not stand there twice.`,
        ...words,
      );
    case 'refused':
      return said(
        mrkdwn`*Slack did not let me post in* ${channelMention(outcome.channelId)}, and nobody has seen it. Only some people may post there, or Slack is busy.`,
        ...words,
      );
    case 'shared-before':
      return said(mrkdwn`*It was shared already* with the first press, and not a second time.`);
    case 'gone':
      return goneAnswer;
    case 'declined':
      return declinedAnswer;
    case 'not-allowed':
      return notAllowed;
  }
}

export function stoppedAnswer(outcome: StopOutcome): Answer {
  if (outcome.kind === 'not-allowed') return notAllowed;
  if (outcome.kind === 'gone')
    return plainAnswer('Shares', 'Nothing was changed: I do not know who that was.');
  const { sharer } = outcome;
  return {
    title: 'Shares',
    text: 'Shares are stopped',
    blocks: [
      section(
        mrkdwn`*Stopped.* What ${mention(sharer.slackId)} passes on does not come to you any more. I do not tell them, though they may notice that you cannot be chosen.`,
        button('Let them come again', ids.letSharesCome, { value: sharer.id }),
      ),
      context(mrkdwn`You can change this in App Home, too.`),
    ],
  };
}

export const comingAgainAnswer = plainAnswer('Shares', 'Shares come to you again.');

export function toldAnswer({ kind }: TellOutcome): Answer {
  switch (kind) {
    case 'told':
      return plainAnswer(
        'Thank you',
        'Thank you for saying so. Those who run the programme hear who sent it and when, and can speak with you. No words were copied, and I do not tell the sender.',
      );
    case 'nobody-to-tell':
      return plainAnswer(
        'Nobody was told',
        'There is nobody I could tell: please write to somebody who runs the programme, or to a workspace admin.',
      );
    case 'gone':
      return plainAnswer(
        'Nobody was told',
        'This was too long ago for me to know of it. Please write to a facilitator yourself.',
      );
  }
}

/** App Home: whose shares somebody has stopped, for them alone. */
export const stoppedSection = (sharers: readonly Person[]): KnownBlock[] =>
  sharers.length === 0
    ? []
    : [
        section(
          mrkdwn`*Shares you have stopped*\nFrom ${joinMrkdwn(
            sharers.slice(0, 20).map(({ slackId }) => mention(slackId)),
            ', ',
          )}. Only you can see this.`,
          button('Let all come again', ids.letSharesCome, { value: '' }),
        ),
      ];

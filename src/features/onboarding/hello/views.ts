import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Person } from '../../../community/people.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { context, modal, section, written } from '../../../slack/blocks.ts';
import { form, paragraph } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { channelMention, mention, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { introductionLimit, type PostOutcome } from './draft.ts';

/** Carries whether the person has seen what their words seem to hold, and what they said to it. */
export const draftWindow = { id: ids.draftIntroduction, carries: packedJson(z.object({ doubt })) };

export const draftForm = form(draftWindow, {
  title: 'Say hello',
  submit: 'See a preview',
  close: 'Not now',
  fields: {
    hello: paragraph('Your hello', {
      max: introductionLimit,
      missing: 'Please write a line, or leave it with the button below.',
      hint: 'A line or two is plenty. Nothing about families, please.',
    }),
  },
});

type DraftOptions = Doubtful & {
  forumChannel: string | undefined;
  supportBlocks?: KnownBlock[];
};

/** The person's words, theirs to change. Nothing is posted from here: a preview comes first. */
export function draftModal(text: string, { forumChannel, supportBlocks = [], ...seen }: DraftOptions): View {
  return draftForm.view({
    initial: { hello: text },
    carry: { doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('preview') }),
    above: [
      section(
        forumChannel === undefined
          ? mrkdwn`A draft for you. Nobody sees it unless you post it yourself.`
          : mrkdwn`A draft for you. It goes to ${channelMention(forumChannel)} only when you say so, on the next page.`,
      ),
      ...doubtBlocks(seen, ids.keepIntroduction),
    ],
    below: supportBlocks,
  });
}

/** In units, of which a code point can have two. */
const mostUnits = 2 * introductionLimit;

/** Carries the words that were shown. */
export const previewWindow = {
  id: ids.postIntroduction,
  carries: packedJson(z.object({ text: z.string().min(1).max(mostUnits) })),
};

/** Exactly what colleagues would see. */
export const previewModal = (text: string, forumChannel: string | undefined): View =>
  modal({
    callbackId: previewWindow.id,
    close: 'Go back',
    metadata: previewWindow.carries.pack({ text }),
    ...(forumChannel === undefined
      ? {
          title: 'Your hello',
          submit: 'Mark as done',
          blocks: [
            section(
              mrkdwn`Copy this and post it where you like. I do not post it for you, and I do not keep it.`,
            ),
            ...written(text),
          ],
        }
      : {
          title: 'Preview',
          submit: 'Post it',
          blocks: [
            section(mrkdwn`Everybody in ${channelMention(forumChannel)} will see this, with your name:`),
            ...written(text),
            context(mrkdwn`I post it once. A facilitator can take it down again if you ask.`),
          ],
        }),
  });

export function introductionPost(person: Person, text: string): Message {
  return {
    text: 'Somebody new says hello.',
    blocks: [section(mrkdwn`${mention(person.slackId)} says hello:`), ...written(text)],
  };
}

export function postedAnswer(outcome: PostOutcome, text: string): Answer {
  const say: Record<PostOutcome['kind'], KnownBlock[]> = {
    posted: [section(mrkdwn`*Posted.* Thank you for saying hello.`)],
    'to-copy': [section(mrkdwn`*Done.* I will not ask again.`)],
    refused: [
      section(
        mrkdwn`*Slack did not let me post it*, and nobody has seen it. Here it is to copy, so that you can post it yourself:`,
      ),
      ...written(text),
    ],
    unclear: [
      section(
        mrkdwn`*Slack did not say whether it was posted.* Please have a look${outcome.kind === 'unclear' ? mrkdwn` in ${channelMention(outcome.channelId)}` : ''}. If it is not there, here it is to copy, so that you can post it yourself:`,
      ),
      ...written(text),
    ],
    'posted-before': [
      section(mrkdwn`This step was done before, so nothing was posted now.`),
      ...written(text),
    ],
    'not-allowed': [
      section(mrkdwn`Please read the community agreement first; it is in Home. Here are your words to keep:`),
      ...written(text),
    ],
  };
  return { title: 'Say hello', text: 'Say hello', blocks: say[outcome.kind] };
}

export const postingModal = (): View =>
  modal({ callbackId: 'answer', title: 'Say hello', blocks: [section(mrkdwn`Posting it now.`)] });

import type { KnownBlock, View } from '@slack/types';
import type { Person } from '../../../community/people.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { describeFindings, type Finding, onlyPatterns } from '../../../safeguarding/identifiers.ts';
import {
  actions,
  button,
  context,
  input,
  modal,
  section,
  textInput,
  written,
} from '../../../slack/blocks.ts';
import { channelMention, mention, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { introductionLimit, type PostOutcome } from './draft.ts';

type DraftOptions = {
  forumChannel: string | undefined;
  /** What the check saw; then a second press keeps the words as they are. */
  findings?: readonly Finding[];
  /** Another number for each redraw, so that the field takes the new text. */
  turn?: number;
  supportBlocks?: KnownBlock[];
};

/** The person's words, theirs to change. Nothing is posted from here: a preview comes first. */
export function draftModal(
  text: string,
  { forumChannel, findings = [], turn = 0, supportBlocks = [] }: DraftOptions,
): View {
  const hasFindings = findings.length > 0;
  return modal({
    callbackId: ids.draftIntroduction,
    title: 'Say hello',
    submit: hasFindings ? 'Keep and preview' : 'See a preview',
    close: 'Not now',
    metadata: JSON.stringify({ warned: hasFindings, turn }),
    blocks: [
      section(
        forumChannel === undefined
          ? mrkdwn`A draft for you. Nobody sees it unless you post it yourself.`
          : mrkdwn`A draft for you. It goes to ${channelMention(forumChannel)} only when you say so, on the next page.`,
      ),
      ...(hasFindings
        ? [
            section(
              mrkdwn`*Please look once more.* This seems to hold ${describeFindings(findings)}. ${onlyPatterns}`,
            ),
            actions([button('Take it out', ids.maskIntroduction)], 'introduce.mask'),
          ]
        : []),
      input(
        `hello.${turn}`,
        'Your hello',
        textInput('value', { multiline: true, max: introductionLimit, initial: text }),
        {
          hint: 'A line or two is plenty. Nothing about families, please.',
        },
      ),
      ...supportBlocks,
    ],
  });
}

/** Exactly what colleagues would see. */
export function previewModal(text: string, forumChannel: string | undefined): View {
  if (forumChannel === undefined)
    return modal({
      callbackId: ids.postIntroduction,
      title: 'Your hello',
      submit: 'Mark as done',
      close: 'Go back',
      metadata: JSON.stringify({ text }),
      blocks: [
        section(
          mrkdwn`Copy this and post it where you like. I do not post it for you, and I do not keep it.`,
        ),
        ...written(text),
      ],
    });
  return modal({
    callbackId: ids.postIntroduction,
    title: 'Preview',
    submit: 'Post it',
    close: 'Go back',
    metadata: JSON.stringify({ text }),
    blocks: [
      section(mrkdwn`Everybody in ${channelMention(forumChannel)} will see this, with your name:`),
      ...written(text),
      context(mrkdwn`I post it once. A facilitator can take it down again if you ask.`),
    ],
  });
}

export function introductionPost(person: Person, text: string): Message {
  return {
    text: 'Somebody new says hello.',
    blocks: [section(mrkdwn`${mention(person.slackId)} says hello:`), ...written(text)],
  };
}

export function postedModal(outcome: PostOutcome, text: string): View {
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
  return modal({ callbackId: 'answer', title: 'Say hello', blocks: say[outcome.kind] });
}

export const postingModal = (): View =>
  modal({ callbackId: 'answer', title: 'Say hello', blocks: [section(mrkdwn`Posting it now.`)] });

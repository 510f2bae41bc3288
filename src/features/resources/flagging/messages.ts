import type { Message } from '../../../outbox/outbox.ts';
import { context, section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { toWords } from '../curating/notes.ts';

export const flagAnswers = ['changed', 'will', 'stays'] as const;
export type FlagAnswer = (typeof flagAnswers)[number];

export const answeredFlag = (
  id: string,
  label: string | undefined,
  answer: FlagAnswer,
  hasWords: boolean,
): Message => ({
  text: 'About words you flagged',
  blocks: [
    section(
      mrkdwn`*About the words that you flagged*${label === undefined ? '' : mrkdwn` in \u2018${label}\u2019`}: ${
        {
          changed: 'the curators have changed them.',
          will: 'the curators change them with the next update.',
          stays: 'the curators have looked, and they stay as they are.',
        }[answer]
      } Thank you for speaking up.`,
    ),
    ...(hasWords ? toWords(id) : []),
    context(mrkdwn`You hear this once, because you wrote to the curators.`),
  ],
});

import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { daysToAnswer } from './limits.ts';

/** Says neither which words nor which check-in: the message lies in Slack, and beside the others it would tell whose they are. */
export const askedMessage: Message = {
  text: 'A question about a report',
  blocks: [
    section(
      mrkdwn`*May a few words of yours be quoted?* Those who run your group are writing a report. You see the words first, without your name, and decide. Nobody is told if you say no.`,
    ),
    actions([button('See the words', ids.quotesOfMine, { value: 'see', style: 'primary' })], 'quote'),
    context(
      mrkdwn`About a minute; for ${daysToAnswer} days, or until the report is closed. You need not answer. To have fewer messages: Home, Your settings.`,
    ),
  ],
};

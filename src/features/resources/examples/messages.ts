import type { Button } from '@slack/types';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, context, section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { toWords } from '../curating/notes.ts';

/** Why it was not added, in words for its author. */
export const exampleReasons = {
  recognised: 'Somebody could still be recognised in it.',
  'other-subject': 'It is about something that this catalogue does not cover.',
  known: 'Something like it is in the catalogue already.',
  unclear: 'It was not clear enough to learn from without knowing the case.',
} as const;
export type ExampleReason = keyof typeof exampleReasons;

const fromCurators = context(mrkdwn`You hear this once, because you sent it to the curators.`);

/** Without its title: a message in Slack would say for good whose it was. */
export const acceptedExample: Message = {
  text: 'About what you sent to the curators',
  blocks: [
    section(
      mrkdwn`*What you sent is in the catalogue now*, without a name. Colleagues find it from now on. Thank you.`,
    ),
    fromCurators,
  ],
};

/** @param draft opens it in their journal. */
export const declinedExample = (
  id: string,
  { reason, words, draft }: { reason: ExampleReason; words: string; draft: Button },
): Message => ({
  text: 'About what you sent to the curators',
  blocks: [
    section(
      mrkdwn`*The practice example that you sent was not added this time.* ${exampleReasons[reason]} It is a draft in your journal again, to change and send once more if you like.`,
    ),
    actions([draft]),
    ...(words === '' ? [] : toWords(id)),
    fromCurators,
  ],
});

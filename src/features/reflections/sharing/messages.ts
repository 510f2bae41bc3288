import type { Button } from '@slack/types';
import type { Person } from '../../../community/people.ts';
import { whoSeesSharedReflections } from '../../../community/promises.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { mention, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';

export const noticeKey = ({ shareId, personId }: { shareId: string; personId: string }): string =>
  `reflections.shared:${shareId}:${personId}`;

/** Bland, and without a word of it: Slack keeps messages, and phones show them. @param stop of what this colleague shares. */
export const sharedNotice = (by: Person, shareId: string, stop: Button): Message => ({
  text: 'A colleague has shared something with you.',
  blocks: [
    section(mrkdwn`${mention(by.slackId)} shares a reflection with you, to read when it suits you.`),
    actions([
      button('Read it', ids.readShared, { value: shareId, label: `Read it: what ${by.displayName} shares` }),
      stop,
    ]),
    context(mrkdwn`${whoSeesSharedReflections} Fewer messages: \`/chatr settings\``),
  ],
});

export const noLongerNotice: Message = {
  text: 'Something is shared with you no longer.',
  blocks: [section(mrkdwn`A colleague had shared something here. It is shared no longer.`)],
};

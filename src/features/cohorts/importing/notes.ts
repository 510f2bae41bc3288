import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { count, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';

/** To whoever brought a list that took longer than a moment. */
export const importDoneNote = (counts: {
  added: number;
  already: number;
  waiting: number;
  waitingInNone: number;
}): Message => ({
  text: 'Your import is finished',
  blocks: [
    section(
      mrkdwn`*Your import is finished.* Added: ${counts.added}. In their group already: ${counts.already}. ${count(counts.waiting, 'person is', 'people are')} not in Slack yet and will land in their group when they join.${counts.waitingInNone > 0 ? ` Not in Slack yet, and in no group: ${counts.waitingInNone}.` : ''}`,
    ),
    actions([button('See the groups', ids.list, { value: '0' })]),
    context(mrkdwn`You get one note for each list you import, and only when it takes longer than a moment.`),
  ],
});

import type { ActionsBlockElement, KnownBlock, View } from '@slack/types';
import { type Signposts, urgentAfterWriting } from '../../safeguarding/signposts.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, modal, section } from '../../slack/blocks.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { type Body, writtenIn } from './body.ts';
import { ids } from './ids.ts';

/** Where the words came in a message, Slack opens no window; a button brings one. */
export const windowOffer = (text: string, actionId: string): Answer => ({
  text,
  blocks: [section(mrkdwn`This opens in a window that only you see.`), actions([button(text, actionId)])],
});

/** One thing said, with ways on. */
export const noticeView = (
  title: string,
  text: Mrkdwn,
  buttons: ActionsBlockElement[] = [],
  above: KnownBlock[] = [],
): View =>
  modal({
    callbackId: ids.receipt,
    title,
    blocks: [...above, section(text), ...(buttons.length > 0 ? [actions(buttons)] : [])],
  });

/** Whom to ring, where a body may be about danger. @param why as it stands below. */
export const urgentIn = (signposts: Signposts, body: Body | undefined, why?: Mrkdwn): KnownBlock[] =>
  body
    ? urgentAfterWriting(
        signposts,
        writtenIn(body).map(({ text }) => text),
        why,
      )
    : [];

/** Above a draft that was opened out of a form in which something stood. */
export const otherKept = mrkdwn`What you had just written is kept as a draft of its own: it is in your journal.`;

/** In the place of whatever would be written. */
export const declinedText = mrkdwn`You did not take up the community agreement, so nothing that you write is kept, reflections included. You can still look things up. If you change your mind, you can agree at any time in Home.`;

export const toJournal = button('My journal', ids.journal);

/** The same for what is somebody else's and what does not exist. */
export const notYoursView = (): View =>
  noticeView(
    'Not here',
    mrkdwn`That is not in your journal. It may have been saved, deleted or discarded already.`,
    [toJournal],
  );

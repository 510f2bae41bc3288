import type { Answer } from '../../slack/answer.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { escapeEntities, mrkdwn } from '../../slack/text.ts';

type Next = { text: string; id: string; value: string };

type Around = {
  title?: string;
  /** The notification; left out, the same words. */
  text?: string;
  /** The way on or back. */
  next?: Next | readonly Next[] | undefined;
};

/** One thing said. */
export const said = (words: string, { title = 'Check-in', text = words, next }: Around = {}): Answer => ({
  text: escapeEntities(text),
  title,
  blocks: [
    section(mrkdwn`${words}`),
    ...(next
      ? [actions([next].flat().map(({ text: words, id, value }) => button(words, id, { value })))]
      : []),
  ],
});

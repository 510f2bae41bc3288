import type { KnownBlock } from '@slack/types';
import { needsSomebody } from '../../../community/messages.ts';
import type { Gathered } from '../../../outbox/gathered.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { context, section } from '../../../slack/blocks.ts';
import { mrkdwn, sayDate } from '../../../slack/text.ts';

/** A message holds 50 blocks. */
const mostShown = 40;

/**
 * What needs them first, then what happened; each in one block, with its button beside it.
 * @param until the last day it tells of, `YYYY-MM-DD`.
 */
export function digestMessage(news: readonly Gathered[], until: string): Message {
  const [needs, rest] = [
    news.filter(({ kind }) => needsSomebody(kind)),
    news.filter(({ kind }) => !needsSomebody(kind)),
  ];
  const shown = [...needs, ...rest].slice(0, mostShown);
  const part = (title: string, items: readonly Gathered[]): KnownBlock[] => {
    const these = items.filter((one) => shown.includes(one));
    return these.length === 0
      ? []
      : [context(mrkdwn`${title}`), ...these.flatMap(({ message }) => inOne(message))];
  };
  return {
    text: 'Last week in your groups',
    blocks: [
      section(mrkdwn`*Last week in your groups*, up to ${sayDate(until)}`),
      ...part('What needs you', needs),
      ...part('What happened', rest),
      ...(news.length > mostShown
        ? [
            context(
              mrkdwn`And ${news.length - mostShown} more: \`/chatr checkin list\` and \`/chatr groups\` show them.`,
            ),
          ]
        : []),
      context(
        mrkdwn`You get this because you run groups, once a week, and not in a week in which nothing happened. To have fewer check-ins, pause or end them in \`/chatr checkin list\`.`,
      ),
    ],
  };
}

/** A note's words with its button beside them; why it came is said once for all. */
function inOne({ blocks }: Message): KnownBlock[] {
  const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  return blocks.flatMap((block, index): KnownBlock[] => {
    if (block.type !== 'section') return [];
    const button = buttons.find((one) => one.type === 'button');
    const isFirst = blocks.findIndex(({ type }) => type === 'section') === index;
    if (!isFirst || !button) return [block];
    const { style: _style, ...plain } = button;
    return [{ ...block, accessory: plain }];
  });
}

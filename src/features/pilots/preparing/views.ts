import type { View } from '@slack/types';
import { z } from 'zod';
import { supportContext } from '../../../safeguarding/signposts.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, modal, section } from '../../../slack/blocks.ts';
import { packed } from '../../../slack/packed.ts';
import { type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { type Checklist, itemId } from './checklist.ts';
import type { Preparing } from './prepare.ts';

/** Which line, and whether it is to be ticked; of the list last, which may be long. */
export const packedTick = packed('|', {
  item: z.string().min(1).max(20),
  to: z.enum(['1', '0']),
  list: z.string().min(1).max(80),
});

const title = 'Before a conference';

export const prepareButton = ({ id, label }: Pick<Checklist, 'id' | 'label'>) =>
  button('Prepare', ids.prepare, { value: id, label: `Prepare: ${label}` });

export const inWindow = (list: Pick<Checklist, 'id' | 'label'>): Answer => ({
  title,
  text: title,
  blocks: [
    section(mrkdwn`The checklist opens in a window that only you see.`),
    actions([prepareButton(list)]),
  ],
});

export const noList: Answer = {
  title,
  text: title,
  blocks: [section(mrkdwn`There is no checklist here any more.`)],
};

export const beganAgain = mrkdwn`*All ticks are gone.*`;

/** @param keptForDays after the last tick. */
export function prepareView(
  { list, ticked, hasDeclined }: Preparing,
  { keptForDays, note }: { keptForDays: number; note?: Mrkdwn },
): View {
  const keep = `Only you see this. It keeps ticks and nothing else: no name, no date, no words. It clears itself ${keptForDays} days after the last one.`;
  return modal({
    callbackId: ids.prepareView,
    title,
    blocks: [
      context(
        hasDeclined
          ? mrkdwn`You did not take up the community agreement, so nothing of yours is kept: the list is here to read.`
          : mrkdwn`${keep}`,
      ),
      ...(note ? [section(note)] : []),
      ...list.items.map((item) => {
        const id = itemId(item);
        const isTicked = ticked.has(id);
        const value = packedTick.pack({ item: id, to: isTicked ? '0' : '1', list: list.id });
        return section(
          isTicked ? mrkdwn`✓ Done: ${item}` : mrkdwn`${item}`,
          hasDeclined
            ? undefined
            : button(isTicked ? 'Take back' : 'Tick', ids.tick, {
                value,
                label: `${isTicked ? 'Take back' : 'Tick'}: ${item}`,
              }),
        );
      }),
      ...(ticked.size > 0
        ? [
            actions(
              [button('Clear, and begin again', ids.beginAgain, { value: list.id })],
              'pilots.preparing',
            ),
          ]
        : []),
      supportContext('here'),
    ],
  });
}

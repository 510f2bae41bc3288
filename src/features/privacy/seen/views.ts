import type { KnownBlock, View } from '@slack/types';
import {
  whoRunsTheServer,
  whoSeesAccessNeeds,
  whoSeesAnswered,
  whoSeesIntentions,
  whoSeesProgress,
  whoSeesQuestions,
  whoSeesSharedReflections,
} from '../../../community/promises.ts';
import { divider, header, modal, section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { Seen } from './read.ts';

/** More than this of one onlooker would push the others off the window, which holds a hundred blocks. */
const mostBlocks = 11;

export const seenView = (all: readonly Seen[]): View =>
  modal({
    callbackId: 'answer',
    title: 'What others see',
    close: 'Done',
    blocks: [
      section(
        mrkdwn`This is what others see of you here today, by the same rule and the same screens that they have. Your journal is shown to nobody but those you share a reflection with; your CPD record, what you noted to try, and your notes on resources to nobody. What you posted or passed on yourself stands where you put it. Practice examples in the catalogue are tied to nobody: nobody is shown whose they were, and nor are you.`,
      ),
      ...all.flatMap(({ who, blocks }): KnownBlock[] => [
        divider(),
        header(who),
        ...(blocks.length === 0 ? [section(mrkdwn`Nothing of yours.`)] : blocks.slice(0, mostBlocks)),
        ...(blocks.length > mostBlocks ? [section(mrkdwn`And more of the same.`)] : []),
      ]),
      divider(),
      header('Of everybody together'),
      ...[
        whoSeesProgress,
        whoSeesAnswered,
        whoSeesAccessNeeds,
        whoSeesIntentions,
        whoSeesSharedReflections,
        whoSeesQuestions,
      ].map((sentence) => section(mrkdwn`•  ${sentence}`)),
      divider(),
      header('Whoever runs the server'),
      section(mrkdwn`${whoRunsTheServer}`),
    ],
  });

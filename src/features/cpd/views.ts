import type { KnownBlock, View } from '@slack/types';
import { type Answer, asModal } from '../../slack/answer.ts';
import { actions, button, modal, section } from '../../slack/blocks.ts';
import { escapeEntities, mrkdwn } from '../../slack/text.ts';
import { ids } from './ids.ts';

export const title = 'CPD record';

export const openCpd = { text: 'CPD record', actionId: ids.open };

export const commandHelp = {
  does: 'Sets out what you wrote as a draft of your CPD record, for you to copy or take away.',
  example: 'cpd',
  group: 'write',
} as const;

const said = (words: string, ways: { text: string; actionId: string }[] = []): Answer => ({
  title,
  text: escapeEntities(words),
  blocks: [
    section(mrkdwn`${words}`),
    ...(ways.length > 0 ? [actions(ways.map(({ text, actionId }) => button(text, actionId)))] : []),
  ],
});

export const nothingChosen: Answer = said(
  'Nothing is chosen for your record yet. Choose which record it is, and what goes into it.',
  [{ text: 'Choose', actionId: ids.change }],
);

/** In the place of a window whose entry or form has gone meanwhile. */
export const goneView = (): View =>
  asModal(
    said(
      'That is not there any more. It may have been deleted meanwhile, and your record goes on without it.',
      [{ text: 'My record', actionId: ids.overview }],
    ),
  );

export const keepsNothing: Answer = said(
  'A record is made of what you write here, and nothing that you write is kept, because you did not take up the community agreement.',
);

/** Where the words came in a message, Slack opens no window; a button brings one. */
export const windowOffer: Answer = said('This opens in a window that only you see.', [openCpd]);

/** What turns the pages of what somebody has learned, earliest first. @param id ending in a dot. */
export const turnWords = (id: string) => ({
  back: { text: 'Earlier entries', id: `${id}back` },
  more: { text: 'Next entries', id: `${id}more` },
});

/** A screen without inputs. */
export const screen = (blocks: KnownBlock[], under = title): View =>
  modal({ callbackId: ids.screen, title: under, blocks });

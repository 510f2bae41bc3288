import type { KnownBlock, View } from '@slack/types';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, header, modal, section } from '../../../slack/blocks.ts';
import { fileButton } from '../../../slack/files.ts';
import { joinMrkdwn, mrkdwn, sayFullDate } from '../../../slack/text.ts';
import type { NoticeText } from '../deps.ts';
import { sayCounts } from '../forgetting/views.ts';
import { copyKinds, ids } from '../ids.ts';
import type { Held } from './read.ts';

/** What is kept about somebody and why, as counts, and what they can do with it. */
export const privacyAnswer = (held: readonly Held[]): Answer => ({
  title: 'My data',
  text: 'What is kept about you',
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*What I keep about you.* Only you see this.`,
          ...held.map(({ area, counted }) => mrkdwn`•  ${area.title}: ${sayCounts(counted)}`),
        ],
        '\n',
      ),
    ),
    // A message is shown from its end: what one can do stands there.
    actions(
      [button('What exactly, and why', ids.detail), button('What others see of me', ids.seen)],
      'privacy.detail',
    ),
    actions(
      [
        fileButton('Get a copy', copyKinds.document, '', 'Get a copy of everything, as a Word file'),
        fileButton('Get it as data (JSON)', copyKinds.json, ''),
        button('Who did what with my things', ids.deeds),
      ],
      'privacy.look',
    ),
    actions(
      [button('Choose what to delete', ids.choose), button('Have everything deleted', ids.everything)],
      'privacy.delete',
    ),
    actions(
      [button('Read the full privacy notice', ids.notice), button('Leave the programme', ids.leave)],
      'privacy.more',
    ),
  ],
});

/** What is kept of each kind, how much of it, and why. */
export const detailView = (held: readonly Held[]): View =>
  modal({
    callbackId: 'answer',
    title: 'What I keep',
    blocks: [
      ...held.map(({ area, counted }) =>
        section(
          joinMrkdwn(
            [
              mrkdwn`*${area.title}*`,
              ...counted.map(({ holding, count }) => mrkdwn`•  ${holding.what} (${count})`),
              mrkdwn`_${area.why}_`,
            ],
            '\n',
          ),
        ),
      ),
      context(
        mrkdwn`What you answered in check-ins without names is not counted here: nobody can tell which answers are yours.`,
      ),
    ],
  });

export const noticeModal = (notice: NoticeText): View =>
  modal({
    callbackId: 'answer',
    title: 'Privacy notice',
    blocks: [
      ...notice.sections.flatMap((part): KnownBlock[] => [
        header(part.heading),
        ...part.text.map((text) => section(mrkdwn`${text}`)),
      ]),
      context(mrkdwn`Version ${notice.version}, ${sayFullDate(notice.dated)}.`),
    ],
  });

import type { KnownBlock, View } from '@slack/types';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, header, modal, section } from '../../../slack/blocks.ts';
import { fileButton } from '../../../slack/files.ts';
import { joinMrkdwn, mrkdwn, sayFullDate } from '../../../slack/text.ts';
import type { NoticeText } from '../deps.ts';
import { copyKinds, ids } from '../ids.ts';
import type { Held } from './read.ts';

/** What is kept about somebody and why, as counts, and what they can do with it. */
export const privacyAnswer = (held: readonly Held[]): Answer => ({
  title: 'My data',
  text: 'What is kept about you',
  blocks: [
    section(
      mrkdwn`*What I keep about you.* Only you see this. You can take a copy, delete some or all of it, and see what others see.`,
    ),
    actions(
      [
        fileButton('Get a copy', copyKinds.document, '', 'Get a copy of everything, as a Word file'),
        fileButton('Get it as data (JSON)', copyKinds.json, ''),
        button('What others see of me', ids.seen),
        button('Who did what with my things', ids.deeds),
      ],
      'privacy.look',
    ),
    actions(
      [button('Choose what to delete', ids.choose), button('Have everything deleted', ids.everything)],
      'privacy.delete',
    ),
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
    actions(
      [button('Read the full privacy notice', ids.notice), button('Leave the programme', ids.leave)],
      'privacy.more',
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

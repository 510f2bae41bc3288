import type { View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Seen } from '../../../community/opened.ts';
import { whoSeesAccessNeeds } from '../../../community/promises.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, context, modal, section, written } from '../../../slack/blocks.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { turnButtons } from '../../../slack/paging.ts';
import { list, mention, mrkdwn, sayDate } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import type { Needs } from './store.ts';

/** A group, and the page of its window. */
export const needsPage = packed(':', { cohortId: z.string(), page: placeNumber });

/** Says that there is something to read, and nothing of it: messages stay in Slack. */
export const needsNote = ({ id, name }: Pick<Cohort, 'id' | 'name'>): Message => ({
  text: 'Somebody has said what makes taking part easier',
  blocks: [
    section(
      mrkdwn`Somebody in *${name}* has said what makes taking part easier for them. Please read it before you meet.`,
      button('Read it', ids.access, { value: needsPage.pack({ cohortId: id, page: 0 }), style: 'primary' }),
    ),
    context(mrkdwn`You get this because you run this group. ${whoSeesAccessNeeds}`),
  ],
});

/** What the people of a group said, on a screen that leaves nothing behind. */
export function needsView({ cohortId, cohortName, shown, page, pages }: Needs): View {
  const paging = turnButtons(
    { page, pages },
    {
      back: { text: 'Back', id: `${ids.accessPage}back` },
      more: { text: 'More', id: `${ids.accessPage}on` },
      value: (to) => needsPage.pack({ cohortId, page: to }),
    },
  );
  return modal({
    callbackId: ids.accessView,
    title: 'Taking part',
    close: 'Done',
    blocks: [
      section(
        shown.length > 0
          ? mrkdwn`What makes taking part easier, in *${cohortName}*`
          : mrkdwn`Nobody in *${cohortName}* has said anything here. They can at any time, in their profile.`,
      ),
      ...shown.flatMap(({ person, needs }) => [section(mention(person.slackId)), ...written(needs)]),
      ...(paging.length > 0
        ? [actions(paging, 'paging'), context(mrkdwn`Page ${page + 1} of ${pages}`)]
        : []),
      context(mrkdwn`${whoSeesAccessNeeds}`),
    ],
  });
}

/** To whoever said it: who has opened it. */
export const saySeen = (seen: readonly Seen[]): string =>
  seen.length === 0
    ? 'Nobody has opened yet what makes taking part easier for you.'
    : `What makes taking part easier for you was opened by ${list(seen.map(({ name, on }) => `${name} on ${sayDate(on)}`))}.`;

import type { Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Seen } from '../../../community/opened.ts';
import { whoSeesSessionNeeds } from '../../../community/promises.ts';
import { supportContext } from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, modal, section, written } from '../../../slack/blocks.ts';
import { type Drawing, form, paragraph, ticked } from '../../../slack/form.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { turnButtons } from '../../../slack/paging.ts';
import { list, mention, mrkdwn, sayDate } from '../../../slack/text.ts';
import type { Session } from '../sessions/session.ts';
import type { Sayable } from './asking.ts';
import { ids } from './ids.ts';
import type { NeedsPage } from './opening.ts';
import { longestNeeds } from './store.ts';

/** A session, and the page of its window. */
export const needsPage = packed(':', { sessionId: z.string(), page: placeNumber });

/** For the form in which somebody books, and for the one in which they change what they said. */
export const needsFields = {
  needs: paragraph('Anything that would make taking part easier', {
    inTheirWords: true,
    max: longestNeeds,
    hint: whoSeesSessionNeeds,
  }),
  fromProfile: ticked('From your profile', {
    yes: 'Share this for the session too',
    means: 'Left alone, your profile stays out of it.',
  }),
};

type NeedsDrawing = Required<Pick<Drawing<typeof needsFields>, 'initial' | 'before' | 'without'>>;

/** @param sayable undefined: the session asks nothing. */
export const needsDrawing = (sayable: Sayable | undefined): NeedsDrawing => ({
  initial: { needs: sayable?.said },
  before: sayable?.profile
    ? {
        fromProfile: [
          context(mrkdwn`In your profile you say what makes taking part easier for you:`),
          ...written(sayable.profile),
        ],
      }
    : {},
  without: sayable ? (sayable.profile ? [] : ['fromProfile']) : ['needs', 'fromProfile'],
});

export const changeForm = form(
  {
    id: ids.change,
    carries: packed(':', { sessionId: z.string().min(1), doubt: doubt.default('none') }),
  },
  { title: 'Taking part', submit: 'Save', fields: needsFields },
);

/** To whoever said it: what they said for this session, to change or empty. */
export const changeView = (
  { id, title }: Session,
  sayable: Sayable,
  seen: readonly Seen[],
  doubtful: Doubtful = {},
): View => {
  const drawing = needsDrawing(sayable);
  return changeForm.view({
    ...drawing,
    carry: { sessionId: id, doubt: doubtOf(doubtful) },
    ...(doubtOf(doubtful) === 'warned' && { submit: maskAnd('save') }),
    above: [
      section(
        sayable.said === ''
          ? mrkdwn`For *${title}*.`
          : mrkdwn`For *${title}*. Empty the field to take back what you said.`,
      ),
      ...(sayable.said === '' ? [] : [context(mrkdwn`${saySeen(seen)}`)]),
      ...doubtBlocks(doubtful, ids.asItIs),
    ],
    below: [supportContext('at-any-time')],
  });
};

/** @param hasSaid whether anything is kept now. */
export const keptAnswer = ({ title }: Session, hasSaid: boolean): Answer => ({
  title: 'Taking part',
  text: 'Saved',
  blocks: [
    section(
      hasSaid
        ? mrkdwn`Saved for *${title}*. You can change it or take it back where you see your place.`
        : mrkdwn`Nothing is kept for *${title}*.`,
    ),
    context(mrkdwn`${whoSeesSessionNeeds}`),
  ],
});

export const notAsked: Answer = {
  title: 'Taking part',
  text: 'This session asks nothing of you.',
  blocks: [
    section(
      mrkdwn`There is nothing to say here: you have no place at this session, or it does not ask. Nothing was saved.`,
    ),
  ],
};

/** To whoever is in a session that asks. @param hasSaid whether they said anything. @param hasPlace or they wait for one. */
export const myNeedsBlocks = (
  sessionId: string,
  { hasSaid, hasPlace }: { hasSaid: boolean; hasPlace: boolean },
  seen: readonly Seen[],
): KnownBlock[] => [
  section(
    mrkdwn`${hasSaid ? (hasPlace ? saySeen(seen) : 'What would make taking part easier for you can be opened by those who run it once you have a place.') : 'You have said nothing about what would make taking part easier.'}`,
    button(hasSaid ? 'Change' : 'Say something', ids.mine, {
      value: sessionId,
      label: hasSaid
        ? 'Change what would make taking part easier'
        : 'Say something about what would make taking part easier',
    }),
  ),
];

const saySeen = (seen: readonly Seen[]): string =>
  seen.length === 0
    ? 'Nobody has opened yet what would make taking part easier for you.'
    : `What would make taking part easier for you was opened by ${list(seen.map(({ name, on }) => `${name} on ${sayDate(on)}`))}.`;

/** Opens what those who come said, for those who run the session. */
export const openNeedsButton = (sessionId: string): Button =>
  button('Access needs', ids.open, { value: needsPage.pack({ sessionId, page: 0 }) });

/** What those who come said, on a screen that leaves nothing behind. */
export function needsView({ session, shown, page, pages }: NeedsPage): View {
  const paging = turnButtons(
    { page, pages },
    {
      back: { text: 'Back', id: `${ids.page}back` },
      more: { text: 'More', id: `${ids.page}on` },
      value: (to) => needsPage.pack({ sessionId: session.id, page: to }),
    },
  );
  return modal({
    callbackId: ids.view,
    title: 'Access needs',
    close: 'Done',
    blocks: [
      section(
        shown.length > 0
          ? mrkdwn`What would make taking part in *${session.title}* easier`
          : mrkdwn`Nobody who has a place at *${session.title}* has said anything here. Until it begins they can, and can change it.`,
      ),
      ...shown.flatMap(({ person, words }) => [section(mention(person.slackId)), ...written(words)]),
      ...(paging.length > 0
        ? [actions(paging, 'paging'), context(mrkdwn`Page ${page + 1} of ${pages}`)]
        : []),
      context(mrkdwn`${whoSeesSessionNeeds}`),
    ],
  });
}

import type { KnownBlock, View } from '@slack/types';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, option, section } from '../../../slack/blocks.ts';
import { form, severalOf } from '../../../slack/form.ts';
import { inviteMe } from '../../../slack/room.ts';
import { count, joinMrkdwn, list, type Mrkdwn, mrkdwn, sayDate } from '../../../slack/text.ts';
import { type Resource, resourceTypes } from '../content.ts';
import { packedPlace } from '../finding/place.ts';
import { ids } from '../ids.ts';
import { notAllowed, plainAnswer, titleOf } from '../views.ts';
import type { ChannelOutcome, FollowOutcome } from './follow.ts';

/** What fits a phone; the rest is one press away. */
const shownAtOnce = 5;

function newEntries(fresh: readonly Resource[]): Mrkdwn {
  return joinMrkdwn(
    [
      ...fresh
        .slice(0, shownAtOnce)
        .map(
          (entry) =>
            mrkdwn`\u2022 ${titleOf(entry)} \u00b7 ${entry.publisher} \u00b7 ${resourceTypes[entry.type].label}`,
        ),
      fresh.length > shownAtOnce && mrkdwn`and ${fresh.length - shownAtOnce} more`,
    ],
    '\n',
  );
}

const seeButton = () =>
  button('See all that is new', `${ids.look}new`, {
    value: packedPlace.pack({ list: 'new', of: '', from: 0 }),
  });

export const personalNews = (fresh: readonly Resource[], labels: readonly string[]): Message => ({
  text: 'New in the catalogue',
  blocks: [
    section(mrkdwn`*New in the catalogue:*\n${newEntries(fresh)}`),
    actions([seeButton(), button('Stop these messages', ids.unfollow)]),
    context(mrkdwn`Once a week at most, because you follow ${list(labels)}.`),
  ],
});

/** @param from local date of the first day of which it tells. */
export const channelNews = (fresh: readonly Resource[], from: string): Message => ({
  text: `New in the catalogue: ${count(fresh.length, 'resource', 'resources')}`,
  blocks: [
    section(mrkdwn`*New in the catalogue since ${sayDate(from)}:*\n${newEntries(fresh)}`),
    actions([seeButton()]),
    context(
      mrkdwn`Once a week at most; a curator turned this on, and can turn it off in \`/chatr catalogue\`.`,
    ),
  ],
});

export const newsForm = form(ids.followForm, {
  title: 'What is new',
  submit: 'Save my choices',
  fields: {
    topics: severalOf('Topics', {
      menu: true,
      empty: 'Choose topics',
      hint: 'With none chosen, nothing comes.',
    }),
  },
});

export const newsDialog = ({ topics }: Pick<Vocabulary, 'topics'>, followed: readonly string[]): View =>
  newsForm.view({
    initial: { topics: followed },
    options: { topics: topics.map(({ id, label }) => option(label, id)) },
    above: [
      section(
        mrkdwn`Once a week I can tell you what is new on topics that you follow. A week with nothing new is silent. Nobody else sees what you follow.`,
      ),
    ],
  });

/** @param firstOn local date of the first day on which something can come. */
export function followAnswer(
  outcome: FollowOutcome,
  { topics }: Pick<Vocabulary, 'topics'>,
  firstOn: string,
): Answer {
  switch (outcome.kind) {
    case 'not-allowed':
      return notAllowed;
    case 'keeps-nothing':
      return plainAnswer(
        'What is new',
        'You did not agree to the community agreement, so nothing of yours is kept, and I cannot write to you about it. You can agree from App Home.',
      );
    case 'unknown':
      return plainAnswer('What is new', 'This topic is not there any more. Nothing was changed.');
    case 'follows': {
      const labels = topics.filter(({ id }) => outcome.topicIds.includes(id)).map(({ label }) => label);
      return {
        title: 'What is new',
        text: 'What is new in the catalogue',
        blocks:
          labels.length === 0
            ? [
                section(mrkdwn`*Stopped.* I do not tell you what is new any more.`),
                actions([button('Choose topics', ids.openFollow)]),
              ]
            : [
                section(
                  mrkdwn`*Noted.* Once a week at most I tell you what is new on ${list(labels)}, from ${sayDate(firstOn)} on. A week with nothing new is silent.`,
                ),
                ...(outcome.comes === 'weekly'
                  ? []
                  : [
                      context(
                        mrkdwn`You have stopped my messages, so nothing comes until you start them again: \`/chatr resume\``,
                      ),
                    ]),
                actions([
                  button('Choose topics', ids.openFollow),
                  button('Stop these messages', ids.unfollow),
                ]),
              ],
      };
    }
  }
}

/** App Home, among the settings. */
export const newsSection = (
  followed: readonly string[],
  { topics }: Pick<Vocabulary, 'topics'>,
): KnownBlock[] => {
  const labels = topics.filter(({ id }) => followed.includes(id)).map(({ label }) => label);
  return [
    section(
      labels.length === 0
        ? mrkdwn`*What is new in the catalogue.* Follow a topic, and I tell you once a week at most.`
        : mrkdwn`*What is new in the catalogue.* Once a week at most I tell you what is new on ${list(labels)}.`,
      button('Choose topics', ids.openFollow, { label: 'Choose topics to hear what is new on' }),
    ),
  ];
};

/** At the end of the curators' queue. @param firstOn local date of the first day on which something can come. */
export const forumNews = (isOn: boolean, firstOn: string): KnownBlock[] => [
  section(
    isOn
      ? mrkdwn`The forum is told on Mondays what came into the catalogue in the week before.`
      : mrkdwn`The forum is not told what is new in the catalogue. If you turn it on now, it is told for the first time on ${sayDate(firstOn)}.`,
    button(isOn ? 'Do not tell it' : 'Tell it once a week', `${ids.forumNews}${isOn ? 'off' : 'on'}`),
  ),
];

/** @param firstOn local date of the first day on which something can come. */
export function forumReceipt({ kind }: ChannelOutcome, firstOn: string): Mrkdwn {
  switch (kind) {
    case 'on':
      return mrkdwn`*Noted:* the forum is told on Mondays what came in the week before, for the first time on ${sayDate(firstOn)}, of what comes in from today on. A week with nothing new is silent.`;
    case 'off':
      return mrkdwn`*Noted:* the forum is not told any more.`;
    case 'not-in':
      return mrkdwn`*Not turned on:* I am not in the forum. Somebody in it can invite me: write \`${inviteMe}\` there.`;
    default:
      return mrkdwn`*Nothing was changed.*`;
  }
}

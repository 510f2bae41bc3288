import type { Button, KnownBlock } from '@slack/types';
import type { Person } from '../../../community/people.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, confirm, context, section, written } from '../../../slack/blocks.ts';
import { joinMrkdwn, mention, mrkdwn, sayDate } from '../../../slack/text.ts';
import { factsOf, type Resource } from '../content.ts';
import { ids } from '../ids.ts';
import { boldTitle } from '../views.ts';

type Look = Pick<Vocabulary, 'age_groups'>;

const entryBlock = (entry: Resource, vocabulary: Look): KnownBlock =>
  section(
    joinMrkdwn(
      [
        boldTitle(entry),
        mrkdwn`_${factsOf(entry, vocabulary).join(' \u00b7 ')}_`,
        mrkdwn`${entry.summary}`,
        entry.caution !== undefined && mrkdwn`${entry.caution}`,
      ],
      '\n',
    ),
  );

export const channelPost = (by: Person, entry: Resource, note: string, vocabulary: Look): Message => ({
  text: 'A resource was shared.',
  blocks: [
    section(mrkdwn`${mention(by.slackId)} shares a resource:`),
    ...(note === '' ? [] : written(note)),
    entryBlock(entry, vocabulary),
    context(mrkdwn`From the catalogue. To look for more: \`/chatr find\``),
  ],
});

export const personNote = (by: Person, entry: Resource, note: string, vocabulary: Look): Message => ({
  text: 'A colleague has passed something on to you.',
  blocks: [
    section(mrkdwn`${mention(by.slackId)} passes this on to you:`),
    ...(note === '' ? [] : written(note)),
    entryBlock(entry, vocabulary),
    context(mrkdwn`To answer, write to them: I do not pass answers on. Fewer messages: \`/chatr settings\``),
  ],
});

export const stopButton = (by: Person): Button =>
  button(`Stop shares from ${by.displayName}`, ids.stopShares, { value: by.id });

/** For whoever gets it, and not in the preview. What the second carries is the share itself. */
export const receiversButtons = (by: Person, shareId: string): KnownBlock =>
  actions([
    stopButton(by),
    button('Tell a facilitator', ids.tellUnkind, {
      value: shareId,
      label: 'Tell a facilitator that this was unkind',
      confirm: confirm(
        'Was this unkind?',
        'Facilitators hear who passed it on to you and on which day, and can speak with you. No words are copied, and I do not tell the sender.',
        'Tell them',
        'Not now',
      ),
    }),
  ]);

/** For those who run the programme. */
export const unkindNote = ({ from, to, on }: { from: Person; to: Person; on: string }): Message => ({
  text: 'A colleague asks for your help',
  blocks: [
    section(
      mrkdwn`*Something that was passed on was unkind.* ${mention(to.slackId)} says so of what ${mention(from.slackId)} sent by \u201cShare\u201d on ${sayDate(on)}. I copy no words. Please speak with ${mention(to.slackId)} first.`,
    ),
    context(mrkdwn`I have told nobody else but those who run the programme.`),
  ],
});

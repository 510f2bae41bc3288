import type { KnownBlock } from '@slack/types';
import type { Person } from '../../../community/people.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { context, section, written } from '../../../slack/blocks.ts';
import { joinMrkdwn, mention, mrkdwn } from '../../../slack/text.ts';
import { factsOf, type Resource } from '../content.ts';
import { titleOf } from '../views.ts';

type Look = Pick<Vocabulary, 'age_groups'>;

const entryBlock = (entry: Resource, vocabulary: Look): KnownBlock =>
  section(
    joinMrkdwn(
      [
        mrkdwn`*${titleOf(entry)}*`,
        mrkdwn`_${factsOf(entry, vocabulary).join(' \u00b7 ')}_`,
        mrkdwn`${entry.summary}`,
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

import type { KnownBlock, View } from '@slack/types';
import type { Message } from '../../../outbox/outbox.ts';
import {
  actions,
  button,
  context,
  modal,
  option,
  overflow,
  section,
  written,
} from '../../../slack/blocks.ts';
import { paragraph } from '../../../slack/form.ts';
import { link, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import type { Resource } from '../content.ts';
import { packedEntry } from '../finding/place.ts';
import { tidyQuestion } from '../finding/words.ts';
import { ids } from '../ids.ts';
import type { Suggestion } from '../store.ts';
import { titleOf } from '../views.ts';

/** Why a suggestion was not added, in words for whoever suggested it. */
export const reasons = {
  known: 'It is in the catalogue already.',
  'other-subject': 'It is about something that this catalogue does not cover.',
  'not-open': 'The page does not open for everybody, or asks for a sign-in.',
  'out-of-date': 'It is out of date, or something newer is in the catalogue.',
  unsure: 'We could not find out who is behind it.',
} as const;

export type Reason = keyof typeof reasons;
export type Decline = {
  /** 'silent': it is not for this catalogue, and whoever suggested it is told nothing. */
  reason: Reason | 'silent';
  /** A few words of the curator's own; empty where there are none. */
  words: string;
};

const note = (text: string, said: Mrkdwn, ...more: KnownBlock[]): Message => ({
  text,
  blocks: [section(said), ...more],
});

const fromCurators = context(mrkdwn`You hear this once, because you wrote to the curators.`);

export const acceptedNote = ({ id, url, title }: Resource): Message => {
  const said = mrkdwn`*Your suggestion is in the catalogue:* ${titleOf({ url, title })}. Colleagues find it from now on. Thank you.`;
  const menu = overflow(ids.about, [option('Save', `save:${id}`), option('Share', `share:${id}`)]);
  const place = { list: 'find', of: tidyQuestion(title), from: 0 } as const;
  return {
    text: 'About your suggestion',
    blocks: [section(said, menu, packedEntry.pack({ resourceId: id, place })), fromCurators],
  };
};

export const declinedNote = (
  { id, url, title }: Suggestion,
  { reason, words }: Decline & { reason: Reason },
): Message =>
  note(
    'About your suggestion',
    mrkdwn`*Your suggestion was not added this time:* ${link(url, title)}. ${reasons[reason]} Thank you for thinking of it.`,
    ...(words === '' ? [] : toWords(id)),
    fromCurators,
  );

/** What a curator wrote is read in a window: Slack keeps messages, and phones show them. @param about what was decided. */
export const toWords = (about: string): KnownBlock[] => [
  actions([button('Read what the curator says', ids.curatorsWords, { value: about })]),
];

export const wordsView = (words: string | undefined): View =>
  modal({
    callbackId: 'answer',
    title: 'From the curators',
    blocks:
      words === undefined
        ? [section(mrkdwn`These words are not kept any more.`)]
        : [
            context(mrkdwn`Only you see this. It is a curator\u2019s, without their name.`),
            ...written(words),
          ],
  });

export const longestWords = 500;

/** In the forms that decline something. */
export const wordsField = paragraph('A few words to them', {
  max: longestWords,
  hint: 'Without anything that could identify somebody. They read it in a window that only they see.',
});

export type Answered =
  /** These words lead there now. */
  | { kind: 'found'; find: string; title: string }
  | { kind: 'added'; title: string; url: string | undefined }
  | { kind: 'not-ours' };

export function answeredNote(words: string, answer: Answered): Message {
  const said = (): Mrkdwn => {
    switch (answer.kind) {
      case 'found':
        return mrkdwn`*There is an answer to what you looked for.* The curators have put it with \u2018${answer.title}\u2019: \`/chatr find ${answer.find}\``;
      case 'added':
        return mrkdwn`*There is an answer to what you looked for:* ${titleOf(answer)} is new in the catalogue.`;
      case 'not-ours':
        return mrkdwn`*About what you looked for:* the curators have looked, and it is nothing that this catalogue covers.`;
    }
  };
  return note(
    'About your question to the curators',
    said(),
    ...written(words),
    context(mrkdwn`You hear this once, because you asked to be told. That it was you is not kept any more.`),
  );
}

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
import { joinMrkdwn, link, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import type { Resource } from '../content.ts';
import { packedEntry } from '../finding/place.ts';
import { tidyQuestion } from '../finding/words.ts';
import { ids } from '../ids.ts';
import { packedDeed } from '../keeping/menu.ts';
import type { Suggestion } from '../store.ts';
import { titleOf } from '../views.ts';
import { type Reason, reasons, type Told } from './reasons.ts';

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

/** @param heard what they were told before, which was taken back. */
const fromCurators = (heard: Told | undefined) =>
  context(
    heard === undefined
      ? mrkdwn`You hear this once, because you wrote to the curators.`
      : mrkdwn`You hear of it again, because the curators have decided anew on what you wrote to them.`,
  );

/** Whether somebody hears even of an answer without a reason: an earlier message said that it was taken in. */
export const hearsOfSilence = ({ heard }: Pick<Suggestion, 'heard'>): boolean => heard === 'accepted';

const sayHeard: Record<'accepted' | 'accepted-twice' | 'declined', Mrkdwn> = {
  accepted: mrkdwn`An earlier message said that it is in the catalogue. That was taken back.`,
  'accepted-twice': mrkdwn`An earlier message said that it was added. That was taken back, because the catalogue had it already.`,
  declined: mrkdwn`An earlier message said that it was not added. That was taken back.`,
};

/** @param heard of an earlier decision. */
export const acceptedNote = ({ id, url, title }: Resource, heard?: Told): Message => {
  const page = titleOf({ url, title });
  const said =
    heard === undefined
      ? mrkdwn`*Your suggestion is in the catalogue:* ${page}. Colleagues find it from now on. Thank you.`
      : mrkdwn`*Your suggestion is in the catalogue after all:* ${page}. ${sayHeard.declined} Colleagues find it from now on. Thank you.`;
  const menu = overflow(ids.about, [
    option('Save', packedDeed.pack({ deed: 'save', resourceId: id })),
    option('Share', packedDeed.pack({ deed: 'share', resourceId: id })),
  ]);
  const place = { list: 'find', of: tidyQuestion(title), from: 0 } as const;
  return {
    text: 'About your suggestion',
    blocks: [section(said, menu, packedEntry.pack({ resourceId: id, place })), fromCurators(heard)],
  };
};

export const declinedNote = (
  { id, url, title, heard }: Suggestion,
  { reason, words }: Decline & { reason: Reason },
): Message => {
  const page = link(url, title);
  const said = (): Mrkdwn => {
    switch (heard) {
      case undefined:
        return mrkdwn`*Your suggestion was not added this time:* ${page}. ${reasons[reason]}`;
      case 'accepted':
        return reason === 'known'
          ? mrkdwn`*Your suggestion was not added after all:* ${page}. ${sayHeard['accepted-twice']}`
          : mrkdwn`*Your suggestion was not added after all:* ${page}. ${sayHeard.accepted} ${reasons[reason]}`;
      case 'no-reason':
        return mrkdwn`*Your suggestion was not added:* ${page}. An earlier message said so, without a reason. This is the reason: ${reasons[reason]}`;
      case reason:
        return mrkdwn`*Your suggestion was not added:* ${page}. An earlier message said so, and the reason is the same. ${reasons[reason]} There are words with it now.`;
      default:
        return mrkdwn`*Your suggestion was not added:* ${page}. An earlier message gave another reason. This is the one that counts: ${reasons[reason]}`;
    }
  };
  return note(
    'About your suggestion',
    mrkdwn`${said()} Thank you for thinking of it.`,
    ...(words === '' ? [] : toWords(id)),
    fromCurators(heard),
  );
};

/** To whoever heard that it was taken in, where no reason is given. */
export const notAddedNote = ({ url, title }: Suggestion): Message =>
  note(
    'About your suggestion',
    mrkdwn`*Your suggestion was not added after all:* ${link(url, title)}. ${sayHeard.accepted} Thank you for thinking of it.`,
    fromCurators('accepted'),
  );

/** The same of several of one person, which were declined at once: one message, by title. */
export const declinedTogetherNote = (
  all: readonly [Suggestion, ...Suggestion[]],
  decline: Decline & { reason: Reason },
): Message => {
  const [first, ...others] = all;
  if (others.length === 0) return declinedNote(first, decline);
  const heard = all.find((one) => one.heard !== undefined)?.heard;
  return note(
    'About your suggestions',
    joinMrkdwn(
      [
        mrkdwn`*${all.length} of your suggestions were not added this time.* ${reasons[decline.reason]} Thank you for thinking of them.`,
        ...all.map(({ url, title }) => mrkdwn`\u2022 ${link(url, title)}`),
        all.some((one) => one.heard === 'accepted') &&
          mrkdwn`An earlier message said that one of them is in the catalogue. That was taken back.`,
      ],
      '\n',
    ),
    ...(decline.words === '' ? [] : toWords(first.id)),
    fromCurators(heard),
  );
};

/** What a curator wrote is read in a window: Slack keeps messages, and phones show them. @param about what was decided. */
export const toWords = (about: string): KnownBlock[] => [
  actions([button('Read what the curator says', ids.curatorsWords, { value: about })]),
];

/** @param isTakenBack the answer that they came with was. */
export const wordsView = (words: string | undefined, isTakenBack: boolean): View =>
  modal({
    callbackId: 'answer',
    title: 'From the curators',
    blocks:
      words === undefined
        ? [
            section(
              isTakenBack
                ? mrkdwn`*The curators have taken this answer back*, and their words with it. If they decide otherwise, I write to you again.`
                : mrkdwn`These words are not kept any more.`,
            ),
          ]
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

import type { Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../../safeguarding/warning.ts';
import type { Answer } from '../../../../slack/answer.ts';
import { actions, button, context, divider, option, section, written } from '../../../../slack/blocks.ts';
import { form, oneOf, paragraph, severalOf } from '../../../../slack/form.ts';
import { packed, packedJson } from '../../../../slack/packed.ts';
import { inviteMe } from '../../../../slack/room.ts';
import { channelMention, joinMrkdwn, type Mrkdwn, mrkdwn, sayTime } from '../../../../slack/text.ts';
import { ids } from '../../ids.ts';
import { said } from '../../views.ts';
import { notAllowed } from '../../words.ts';
import type { Quoted } from '../quoted.ts';
import { sayForMembers } from '../say.ts';
import { type Arrival, type Found, longestPart, mostNumbers, type Prepared } from './heard.ts';
import { type Heard, heardMessage, type Writing } from './message.ts';
import type { Kept } from './store.ts';

const toPeople = option(
  'To each who was asked, by direct message',
  'people',
  'Not to those who want no messages.',
);

const labels = { heard: 'What we heard', willDo: 'What we will do' } as const;

/**
 * `from`: what was kept when it was drawn, so that closing it writes over nothing newer. `warns`: something stands above.
 * `isMasked`: they chose to mask what was seen, and are asked about what no mask can help: it stays masked, whatever they
 * keep of that. The field shows what they typed, since Slack keeps it.
 */
const carried = packedJson(
  z.object({
    id: z.string(),
    doubt,
    from: z.string().default(''),
    warns: z.boolean().default(false),
    isMasked: z.boolean().default(false),
  }),
);

/** The way to it. @param kept what was written so far. */
export const heardButton = (roundId: string, kept: Kept | undefined): Button =>
  button(
    kept?.postedAt ? 'What we gave back' : kept ? 'Go on with what we heard' : 'Say what we heard',
    ids.heard,
    { value: roundId },
  );

export const heardNotTheirs: Answer = said(notAllowed, { title: 'What we heard' });
export const heardNotKept = `${notAllowed} What you wrote is still here to copy.`;

export const heardForm = form(
  { id: ids.heardView, carries: carried },
  {
    title: 'What we heard',
    submit: 'Preview',
    close: 'Not now',
    notifyOnClose: true,
    fields: {
      heard: paragraph(labels.heard, {
        max: longestPart,
        missing: 'Please write in a sentence or two what you heard.',
        hint: 'In your own words. Quote nobody: colleagues may recognise who wrote it.',
      }),
      willDo: paragraph(labels.willDo, {
        max: longestPart,
        hint: 'Also what cannot be done, and why.',
      }),
      numbers: severalOf(`Sentences to go along`, {
        most: mostNumbers,
        menu: true,
        empty: `None, or up to ${mostNumbers}`,
        hint: 'Rough on purpose, so that nobody’s answer shows.',
      }),
      to: oneOf('Where does it go?', {
        radio: true,
        missing: 'Please choose where it goes.',
        of: [toPeople, option('To the group’s channel', 'channel', 'I must be in it.')],
      }),
    },
  },
);

/** The form, as it was left. */
export function heardDialog(
  { results, cohort, summed }: Found,
  {
    initial,
    kept,
    quoted = {},
    why,
    theirs,
    isMasked = false,
    ...seen
  }: Doubtful & {
    initial?: Partial<Writing> | undefined;
    kept: Kept | undefined;
    quoted?: QuotedIn | undefined;
    /** Why it cannot be previewed yet. */
    why?: string | undefined;
    /** What a colleague has kept meanwhile. */
    theirs?: Pick<Heard, 'heard' | 'willDo' | 'by'> | undefined;
    isMasked?: boolean | undefined;
  },
): View {
  const isQuoted = Object.keys(quoted).length > 0;
  const sentences = summed.map((one) => option(one.question.text, one.question.id, sayForMembers(one)));
  return heardForm.view({
    carry: {
      id: results.round.id,
      doubt: doubtOf(seen),
      from: kept?.mark ?? '',
      warns: isQuoted || isMasked || doubtOf(seen) !== 'none',
      isMasked,
    },
    initial: { to: cohort.channelId === undefined ? 'people' : undefined, ...kept?.heard, ...initial },
    options: { numbers: sentences, ...(cohort.channelId === undefined && { to: [toPeople] }) },
    ...(sentences.length === 0 && { without: ['numbers'] as const }),
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('preview') }),
    above: [
      section(
        mrkdwn`*${results.round.definition.label}* for ${cohort.name}\nSo that those who were asked read what came of it. You see it first as it will look, and it goes out once.`,
      ),
      ...(why === undefined ? [] : [section(mrkdwn`*Not yet:* ${why}`)]),
      ...(theirs
        ? [
            section(
              mrkdwn`*${theirs.by} has written this meanwhile.* What stands in the form takes its place: put into it what should stay.`,
            ),
            ...[theirs.heard, theirs.willDo].filter((text) => text !== '').flatMap((text) => written(text)),
          ]
        : []),
      ...(isMasked
        ? [context(mrkdwn`What I saw that may identify a person is masked in the preview.`)]
        : doubtBlocks(seen, ids.heardAsItIs)),
      ...(isQuoted ? quotedBlocks(quoted, doubtOf(seen)) : []),
    ],
  });
}

/** What was found in each of the two. */
export type QuotedIn = Partial<Record<'heard' | 'willDo', Quoted[]>>;

const fieldNames = ['heard', 'willDo'] as const;

const quotedWords: Record<Quoted, string> = {
  words: 'holds, word for word, what somebody wrote. Please say it in your own words.',
  name: 'names somebody of the group. Please say it without a name.',
};
const keptWords: Record<Quoted, string> = { words: 'what somebody wrote, word for word', name: 'a name' };

const eachOf = (quoted: QuotedIn, words: Record<Quoted, string>, between: string): Mrkdwn =>
  joinMrkdwn(
    fieldNames.flatMap((field) =>
      (quoted[field] ?? []).map((one) => mrkdwn`• _${labels[field]}_${between}${words[one]}`),
    ),
    '\n',
  );

/** @param stands whether something above it leads on with the words as they are, or they are kept. */
const quotedBlocks = (quoted: QuotedIn, stands: 'none' | 'warned' | 'kept'): KnownBlock[] =>
  stands === 'kept'
    ? [context(mrkdwn`You keep:\n${eachOf(quoted, keptWords, ': ')}`)]
    : [
        section(mrkdwn`*Please look once more:*\n${eachOf(quoted, quotedWords, ' ')}`),
        ...(stands === 'none' ? [actions([button('Keep it as it is', ids.heardAsItIs)], 'quoted')] : []),
      ];

/** What was looked at, by which it is posted. */
export const packedMark = packed('|', { id: z.string(), mark: z.string() });

export function previewAnswer(
  { found: { results, cohort }, kept: { heard, mark }, room }: Extract<Prepared, { kind: 'preview' }>,
  zone: string,
): Answer {
  const { id } = results.round;
  const where =
    heard.channelId === undefined
      ? mrkdwn`Goes once to each who was asked, is still in ${cohort.name} and wants messages, at an hour that suits them.`
      : mrkdwn`Goes once to ${channelMention(heard.channelId)}, at a civil hour, for everybody there.${room?.kind === 'open' && room.hasOutsiders ? ' People of other organisations are in that channel too.' : ''}`;
  const { text, blocks } = heardMessage(heard, results, zone);
  return {
    text,
    title: 'Preview',
    blocks: [
      context(where),
      divider(),
      ...blocks,
      divider(),
      actions([
        button('Post it', ids.heardPost, { value: packedMark.pack({ id, mark }), style: 'primary' }),
        button('Change it', ids.heard, { value: id }),
      ]),
    ],
  };
}

/** Why it cannot go there yet, beside the choice; what was written stays. */
export const whyNotThere = (prepared: Extract<Prepared, { kind: 'no-channel' | 'no-room' }>): string => {
  if (prepared.kind === 'no-channel')
    return 'This group has no channel. Choose direct messages, or link a channel in /chatr groups. What you wrote is kept.';
  switch (prepared.room.kind) {
    case 'not-in':
      return `I am not in the group’s channel. Type ${inviteMe} there, then press Preview again. What you wrote is kept.`;
    case 'archived':
      return 'The group’s channel is archived, so nothing can be posted there. Choose direct messages. What you wrote is kept.';
    default:
      return 'You are not in the group’s channel yourself, so I cannot post there for you. Choose direct messages, or join it first. What you wrote is kept.';
  }
};

/** What went out, and what became of it. */
export function postedAnswer(
  { heard, postedAt }: Kept,
  results: Found['results'],
  { zone, arrival, isNew }: { zone: string; arrival: Arrival | undefined; isNew: boolean },
): Answer {
  const { text, blocks } = heardMessage(heard, results, zone);
  const to = heard.channelId === undefined ? mrkdwn`those who were asked` : channelMention(heard.channelId);
  const when = postedAt ? sayTime(postedAt, zone) : '';
  const id = results.round.id;
  const stands: KnownBlock[] =
    arrival === 'unclear' || arrival === 'refused'
      ? [
          section(
            arrival === 'unclear'
              ? mrkdwn`Slack did not say whether it arrived in ${to}. Please look there. I do not repeat it by myself.`
              : mrkdwn`Slack did not take it in ${to}. If I am not there any more, invite me again.`,
          ),
          actions([button('It is not there: post it again', ids.heardAgain, { value: id })]),
        ]
      : [
          section(
            isNew
              ? mrkdwn`*Thank you.* It is on its way to ${to}, once. Nothing more is needed.`
              : mrkdwn`Given to ${to} on ${when}. It goes out once, so it cannot be changed any more.`,
          ),
        ];
  return { text, title: 'What we heard', blocks: [...stands, divider(), ...blocks] };
}

export const postedAgain = (kind: 'again' | 'not-now'): Answer =>
  said(
    kind === 'again'
      ? 'It is on its way once more.'
      : 'It is not posted again: it is on its way already, or there.',
    { title: 'What we heard' },
  );

import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Finding } from '../../../../safeguarding/finding.ts';
import { maskIdentifiers } from '../../../../safeguarding/identifiers.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../../safeguarding/warning.ts';
import type { Answer } from '../../../../slack/answer.ts';
import { context, divider, section } from '../../../../slack/blocks.ts';
import { form, paragraph, ticked } from '../../../../slack/form.ts';
import { packedJson } from '../../../../slack/packed.ts';
import { mrkdwn } from '../../../../slack/text.ts';
import { ids } from '../../ids.ts';
import { notAllowed } from '../../views.ts';
import type { Asked, AskOutcome } from './ask.ts';

/** In code points. */
const longest = 300;

export const askForm = form(
  { id: ids.ask, carries: packedJson(z.object({ doubt })) },
  {
    title: 'Ask somebody',
    submit: 'Ask the curators',
    fields: {
      words: paragraph('What are you looking for?', {
        max: longest,
        missing: 'Please write what you are looking for.',
        hint: 'In your own words, without details about a person.',
      }),
      tell: ticked('An answer', {
        yes: 'Tell me when there is one',
        means: 'That it was you is kept for this alone, and deleted with the answer.',
      }),
    },
  },
);

export const maskAsked = (given: Asked, look: (text: string) => Finding[]): Asked => ({
  ...given,
  words: maskIdentifiers(given.words, look(given.words), longest),
});

/** @param elsewhere who else may know, before the curators are asked. */
export const askDialog = ({
  words = '',
  elsewhere = [],
  ...seen
}: Doubtful & { words?: string; elsewhere?: readonly KnownBlock[] | undefined }): View =>
  askForm.view({
    initial: { words, tell: true },
    carry: { doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('send') }),
    above: [
      ...(elsewhere.length > 0 ? [...elsewhere, divider()] : []),
      context(
        mrkdwn`The curators can look for it, and tell you. They see your words, and not who asked. Beside that I count plain words that were not found, no names and not who asked.`,
      ),
      ...doubtBlocks(seen, ids.keepAsked),
    ],
    below: [
      context(
        mrkdwn`It can take some days, and it is no place for anything urgent: \`/chatr support\` shows where to turn.`,
      ),
    ],
  });

/** @param urgent whom to ring, where the words may be about danger. */
export function askedAnswer({ kind }: AskOutcome, urgent: KnownBlock[]): Answer {
  if (kind === 'not-allowed') return notAllowed;
  return {
    text: 'Your question to the curators',
    title: 'Sent',
    blocks: [
      ...urgent,
      section(
        kind === 'asked'
          ? mrkdwn`*Thank you.* The curators see your words in their list. If you asked to be told, I write to you once there is an answer.`
          : mrkdwn`*Thank you.* The curators see your words in their list. You did not agree to the community agreement, so it is not kept that it was you, and I cannot write to you about it.`,
      ),
    ],
  };
}

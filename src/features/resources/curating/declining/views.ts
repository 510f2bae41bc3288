import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../../safeguarding/warning.ts';
import { context, option, plain, section } from '../../../../slack/blocks.ts';
import { form, oneOf } from '../../../../slack/form.ts';
import { packedJson } from '../../../../slack/packed.ts';
import { count, mrkdwn } from '../../../../slack/text.ts';
import type { Receipt } from '../../changing/views.ts';
import { ids } from '../../ids.ts';
import type { Suggestion } from '../../store.ts';
import type { AllDeclined, Declined } from '../decide.ts';
import { type Decline, hearsOfSilence, wordsField } from '../notes.ts';
import { type QueuePlace, queuePlace } from '../queue/place.ts';
import { type Reason, reasons } from '../reasons.ts';

const reasonOptions = (silent: string) => [
  ...(Object.keys(reasons) as Reason[]).map((reason) => option(reasons[reason], reason)),
  option(silent, 'silent' as const),
];

export const declineForm = form(
  {
    id: ids.declineForm,
    carries: packedJson(
      z.object({
        at: queuePlace,
        id: z.string(),
        /** Whatever waits from whoever suggested it. */
        isAll: z.boolean().default(false),
        doubt: doubt.default('none'),
      }),
    ),
  },
  {
    title: 'Decline',
    submit: 'Decline',
    fields: {
      reason: oneOf('Why?', {
        of: reasonOptions('Not for us, and they are told nothing.'),
        radio: true,
        missing: 'Please choose a reason. Whoever suggested it is told, unless you choose the last.',
      }),
      words: wordsField,
    },
  },
);

/** @param together all that will be declined at once: what suggested this page, or all of whoever suggested it. */
export function declineView(
  { id, title, url }: Suggestion,
  { at, isAll }: { at: QueuePlace; isAll: boolean },
  { together, ...seen }: Doubtful & { together: readonly Suggestion[] },
): View {
  const isHeard = together.some(hearsOfSilence);
  return declineForm.view({
    carry: { at, id, isAll, doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('send') }),
    ...(isHeard && {
      options: {
        reason: reasonOptions('Not for us. They hear that it was not added after all, and no more.'),
      },
    }),
    above: [
      isAll
        ? section(
            mrkdwn`*All that waits from whoever suggested* \u2018${title}\u2019 leaves the queue, for one reason. You can undo it.`,
          )
        : { type: 'section', text: plain(`${title}\n${url}`) },
      context(
        isHeard
          ? mrkdwn`An earlier message said that ${isAll ? 'one of these' : 'it'} is in the catalogue, so whoever had it hears of this in any case: with the last one, without a reason. Nobody is told who decided.`
          : mrkdwn`Whoever suggested it is told the reason, ${isAll ? 'in one message, ' : ''}unless you choose the last, and not who decided.`,
      ),
      ...doubtBlocks(seen, ids.keepDeclineWords),
    ],
  });
}

/** Beside the words. */
export const wordsForNobody =
  'With the last reason nobody gets these words. Please choose another reason, or clear the words.';

/** @property id of the suggestion by which it is undone. @property urgent whom to ring, where the words may be about danger. */
type Done = { id: string; reason: Decline['reason']; urgent: KnownBlock[] };

export const declined = (
  { title, ...counts }: Declined & { kind: 'decided' },
  { id, reason, urgent }: Done,
): Receipt => ({
  text: mrkdwn`*Declined:* ${title}. ${sayTold(reason, counts)}`,
  undo: { what: 'suggestion', id },
  urgent,
});

function sayTold(reason: Decline['reason'], { told, known }: { told: number; known: number }): string {
  if (told > 0)
    return reason === 'silent'
      ? 'Whoever heard that it was added is told that it was not, without a reason.'
      : 'Whoever suggested it is told.';
  return known > 0 ? 'Nobody is told: they have heard it.' : 'Nobody is told.';
}

/** The same of all that waited from one person. */
export function declinedAll(
  { many, isTold }: AllDeclined & { kind: 'declined' },
  { id, reason, urgent }: Done,
): Receipt {
  const told =
    reason === 'silent'
      ? 'They are told of what an earlier message said was added, without a reason, and of nothing else.'
      : 'Whoever suggested them is told, in one message.';
  return {
    text: mrkdwn`*Declined:* ${count(many, 'suggestion', 'suggestions')}. ${isTold ? told : 'Nobody is told.'}`,
    undo: { what: 'suggestion', id },
    urgent,
  };
}

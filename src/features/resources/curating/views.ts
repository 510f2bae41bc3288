import type { View } from '@slack/types';
import { z } from 'zod';
import type { Finding } from '../../../safeguarding/finding.ts';
import { maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import { doubt, keptNote, maskAnd, warningBlocks } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, modal, section } from '../../../slack/blocks.ts';
import { form, line, paragraph } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { readAddress, sayAddressProblem } from '../address.ts';
import { suggestButton } from '../finding/views.ts';
import { ids } from '../ids.ts';
import { plainAnswer } from '../views.ts';
import type { Suggested, SuggestOutcome, WithdrawOutcome } from './suggest.ts';

/** In code points. */
const longest = { title: 150, why: 1000 };

export const suggestForm = form(
  { id: ids.suggest, carries: packedJson(z.object({ doubt })) },
  {
    title: 'Suggest a resource',
    submit: 'Send suggestion',
    fields: {
      title: line('Title', { max: longest.title, missing: 'Please give the title of the page.' }),
      url: line('Web address', {
        max: 1000,
        hint: 'The whole address, starting with https://',
        missing: sayAddressProblem('not-whole'),
        check: (address) => {
          const read = readAddress(address);
          return read.kind === 'problem' ? sayAddressProblem(read.problem) : undefined;
        },
      }),
      why: paragraph('Why is it good, and for whom?', { max: longest.why }),
    },
  },
);

/** Their words with what was seen in them masked. */
export const maskSuggested = (given: Suggested, look: (text: string) => Finding[]): Suggested => ({
  ...given,
  title: maskIdentifiers(given.title, look(given.title), longest.title),
  why: maskIdentifiers(given.why, look(given.why), longest.why),
});

/** @param findings what was seen in what was typed, once something was. @param isKept they keep it as it is. */
export const suggestDialog = ({
  title = '',
  findings,
  isKept = false,
}: {
  title?: string;
  findings?: readonly Finding[];
  isKept?: boolean;
}): View =>
  suggestForm.view({
    initial: { title },
    carry: { doubt: isKept ? 'kept' : findings ? 'warned' : 'none' },
    ...(findings && { submit: maskAnd('send') }),
    above: [
      context(mrkdwn`The curators see this, with your name, so that they can ask you about it.`),
      ...(findings ? warningBlocks(findings, [button('Keep it as it is', ids.keepSuggested)]) : []),
      ...(isKept ? [context(keptNote)] : []),
    ],
    below: [
      context(
        mrkdwn`Please leave out anything about a child, a family or a colleague. Nobody is watching what is written here, and it is not a referral: \`/chatr support\` shows where to turn.`,
      ),
    ],
  });

/** Why a suggestion was not kept, beside its address. */
export function refusal(
  outcome: Exclude<SuggestOutcome, { kind: 'suggested' } | { kind: 'may-identify' }>,
): string {
  switch (outcome.kind) {
    case 'in-catalogue':
      return outcome.words;
    case 'suggested-before':
      return 'You have suggested this address before. The curators have it.';
    case 'keeps-nothing':
      return 'You did not agree to the community agreement, so nothing that you write is kept. You can agree from App Home.';
    case 'not-allowed':
      return 'This works for members of the workspace. Nothing was kept.';
  }
}

export const withdrawn = ({ kind }: WithdrawOutcome): Answer =>
  plainAnswer(
    'Suggestion',
    {
      withdrawn: 'Your suggestion was taken back and is deleted.',
      'too-late':
        'This suggestion is no longer waiting: it was taken back already, or a curator has decided.',
      'not-allowed': 'This works for members of the workspace.',
    }[kind],
  );

/** Where no modal can be opened (a line typed in a conversation): the button that opens it. */
export const suggestCard = (title: string): Answer => ({
  text: 'Suggest a resource',
  blocks: [
    section(mrkdwn`Something good that is not in the catalogue? The curators look through suggestions.`),
    actions([suggestButton(title)]),
  ],
});

export const suggestionThanks = (id: string): View =>
  modal({
    callbackId: 'answer',
    title: 'Suggestion sent',
    blocks: [
      section(
        mrkdwn`*Thank you.* Your suggestion is kept with your name, and the curators see it. You hear what becomes of it.`,
      ),
      actions([
        button('Take it back', ids.withdraw, {
          value: id,
          confirm: confirmLoss(
            'Take it back?',
            'The suggestion is deleted. You can send it again at any time.',
            'Take it back',
            'Keep it',
          ),
        }),
      ]),
    ],
  });

export const forCurators = plainAnswer(
  'For curators',
  'The catalogue is looked after by curators and facilitators. You can suggest something with /chatr suggest.',
);

import type { KnownBlock, View } from '@slack/types';
import type { Finding } from '../../../../safeguarding/finding.ts';
import { describeFindings } from '../../../../safeguarding/identifiers.ts';
import type { Answer } from '../../../../slack/answer.ts';
import { actions, button, context, section } from '../../../../slack/blocks.ts';
import { searchButton } from '../../../../slack/commands.ts';
import { form, paragraph } from '../../../../slack/form.ts';
import { count, list, type Mrkdwn, mrkdwn } from '../../../../slack/text.ts';
import { ids } from '../../ids.ts';
import type { Noted } from './wording.ts';

const title = 'Look at words';

export const wordingForm = form(ids.wording, {
  title,
  submit: 'Look at it',
  close: 'Close',
  fields: {
    text: paragraph('Your text', {
      missing: 'Please paste or write the text to look at.',
      hint: 'An invitation, a letter, a sentence of a report.',
      focus: true,
    }),
  },
});

export const wordingDialog = (): View =>
  wordingForm.view({
    above: [context(mrkdwn`Only you see this. Nothing of your text is kept, here or in a log.`)],
    below: [
      context(
        mrkdwn`I compare words with the glossary, and do not read what you mean. Nobody is watching what is written here, and it is not a referral: \`/chatr support\` shows where to turn.`,
      ),
    ],
  });

const openButton = (text: string) => button(text, ids.openWording);

/** Where no window can be opened: the button that opens it. */
export const wordingCard: Answer = {
  text: 'Look at words',
  title,
  blocks: [
    section(
      mrkdwn`*Look at words*\nPaste a text of yours, and I say which of its words have a note on language. Only you see it, and nothing is kept.`,
    ),
    actions([openButton('Paste a text')]),
  ],
};

/** Below an answer to a few words, which may have been a search. */
export const searchInstead = (words: string): KnownBlock =>
  actions([searchButton('Search for this instead', `words ${words}`)]);

/** Of which term the note is: two of them may speak of the same words. */
const about = ({ term }: Noted['term'], saidAs: readonly string[]): Mrkdwn =>
  saidAs.some((said) => said.toLowerCase() === term.toLowerCase()) ? mrkdwn`` : mrkdwn` \u00b7 ${term}`;

/** More than these nobody reads at once. */
const most = 12;

/** Their text is not in it, only what the glossary has: an answer may stand in a conversation that Slack keeps. */
export function wordingAnswer(
  noted: readonly Noted[],
  findings: readonly Finding[],
  isInWindow: boolean,
): Answer {
  const shown = noted.slice(0, most);
  const left = noted.length - shown.length;
  const lead =
    noted.length === 0
      ? mrkdwn`*None of these words has a note in the glossary.* That says nothing of the text as a whole: whoever it is about has the last word.`
      : mrkdwn`*${count(noted.length, 'note', 'notes')} on your words:*`;
  return {
    text: noted.length === 0 ? 'No word of it has a note' : 'Notes on words',
    title,
    blocks: [
      section(lead),
      ...shown.map(
        ({ term, saidAs }): KnownBlock =>
          section(mrkdwn`*${list(saidAs)}*${about(term, saidAs)}\n${term.language_note ?? ''}`),
      ),
      ...(left > 0
        ? [context(mrkdwn`${left} more have a note. Look at a shorter part of the text to see them.`)]
        : []),
      ...(findings.length > 0
        ? [
            section(
              mrkdwn`*Before you send it on:* the text seems to hold ${describeFindings(findings)}. Nothing of it is kept here. Would it say as much without?`,
            ),
          ]
        : []),
      context(
        mrkdwn`Suggestions, not rules. Whoever it is about has the last word on how they are described. Nothing of your text is kept.`,
      ),
      // In a window the text is behind this one, to be changed.
      ...(isInWindow ? [] : [actions([openButton('Look at a longer text')])]),
    ],
  };
}

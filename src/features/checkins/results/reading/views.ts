import type { Button, View } from '@slack/types';
import { z } from 'zod';
import { whoSeesProgrammeNotes, whoSeesRoundNotes } from '../../../../community/promises.ts';
import { supportContext } from '../../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../../safeguarding/warning.ts';
import type { Answer } from '../../../../slack/answer.ts';
import { button, context, option, section, written } from '../../../../slack/blocks.ts';
import { form, paragraph, severalOf } from '../../../../slack/form.ts';
import { packedJson } from '../../../../slack/packed.ts';
import { count, mrkdwn, sayDay } from '../../../../slack/text.ts';
import { ids } from '../../ids.ts';
import { said } from '../../views.ts';
import { notAllowed } from '../../words.ts';
import type { InRound, Words } from '../hide-words.ts';
import { longestNote, type Notes } from '../notes.ts';
import { shownOf } from '../shown-of.ts';

/** `hidden`: the marks of what was hidden when the form was drawn. */
export const hideForm = form(
  {
    id: ids.hideView,
    carries: packedJson(z.object({ round: z.string(), question: z.string(), hidden: z.array(z.string()) })),
  },
  {
    title: 'Hide an answer',
    submit: 'Save',
    close: 'Cancel',
    fields: {
      hidden: severalOf('Which should not be read?', {
        empty: 'Choose what to hide',
        hint: 'Take one off again to show it.',
      }),
    },
  },
);

export function hideDialog(
  { question, texts, hidden }: Words,
  at: InRound,
  mark: (text: string) => string,
): View {
  const marks = new Map([...texts, ...hidden].map((text) => [mark(text), text]));
  return hideForm.view({
    carry: { ...at, hidden: hidden.map(mark) },
    initial: { hidden: hidden.map(mark) },
    options: {
      hidden: [...marks]
        .toSorted(([, a], [, b]) => a.localeCompare(b))
        .map(([value, text]) => {
          const [shown, more] = shownOf(text);
          return option(shown, value, more);
        }),
    },
    above: [
      section(
        mrkdwn`*${question.text}*\nFor what is unkind, or tells who somebody is. Nobody who reads these results sees it any more, here or in what is made of them. I do not know whose it is, and tell nobody.`,
      ),
      context(
        hidden.length === 0
          ? mrkdwn`Nothing is hidden now.`
          : mrkdwn`${count(hidden.length, 'answer is', 'answers are')} hidden now.`,
      ),
    ],
    // Below the field, since where the answers stand in a menu it opens over what comes next.
    below: [
      context(
        mrkdwn`That you hid something, and when, is written down, not what. Whoever can read these results can show it again. Nothing is deleted, and numbers stay as they are.`,
      ),
    ],
  });
}

export const notesButton = (roundId: string): Button => button('Notes', ids.notes, { value: roundId });

export const notesForm = form(
  { id: ids.notesView, carries: packedJson(z.object({ id: z.string(), doubt })) },
  {
    title: 'Notes',
    submit: 'Save note',
    close: 'Not now',
    notifyOnClose: true,
    fields: {
      note: paragraph('Your note', {
        max: longestNote,
        hint: 'Empty it to take it away. Nothing about an identifiable child or family, please.',
      }),
    },
  },
);

export function notesDialog(
  { round, isOfGroup, mine, begun, others }: Notes,
  zone: string,
  { text = begun ?? mine, isNaming = false, ...seen }: Doubtful & { text?: string; isNaming?: boolean },
): View {
  return notesForm.view({
    carry: { id: round.id, doubt: doubtOf(seen) },
    initial: { note: text },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('save') }),
    above: [
      section(mrkdwn`*${round.definition.label}* of ${sayDay(round.dueAt, zone)}`),
      context(mrkdwn`${isOfGroup ? whoSeesRoundNotes : whoSeesProgrammeNotes}`),
      ...others
        .slice(-10)
        .flatMap(({ name, at, text: theirs }) => [
          section(mrkdwn`*${name}* · ${sayDay(at, zone)}`),
          ...written(theirs),
        ]),
      ...(text === begun && doubtOf(seen) === 'none'
        ? [context(mrkdwn`As you left it, and not saved yet.`)]
        : []),
      ...doubtBlocks(seen, ids.notesAsItIs),
      ...(isNaming ? [section(naming)] : []),
    ],
    below: [supportContext('at-any-time')],
  });
}

const naming = mrkdwn`And this names somebody of the group. In this check-in nobody’s name is kept, so please say it without one.`;

export const notesNotTheirs: Answer = said(notAllowed, { title: 'Notes' });
/** Beside a note that was to be looked at once more, and one that was to be kept. */
export const noteLost = `${notAllowed} Your note is not kept.`;
export const noteNotKept = `${notAllowed} Your note is not kept; it is still here to copy.`;

export const noteSaved = (kind: 'kept' | 'taken-away', isOfGroup: boolean): Answer =>
  said(
    kind === 'kept'
      ? `Your note is kept. ${isOfGroup ? whoSeesRoundNotes : whoSeesProgrammeNotes} To change it or take it away, open Notes again.`
      : 'Your note is taken away.',
    { title: 'Notes' },
  );

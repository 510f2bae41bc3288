import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { asModal } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirm,
  context,
  divider,
  modal,
  option,
  section,
  written,
} from '../../../slack/blocks.ts';
import { form, oneOf, paragraph } from '../../../slack/form.ts';
import { packed, packedJson, placeNumber } from '../../../slack/packed.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { shownOf } from '../results/shown-of.ts';
import { said } from '../views.ts';
import type { Quotable, Quotables } from './ask.ts';
import { longestQuote } from './cut.ts';
import { daysToAnswer } from './limits.ts';
import type { Decided, OwnQuote, OwnQuotes } from './mine.ts';

const inRound = z.object({ round: z.string(), question: z.string() });
/** The words of a question, a page of those that are in or asked for, and a page of those to choose from. */
export const packedQuotes = packed('|', { ...inRound.shape, page: placeNumber, from: placeNumber });
/** Which words. */
export const packedWords = packed('|', { ...inRound.shape, mark: z.string() });
const carriesWords = packedJson(inRound.extend({ mark: z.string() }));

export const chooseForm = form(
  { id: ids.quoteView, carries: packedQuotes },
  {
    title: 'Quotations',
    submit: 'Next',
    close: 'Done',
    fields: {
      mark: oneOf('Which words?', { missing: 'Please choose which words.' }),
    },
  },
);

export const cutForm = form(
  { id: ids.quoteCutView, carries: carriesWords },
  {
    title: 'Quotation',
    submit: 'See how it stands',
    fields: {
      quote: paragraph('As it is to stand', {
        max: 3000,
        inTheirWords: true,
        missing: 'Please leave some of it.',
        hint: `Only leave something out, and put … in its place. ${longestQuote} characters at most, and nothing that tells who somebody is.`,
      }),
    },
  },
);

export const sendWindow = {
  id: ids.quoteSendView,
  carries: packedJson(inRound.extend({ mark: z.string(), says: z.string() })),
};

/** A menu holds so many. */
const mostToChoose = 100;
const shownAPage = 8;

const asksWriters = ({ round }: Quotables): boolean => round.definition.mode !== 'group';

/** What of a question is in the report or asked for, and what can be. @param note of what was just done. */
export function chooseView(
  found: Quotables,
  { page, from }: { page: number; from: number },
  note?: string,
): View {
  const { round, question, all, isReported } = found;
  const at = { round: round.id, question: question.id };
  const free = all
    .filter(({ stands }) => stands === 'free')
    .toSorted((one, other) => one.text.localeCompare(other.text));
  const isOffered = free.length > 0 && !isReported;
  const choices = pageOf(free, from, mostToChoose);
  const used = all.filter(
    ({ stands }) => stands === 'in' || stands === 'left-out' || (stands === 'asked' && !isReported),
  );
  const { shown, ...turn } = pageOf(used, page, shownAPage);
  const paging = [
    ...turnButtons(turn, {
      back: { text: 'Back', id: `${ids.quote}.back` },
      more: { text: 'More', id: `${ids.quote}.more`, label: 'More quotations' },
      value: (to) => packedQuotes.pack({ ...at, page: to, from: choices.page }),
    }),
    ...turnButtons(choices, {
      back: { text: 'Words before these', id: `${ids.quote}.before` },
      more: { text: 'Other words to choose from', id: `${ids.quote}.after` },
      value: (to) => packedQuotes.pack({ ...at, page: turn.page, from: to }),
    }),
  ];
  const above: KnownBlock[] = [
    ...(note === undefined ? [] : [section(mrkdwn`*${note}*`)]),
    section(mrkdwn`*${question.text}*\n${howItGoes(found)}`),
    ...shown.flatMap((one, nth) => usedBlocks(one, at, nth, isReported)),
    ...(paging.length > 0 ? [actions(paging, 'quotes.paging')] : []),
    ...(isReported
      ? [context(mrkdwn`The report with this check-in is closed, so nothing changes in it.`)]
      : []),
    ...(free.length === 0 && !isReported
      ? [
          context(
            all.length === 0
              ? mrkdwn`Nobody’s words here can be quoted.${asksWriters(found) ? '' : ' Where several people allow it while they write, they stand here.'}`
              : mrkdwn`There are no other words here that could be quoted.`,
          ),
        ]
      : []),
  ];
  if (!isOffered)
    return modal({ callbackId: ids.quotesView, title: 'Quotations', close: 'Done', blocks: above });
  return chooseForm.view({
    carry: { ...at, page: turn.page, from: choices.page },
    above: [...above, divider()],
    options: {
      mark: choices.shown.map(({ text, mark }) => {
        const [first, more] = shownOf(text);
        return option(first, mark, more);
      }),
    },
  });
}

const howItGoes = (found: Quotables): string =>
  asksWriters(found)
    ? `Choose words for the report. I ask whoever wrote them, if they can be asked, by a message that does not repeat them; they have ${daysToAnswer} days.${found.round.definition.mode === 'linked' ? ' I tell nobody whom I ask.' : ''} Only with their yes it stands in the report. If they say no, nobody hears of it.`
    : 'Only words are here whose writers allowed a quotation while they wrote. Words that may only be used in a summary are told in other words, in the file you make of the report.';

function usedBlocks(
  { text, mark, stands, quote }: Quotable,
  at: { round: string; question: string },
  nth: number,
  isReported: boolean,
): KnownBlock[] {
  const value = packedWords.pack({ ...at, mark });
  const how = {
    in: 'In the report',
    asked: 'Asked for',
    'left-out': 'Left out of the report',
    free: '',
    over: '',
  }[stands];
  const buttons = isReported
    ? []
    : stands === 'in'
      ? [button('Leave it out', `${ids.quoteOut}${nth}`, { value, label: `Leave out quotation ${nth + 1}` })]
      : stands === 'left-out'
        ? [button('Put it in again', `${ids.quoteIn}${nth}`, { value, label: `Put in quotation ${nth + 1}` })]
        : [];
  return [section(mrkdwn`_${how}_`, buttons[0]), ...written(quote?.says ?? text)];
}

/** To cut it. */
export const cutView = (found: Quotables, { text, mark }: Quotable): View =>
  cutForm.view({
    carry: { round: found.round.id, question: found.question.id, mark },
    initial: { quote: text },
    above: [
      section(mrkdwn`*${found.question.text}*\nWhat was written:`),
      ...written(text),
      context(
        mrkdwn`Shorten it so that it still says what was meant.${asksWriters(found) ? ' Whoever wrote it sees exactly what you leave.' : ''}`,
      ),
    ],
  });

/** As it would stand. */
export const sendView = (found: Quotables, { mark }: Quotable, says: string): View =>
  modal({
    callbackId: sendWindow.id,
    title: 'Quotation',
    submit: asksWriters(found) ? 'Ask for it' : 'Use it',
    close: 'Not now',
    metadata: sendWindow.carries.pack({ round: found.round.id, question: found.question.id, mark, says }),
    blocks: [
      section(mrkdwn`*It would stand like this:*`),
      ...written(says),
      context(
        asksWriters(found)
          ? mrkdwn`Whoever wrote it is asked once for these words, if they can be asked, and sees them as they stand here. They can take back their yes until the report is closed.`
          : mrkdwn`Whoever wrote it allowed that. You can leave it out again until the report is closed.`,
      ),
    ],
  });

export const doneNote = (kind: 'asked' | 'chosen'): string =>
  kind === 'asked'
    ? 'I ask whoever wrote it, if they can be asked. It stands in the report once they say yes.'
    : 'It is in the report.';

export const notThere =
  'These words cannot be asked for (any more): they are in already, somebody else has asked, or they are gone.';

// Whoever wrote the words.

const mostShown = 10;

export function ownQuotesView({ open, allowed, closed }: OwnQuotes, note?: string): View {
  const nothing = open.length + allowed.length + closed.length === 0;
  return modal({
    callbackId: ids.ownQuotesView,
    title: 'Your words',
    close: open.length > 0 ? 'Not now' : 'Done',
    blocks: [
      ...(note === undefined ? [] : [section(mrkdwn`*${note}*`)]),
      ...(nothing && note === undefined
        ? [
            section(
              mrkdwn`*Nothing is asked of you here.* The words are gone, the time to answer is over, or the report is closed without them.`,
            ),
          ]
        : []),
      ...open.flatMap((one, nth) => [
        section(mrkdwn`*May this stand in a report, without your name?*\n${aboutOf(one)}`),
        ...written(one.says),
        actions(
          [
            button('Yes, quote this', `${ids.quoteYes}${nth}`, {
              value: one.id,
              label: `Yes, quote the words of number ${nth + 1}`,
            }),
            button('No', `${ids.quoteNo}${nth}`, {
              value: one.id,
              label: `No, do not quote the words of number ${nth + 1}`,
            }),
          ],
          `quote-${nth}`,
        ),
      ]),
      ...(open.length > 0
        ? [
            context(
              mrkdwn`Just these words, in the report of your group, which may be read by anybody. Whoever knows how you write may recognise you. Nobody is told if you say no; a yes you can take back here until the report is closed.`,
            ),
          ]
        : []),
      ...(allowed.length > 0 ? [divider(), section(mrkdwn`*You allowed this*`)] : []),
      ...allowed.slice(0, mostShown).flatMap((one, nth) => [
        section(
          mrkdwn`${aboutOf(one)}`,
          button('Take it back', `${ids.quoteBack}${nth}`, {
            value: one.id,
            label: `Take back number ${nth + 1}`,
            confirm: confirm(
              'Take it back?',
              'It goes out of the report, and you are not asked for these words again.',
              'Take it back',
              'Leave it',
            ),
          }),
        ),
        ...written(one.says),
      ]),
      ...(closed.length > 0
        ? [
            divider(),
            section(mrkdwn`*In a report that is closed*, and cannot be taken out any more:`),
            ...closed
              .slice(0, mostShown)
              .flatMap((one) => [section(mrkdwn`${aboutOf(one)}`), ...written(one.says)]),
          ]
        : []),
    ],
  });
}

const aboutOf = ({ round, question }: OwnQuote): string => `${round.definition.label}: ${question}`;

export const decidedNote: Record<Decided, string> = {
  allowed: 'Thank you. It may be quoted, without your name.',
  declined: 'It is not quoted, and nobody is told.',
  'taken-back': 'Taken back. It is not in the report any more.',
  'too-late': 'The time for that is over, or the report is closed. Nothing was changed.',
  'nothing-there': 'There is nothing of yours here any more that could be quoted.',
};

export const notTheirs = asModal(said('Only those who run this group can do that.', { title: 'Quotations' }));

/** Beside somebody's own check-ins, where they are asked for words or have allowed some. */
export const ownQuotesButton = ({ open, allowed, closed }: Pick<OwnQuotes, 'open' | 'allowed' | 'closed'>) =>
  open.length + allowed.length + closed.length === 0
    ? undefined
    : button(
        open.length > 0 ? `May these be quoted? (${open.length})` : 'What may be quoted',
        ids.quotesOfMine,
        { value: 'see' },
      );

import type { ActionsBlockElement, Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { fewerThan, saySoFar, sayTally } from '../../../community/suppress.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  header,
  modal,
  option,
  plain,
  rows,
  section,
  written,
} from '../../../slack/blocks.ts';
import { mostCharts, paginate } from '../../../slack/charts.ts';
import { fileButton, fileMenu } from '../../../slack/files.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { turnButtons, turnTo } from '../../../slack/paging.ts';
import { clip, joinMrkdwn, mrkdwn, sayDay, sayEnd } from '../../../slack/text.ts';
import type { Definition } from '../content.ts';
import { csvKind, ids, jsonKind, summaryKind } from '../ids.ts';
import { takesPaper } from '../paper/may-enter.ts';
import { isWords, type Question } from '../question-kinds.ts';
import type { Round } from '../store.ts';
import { said } from '../views.ts';
import { notAllowed, someNotAsked } from '../words.ts';
import { glance, pictureOf } from './pictures.ts';
import type { NamedAnswer, QuestionResult, Results } from './results.ts';
import { sayOnPaper, sayPast, sayResult } from './say.ts';

/** A page holds so many blocks at most, well below Slack's limit for a screen. */
const blocksOnPage = 60;
/** A phone shows one chart at a time, and each page takes two. */
const blocksOfPage = 40;

/**
 * A round, or a check-in: then its latest round; which page of its results, the order of the words on them, and whether
 * only what people wrote is shown.
 */
export const packedPage = packed('|', {
  id: z.string(),
  page: placeNumber,
  order: z.string().default(''),
  part: z.enum(['all', 'words']).catch('all'),
});
type Options = {
  page: number;
  order: string;
  part?: 'all' | 'words';
  zone: string;
  smallGroupWarning: string;
};

/**
 * The results of a round in a window, page by page. What people wrote is read here and nowhere else: it must not stay in
 * Slack. In words throughout, since windows take no charts; every count that is left out says why.
 */
export function resultsView(
  results: Results,
  { page, order, part = 'all', zone, smallGroupWarning }: Options,
): View {
  const { round } = results;
  const { definition } = round;
  const shown =
    results.kind !== 'shown' ? [] : results.questions.filter((one) => part === 'all' || isRead(one));
  const pages = paginate(
    shown.flatMap((one) => questionBlocks(one, { ...aboutRound(round), zone })),
    { most: blocksOnPage },
  );
  const turn = turnTo(page, pages.length, 1);
  const paging = turnButtons(turn, {
    back: { text: 'Back', id: `${ids.resultsPage}page` },
    more: { text: 'More', id: `${ids.resultsPage}next`, label: 'More results' },
    value: (to) => packedPage.pack({ id: round.id, page: to, order, part }),
  });
  const hasCharts =
    results.kind === 'shown' &&
    results.questions.some((one) => one.kind === 'summed' && pictureOf(one, zone) !== undefined);
  const inHome = button(hasCharts ? 'See it in Home, with charts' : 'See it in Home', ids.resultsHome, {
    value: packedPage.pack({ id: round.id, page: 0, order: '', part: 'all' }),
  });
  const doors = [
    ...(part === 'all' && results.kind === 'shown' && definition.mode !== 'named' ? [inHome] : []),
    ...themesDoor(results),
  ];
  return modal({
    callbackId: ids.resultsView,
    title: part === 'words' ? 'In their words' : 'Results',
    close: 'Done',
    blocks: [
      heading(results, zone, definition.label),
      ...(part === 'all' ? otherRounds(results, zone, ids.resultsPage) : []),
      ...(part === 'all'
        ? [...standing(results, zone, `${ids.resultsPage}before`), ...crowdedOut(results)]
        : [context(mrkdwn`${readHere}`)]),
      ...(doors.length > 0 ? [actions(doors, 'in-home')] : []),
      ...(pages[turn.page] ?? []),
      ...(paging.length > 0
        ? [actions(paging, 'paging'), context(mrkdwn`Page ${turn.page + 1} of ${turn.pages}`)]
        : []),
      ...ending(results, smallGroupWarning, part === 'all'),
    ],
  });
}

const readHere =
  'What people wrote is shown in this window only, and stays in no message. Please do not copy it anywhere: how somebody writes can be recognised.';

/** To what the words of a group are about, once nothing is added to them. */
const themesDoor = (results: Results): Button[] =>
  results.kind === 'shown' &&
  results.round.status === 'closed' &&
  results.checkin.cohortId !== undefined &&
  results.questions.some((one) => isRead(one) && isWords(one.question))
    ? [button('Themes', ids.themes, { value: results.round.id, label: 'Themes of what people wrote' })]
    : [];

/** What is read in a window only. */
const isRead = (one: QuestionResult): boolean => one.kind === 'words' || one.kind === 'named';

/**
 * The same on a page of App Home: numbers and charts, with a sentence beside each. What people wrote is a button away.
 * @param doors what else can be done with this round.
 */
export function resultsPage(
  results: Results,
  { page, zone, smallGroupWarning, doors }: Omit<Options, 'order' | 'part'> & { doors: Button[] },
): KnownBlock[] {
  const { round } = results;
  const { definition } = round;
  const questions = results.kind === 'shown' ? results.questions : [];
  const summed = questions.filter((one) => one.kind === 'summed');
  const table = glance(summed, zone);
  const drawn = questions
    .filter((one) => !isRead(one))
    .flatMap((one): KnownBlock[][] => {
      const picture = one.kind === 'summed' ? pictureOf(one, zone) : undefined;
      const said = questionBlocks(one, { ...aboutRound(round), zone }).flat();
      return [picture ? [...said, picture] : said];
    });
  const pages = paginate([...(table ? [[section(mrkdwn`*At a glance*`), table]] : []), ...drawn], {
    most: blocksOfPage,
    charts: mostCharts,
  });
  const turn = turnTo(page, pages.length, 1);
  const paging = turnButtons(turn, {
    back: { text: 'Back', id: `${ids.page}back`, label: 'The page before' },
    more: { text: 'More', id: `${ids.page}next`, label: 'More results' },
    value: (to) => packedPage.pack({ id: round.id, page: to, order: '', part: 'all' }),
  });
  const words = questions.some(isRead)
    ? [
        button('Read their words', ids.words, {
          value: packedPage.pack({ id: round.id, page: 0, order: '', part: 'words' }),
        }),
        ...themesDoor(results),
      ]
    : [];
  const buttons = [...words, ...doors];
  return [
    header(`Results: ${definition.label}`),
    heading(results, zone),
    ...otherRounds(results, zone, ids.page),
    ...standing(results, zone, `${ids.page}before`),
    ...crowdedOut(results),
    ...(buttons.length > 0 ? rows(buttons, 'results.doors') : []),
    ...(pages[turn.page]?.length ? [divider(), ...(pages[turn.page] ?? [])] : []),
    ...(paging.length > 0
      ? [actions(paging, 'results.paging'), context(mrkdwn`Page ${turn.page + 1} of ${turn.pages}`)]
      : []),
    ...ending(results, smallGroupWarning),
  ];
}

/** @param label where no heading says it. */
function heading(results: Results, zone: string, label?: string): KnownBlock {
  const { round, askedAt, occasion, cohortName } = results;
  const { smallest } = round.definition;
  const tally =
    results.kind === 'not-closed' ? saySoFar(results.counted, smallest) : sayTally(results.tally, smallest);
  return section(
    joinMrkdwn(
      [
        label !== undefined && mrkdwn`*${label}*`,
        mrkdwn`${cohortName} · ${occasion ?? sayDay(askedAt, zone)}`,
        mrkdwn`${tally}`,
      ],
      '\n',
    ),
  );
}

const mostOtherRounds = 20;
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** To the one that is open, and to any other. @param turn the ids of what turns to one begin so. */
function otherRounds({ round, rounds }: Results, zone: string, turn: string): KnownBlock[] {
  const value = (id: string) => packedPage.pack({ id, page: 0, order: '', part: 'all' });
  const others = rounds.filter(({ id }) => id !== round.id).slice(0, mostOtherRounds);
  if (others.length === 0) return [];
  const open = others.find(({ isOpen }) => isOpen);
  return [
    actions(
      [
        ...(open ? [button('The one that is open', `${turn}open`, { value: value(open.id) })] : []),
        {
          type: 'static_select',
          action_id: `${turn}round`,
          placeholder: plain('Other rounds'),
          options: others.map(({ id, askedAt, occasion, isOpen }) =>
            option(`${capital(occasion ?? sayDay(askedAt, zone))}${isOpen ? ', open now' : ''}`, value(id)),
          ),
        },
      ],
      'results.rounds',
    ),
  ];
}

const ending = (results: Results, smallGroupWarning: string, isWhole = true): KnownBlock[] => [
  ...(results.isWhole
    ? []
    : [
        context(
          mrkdwn`Some answers cannot be opened with the present encryption key, and are left out here. They are not lost: tell whoever runs ChATR Companion.`,
        ),
      ]),
  ...(results.noted ? [context(results.noted)] : []),
  ...(results.kind === 'shown' && results.round.definition.mode !== 'named'
    ? [
        context(mrkdwn`${smallGroupWarning}`),
        ...(isWhole ? [actions(fileButtons(results.round), 'results.files')] : []),
      ]
    : []),
];

/** The round to take away: for the table, and in the menu beside it for a spreadsheet or a program. */
const fileButtons = ({ id }: Round): ActionsBlockElement[] => [
  fileButton('A page for the table (Word)', summaryKind, id),
  fileMenu(
    [
      { text: 'Figures for a spreadsheet (CSV)', kind: csvKind },
      { text: 'Figures for a program (JSON)', kind: jsonKind },
    ],
    id,
  ),
];

export const notTheirs: Answer = said(notAllowed, { title: 'Results' });

export const noResultsYet = ({ label }: Definition): Answer =>
  said(`“${label}” has not been out yet.`, { title: 'Results' });

/** To whoever pressed the button in a window: Home is another place. */
export const seeHome = ({ label }: Definition): Answer =>
  said(`The results of “${label}” are in Home now, with charts: the Home tab of ChATR Companion.`, {
    title: 'Results',
  });

const crowdedOut = ({ round }: Results): KnownBlock[] =>
  round.wasCrowded ? [context(mrkdwn`${someNotAsked}`)] : [];

/** Why there is nothing to see yet, or how to read what there is. @param turn the id of a button to another round. */
function standing(results: Results, zone: string, turn: string): KnownBlock[] {
  const { round, rounds } = results;
  switch (results.kind) {
    case 'not-closed': {
      // Where it comes every week, the next is open as soon as one has closed.
      const before = rounds.find(({ dueAt }) => dueAt < round.dueAt);
      const earlier = before
        ? [
            button(`Results: ${before.occasion ?? sayDay(before.askedAt, zone)}`, turn, {
              value: packedPage.pack({ id: before.id, page: 0, order: '', part: 'all' }),
            }),
          ]
        : [];
      return [
        section(
          mrkdwn`Answers show when it closes${round.closesAt ? ` ${sayEnd(round.closesAt, zone)}` : ''}${round.definition.mode === 'group' ? ', or once everybody has answered' : ''}. Seen any earlier, each new answer would stand out.`,
        ),
        ...(results.papers >= round.definition.smallest
          ? [context(mrkdwn`${results.papers} answers on paper are entered.`)]
          : []),
        ...(results.checkin.cohortId === undefined
          ? earlier.length > 0
            ? [actions(earlier)]
            : []
          : [
              actions([
                ...earlier,
                ...(takesPaper(round.definition)
                  ? [button('Answers on paper', ids.paper, { value: round.id })]
                  : []),
                button('Close it now', ids.closeNow, {
                  value: round.id,
                  confirm: confirmLoss(
                    'Close this check-in now?',
                    'Whoever has not answered yet no longer can; what they have begun is kept for them alone, to put into their journal. This cannot be undone.',
                    'Close it',
                    'Keep it open',
                  ),
                }),
              ]),
            ]),
      ];
    }
    case 'too-few':
      return [
        section(
          mrkdwn`There are ${fewerThan(round.definition.smallest)} answers that could be shown, and in so small a group they would say who said what. So nothing of them is shown, here or in any report.`,
        ),
      ];
    case 'shown':
      return round.definition.mode === 'named'
        ? [context(mrkdwn`Members were told that you see their names.`)]
        : [
            context(
              mrkdwn`${round.definition.mode === 'private' ? 'Only those are counted who asked to be. ' : ''}So that nothing here tells what one person answered: of fewer than twelve only roughly where the group stands; of twelve or more averages and counts, small ones left out. It was worked out once, when it closed, and stays as it is.`,
            ),
            ...(results.onPaper === undefined
              ? []
              : [
                  context(
                    mrkdwn`${sayOnPaper(results.onPaper, round.definition.smallest)} They are summed up apart, since whoever entered them knows each one; their words are among the others.`,
                  ),
                ]),
          ];
  }
}

const aboutRound = ({ id, status, definition }: Round) => ({
  round: id,
  isClosed: status === 'closed',
  smallest: definition.smallest,
});

function questionBlocks(
  result: QuestionResult,
  { round, isClosed, smallest, zone }: { round: string; isClosed: boolean; smallest: number; zone: string },
): KnownBlock[][] {
  const title = mrkdwn`*${result.question.text}*`;
  switch (result.kind) {
    case 'too-few':
    case 'beside':
    case 'held':
    case 'compared':
    case 'summed':
      return [
        [
          section(
            joinMrkdwn(
              [title, sayResult(result, smallest, zone), result.kind === 'summed' && sayPast(result)],
              '\n',
            ),
          ),
        ],
      ];
    case 'words':
      return [
        [section(title)],
        ...result.texts.map((text): KnownBlock[] => written(text)),
        ...(result.texts.length + result.hidden.length > 0 ? [[hiding(result, round)]] : []),
        ...(result.withheld
          ? [
              [
                context(
                  mrkdwn`Some people asked that their words be kept private or used only in a summary. Those are not shown.`,
                ),
              ],
            ]
          : []),
      ];
    case 'named':
      if (result.answers.length === 0) return [[section(mrkdwn`${title}\nNobody has answered this one.`)]];
      return [
        [section(title)],
        ...result.answers.map(namedBlocks),
        // Of one that is open, more may come.
        ...(isWords(result.question) && isClosed
          ? [[actions([quoting(result.question, round)], `quote-${result.question.id}`)]]
          : []),
      ];
  }
}

/** What one person answered under their name. */
export const namedBlocks = ({ name, text, isWords }: NamedAnswer): KnownBlock[] =>
  isWords ? [section(mrkdwn`${name}`), ...written(text)] : [section(mrkdwn`${name}: ${clip(text, 2500)}`)];

/** The buttons that lead to hiding, with how many are hidden, and to quotations. */
const hiding = (
  { question, hidden }: Extract<QuestionResult, { kind: 'words' }>,
  round: string,
): KnownBlock =>
  actions(
    [
      button(
        hidden.length > 0 ? `Hide or show again (${hidden.length} hidden)` : 'Hide an answer',
        ids.hide,
        {
          value: packedWords.pack({ round, question: question.id }),
          label: `Hide an answer to: ${question.text}`,
        },
      ),
      quoting(question, round),
    ],
    `hide-${question.id}`,
  );

const quoting = (question: Question, round: string): Button =>
  button('Quotations', ids.quote, {
    value: packedWords.pack({ round, question: question.id }),
    label: `Quotations from: ${question.text}`,
  });

/** One question of a round. */
export const packedWords = packed('|', { round: z.string(), question: z.string() });

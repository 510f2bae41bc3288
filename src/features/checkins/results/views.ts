import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { fewerThan, sayTally } from '../../../community/suppress.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  modal,
  option,
  overflow,
  section,
  written,
} from '../../../slack/blocks.ts';
import { fileButton } from '../../../slack/files.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { turnButtons, turnTo } from '../../../slack/paging.ts';
import { clip, joinMrkdwn, list, type Mrkdwn, mrkdwn, sayDay, sayTime } from '../../../slack/text.ts';
import type { Definition } from '../content.ts';
import { ids, summaryKind } from '../ids.ts';
import { takesPaper } from '../paper/may-enter.ts';
import { choicesOf } from '../question-kinds.ts';
import { said } from '../views.ts';
import type { Change, QuestionResult, Results } from './results.ts';

/** A page holds so many blocks and characters at most, well below Slack's limits for a screen. */
const blocksOnPage = 60;
const charactersOnPage = 20_000;

/** A round, or a check-in: then its latest round; which page of its results, and the order of the words on them. */
export const packedPage = packed('|', { id: z.string(), page: placeNumber, order: z.string().default('') });

type Options = { page: number; order: string; zone: string; smallGroupWarning: string };

/**
 * The results of a round, page by page. Always a screen and never a message: what people wrote must not stay in Slack.
 * In words throughout, since charts do not exist in screens; every count that is left out says why.
 */
export function resultsView(results: Results, { page, order, zone, smallGroupWarning }: Options): View {
  const { round, cohortName, tally } = results;
  const { definition } = round;
  const groups =
    results.kind === 'shown'
      ? results.questions.flatMap((one) => questionBlocks(one, definition.smallest, zone))
      : [];
  const pages = paginate(groups);
  const turn = turnTo(page, pages.length, 1);
  const paging = turnButtons(turn, {
    back: { text: 'Back', id: `${ids.resultsPage}page` },
    more: { text: 'More', id: `${ids.resultsPage}next`, label: 'More results' },
    value: (to) => packedPage.pack({ id: round.id, page: to, order }),
  });
  const others = results.rounds.slice(0, 5);
  return modal({
    callbackId: 'checkins.results-view',
    title: 'Results',
    close: 'Done',
    blocks: [
      section(
        joinMrkdwn(
          [
            mrkdwn`*${definition.label}*`,
            mrkdwn`${cohortName} · ${sayDay(round.dueAt, zone)}`,
            mrkdwn`${sayTally(tally, definition.smallest, { isOver: round.status !== 'open' })}`,
          ],
          '\n',
        ),
        others.length > 1
          ? overflow(
              `${ids.resultsPage}round`,
              others.map(({ id, dueAt }) =>
                option(sayDay(dueAt, zone), packedPage.pack({ id, page: 0, order: '' })),
              ),
            )
          : undefined,
      ),
      ...standing(results, zone),
      ...(pages[turn.page] ?? []),
      ...(paging.length > 0
        ? [actions(paging, 'paging'), context(mrkdwn`Page ${turn.page + 1} of ${turn.pages}`)]
        : []),
      ...(!results.isWhole
        ? [
            context(
              mrkdwn`Some answers cannot be opened with the present encryption key, and are left out here. They are not lost: tell whoever runs ChATR Companion.`,
            ),
          ]
        : []),
      ...(results.noted ? [context(results.noted)] : []),
      ...(results.kind === 'shown' && definition.mode !== 'named'
        ? [
            context(mrkdwn`${smallGroupWarning}`),
            actions([fileButton('A page for the table (Word)', summaryKind, round.id)], 'files'),
          ]
        : []),
    ],
  });
}

export const noResultsYet = ({ label }: Definition): Answer =>
  said(`“${label}” has not been out yet.`, { title: 'Results' });

/** Why there is nothing to see yet, or how to read what there is. */
function standing(results: Results, zone: string): KnownBlock[] {
  const { round } = results;
  switch (results.kind) {
    case 'not-closed':
      return [
        section(
          mrkdwn`Answers show when it closes${round.closesAt ? ` on ${sayTime(round.closesAt, zone)}` : ''}${round.definition.mode === 'group' ? ', or once everybody has answered' : ''}. Seen any earlier, each new answer would stand out.`,
        ),
        ...(results.papers >= round.definition.smallest
          ? [context(mrkdwn`${results.papers} answers on paper are entered.`)]
          : []),
        ...(results.checkin.cohortId === undefined
          ? []
          : [
              actions([
                ...(takesPaper(round.definition)
                  ? [button('Answers on paper', ids.paper, { value: round.id })]
                  : []),
                button('Close it now', ids.closeNow, {
                  value: round.id,
                  confirm: confirmLoss(
                    'Close this check-in now?',
                    'Whoever has not answered yet no longer can. This cannot be undone.',
                    'Close it',
                    'Keep it open',
                  ),
                }),
              ]),
            ]),
      ];
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

/** What the figures of one question say, or why they say nothing. */
export function sayResult(result: QuestionResult, smallest: number, zone: string): Mrkdwn {
  switch (result.kind) {
    case 'too-few':
      return mrkdwn`Answered by ${fewerThan(smallest)} people, so not shown.`;
    case 'beside':
      return mrkdwn`Not shown. Some of these people are also in ${result.group}, and its results for this question, of ${sayDay(result.dueAt, zone)}, are shown. Side by side, the two could tell what one person answered.`;
    case 'summed': {
      const { question, paper } = result;
      const here = saySum(result, smallest);
      if (!paper) return here;
      return mrkdwn`${here}\nOn paper: ${saySum({ question, shown: paper, change: undefined }, smallest)}`;
    }
    case 'words':
    case 'named':
      return mrkdwn``;
  }
}

/** How many answered on paper. */
export const sayOnPaper = (papers: number, smallest: number): string =>
  `${papers < smallest ? `F${fewerThan(smallest).slice(1)}` : papers} answered on paper.`;

function questionBlocks(result: QuestionResult, smallest: number, zone: string): KnownBlock[][] {
  const title = mrkdwn`*${result.question.text}*`;
  switch (result.kind) {
    case 'too-few':
    case 'beside':
    case 'summed':
      return [[section(mrkdwn`${title}\n${sayResult(result, smallest, zone)}`)]];
    case 'words':
      return [
        [section(title)],
        ...result.texts.map((text): KnownBlock[] => written(text)),
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
        ...result.answers.map(({ name, text, isWords }): KnownBlock[] =>
          isWords
            ? [section(mrkdwn`${name}`), ...written(text)]
            : [section(mrkdwn`${name}: ${clip(text, 2500)}`)],
        ),
      ];
  }
}

const changes: Record<Change, string> = {
  higher: 'Higher than last time.',
  lower: 'Lower than last time.',
  same: 'The same as last time.',
};

/** What many answered, in a sentence or two. */
function saySum(
  {
    question,
    shown,
    change,
  }: Pick<Extract<QuestionResult, { kind: 'summed' }>, 'question' | 'shown' | 'change'>,
  smallest: number,
): Mrkdwn {
  const values = choicesOf(question)?.values ?? [];
  const quoted = (chosen: readonly number[]) =>
    list(values.filter(({ value }) => chosen.includes(value)).map(({ label }) => `“${label}”`));
  const against = change ? ` ${changes[change]}` : '';
  const [lowest, highest] = [values[0]?.label ?? '', values.at(-1)?.label ?? ''];
  switch (shown.kind) {
    case 'third': {
      const [low, high] = question.type === 'scale' ? [question.low, question.high] : [lowest, highest];
      const where = {
        low: `In the lowest third, towards “${low}”.`,
        middle: `In the middle third, between “${low}” and “${high}”.`,
        high: `In the highest third, towards “${high}”.`,
      };
      return mrkdwn`${where[shown.third]}${against}`;
    }
    case 'most':
      return shown.values.length > 0
        ? mrkdwn`Most chose ${quoted(shown.values)}.`
        : mrkdwn`Mixed: nothing was chosen by more than half.`;
    case 'average':
      return mrkdwn`On average ${shown.value}, to the nearest half. The scale goes from ${lowest} to ${highest}.${against}`;
    case 'counts': {
      const lines = shown.counts.flatMap((count, index) => {
        const label = values[index]?.label ?? '';
        if (count === 'few') return [];
        return [count === 'most' ? mrkdwn`• ${label}: most` : mrkdwn`• ${label}: ${count} people`];
      });
      const few = shown.counts.filter((count) => count === 'few').length;
      return joinMrkdwn(
        [
          ...lines,
          few > 0 &&
            mrkdwn`_${lines.length > 0 ? 'The others' : 'Each'}: few (${fewerThan(smallest)}, or left out so that none can be worked out)_`,
        ],
        '\n',
      );
    }
  }
}

/** Groups stay together; a page is never empty. */
function paginate(groups: readonly KnownBlock[][]): KnownBlock[][] {
  const pages: KnownBlock[][] = [[]];
  let characters = 0;
  for (const group of groups) {
    const size = JSON.stringify(group).length;
    const last = pages.at(-1) ?? [];
    const isFull =
      last.length > 0 && (last.length + group.length > blocksOnPage || characters + size > charactersOnPage);
    if (isFull) {
      pages.push([...group]);
      characters = size;
    } else {
      last.push(...group);
      characters += size;
    }
  }
  return pages;
}

import type { KnownBlock } from '@slack/types';
import { fewestPeople } from '../../../community/suppress.ts';
import { dayAfter } from '../../../lib/clock.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, header, section } from '../../../slack/blocks.ts';
import { type Chart, chart, dataTable } from '../../../slack/charts.ts';
import { fileButton } from '../../../slack/files.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn, sayFullDate } from '../../../slack/text.ts';
import { ids, programmeKind } from '../ids.ts';
import { endOfMonth, monthOf, sayMonth, sayShortMonth } from '../use/periods.ts';
import { type Measure, notShown, sayShare, shareOf, sharing, taking, whyNotShown } from './measures.ts';
import { fromFirstNumber, type Month } from './month.ts';

export type Seen = {
  /** The oldest first. */
  months: readonly Month[];
  /** Local date. */
  since: string;
  introduced: readonly { quarter: string; people: number }[];
};

/** So many are on the page; the file has all. */
const monthsShown = 12;
const quartersShown = 4;

const title = 'The programme over time';
/** As its papers have it. */
const aims = mrkdwn`The programme set out to raise awareness of ACEs, to equip frontline staff, to tackle root causes from conception to adulthood, and to build a community of practice that finds and shares what helps. These numbers tell of the second and the last; of the others they cannot.`;
const howCounted = mrkdwn`A month is counted once, after it has ended, and then stays as it is, whoever comes or goes. Numbers of people, and of what they did, go in steps of five, and of fewer than five people there is none. No group stands beside another.`;

export function programmeBlocks({ months, since, introduced }: Seen): KnownBlock[] {
  const shown = fromFirstNumber(months).slice(-monthsShown);
  const [last, before] = [shown.at(-1), shown.at(-2)];
  if (!last) return emptyBlocks(since, months.length > 0);
  return [
    header(title),
    section(aims),
    context(howCounted),
    divider(),
    section(mrkdwn`*People who take part, ${sayMonth(last.month)}*\n${sayBeside(taking, last, before)}`),
    ...activeTrend(shown),
    ...tableBlocks('People who take part, by month', taking, shown),
    divider(),
    section(
      mrkdwn`*Finding and sharing what helps, ${sayMonth(last.month)}*\n${sayBeside(sharing, last, before)}`,
    ),
    ...trend(shown, {
      type: 'bar',
      title: 'Look-ups by month',
      of: 'At least',
      value: ({ lookUps }) => (typeof lookUps === 'number' ? lookUps : undefined),
      say: (value) => `${value} or more`,
    }),
    ...tableBlocks('Finding and sharing what helps, by month', sharing, shown),
    divider(),
    ...introducedBlocks(introduced),
    ...partialBlocks(shown),
    actions([fileButton('All months (CSV)', programmeKind, '')], 'evaluation.programme'),
  ];
}

/** The way to it. @param latest the last month that is counted. */
export const homeBlocks = (latest: string | undefined): KnownBlock[] => [
  section(
    latest === undefined
      ? mrkdwn`*The programme over time*\nCounted month by month; no month is over yet.`
      : mrkdwn`*The programme over time*\n${sayMonth(latest)} is counted.`,
    button('Look at it', ids.programme, { label: 'Look at the programme over time' }),
  ),
];

export const notTheirs: Answer = {
  text: 'Not open to you',
  title: 'The programme',
  blocks: [section(mrkdwn`*The programme over time* is for those who lead the whole programme.`)],
};

/** Before a month is over, or while none that is has a number. */
function emptyBlocks(since: string, isCounted: boolean): KnownBlock[] {
  const counted = dayAfter(endOfMonth(monthOf(since)), 1);
  return [
    header(title),
    section(aims),
    section(
      isCounted
        ? mrkdwn`*No month has a number yet.* Counting began on ${sayFullDate(since)}, and months stand here from the first on that has one. You need not do anything.`
        : mrkdwn`*Nothing is counted yet.* Counting began on ${sayFullDate(since)}, and the first month is counted on ${sayFullDate(counted)}. You need not do anything.`,
    ),
    section(
      joinMrkdwn(
        [
          mrkdwn`*What will stand here, month by month*`,
          mrkdwn`•  members, and which part of them was active`,
          mrkdwn`•  look-ups, and how many found nothing`,
          mrkdwn`•  how many reflections were written, and none of what is in them`,
          mrkdwn`•  sessions and places booked beforehand, answers to check-ins, introductions`,
        ],
        '\n',
      ),
    ),
    context(howCounted),
  ];
}

/** The latest month, and the one before beside it. */
const sayBeside = (measures: readonly Measure[], last: Month, before: Month | undefined): Mrkdwn =>
  joinMrkdwn(
    measures.map(({ label, say }) => {
      const beside = before && ` (${sayMonth(before.month)}: ${say(before)})`;
      return mrkdwn`•  ${label}: ${say(last)}${beside ?? ''}`;
    }),
    '\n',
  );

const tableOf = (measures: readonly Measure[], months: readonly Month[]): string[][] => [
  ['Month', ...measures.map(({ label }) => label)],
  ...months
    .toReversed()
    .map((month) => [sayShortMonth(month.month), ...measures.map(({ say }) => say(month))]),
];

/** The table, and why a number is missing where one is. */
function tableBlocks(caption: string, measures: readonly Measure[], months: readonly Month[]): KnownBlock[] {
  const rows = tableOf(measures, months);
  return [
    dataTable(caption, rows),
    ...(rows.flat().includes(notShown) ? [context(mrkdwn`${whyNotShown}`)] : []),
  ];
}

/** The share where it is known of two months; else how many, in steps of five. */
function activeTrend(months: readonly Month[]): KnownBlock[] {
  const shares = trend(months, {
    type: 'line',
    title: 'Active members, per cent',
    of: 'Per cent',
    value: shareOf,
    say: sayShare,
  });
  if (shares.length > 0) return shares;
  return trend(months, {
    type: 'line',
    title: 'Active members, in steps of five',
    of: 'At least',
    value: ({ active }) => (typeof active === 'number' ? active : undefined),
    say: (value) => `${value} or more`,
  });
}

/** A chart of the months of which there is a number, from two on, and what it shows. */
function trend(
  months: readonly Month[],
  {
    value,
    say,
    ...drawn
  }: Pick<Chart, 'type' | 'title' | 'of'> & {
    value(month: Month): number | undefined;
    say(value: number): string;
  },
): KnownBlock[] {
  const points = months.flatMap((month) => {
    const found = value(month);
    return found === undefined ? [] : [{ label: sayShortMonth(month.month), value: found }];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return [];
  const values = points.map((point) => point.value);
  const isLevel = Math.min(...values) === Math.max(...values);
  const says = isLevel
    ? mrkdwn`${drawn.title}: ${say(last.value)} in each month that has a number, from ${first.label} to ${last.label}.`
    : mrkdwn`${drawn.title}: ${say(first.value)} in ${first.label}, ${say(last.value)} in ${last.label}; lowest ${say(Math.min(...values))}, highest ${say(Math.max(...values))}.`;
  return [
    section(says),
    chart({ ...drawn, points, beside: drawn.of }),
    ...(points.length < months.length
      ? [context(mrkdwn`Months without a number are left out of the chart.`)]
      : []),
  ];
}

function introducedBlocks(introduced: Seen['introduced']): KnownBlock[] {
  if (introduced.length === 0)
    return [
      section(
        mrkdwn`*Introductions*\nNobody has been introduced yet. Whoever wants to meet a colleague of another agency writes \`/chatr connect\`.`,
      ),
    ];
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*Introductions*`,
          ...introduced
            .slice(0, quartersShown)
            .map(
              ({ quarter, people }) =>
                mrkdwn`•  ${quarter}: ${people < fewestPeople ? notShown : `${people} people or more introduced to a colleague`}`,
            ),
        ],
        '\n',
      ),
    ),
    context(
      mrkdwn`By the quarter; of groups and of everybody, only those in which five people or more were introduced.`,
    ),
  ];
}

/** Where counting began within a month, it is lower than it would be. */
const partialBlocks = (months: readonly Month[]): KnownBlock[] =>
  months.flatMap(({ month, from }) =>
    from === undefined ? [] : [context(mrkdwn`${sayMonth(month)} was counted from ${sayFullDate(from)} on.`)],
  );

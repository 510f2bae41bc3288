import type { Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirm,
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
import { chart, dataTable, longestTitle, mostCharts, paginate } from '../../../slack/charts.ts';
import { fileButton } from '../../../slack/files.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { pageOf, type Turn, turnButtons } from '../../../slack/paging.ts';
import {
  clip,
  count,
  joinMrkdwn,
  list,
  type Mrkdwn,
  mrkdwn,
  piecesOf,
  sayDay,
  sayFullDate,
} from '../../../slack/text.ts';
import {
  type AskedInGroup,
  type Chart,
  type Part,
  type Report,
  type Section,
  shownTable,
} from '../../findings.ts';
import { csvKind, htmlKind, ids, wordKind } from '../ids.ts';
import type { StageSeen } from '../plan/read.ts';
import { planBlocks } from '../plan/views.ts';
import { reportId } from '../store.ts';
import type { CloseOutcome } from './close.ts';
import { markOf, type ReadReport, type Reportable } from './read.ts';

const title = 'Report';

/** Which report, as `packedReport` has it, and which screen of it, from 0. */
export const packedScreen = packed('|', { about: z.string().min(1).max(100), screen: placeNumber });
export const packedQuotes = packed('|', {
  about: z.string().min(1).max(100),
  section: z.string().max(40),
  place: placeNumber,
});
export const packedMark = packed('|', { about: z.string().min(1).max(100), mark: z.string().max(40) });

type Found = Exclude<ReadReport, { kind: 'not-allowed' }>;
export const aboutOf = ({ cohort, nth }: Pick<Found, 'cohort' | 'nth'>): string => reportId(cohort.id, nth);

/** A phone shows one chart at a time; a screen is read without much turning. */
const blocksOnScreen = 30;

type Screen = { title: string; blocks: KnownBlock[] };

/** A report in screens, after the one with the overview: its sections in their order, and what they cannot say. */
function screensOf(report: Report, about: string): Screen[] {
  return [
    ...report.sections.flatMap((one) => screensOfSection(one, about)),
    {
      title: 'How this was found out, and what it cannot say',
      blocks: [
        section(mrkdwn`*How*`),
        bullets(report.method),
        section(mrkdwn`*What these figures cannot say*`),
        bullets(report.limits),
      ],
    },
  ];
}

/** One where it has room; else each of its headings begins a new one, which is called by it. */
function screensOfSection({ id, title: name, parts }: Section, about: string): Screen[] {
  const placed = parts.map((part, place) => ({
    part,
    blocks: drawn(part, packedQuotes.pack({ about, section: id, place })),
  }));
  const inPages = (all: typeof placed) =>
    paginate(
      all.map(({ blocks }) => blocks),
      { most: blocksOnScreen, charts: mostCharts },
    );
  const numbered = (words: string, pages: KnownBlock[][]): Screen[] =>
    pages.map((blocks, page) => ({
      title: pages.length > 1 ? `${words} (${page + 1} of ${pages.length})` : words,
      blocks,
    }));
  const whole = inPages(placed);
  if (whole.length === 1) return numbered(name, whole);
  const first = placed.findIndex(({ part }) => part.kind === 'heading');
  if (first === -1) return numbered(name, whole);
  const headed: { words: string; all: typeof placed }[] = [];
  for (const one of placed.slice(first)) {
    if (one.part.kind === 'heading') headed.push({ words: `${name}: ${one.part.text}`, all: [] });
    else headed.at(-1)?.all.push(one);
  }
  // What is said of all of them is read before the first.
  headed[0]?.all.unshift(...placed.slice(0, first));
  return headed.flatMap(({ words, all }) => numbered(words, inPages(all)));
}

const bullets = (items: readonly string[]): KnownBlock =>
  section(
    joinMrkdwn(
      items.map((item) => mrkdwn`•  ${item}`),
      '\n',
    ),
  );

/** A whole question as a rule; Slack takes 10,000 letters a table. */
const longestCell = 150;

/** One part, with the sentence that says what a picture shows. @param quotesAt what the button to words carries. */
function drawn(part: Part, quotesAt: string): KnownBlock[] {
  switch (part.kind) {
    case 'heading':
      return [section(mrkdwn`*${part.text}*`)];
    case 'text':
      return piecesOf(part.text).map((text) => section(mrkdwn`${text}`));
    case 'list':
      return piecesOf(part.items.map((item) => `•  ${item}`).join('\n')).map((text) =>
        section(mrkdwn`${text}`),
      );
    // Whoever takes one back must not stand in a page that was drawn before.
    case 'quotes':
      return [
        section(
          mrkdwn`${part.about}`,
          button('Read them', ids.quotes, { value: quotesAt, label: `Read them: ${part.about}` }),
        ),
      ];
    case 'table': {
      const { columns, rows: cells } = shownTable(part);
      return [
        dataTable(part.caption, [
          columns.map(({ label }) => clip(label, longestCell)),
          ...cells.map((row) => row.map((cell) => clip(String(cell), longestCell))),
        ]),
        ...(part.note === undefined ? [] : [context(mrkdwn`${part.note}`)]),
      ];
    }
    case 'chart':
      return [
        section(mrkdwn`*${part.title}*\n${part.finding}`),
        chart({
          type: 'bar',
          ...(part.to === undefined ? { title: part.title, of: part.unit } : onScale(part.title, part)),
          points: part.points,
          beside: part.unit,
        }),
      ];
  }
}

/** Slack's bars have no end of the scale: the longest fills the chart. So its title says the scale, however long it is. */
function onScale(words: string, { from = 0, to }: Pick<Chart, 'from' | 'to'>): { title: string; of: string } {
  const scale = ` (scale: ${from} to ${to})`;
  return { title: `${clip(words, longestTitle - scale.length)}${scale}`, of: 'Average' };
}

const saysPeriod = ({ from, until }: Pick<Report, 'from' | 'until'>): string =>
  `${sayFullDate(from)} to ${sayFullDate(until)}`;

/** Which report, and whether it can still change. */
function heading(found: Found, zone: string): KnownBlock {
  const { cohort, closed, earlier } = found;
  const [before] = earlier;
  return section(
    joinMrkdwn(
      [
        found.kind === 'report' && mrkdwn`${saysPeriod(found.report)}`,
        closed
          ? mrkdwn`*Closed* on ${sayDay(closed.at, zone)}${closed.by === undefined ? '' : ` by ${closed.by}`}. It stays as it was then.`
          : mrkdwn`*Not closed yet*: it grows as more is known.${
              before
                ? ` The one before was closed on ${sayDay(before.closedAt, zone)}; this one is of the time since.`
                : ''
            }`,
        cohort.isArchived && mrkdwn`The group is archived.`,
      ],
      '\n',
    ),
  );
}

/** The page of App Home: the overview, and one screen for each part of the report. */
export function reportPage(
  found: Found,
  { screen, plan, zone }: { screen: number; plan: readonly StageSeen[]; zone: string },
): KnownBlock[] {
  const about = aboutOf(found);
  const screens = found.kind === 'report' ? screensOf(found.report, about) : [];
  const turn: Turn = { page: Math.min(screen, screens.length), pages: screens.length + 1 };
  const shown = screens[turn.page - 1];
  const value = (to: number) => packedScreen.pack({ about, screen: to });
  const turning = turnButtons(turn, {
    back: { text: 'Back', id: `${ids.screen}back`, label: 'The screen before' },
    more: { text: 'More', id: `${ids.screen}next`, label: 'The next screen' },
    value,
  });
  const names = ['Overview', ...screens.map((one) => one.title)];
  const choosing =
    screens.length === 0
      ? []
      : [
          {
            type: 'static_select' as const,
            action_id: `${ids.screen}choose`,
            placeholder: plain('Go to', 150),
            options: names.slice(0, 100).map((name, to) => option(clip(name, 75), value(to))),
          },
        ];
  const turns =
    turning.length + choosing.length > 0
      ? [
          actions([...turning, ...choosing], 'evaluation.turn'),
          context(mrkdwn`Screen ${turn.page + 1} of ${turn.pages}`),
        ]
      : [];
  return [
    header(`Report: ${found.kind === 'report' ? found.report.group : found.cohort.name}`),
    heading(found, zone),
    ...(shown
      ? [divider(), header(shown.title), ...shown.blocks, divider(), ...turns]
      : overview(found, { plan, zone, names: names.slice(1), turns })),
  ];
}

function overview(
  found: Found,
  {
    plan,
    zone,
    names,
    turns,
  }: { plan: readonly StageSeen[]; zone: string; names: string[]; turns: KnownBlock[] },
): KnownBlock[] {
  const { cohort, closed, earlier } = found;
  return [
    ...standing(found, names, turns),
    ...planBlocks(plan, cohort),
    ...(closed ? nextBlocks(found, zone) : []),
    ...(earlier.length > (closed ? 1 : 0)
      ? [
          section(mrkdwn`*Closed reports*`),
          ...earlier
            .filter(({ nth }) => nth !== found.nth || !closed)
            .slice(0, 10)
            .map((one) =>
              section(
                mrkdwn`${saysPeriod(one)}, closed on ${sayDay(one.closedAt, zone)}`,
                openButton(one.id, `the report of ${saysPeriod(one)}`),
              ),
            ),
        ]
      : []),
  ];
}

const notOpenedWords = mrkdwn`*This report cannot be opened with the present key.* Whoever looks after the bot can help: the key file of the day on which it was closed opens it.`;

/** What there is, and what can be done with it. */
function standing(found: Found, names: readonly string[], turns: readonly KnownBlock[]): KnownBlock[] {
  const { cohort, closed } = found;
  const about = aboutOf(found);
  if (found.kind === 'not-opened') return [section(notOpenedWords)];
  if (found.kind === 'nothing-yet')
    return [
      section(
        found.nth > 1
          ? mrkdwn`*Nothing since then yet.* As soon as a check-in has closed, a session was held or people were introduced to each other, it stands here.`
          : mrkdwn`*Nothing to report yet.* As soon as a check-in has closed, a session was held or people of ${cohort.name} were introduced to each other, it stands here. You need not do anything: nothing is typed by hand.`,
      ),
    ];
  const files: Button[] = [
    fileButton('As a Word file', wordKind, about),
    fileButton('As a web page', htmlKind, about),
    fileButton('Tables (CSV)', csvKind, about),
  ];
  return [
    section(mrkdwn`${found.report.purpose}`),
    section(joinMrkdwn([mrkdwn`*In it*`, ...names.map((name) => mrkdwn`•  ${name}`)], '\n')),
    ...turns,
    ...rows(files, 'evaluation.files'),
    ...(closed
      ? []
      : [
          actions([button('Close this report', ids.beginClosing, { value: about })], 'evaluation.closing'),
          context(
            mrkdwn`Until it is closed it follows what comes in. Once closed it stays as it is, and a later one can be begun.`,
          ),
        ]),
  ];
}

/** The report after one that is closed. */
function nextBlocks({ cohort, nth, earlier, goesOn }: Found, zone: string): KnownBlock[] {
  const [last] = earlier;
  if (!goesOn || !last) return [];
  return [
    section(
      mrkdwn`*The time since ${sayDay(last.closedAt, zone)}* is for a report of its own.`,
      openButton(reportId(cohort.id, nth + 1), 'the report of the time since', 'Look at it'),
    ),
  ];
}

const openButton = (about: string, label: string, text = 'Open'): Button =>
  button(text, ids.open, { value: packedScreen.pack({ about, screen: 0 }), label: `${text}: ${label}` });

// The groups.

export const groupsAPage = 8;

/** @param id of the buttons that turn. */
export function listBlocks(all: readonly Reportable[], wanted: number, zone: string): KnownBlock[] {
  if (all.length === 0)
    return [
      section(
        mrkdwn`*You run no group at the moment.* A report is of one group: when you run one, it comes by itself from what the group answers and does.`,
      ),
    ];
  const { shown, ...turn } = pageOf(all, wanted, groupsAPage);
  const turning = turnButtons(turn, {
    back: { text: 'Back', id: `${ids.listPage}back` },
    more: { text: 'More', id: `${ids.listPage}more` },
  });
  return [
    section(mrkdwn`*Reports of the groups you run* (${all.length})`),
    ...shown.map(({ cohort, closed: [last] }) =>
      section(
        mrkdwn`*${clip(cohort.name, 100)}*${cohort.isArchived ? ' · archived' : ''}\n${
          last ? `Closed on ${sayDay(last.closedAt, zone)}` : 'Not closed yet'
        }`,
        openButton(cohort.id, `the report of ${cohort.name}`),
      ),
    ),
    ...(turning.length > 0 ? [actions(turning, 'evaluation.list')] : []),
  ];
}

export const listAnswer = (all: readonly Reportable[], zone: string, page = 0): Answer => ({
  title: 'Reports',
  text: 'Reports of the groups you run',
  blocks: listBlocks(all, page, zone),
});

const said = (words: Mrkdwn, text: string, more: KnownBlock[] = []): Answer => ({
  title,
  text,
  blocks: [section(words), ...more],
});

export const seeHome = (group: string): Answer =>
  said(
    mrkdwn`*The report of ${group} is in Home now*, with charts: the Home tab of ChATR Companion.`,
    'The report is in Home now',
  );

export const notTheirs: Answer = said(
  mrkdwn`*This report is for those who run its group.* If you took part, you can ask them what came out: many groups talk about it together.`,
  'This report is for those who run its group',
);

export const nothingYet: Answer = said(mrkdwn`*There is nothing to close yet.*`, 'Nothing to close yet');

/** Why there is no file of a report. */
export const noFile: Readonly<Record<Exclude<ReadReport['kind'], 'report'>, Answer>> = {
  'not-allowed': notTheirs,
  'not-opened': said(notOpenedWords, 'This report cannot be opened'),
  'nothing-yet': said(
    mrkdwn`*There is nothing to put into a file yet.* As soon as there is something to report, the file has it too.`,
    'Nothing to put into a file yet',
  ),
};

// Words.

export function quotesView(quotes: readonly string[], about: string): View {
  return modal({
    callbackId: ids.quotesView,
    title: 'In their words',
    blocks: [
      section(mrkdwn`${about}`),
      ...quotes.flatMap((quote) => written(quote)).slice(0, 90),
      context(mrkdwn`Each is here because whoever wrote it allowed that, without a name and in no order.`),
    ],
  });
}

// Closing.

/** Check-ins that are open or still to come, in words. */
export const stillAsked = (asked: readonly AskedInGroup[]): string[] =>
  asked
    .filter(({ state }) => state !== 'closed')
    .map(({ title: name, state }) => `${name}: ${state === 'open' ? 'still open' : 'still to come'}`)
    .slice(0, 10);

/** `open`: check-ins that are open or still to come. `asksForWords`: quotations are asked for. */
export type NotInIt = { open: readonly string[]; asksForWords: boolean };

/** What would be closed, before it is. */
export function closingView(
  found: Found & { kind: 'report' },
  { open, asksForWords }: NotInIt,
  hasChanged = false,
): View {
  const { report } = found;
  const parts = report.sections.flatMap((one) => one.parts);
  const quotes = parts.flatMap((part) => (part.kind === 'quotes' ? part.quotes : [])).length;
  const many = (kind: Part['kind']) => parts.filter((part) => part.kind === kind).length;
  const holds = [
    ...(many('table') > 0 ? [count(many('table'), 'table', 'tables')] : []),
    ...(many('chart') > 0 ? [count(many('chart'), 'chart', 'charts')] : []),
    ...(quotes > 0 ? [count(quotes, 'quotation', 'quotations')] : []),
  ];
  return modal({
    callbackId: ids.closingView,
    title: 'Close the report',
    close: 'Not now',
    blocks: [
      ...(hasChanged
        ? [
            section(
              mrkdwn`*Something has changed since you looked*, so nothing is closed yet. This is how it stands now.`,
            ),
          ]
        : []),
      section(mrkdwn`*${report.group}*\n${saysPeriod(report)}`),
      section(
        joinMrkdwn([mrkdwn`*In it*`, ...report.sections.map(({ title: name }) => mrkdwn`•  ${name}`)], '\n'),
      ),
      context(
        mrkdwn`${holds.length > 0 ? `With ${list(holds)}. ` : ''}Read it in Home first, screen by screen: this is how it will stay.`,
      ),
      ...(open.length > 0
        ? [
            section(
              joinMrkdwn(
                [
                  mrkdwn`*Not in it yet*`,
                  ...open.map((name) => mrkdwn`•  ${name}`),
                  mrkdwn`What comes after closing goes into a report of its own.`,
                ],
                '\n',
              ),
            ),
          ]
        : []),
      ...(asksForWords ? [section(mrkdwn`Quotations that are still asked for will not be in it.`)] : []),
      actions(
        [
          button('Close this report', ids.close, {
            value: packedMark.pack({ about: aboutOf(found), mark: markOf(report) }),
            style: 'primary',
            confirm: confirm(
              'Close it?',
              quotes > 0
                ? 'It stays as it is now. Later answers do not change it, and what people allowed to be quoted in it cannot be taken out of it any more.'
                : 'It stays as it is now. Later answers do not change it.',
              'Close it',
              'Not yet',
            ),
          }),
        ],
        'evaluation.close',
      ),
    ],
  });
}

/** What became of closing. */
export function closedAnswer(outcome: CloseOutcome & { kind: 'closed' }, zone: string): Answer {
  const { found, isNew } = outcome;
  const { closed, cohort } = found;
  const when = closed ? sayDay(closed.at, zone) : '';
  const by = closed?.by === undefined ? '' : ` by ${closed.by}`;
  return said(
    isNew
      ? mrkdwn`*Closed.* The report of ${cohort.name} stays as it is now, whatever becomes of the group. You can take it away as a file whenever you like.`
      : mrkdwn`*It was closed already*, on ${when}${by}. Nothing was changed.`,
    isNew ? 'The report is closed' : 'The report was closed already',
  );
}

import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, modal, section } from '../../../slack/blocks.ts';
import { maxFileBytes } from '../../../slack/files.ts';
import { file, form, paragraph, type SentFile, ticked } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { clip, count, joinMrkdwn, list, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { differences, queueButton, type Receipt, receiptBlocks } from '../changing/views.ts';
import { type QueuePlace, queueItem, queuePlace } from '../curating/queue/place.ts';
import { forCurators } from '../curating/views.ts';
import { ids } from '../ids.ts';
import type { DraftOutcome, ImportOutcome, Kept, UndoneImport } from './import.ts';
import type { Fate } from './plan.ts';
import { maxRows } from './rows.ts';

export const importForm = form(
  { id: ids.importForm, carries: packedJson(z.object({ at: queuePlace })) },
  {
    title: 'Import entries',
    submit: 'See what would happen',
    fields: {
      file: file('CSV file', { types: ['csv', 'txt', 'tsv'] }),
      text: paragraph('Or paste the list', {
        asItIs: true,
        hint: 'With headings in the first line, as copied from a spreadsheet.',
      }),
    },
  },
);

/** What an input of Slack's holds. */
const longestPasted = 3000;

/** @param kept a list that was looked at before and not imported. */
export const importDialog = (
  at: QueuePlace,
  { problem, kept }: { problem?: string; kept?: Kept | undefined } = {},
): View =>
  importForm.view({
    carry: { at },
    initial: { text: kept && kept.text.length <= longestPasted ? kept.text : '' },
    above: [
      ...(kept
        ? [
            section(
              mrkdwn`*Your last list is still here* (${count(kept.rows, 'row', 'rows')}), until a day after you looked at it.`,
              button('Look at it again', ids.importAgain, { value: queueItem.pack({ ...at, id: '' }) }),
            ),
          ]
        : []),
      ...(problem === undefined
        ? []
        : [section(mrkdwn`*The list was not read, and nothing was changed.* ${problem}`)]),
      context(
        mrkdwn`One entry on each line, with headings such as title, url, publisher, type, topics, age groups, readers, summary, in any order. An entry that is known by its id or address is changed in the cells that are filled. Nothing is done before you have seen what would happen.`,
      ),
    ],
  });

export const keptListGone = 'The list of before is not there any more.';

/** What is wrong with where the list comes from, by field. */
export function sourceProblem(
  text: string,
  sent: SentFile | undefined,
): { text: string } | { file: string } | undefined {
  const isPasted = text.trim() !== '';
  if (!isPasted && !sent) return { text: 'Please choose a CSV file above, or paste a list here.' };
  if (isPasted && sent) return { text: 'Please use one of the two: the file or the pasted list.' };
  return (sent?.size ?? 0) > maxFileBytes ? { file: tooBig } : undefined;
}

const tooBig = `This file has more than 2 MB. Please save only the list as CSV, at most ${maxRows.toLocaleString('en-GB')} entries at a time.`;

export const readingList = (): View =>
  modal({
    callbackId: 'answer',
    title: 'One moment',
    blocks: [section(mrkdwn`Reading the list \u2026`)],
  });

export function whyUnreadable(outcome: Exclude<DraftOutcome, { kind: 'draft' | 'not-allowed' }>): string {
  switch (outcome.kind) {
    case 'too-big':
      return tooBig;
    case 'not-fetched':
      return 'Slack did not hand over the file. Please try again; if it happens twice, paste the list instead.';
    case 'empty':
      return 'There is no entry in this list. Please give headings in the first line, and an entry below them.';
    case 'not-text':
      return 'This is not a CSV file. In Excel choose \u201cSave as\u201d and then \u201cCSV UTF-8\u201d, and try that file.';
    case 'no-columns':
      return `No column with web addresses was found. Please name one of the columns \u201curl\u201d${outcome.headings.length > 0 ? `; yours are ${list(outcome.headings.slice(0, 6).map((heading) => `\u201c${clip(heading, 30)}\u201d`))}` : ''}.`;
    case 'unreadable':
      return `Line ${outcome.line} has a quotation mark without its partner. Please correct that line and try again.`;
    case 'too-many':
      return `This list has ${outcome.rows.toLocaleString('en-GB')} entries. Please import at most ${maxRows.toLocaleString('en-GB')} at a time.`;
  }
}

export const confirmForm = form(
  { id: ids.importConfirm, carries: packedJson(z.object({ at: queuePlace, id: z.string() })) },
  {
    title: 'What would happen',
    submit: 'Import',
    fields: {
      withDoubtful: ticked('Rows that seem to hold something about a person', {
        yes: 'Import these too',
        means: 'Everybody reads them. An author\u2019s name, or that of a public inquiry, can stay.',
      }),
    },
  },
);

/** Each row's fate, before anything is done. */
export function dryRun(
  { importId, fates, unused }: Extract<DraftOutcome, { kind: 'draft' }>,
  at: QueuePlace,
): View {
  const of = (kind: Fate['kind']) => fates.filter((fate) => fate.kind === kind).length;
  const toDo = of('new') + of('changed');
  const hasDoubtful = fates.some(({ doubt }) => doubt !== undefined);
  const blocks: KnownBlock[] = [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${count(fates.length, 'row', 'rows')} read:* ${list([
            `${of('new')} new`,
            `${of('changed')} changed`,
            `${of('same')} as they are`,
            `${of('twice')} twice in the list`,
            `${of('left-out')} left out`,
          ])}.`,
          unused.length > 0 &&
            mrkdwn`Columns that are not used: ${list(unused.slice(0, 10).map((one) => clip(one, 40)))}.`,
        ],
        '\n',
      ),
    ),
    ...fateBlocks(fates),
  ];
  if (toDo === 0)
    return modal({
      callbackId: 'answer',
      title: 'Nothing to import',
      blocks: [...blocks, actions([changeList(at), queueButton(at)])],
    });
  return confirmForm.view({
    carry: { at, id: importId },
    without: hasDoubtful ? [] : ['withDoubtful'],
    submit: hasDoubtful ? 'Import' : `Import ${toDo}`,
    above: blocks,
    below: [
      actions([changeList(at)]),
      context(
        mrkdwn`New entries are found at once. You can undo all of it, or change, retire or take back each from its card.`,
      ),
    ],
  });
}

const changeList = (at: QueuePlace) =>
  button('Change the list', ids.openImport, { value: queueItem.pack({ ...at, id: '' }) });

/** As many rows to a block as it holds: a list of a thousand fits in a window. */
function fateBlocks(fates: readonly Fate[]): KnownBlock[] {
  const groups: Mrkdwn[][] = [[]];
  let length = 0;
  for (const fate of fates) {
    const line = fateLine(fate);
    if (length + line.text.length > 2800) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(line);
    length += line.text.length + 1;
  }
  const shown = groups.filter((lines) => lines.length > 0).slice(0, mostBlocks);
  const hidden = groups.slice(mostBlocks).flat().length;
  return [
    ...shown.map((lines) => section(joinMrkdwn(lines, '\n'))),
    ...(hidden > 0 ? [context(mrkdwn`And ${count(hidden, 'more row', 'more rows')}.`)] : []),
  ];
}

const mostBlocks = 60;
const mostWhy = 6;
const longestWhy = 300;
/** Of a field that a row changes. */
const longestShown = 80;

const fateLine = (fate: Fate): Mrkdwn =>
  fate.doubt === undefined
    ? plainFate(fate)
    : mrkdwn`${plainFate(fate)}\n*Please look once more:* this seems to hold ${fate.doubt}.`;

function plainFate(fate: Fate): Mrkdwn {
  const row = mrkdwn`${fate.line}: ${clip(fate.title, 60)}`;
  switch (fate.kind) {
    case 'new':
      return mrkdwn`${row} \u2013 *new*`;
    case 'changed':
      return mrkdwn`${row} \u2013 *changed:*\n${differences(fate.before, fate.entry, longestShown)}`;
    case 'same':
      return mrkdwn`${row} \u2013 as it is`;
    case 'twice':
      return mrkdwn`${row} \u2013 stands in line ${fate.first} already`;
    case 'left-out':
      return joinMrkdwn(
        [
          mrkdwn`${row} \u2013 *left out:*`,
          ...fate.why.slice(0, mostWhy).map((one) => mrkdwn`\u2022 ${clip(one, longestWhy)}`),
        ],
        '\n',
      );
  }
}

export function importedAnswer(outcome: ImportOutcome, { at, id }: { at: QueuePlace; id: string }): Answer {
  if (outcome.kind === 'not-allowed') return forCurators;
  const text = 'Import of entries';
  if (outcome.kind !== 'imported')
    return {
      text,
      title: 'Import',
      blocks: [
        section(mrkdwn`This list is not there any more, and nothing was imported. Please import it again.`),
        actions([queueButton(at)]),
      ],
    };
  const { added, changed, leftOut } = outcome;
  return {
    text,
    title: 'Imported',
    blocks: [
      ...receiptBlocks(
        {
          text: mrkdwn`*Imported:* ${count(added, 'new entry', 'new entries')}, ${changed} changed. They are found from now on.`,
          ...(added + changed > 0 && { undo: { what: 'import', id } }),
        },
        at,
      ),
      ...fateBlocks(leftOut),
      actions([queueButton(at)]),
    ],
  };
}

/** After an import was taken back. */
export const undoneImport = ({ many, left }: UndoneImport & { kind: 'undone' }): Receipt => ({
  text: joinMrkdwn(
    [
      many > 0
        ? mrkdwn`*Undone:* ${count(many, 'entry is', 'entries are')} as before the import, and what was new in it is out of the catalogue.`
        : mrkdwn`*Nothing was undone.*`,
      left.length > 0 &&
        mrkdwn`Left as they are, since somebody has changed or undone them after the import: ${list(left.slice(0, mostLeft).map((title) => `\u2018${clip(title, 60)}\u2019`))}${left.length > mostLeft ? `, and ${left.length - mostLeft} more` : ''}.`,
    ],
    ' ',
  ),
});

const mostLeft = 10;

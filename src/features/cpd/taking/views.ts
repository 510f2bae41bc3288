import type { KnownBlock, View } from '@slack/types';
import { describeFindings, onlyPatterns } from '../../../safeguarding/identifiers.ts';
import { actions, button, context, divider, preformatted, section } from '../../../slack/blocks.ts';
import { fileButton } from '../../../slack/files.ts';
import { turnButtons, turnTo } from '../../../slack/paging.ts';
import { count, joinMrkdwn, link, type Mrkdwn, mrkdwn, piecesOf, sayFullDate } from '../../../slack/text.ts';
import type { CpdForms } from '../content.ts';
import { sayHours } from '../fields.ts';
import { packedFilling } from '../filling/views.ts';
import { ids, jsonKind, wordKind } from '../ids.ts';
import { screen } from '../views.ts';
import { type Answered, type FormPart, type RecordDocument, sayTotal } from './document.ts';
import type { Looked } from './look.ts';

const mostSeen = 8;

/** The last look, and then the ways to take it away. */
export function lookView(content: CpdForms, record: RecordDocument, { seen, unchecked }: Looked): View {
  // Forms of one regulator say the same.
  const never = new Set([
    ...content.never_include,
    ...record.parts.flatMap(({ form }) => form.never_include ?? []),
  ]);
  return screen(
    [
      ...(seen.length === 0
        ? [
            section(
              mrkdwn`*A last look:* ${unchecked ? 'I could not look through everything.' : 'I found nothing. I miss things, so please read it once yourself: names, ages and where somebody lives.'}`,
            ),
          ]
        : [
            section(
              mrkdwn`*A last look:* ${count(seen.length, 'field seems', 'fields seem')} to hold something that could identify a person. Would you like to change it? You decide.`,
            ),
            ...seen.slice(0, mostSeen).map((one, at) =>
              section(
                mrkdwn`${sayFullDate(one.on)}: ${one.name}. Under ${one.label}: ${describeFindings(one.findings)}.`,
                button('Open', ids.fill, {
                  value: packedFilling.pack({ form: one.form, entry: one.entry, step: 0, field: one.field }),
                  label: `Open ${at + 1}: ${sayFullDate(one.on)}, ${one.name}, ${one.label}`,
                }),
              ),
            ),
            ...(seen.length > mostSeen ? [context(mrkdwn`And ${seen.length - mostSeen} more.`)] : []),
          ]),
      context(mrkdwn`${onlyPatterns} Nothing of this look is kept.`),
      ...record.parts.flatMap(({ form, checkFirst, alike, page }): KnownBlock[] => [
        ...(checkFirst === undefined
          ? []
          : [
              section(
                mrkdwn`*${form.label}.* ${checkFirst} ${page === undefined ? '' : link(page, 'Where to check the form')}`,
              ),
            ]),
        ...alike.map((one) => section(mrkdwn`*${form.label}.* ${one}`)),
      ]),
      divider(),
      section(mrkdwn`*${record.title}.* How would you like to take it away?`),
      actions([
        button('Copy field by field', ids.copy),
        fileButton('Word file', wordKind, 'mine'),
        fileButton('Data file (JSON)', jsonKind, 'mine'),
        button('Back to my entries', ids.overview),
      ]),
      context(
        mrkdwn`Copying leaves nothing in Slack. A file lies in your conversation with me for a day; I say so first.`,
      ),
      context(joinMrkdwn([mrkdwn`*Not in a record:*`, ...[...never].map((one) => mrkdwn`•  ${one}`)], '\n')),
    ],
    'Take it away',
  );
}

/** So many pieces of text are a screen. */
const piecesAtOnce = 8;

type Piece = { over: string; blocks: KnownBlock[]; size: number };

/** All of it, field by field, in the order of the form. */
function screensOf({ parts }: RecordDocument): { part: FormPart; under: string; blocks: KnownBlock[] }[] {
  return parts.flatMap((part) => {
    const { entries, once, totals } = part;
    const groups = [
      ...entries.map(({ on, name, fields }) => ({ under: `${sayFullDate(on)}: ${name}`, fields })),
      ...(once.length > 0 ? [{ under: 'Once for the record', fields: once as Answered[] }] : []),
      ...(totals.length > 0
        ? [
            {
              under: 'Hours',
              fields: totals.map(
                (total) =>
                  ({ label: sayTotal(total), text: sayHours(total.hours), kind: 'hours', help: '' }) as const,
              ),
            },
          ]
        : []),
    ];
    return groups.flatMap(({ under, fields }) =>
      inScreens(fields.map(pieceOf)).map((blocks) => ({ part, under, blocks })),
    );
  });
}

function pieceOf({ label, text, kind, help }: Pick<Answered, 'label' | 'text' | 'kind' | 'help'>): Piece {
  const pieces = text === '' ? [] : piecesOf(text).map(preformatted);
  const empty = kind === 'left_blank_on_purpose' ? `Empty on purpose. ${help}` : 'Empty.';
  return {
    over: label,
    blocks: [section(mrkdwn`*${label}*`), ...(pieces.length > 0 ? pieces : [context(mrkdwn`${empty}`)])],
    size: Math.max(1, pieces.length),
  };
}

function inScreens(pieces: readonly Piece[]): KnownBlock[][] {
  const screens: { blocks: KnownBlock[]; size: number }[] = [];
  for (const { blocks, size } of pieces) {
    const last = screens.at(-1);
    if (last && last.size + size <= piecesAtOnce) {
      last.blocks.push(...blocks);
      last.size += size;
    }
    // A field may be longer than a screen.
    else
      for (let from = 0; from < blocks.length; from += piecesAtOnce + 1)
        screens.push({ blocks: blocks.slice(from, from + piecesAtOnce + 1), size });
  }
  return screens.map(({ blocks }) => blocks);
}

/** When the form was last looked at, and where its present state is to be found. */
const checkedLine = ({ checkFirst, page }: FormPart, { lastChecked }: RecordDocument): Mrkdwn =>
  joinMrkdwn(
    [
      checkFirst !== undefined && mrkdwn`*${checkFirst}*`,
      mrkdwn`The form was last checked on ${sayFullDate(lastChecked)}, from archived pages.`,
      page !== undefined && link(page, 'Where to check the form'),
    ],
    ' ',
  );

/** One entry at a time, each answer to be selected and copied. Nothing of it becomes a message. */
export function copyView(record: RecordDocument, wanted: number): View {
  const all = screensOf(record);
  const { offset, ...turn } = turnTo(wanted, all.length, 1);
  const shown = all[offset];
  return screen(
    [
      context(
        mrkdwn`Select an answer and copy it across. ${turn.pages > 1 ? `Screen ${turn.page + 1} of ${turn.pages}.` : ''}`,
      ),
      ...(shown
        ? [
            section(mrkdwn`*${shown.part.form.label}*\n${shown.under}`),
            context(checkedLine(shown.part, record)),
            divider(),
            ...shown.blocks,
          ]
        : [section(mrkdwn`There is nothing to copy yet.`)]),
      actions([
        ...turnButtons(turn, {
          back: { text: 'Before', id: `${ids.copyPage}back` },
          more: { text: 'Next', id: `${ids.copyPage}more` },
        }),
        button('Back', ids.look, { label: 'Back to the check' }),
      ]),
      context(mrkdwn`${[...record.before, record.closing].join(' ')}`),
    ],
    'Copy field by field',
  );
}

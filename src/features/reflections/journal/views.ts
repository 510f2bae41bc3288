import type { ActionsBlockElement, KnownBlock, RichTextBlock, View } from '@slack/types';
import { z } from 'zod';
import { hours, later } from '../../../lib/clock.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  modal,
  plain,
  section,
  written,
} from '../../../slack/blocks.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { clip, count, mrkdwn, sayTime } from '../../../slack/text.ts';
import { beginningOf } from '../body.ts';
import { frameworkOf } from '../content.ts';
import { sayMoment } from '../dates.ts';
import { undoHours } from '../deps.ts';
import type { Drawing } from '../drawing.ts';
import { ids } from '../ids.ts';
import type { Draft, Reflection } from '../store.ts';
import { noticeView, toJournal } from '../views.ts';
import type { JournalPage } from './journal.ts';
import { piecesOf, toMarkdown, unreadableLine } from './markdown.ts';

/** "<what>:<number>": a reflection's id or "all", and from where on. */
export const packedPlace = packed(':', { what: z.string(), number: placeNumber });

/** The ways to the page before and the one after it, each with an id of its own. */
const ways = (family: string, page: number, back: string, more: string) => ({
  back: { text: back, id: `${family}page-${page - 1}` },
  more: { text: more, id: `${family}page-${page + 1}` },
});

/** The journal in a window: nothing of it ever becomes a message. */
export function journalView(drawing: Drawing, journal: JournalPage): View {
  const { page, pages, total, entries } = journal;
  const isEmpty = total === 0 && journal.drafts.length === 0;
  const paging = turnButtons(journal, ways(ids.journalPage, page, 'Newer', 'Older'));
  return modal({
    callbackId: ids.journalScreen,
    title: 'My journal',
    blocks: [
      context(
        mrkdwn`Only you see this. ${total > 0 ? `${count(total, 'reflection', 'reflections')}${pages > 1 ? `, page ${page + 1} of ${pages}` : ''}.` : ''}`,
      ),
      ...(isEmpty
        ? [
            section(
              mrkdwn`Nothing here yet. What you write with “Write a reflection” is kept here for you alone: to read again, to change, to copy into your portfolio, or to delete. A first one takes about two minutes.`,
            ),
          ]
        : []),
      ...journal.drafts.flatMap((draft) => draftBlocks(drawing, draft)),
      ...(journal.drafts.length > 0 ? [divider()] : []),
      ...entries.flatMap((entry) => entryBlocks(drawing, entry)),
      ...(paging.length > 0 ? [actions(paging)] : []),
      actions([
        button('Write a reflection', ids.write, { style: 'primary' }),
        ...(total > 0
          ? [button('Copy all as text', ids.copy, { value: packedPlace.pack({ what: 'all', number: 0 }) })]
          : []),
        ...(total > 0 ? (drawing.journalButtons ?? []).map((one) => button(one.text, one.actionId)) : []),
      ]),
      ...goneBlocks(drawing, journal),
    ],
  });
}

function entryBlocks({ frameworks, zone }: Drawing, entry: Reflection): KnownBlock[] {
  const title = entry.body?.title ?? frameworkOf(frameworks, entry.framework).label;
  const when = sayMoment(entry.writtenAt, zone);
  return [
    section(
      mrkdwn`*${when}*\n${title}`,
      button('Open', ids.open, { value: entry.id, label: `Open the reflection of ${when}` }),
    ),
    quiet(entry.body ? clip(beginningOf(entry.body), 120) : unreadableLine),
  ];
}

/** What people wrote, as plain text: nothing in it is read as markup. */
const quiet = (text: string): KnownBlock => ({ type: 'context', elements: [plain(text, 150)] });

function draftBlocks({ zone }: Drawing, draft: Draft): KnownBlock[] {
  const what = draft.changes ? 'Changes not saved yet' : 'Not saved yet';
  return [
    section(mrkdwn`*${what}*, from ${sayTime(draft.updatedAt, zone)}`),
    quiet(draft.body ? clip(beginningOf(draft.body) || 'Nothing written', 120) : unreadableLine),
    actions([
      ...(draft.body
        ? [
            button('Carry on with it', ids.carryOn, {
              value: draft.id,
              label: `Carry on with it: what you began, from ${sayTime(draft.updatedAt, zone)}`,
            }),
          ]
        : []),
      button('Discard', ids.discard, {
        value: draft.id,
        label: `Discard what you began, from ${sayTime(draft.updatedAt, zone)}`,
        confirm: confirmLoss(
          'Discard this draft?',
          `You can bring it back from your journal for ${undoHours} hours. Then it is gone for good.`,
          'Discard draft',
          'Keep it',
        ),
      }),
    ]),
  ];
}

/** Deleted and discarded, as long as they can be brought back. */
function goneBlocks({ zone }: Drawing, { deleted, discarded }: JournalPage): KnownBlock[] {
  if (deleted.length + discarded.length === 0) return [];
  const line = (what: string, at: Date, back: ActionsBlockElement): KnownBlock[] => [
    section(mrkdwn`${what}. It goes for good after ${sayTime(later(at, hours(undoHours)), zone)}.`),
    actions([back]),
  ];
  return [
    divider(),
    ...deleted.flatMap(({ id, writtenAt, deletedAt }) =>
      line(
        `Deleted: the reflection of ${sayMoment(writtenAt, zone)}`,
        deletedAt ?? writtenAt,
        button('Bring it back', ids.restore, {
          value: id,
          label: `Bring it back: the reflection of ${sayMoment(writtenAt, zone)}`,
        }),
      ),
    ),
    ...discarded.flatMap(({ id, updatedAt, deletedAt }) =>
      line(
        `Discarded: the draft of ${sayTime(updatedAt, zone)}`,
        deletedAt ?? updatedAt,
        button('Bring it back', ids.restoreDraft, {
          value: id,
          label: `Bring it back: the draft of ${sayTime(updatedAt, zone)}`,
        }),
      ),
    ),
  ];
}

/** Text carried over from several frameworks can make an entry long; Slack shows a hundred blocks and 250 kB. */
const partsAtOnce = 12;

/** @param from index of the first part shown. */
export function entryView(drawing: Drawing, reflection: Reflection, from = 0): View {
  const { frameworks, zone } = drawing;
  const { id, body, writtenAt, updatedAt } = reflection;
  const parts = body?.parts.slice(from, from + partsAtOnce) ?? [];
  const title = body?.title ?? frameworkOf(frameworks, reflection.framework).label;
  const isChanged = updatedAt.getTime() !== writtenAt.getTime();
  const goOn = (body?.parts.length ?? 0) > from + partsAtOnce;
  return modal({
    callbackId: ids.journalScreen,
    title: 'Your reflection',
    blocks: [
      section(mrkdwn`*${title}*\n${sayMoment(writtenAt, zone)}`),
      context(mrkdwn`Only you see this.${isChanged ? ` Changed ${sayMoment(updatedAt, zone)}.` : ''}`),
      ...(body
        ? []
        : [
            section(
              mrkdwn`${unreadableLine} It stays as it is, and opens again with the key it was written with. Please tell a facilitator, who can pass this on.`,
            ),
          ]),
      ...parts.flatMap(({ label, text }) => [section(mrkdwn`*${label}*`), ...written(text)]),
      ...(body && !goOn
        ? body.choices.map(({ label, selected }) => section(mrkdwn`*${label}*\n${selected.join(', ')}`))
        : []),
      ...(goOn
        ? [
            actions([
              button('More', ids.openMore, {
                value: packedPlace.pack({ what: id, number: from + partsAtOnce }),
              }),
            ]),
          ]
        : []),
      actions([
        ...(body
          ? [
              button('Edit', ids.edit, { value: id }),
              button('Copy as text', ids.copy, { value: packedPlace.pack({ what: id, number: 0 }) }),
            ]
          : []),
        button('Delete', ids.remove, {
          value: id,
          style: 'danger',
          confirm: confirmLoss(
            'Delete this reflection?',
            `You can bring it back from your journal for ${undoHours} hours. Then it is gone for good.`,
            'Delete reflection',
            'Keep it',
          ),
        }),
        toJournal,
      ]),
    ],
  });
}

const piecesAtOnce = 8;

/** @param what 'all' or a reflection's id, as it comes back with the next page. */
export function copyView(
  { zone }: Drawing,
  reflections: readonly Reflection[],
  what: string,
  wanted = 0,
): View {
  const { shown, ...turn } = pageOf(piecesOf(toMarkdown(reflections, zone)), wanted, piecesAtOnce);
  const value = (number: number) => packedPlace.pack({ what, number });
  return modal({
    callbackId: ids.journalScreen,
    title: 'Copy as text',
    blocks: [
      section(
        mrkdwn`${shown.length > 0 ? 'Select the text and copy it. It is Markdown, which any editor opens.' : 'There is nothing to copy yet.'}`,
      ),
      context(mrkdwn`A copy is in your own care: keep it where only you can open it.`),
      ...shown.map(preformatted),
      actions([
        ...turnButtons(turn, { ...ways(ids.copyPage, turn.page, 'Before', 'Go on'), value }),
        toJournal,
      ]),
    ],
  });
}

const preformatted = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
});

export const discardedView = (id: string, until: string): View =>
  noticeView('Discarded', mrkdwn`The draft is discarded. You can bring it back until ${until}.`, [
    button('Bring it back', ids.restoreDraft, { value: id }),
    toJournal,
  ]);

export const deletedView = (id: string, until: string): View =>
  noticeView('Deleted', mrkdwn`The reflection is deleted. You can bring it back until ${until}.`, [
    button('Bring it back', ids.restore, { value: id }),
    toJournal,
  ]);

export const tooLateView = (): View =>
  noticeView('Gone', mrkdwn`That was deleted more than a day ago and cannot be brought back.`, [toJournal]);

import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, option, section } from '../../../slack/blocks.ts';
import { date, form, oneOf, severalOf } from '../../../slack/form.ts';
import { packed, packedJson, placeNumber } from '../../../slack/packed.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { clip, count, mrkdwn, sayFullDate } from '../../../slack/text.ts';
import type { Learned } from '../../feature.ts';
import { type CpdForm, type CpdForms, formOf } from '../content.ts';
import { type Chosen, offeredFor, tickable } from '../entries.ts';
import { ids } from '../ids.ts';
import { screen, title, turnWords } from '../views.ts';
import type { Beginning } from './choose.ts';

/** Carries the id of the record it was drawn for; empty: none is chosen yet. */
export const chooseWindow = {
  id: ids.chooseView,
  carries: packedJson(z.object({ record: z.string().max(100) })),
};

/** Beside a field that was left empty. */
export const missing = {
  record: 'Please choose a record.',
  from: 'Please give the first day that counts.',
  until: 'Please give the last day that counts.',
  forms: 'Please tick at least one part.',
};

export const endsBefore = 'Please give a last day that is not before the first.';

export const chooseForm = (content: CpdForms, recordId: string) =>
  form(chooseWindow, {
    title,
    submit: 'Choose entries',
    // Another record has dates and forms of its own.
    key: recordId,
    live: ids.live,
    fields: {
      record: oneOf('Which record?', {
        of: content.records.map(({ id, label }) => option(label, id)),
        missing: missing.record,
      }),
      from: date('From', { hint: 'The first day that counts.', missing: missing.from }),
      until: date('Until', { hint: 'The last day that counts.', missing: missing.until }),
      forms: severalOf('What goes into it', { missing: missing.forms }),
    },
  });

export function chooseView(content: CpdForms, beginning: Beginning | undefined): View {
  const { record } = beginning ?? {};
  const forms = (record?.forms ?? []).flatMap((id) => formOf(content, id) ?? []);
  return chooseForm(content, record?.id ?? '').view({
    carry: { record: record?.id ?? '' },
    initial: {
      record: record?.id,
      from: beginning?.from,
      until: beginning?.until,
      forms: beginning?.forms,
    },
    options: { forms: forms.map(({ id, label }) => option(label, id)) },
    without: record ? (forms.length > 1 ? [] : ['forms']) : ['from', 'until', 'forms'],
    above: [
      section(
        mrkdwn`*Only you see this.* Your own notes, set out like the record you need. It is a draft to copy from, not an official form.`,
      ),
      ...becauseBlocks(beginning),
    ],
    ...(record?.period_note && { before: { from: [context(mrkdwn`${record.period_note}`)] } }),
  });
}

function becauseBlocks(beginning: Beginning | undefined): KnownBlock[] {
  switch (beginning?.because.kind) {
    case 'role':
      return [
        context(
          mrkdwn`Chosen because your profile says “${beginning.because.role}”. Another is as good: choose it below.`,
        ),
      ];
    case 'chosen-before':
      return [
        context(
          mrkdwn`As you chose it last.${beginning.because.endsBeforeToday ? ` It ends on ${sayFullDate(beginning.until)}: what came after that day is not in it.` : ''}`,
        ),
      ];
    default:
      return [];
  }
}

const ticking = z.object({
  form: z.number().int().min(0).max(20),
  page: placeNumber,
  /** How often all were ticked or unticked: Slack keeps ticks where ids stay the same. */
  turn: placeNumber,
});
/** Which of the chosen forms is ticked for, and which page is in sight. */
export type Ticking = z.output<typeof ticking>;

export const entriesWindow = { id: ids.entriesView, carries: packedJson(ticking) };

/** What a button among the entries does. */
export const packedWay = packed(':', {
  way: z.enum(['page', 'all', 'none']),
  page: placeNumber,
});

export const nothingTicked = 'Please tick at least one entry, or close this: there would be nothing to show.';

/** As many as Slack shows as boxes to tick. */
const entriesAtOnce = 10;

export const entriesForm = (formId: string, { page, turn }: Ticking) =>
  form(entriesWindow, {
    title: 'Tick entries',
    submit: 'Go on',
    close: 'Close',
    key: `${formId}.${page}.${turn}`,
    fields: { entries: severalOf('Tick what goes into it') },
  });

/** The entries of one page, for whoever reads back which of them are ticked. */
export const pageOfEntries = (chosen: Pick<Chosen, 'offered'>, form: CpdForm, page: number) =>
  pageOf(offeredFor(chosen, form), page, entriesAtOnce);

const optionOf = (entry: Learned) =>
  option(`${sayFullDate(entry.on)}: ${entry.title ?? entry.what}`, entry.id, clip(belowOption(entry), 75));

const belowOption = ({ title: own, what, line }: Learned): string =>
  own === undefined ? line || what : `${what}. ${line}`;

/** What can be ticked for one of the forms. Nothing is ticked that its writer has not. */
export function entriesView(chosen: Chosen, wanted: Ticking): View {
  const forms = tickable(chosen);
  const at = wanted.form;
  const form = forms[at];
  if (!form) return screen([section(mrkdwn`There is nothing to tick here.`)]);
  const { shown, ...turn } = pageOfEntries(chosen, form, wanted.page);
  const { page, pages } = turn;
  const all = offeredFor(chosen, form).length;
  const own = chosen.choice.entries[form.id] ?? [];
  const ticked = chosen.ticked.filter((one) => one.form.id === form.id).length;
  const tickButton = (text: string, way: 'all' | 'none') =>
    button(text, `${ids.entries}${way}`, { value: packedWay.pack({ way, page }) });
  const now = { ...wanted, page };
  return entriesForm(form.id, now).view({
    carry: now,
    options: { entries: shown.map(optionOf) },
    initial: { entries: own },
    above: [
      section(
        mrkdwn`*${form.label}*${forms.length > 1 ? ` (${at + 1} of ${forms.length})` : ''}\nFrom ${sayFullDate(chosen.choice.from)} to ${sayFullDate(chosen.choice.until)}: ${count(all, 'entry', 'entries')}${pages > 1 ? `, page ${page + 1} of ${pages}` : ''}. ${ticked > 0 ? `${count(ticked, 'is', 'are')} ticked.` : ''}`,
      ),
      context(mrkdwn`Nothing counts by itself: tick only what you did and want to show.`),
    ],
    // One is ticked by hand.
    below:
      all === 1
        ? []
        : [
            actions([
              ...turnButtons(turn, {
                ...turnWords(ids.entries),
                value: (to) => packedWay.pack({ way: 'page', page: to }),
              }),
              tickButton(`Tick all ${all}`, 'all'),
              tickButton('Untick all', 'none'),
            ]),
          ],
  });
}

/** Nothing lies in the period: what would be here, and the ways on. */
export const noEntriesView = (
  { choice, record }: Chosen,
  write: { text: string; actionId: string },
  hasOtherPages: boolean,
): View =>
  screen([
    section(
      mrkdwn`*${record.label}*\nThere is nothing from ${sayFullDate(choice.from)} to ${sayFullDate(choice.until)} yet. What you write in your journal appears here by itself, and you tick what goes into your record. A first reflection takes about two minutes.`,
    ),
    actions([
      button(write.text, write.actionId, { style: 'primary' }),
      button('Choose other dates', ids.change),
      ...(hasOtherPages ? [button('Go on without entries', ids.overview)] : []),
    ]),
  ]);

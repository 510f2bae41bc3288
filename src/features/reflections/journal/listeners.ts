import type { App } from '@slack/bolt';
import type { View } from '@slack/types';
import { z } from 'zod';
import type { Command } from '../../../slack/router.ts';
import { sayTime } from '../../../slack/text.ts';
import type { ReflectionDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { discardDraft, restoreDraft, startChange } from '../writing/drafts.ts';
import { drawingFor, onClick } from '../writing/drawing.ts';
import { openOrOffer, reopenedView } from '../writing/listeners.ts';
import { deletedView, discardedView, notYoursView, tooLateView } from '../writing/views.ts';
import { deleteReflection, openJournal, readAll, readReflection, restoreReflection } from './journal.ts';
import { copyView, entryView, journalView } from './views.ts';

export const journalCommand = (deps: ReflectionDeps): Command => ({
  word: 'journal',
  aliases: ['reflections', 'log'],
  help: {
    does: 'Shows your own reflections, to read, change or delete.',
    example: 'journal',
    group: 'write',
  },
  async run(call) {
    const view = journalView(drawingFor(deps, call.actor), await openJournal(deps, call.actor));
    await openOrOffer(call, view, 'My journal', ids.journal);
  },
});

const pageNumber = z.coerce.number().int().min(0).max(100_000).catch(0);
/** "<what>:<number>", as our own buttons carry it. */
const place = z
  .string()
  .regex(/^(?:all|[0-9a-f-]{36}):\d{1,6}$/)
  .transform((value) => {
    const [what = '', number = '0'] = value.split(':');
    return { what, number: Number(number) };
  });

export function listenToJournal(app: App, deps: ReflectionDeps): void {
  const journal = async (click: Parameters<Parameters<typeof onClick>[3]>[0]): Promise<View> =>
    journalView(click.drawing, await openJournal(deps, click.actor, pageNumber.parse(click.value)));

  onClick(app, deps, /^reflections\.journal(?:\.page-\d+)?$/, journal);

  onClick(app, deps, ids.open, async ({ actor, value, drawing }) => {
    const outcome = await readReflection(deps, actor, value);
    return outcome.kind === 'read' ? entryView(drawing, outcome.reflection) : notYoursView();
  });

  onClick(app, deps, `${ids.open}.more`, async ({ actor, value, drawing }) => {
    const { data } = place.safeParse(value);
    const outcome = await readReflection(deps, actor, data?.what ?? '');
    return outcome.kind === 'read' ? entryView(drawing, outcome.reflection, data?.number) : notYoursView();
  });

  onClick(app, deps, /^reflections\.copy(?:\.page-\d+)?$/, async ({ actor, value, drawing }) => {
    const { data } = place.safeParse(value);
    if (!data) return notYoursView();
    if (data.what === 'all') return copyView(drawing, await readAll(deps, actor), 'all', data.number);
    const outcome = await readReflection(deps, actor, data.what);
    return outcome.kind === 'read'
      ? copyView(drawing, [outcome.reflection], data.what, data.number)
      : notYoursView();
  });

  onClick(app, deps, ids.edit, async ({ actor, value, drawing }) =>
    reopenedView(drawing, await startChange(deps, actor, value)),
  );

  onClick(app, deps, ids.remove, async ({ actor, value, drawing }) => {
    const outcome = await deleteReflection(deps, actor, value);
    return outcome.kind === 'deleted'
      ? deletedView(value, sayTime(outcome.until, drawing.zone))
      : notYoursView();
  });

  onClick(app, deps, ids.restore, async (click) => {
    const outcome = await restoreReflection(deps, click.actor, click.value);
    if (outcome.kind === 'too-late') return tooLateView();
    return outcome.kind === 'restored' ? journal({ ...click, value: '0' }) : notYoursView();
  });

  onClick(app, deps, ids.discard, async ({ actor, value, drawing }) => {
    const outcome = await discardDraft(deps, actor, value);
    return outcome.kind === 'discarded'
      ? discardedView(value, sayTime(outcome.until, drawing.zone))
      : notYoursView();
  });

  onClick(app, deps, ids.restoreDraft, async (click) => {
    const outcome = await restoreDraft(deps, click.actor, click.value);
    return outcome.kind === 'restored' ? journal({ ...click, value: '0' }) : notYoursView();
  });
}

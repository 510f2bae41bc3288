import type { Actor } from '../../../community/permissions.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Command } from '../../../slack/router.ts';
import type { Routes } from '../../../slack/routes.ts';
import { sayTime } from '../../../slack/text.ts';
import type { ReflectionDeps } from '../deps.ts';
import { drawingFor } from '../drawing.ts';
import { ids } from '../ids.ts';
import { notYoursView, windowOffer } from '../views.ts';
import { discardDraft, restoreDraft } from '../writing/drafts.ts';
import { deleteReflection, openJournal, readAll, readReflection, restoreReflection } from './journal.ts';
import {
  copyView,
  deletedView,
  discardedView,
  entryView,
  journalView,
  packedPlace,
  tooLateView,
} from './views.ts';

export const journalCommand = (deps: ReflectionDeps): Command => ({
  word: 'journal',
  isTakingPart: true,
  aliases: ['reflections', 'log'],
  isAlone: true,
  help: {
    does: 'Shows your own reflections, to read, change or delete.',
    example: 'journal',
    group: 'write',
  },
  async run({ actor, open, answer }) {
    if (!open) return answer(windowOffer('My journal', ids.journal));
    await open(journalView(drawingFor(deps, actor), await openJournal(deps, actor)));
  },
});

/** Everything is answered with a window: private words are shown nowhere else. */
export function listenToJournal(to: Routes, deps: ReflectionDeps): void {
  const drawing = (actor: Actor) => drawingFor(deps, actor);
  const journal = async (actor: Actor, page = 0) =>
    journalView(drawing(actor), await openJournal(deps, actor, page));

  for (const id of [ids.journal, ids.journalPage])
    to.onClick(id, async ({ actor, value, replace }) => replace(await journal(actor, wantedPage(value))));

  const entry = async (actor: Actor, id: string, from = 0) => {
    const outcome = await readReflection(deps, actor, id);
    return outcome.kind === 'read' ? entryView(drawing(actor), outcome.reflection, from) : notYoursView();
  };

  to.onClick(ids.open, async ({ actor, value, replace }) => replace(await entry(actor, value)));

  to.onClick(ids.openMore, packedPlace, async ({ actor, carried: { what, number }, replace }) =>
    replace(await entry(actor, what, number)),
  );

  for (const id of [ids.copy, ids.copyPage])
    to.onClick(id, packedPlace, async ({ actor, carried: { what, number }, replace }) => {
      if (what === 'all') return replace(copyView(drawing(actor), await readAll(deps, actor), what, number));
      const outcome = await readReflection(deps, actor, what);
      await replace(
        outcome.kind === 'read'
          ? copyView(drawing(actor), [outcome.reflection], what, number)
          : notYoursView(),
      );
    });

  to.onClick(ids.remove, async ({ actor, value, replace }) => {
    const outcome = await deleteReflection(deps, actor, value);
    await replace(
      outcome.kind === 'deleted'
        ? deletedView(value, sayTime(outcome.until, drawing(actor).zone))
        : notYoursView(),
    );
  });

  to.onClick(ids.restore, async ({ actor, value, replace }) => {
    const outcome = await restoreReflection(deps, actor, value);
    if (outcome.kind === 'too-late') return replace(tooLateView());
    await replace(outcome.kind === 'restored' ? await journal(actor) : notYoursView());
  });

  to.onClick(ids.discard, async ({ actor, value, replace }) => {
    const outcome = await discardDraft(deps, actor, value);
    await replace(
      outcome.kind === 'discarded'
        ? discardedView(value, sayTime(outcome.until, drawing(actor).zone))
        : notYoursView(),
    );
  });

  to.onClick(ids.restoreDraft, async ({ actor, value, replace }) => {
    const outcome = await restoreDraft(deps, actor, value);
    await replace(outcome.kind === 'restored' ? await journal(actor) : notYoursView());
  });
}

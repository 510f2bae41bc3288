import type { Actor } from '../../../community/permissions.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Command } from '../../../slack/router.ts';
import type { Routes, Window } from '../../../slack/routes.ts';
import { type Mrkdwn, sayTime } from '../../../slack/text.ts';
import type { ReflectionDeps } from '../deps.ts';
import { drawingFor } from '../drawing.ts';
import { ids } from '../ids.ts';
import { packedPlace } from '../parts.ts';
import { closeNotices } from '../sharing/notices.ts';
import { listShareLogs } from '../sharing/share.ts';
import { sayShared } from '../sharing/views.ts';
import { hasVersion } from '../store.ts';
import { countTags } from '../tags.ts';
import { notYoursView } from '../views.ts';
import { discardDraft, restoreDraft } from '../writing/drafts.ts';
import { packedWanted, type Wanted } from './find.ts';
import {
  clearEarlier,
  deleteReflection,
  listAllDrafts,
  openJournal,
  putBackEarlier,
  readAll,
  readEarlier,
  readPatterns,
  readReflection,
  restoreReflection,
} from './journal.ts';
import {
  clearedNote,
  copyView,
  deletedView,
  discardedView,
  draftsView,
  earlierView,
  entryView,
  findForm,
  findView,
  journalHelp,
  journalOffer,
  journalView,
  patternsView,
  putBackNote,
  tooLateView,
} from './views.ts';

export const journalCommand = (deps: ReflectionDeps): Command => ({
  word: 'journal',
  isTakingPart: true,
  aliases: ['reflections', 'log'],
  takes: [],
  help: journalHelp,
  async run({ actor, open, answer }) {
    if (!open) return answer(journalOffer);
    await open(journalView(drawingFor(deps, actor), await openJournal(deps, actor)));
  },
});

/** Everything is answered with a window: private words are shown nowhere else. */
export function listenToJournal(to: Routes, deps: ReflectionDeps): void {
  const drawing = (actor: Actor) => drawingFor(deps, actor);
  const journal = async (actor: Actor, page = 0, wanted: Wanted = {}) =>
    journalView(drawing(actor), await openJournal(deps, actor, page, wanted));
  const wantedIn = (window: Window | undefined): Wanted =>
    (window && packedWanted.open(window.metadata)) ?? {};

  to.onClick(ids.journal, async ({ actor, replace }) => replace(await journal(actor)));
  to.onClick(ids.journalPage, async ({ actor, value, window, replace }) =>
    replace(await journal(actor, wantedPage(value), wantedIn(window))),
  );

  for (const id of [ids.drafts, ids.draftsPage])
    to.onClick(id, async ({ actor, value, replace }) =>
      replace(draftsView(drawing(actor), await listAllDrafts(deps, actor), wantedPage(value))),
    );

  to.onClick(ids.find, async ({ actor, window, replace }) => {
    const all = await readAll(deps, actor);
    const tags = countTags(all).map(({ tag }) => tag);
    const ways = all.map(({ framework }) => framework);
    await replace(findView(drawing(actor), wantedIn(window), { tags, ways }));
  });
  to.onSend(findForm, async ({ actor, values, show }) => void (await show(await journal(actor, 0, values))));

  to.onClick(ids.patterns, async ({ actor, replace }) => {
    const found = await readPatterns(deps, actor);
    await replace(found ? patternsView(drawing(actor), found) : notYoursView());
  });

  const entry = async (actor: Actor, id: string, from = 0, note?: Mrkdwn) => {
    const outcome = await readReflection(deps, actor, id);
    if (outcome.kind !== 'read') return notYoursView();
    const logs = await listShareLogs(deps, outcome.reflection);
    return entryView(drawing(actor), outcome.reflection, from, {
      hasEarlier: await hasVersion(deps.db, id),
      shared: sayShared(logs),
      wasShared: logs.length > 0,
      note,
    });
  };

  const earlier = async (actor: Actor, id: string, from = 0) => {
    const outcome = await readEarlier(deps, actor, id);
    return outcome.kind === 'earlier'
      ? earlierView(drawing(actor), outcome.reflection, outcome.version, from)
      : entry(actor, id);
  };
  to.onClick(ids.earlier, async ({ actor, value, replace }) => replace(await earlier(actor, value)));
  to.onClick(ids.earlierMore, packedPlace, async ({ actor, carried: { what, number }, replace }) =>
    replace(await earlier(actor, what, number)),
  );
  to.onClick(ids.putBack, async ({ actor, value, replace }) => {
    const { kind } = await putBackEarlier(deps, actor, value);
    await replace(await entry(actor, value, 0, kind === 'earlier' ? putBackNote : undefined));
  });
  to.onClick(ids.clearEarlier, async ({ actor, value, replace }) => {
    await clearEarlier(deps, actor, value);
    await replace(await entry(actor, value, 0, clearedNote));
  });

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
    await closeNotices(deps);
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

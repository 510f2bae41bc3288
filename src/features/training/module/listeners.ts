import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { section } from '../../../slack/blocks.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import { coreModule } from '../content.ts';
import type { TrainingDeps } from '../deps.ts';
import { type Hub, showHub } from '../hub.ts';
import { ids } from '../ids.ts';
import { groupsView } from './leading.ts';
import { findPlace, finishPart, openPart, skipPart, undoPart } from './parts.ts';
import { changeNote, gone, noteView, partView } from './views.ts';

/** The parts of the core module, in windows alone. */
export function listenToModule(to: Routes, deps: TrainingDeps, hub: Hub): void {
  async function show(actor: Actor, partId: string, hasSeenNote = false): Promise<View> {
    const outcome = await openPart(deps, actor, partId, { hasSeenNote });
    switch (outcome.kind) {
      case 'gone':
        return showHub(deps, hub, actor, [section(gone)]);
      case 'note':
        return noteView(outcome.part, outcome.place, deps.signposts);
      case 'part':
        return partView(outcome.part, outcome.place, {
          cards: await deps.resourceCards(outcome.part.resources),
          hasSeenNote,
        });
    }
  }
  for (const id of [ids.part, ids.pick])
    to.onClick(id, async ({ actor, value, replace }) => replace(await show(actor, value)));
  to.onClick(ids.goOn, async ({ actor, value, replace }) => replace(await show(actor, value, true)));
  to.onClick(ids.undo, async ({ actor, value, replace }) => {
    const { parts } = await findPlace(deps, actor);
    const wasSkipped = parts.some(({ part, standing }) => part.id === value && standing?.state === 'skipped');
    await undoPart(deps, actor, value);
    // What was skipped may have a content note that they did not want to go past.
    await replace(wasSkipped ? await showHub(deps, hub, actor) : await show(actor, value));
  });
  const ending = (id: string, as: 'done' | 'skipped', work: typeof finishPart) =>
    to.onClick(id, async ({ actor, value, replace }: Click) => {
      const outcome = await work(deps, actor, value);
      await replace(await showHub(deps, hub, actor, changeNote(outcome, as)));
    });
  ending(ids.done, 'done', finishPart);
  ending(ids.skip, 'skipped', skipPart);
  // On top, so that closing it leads back to the part.
  to.onClick(ids.reflect, async ({ actor, value, open, replace }) => {
    const part = coreModule(deps.training).parts.find(({ id }) => id === value);
    if (!part) return replace(await show(actor, value));
    await open(
      await deps.reflectOn(actor, {
        title: part.label,
        framework: part.reflect_with,
        question: part.suggested_question,
      }),
    );
  });
  const showGroups = async ({ actor, value, replace }: Click) =>
    replace(await groupsView(deps, actor, wantedPage(value)));
  to.onClick(ids.groups, showGroups);
  to.onClick(ids.groupsMore, showGroups);
}

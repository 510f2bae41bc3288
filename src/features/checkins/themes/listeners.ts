import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { packedId } from '../../../slack/packed.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { changeThemes, type ForThemes, findForThemes, type ThemeChange, tagWords } from './tag.ts';
import {
  addForm,
  addView,
  changedMeanwhile,
  mergeForm,
  mergeView,
  notTheirs,
  packedTags,
  packedTheme,
  pageAfter,
  readTags,
  renameForm,
  renameView,
  tagsSaved,
  tagView,
  tagWindow,
  themesView,
} from './views.ts';

/** What a group's words are about: themes, and which comments are about them. */
export function listenToThemes(to: Routes, deps: CheckInDeps): void {
  async function of(actor: Actor, round: string, view: (found: ForThemes) => View): Promise<View> {
    const found = await findForThemes(deps, actor, round);
    return found.kind === 'found' ? view(found) : notTheirs;
  }
  const screen = (found: ForThemes, page: number): View =>
    found.kept.themes.length === 0 || found.words.length === 0 || found.isReported
      ? themesView(found)
      : tagView(found, page);

  to.onClick(ids.themes, packedId, async ({ actor, carried, open }) =>
    open(await of(actor, carried, (found) => themesView(found))),
  );
  to.onClick(ids.themesAll, packedId, async ({ actor, carried, replace }) =>
    replace(await of(actor, carried, (found) => themesView(found))),
  );
  to.onClick(ids.themeTag, packedTags, async ({ actor, carried, replace }) =>
    replace(await of(actor, carried.round, (found) => screen(found, carried.page))),
  );
  to.onSend(tagWindow, async ({ actor, carried, window, show }) => {
    const found = await tagWords(
      deps,
      actor,
      carried.round,
      readTags(carried, (form) => window.read(form)),
    );
    if (found.kind !== 'found') return void (await show(notTheirs));
    const next = pageAfter(found, carried.page);
    await show(next === undefined ? themesView(found, tagsSaved) : screen(found, next));
  });

  to.onClick(ids.themeAdd, packedId, async ({ actor, carried, replace }) =>
    replace(await of(actor, carried, () => addView(carried))),
  );
  to.onClick(ids.themeDo, packedTheme, async ({ actor, carried: { round, does, id }, replace }) => {
    if (does === 'remove') return replace(await changed(actor, round, { kind: 'remove', id }));
    await replace(
      await of(actor, round, (found) => {
        const { themes } = found.kept;
        const theme = themes.find((one) => one.id === id);
        if (!theme) return themesView(found, changedMeanwhile);
        return does === 'rename' ? renameView(round, theme) : mergeView(round, theme, themes);
      }),
    );
  });
  to.onClick(ids.themeUndo, packedId, async ({ actor, carried, replace }) =>
    replace(await changed(actor, carried, { kind: 'undo' })),
  );

  to.onSend(addForm, async ({ actor, carried: { round }, values, show, refuse }) => {
    const labels = values.labels.split('\n');
    const outcome = await changeThemes(deps, actor, round, { kind: 'add', labels });
    if (outcome.kind === 'wrong') return refuse({ labels: outcome.words });
    await show(await after(actor, round, outcome));
  });
  to.onSend(renameForm, async ({ actor, carried: { round, id }, values, show, refuse }) => {
    const outcome = await changeThemes(deps, actor, round, { kind: 'rename', id, label: values.label });
    if (outcome.kind === 'wrong') return refuse({ label: outcome.words });
    await show(await after(actor, round, outcome));
  });
  to.onSend(
    mergeForm,
    async ({ actor, carried: { round, id }, values, show }) =>
      void (await show(await changed(actor, round, { kind: 'merge', id, into: values.into }))),
  );

  async function changed(actor: Actor, round: string, change: ThemeChange): Promise<View> {
    return after(actor, round, await changeThemes(deps, actor, round, change));
  }
  const after = (actor: Actor, round: string, { kind }: { kind: string }): Promise<View> =>
    of(actor, round, (found) => themesView(found, kind === 'changed' ? undefined : changedMeanwhile));
}

import type { Click, Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { browseCard, searchDialog, searchForm } from './cards.ts';
import { type Place, packedPlace } from './place.ts';
import { showFound, showPage, showPlace } from './show.ts';
import { tidyQuestion } from './words.ts';

/** Lists, their pages, and asking anew. */
export function listenToFinding(to: Routes, deps: Deps): void {
  const turn = async ({ actor, carried, answer }: Click & { carried: Place }) =>
    answer(await showPlace(deps, actor, carried));
  to.onClick(ids.look, packedPlace, turn);
  to.onClick(ids.pick, packedPlace, turn);
  to.onClick(ids.showAll, packedPlace, async ({ actor, carried, answer }) =>
    answer(await showPage(deps, actor, carried)),
  );
  to.onClick(ids.browse, ({ answer }) => answer(browseCard(deps.vocabulary)));
  to.onClick(ids.openSearch, ({ value, replace }) => replace(searchDialog(tidyQuestion(value))));
  to.onSend(searchForm, async ({ actor, values, answer }) =>
    answer({ title: 'Resources', ...(await showFound(deps, actor, values.question)) }),
  );
}

import type { View } from '@slack/types';
import type { Cohort } from '../../community/cohorts.ts';
import { wantedPage } from '../../slack/paging.ts';
import type { Routes } from '../../slack/routes.ts';
import { cardAnswer, groupsAnswer } from './answers.ts';
import type { CohortsDeps } from './deps.ts';
import { ids } from './ids.ts';
import { readArchived, readManaged } from './read.ts';
import { archivedList, notAllowed } from './views.ts';

/** The groups somebody runs or is in, and the card of each. */
export function listenToLists(to: Routes, deps: CohortsDeps): void {
  for (const id of [ids.list, ids.earlier, ids.later])
    to.onClick(id, async ({ actor, value, answer }) =>
      answer(await groupsAnswer(deps, actor, wantedPage(value))),
    );
  to.onClick(ids.open, async ({ actor, value, answer }) => answer(await cardAnswer(deps, actor, value)));
  to.onClick(ids.archived, async ({ actor, value, answer }) =>
    answer(archivedList(await readArchived(deps, actor, wantedPage(value)), deps.vocabulary)),
  );
}

/** A button that opens a form about a group. Rights are asked for again when it is sent. */
export function onOpenForm(
  to: Routes,
  deps: CohortsDeps,
  id: string,
  draw: (cohort: Cohort) => View | Promise<View>,
): void {
  to.onClick(id, async ({ actor, value, answer, replace }) => {
    const cohort = await readManaged(deps, actor, value);
    await (cohort ? replace(await draw(cohort)) : answer(notAllowed));
  });
}

import type { Routes } from '../../../slack/routes.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { notForYou } from '../lead/views.ts';
import { openNeeds } from './needs.ts';
import { needsPage, needsView } from './views.ts';

/** What makes taking part easier, for those who run a group: always a window. */
export function listenToAccess(to: Routes, deps: OnboardingDeps): void {
  to.onClick(ids.access, needsPage, async ({ actor, carried: { cohortId, page }, open, answer }) => {
    const needs = await openNeeds(deps, actor, cohortId, page);
    return needs ? open(needsView(needs)) : answer(notForYou);
  });

  to.onClick(ids.accessPage, needsPage, async ({ actor, carried: { cohortId, page }, replace, answer }) => {
    const needs = await openNeeds(deps, actor, cohortId, page);
    return needs ? replace(needsView(needs)) : answer(notForYou);
  });
}

import type { Routes } from '../../../slack/routes.ts';
import type { Prompts } from '../asking/prompts.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { findOpenRound } from '../store.ts';
import { recordWanted, sayInOffer } from './offer.ts';
import { wishedAnswer } from './views.ts';

/** Yes or no to being asked, and the other one later. */
export function listenToOffering(to: Routes, deps: CheckInDeps, prompts: Prompts): void {
  for (const [id, wants] of [
    [ids.want, true],
    [ids.doNotWant, false],
  ] as const)
    to.onClick(id, async ({ actor, value, instead }) => {
      const outcome = await recordWanted(deps, actor, value, wants);
      await instead(wishedAnswer(outcome));
      await sayInOffer(deps, actor.person.id, value, outcome);
      if (outcome.kind !== 'wanted' && outcome.kind !== 'not-wanted') return;
      const open = await findOpenRound(deps.db, value);
      if (open) prompts.changed({ roundId: open.id, personId: actor.person.id, asksAgain: wants });
    });
}

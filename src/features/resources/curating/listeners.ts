import type { Actor } from '../../../community/permissions.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving } from '../../../safeguarding/identifiers.ts';
import type { Answer } from '../../../slack/answer.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { curatorPage, decide } from './curate.ts';
import { suggest, withdrawSuggestion } from './suggest.ts';
import {
  curatorAnswer,
  decided,
  forCurators,
  maskSuggested,
  refusal,
  suggestDialog,
  suggestForm,
  suggestionThanks,
  withdrawn,
} from './views.ts';

/** Suggesting, and deciding about suggestions. */
export function listenToSuggestions(to: Routes, deps: Deps): void {
  to.onClick(ids.openSuggest, ({ value, replace }) => replace(suggestDialog({ title: value })));

  // What was typed stays in both: the inputs keep their ids.
  to.onClick(ids.keepSuggested, ({ replace }) => replace(suggestDialog({ isKept: true })));

  const look = (text: string): Finding[] => {
    const seen = checkBeforeSaving(text, deps);
    return seen.kind === 'found' ? seen.findings : [];
  };

  to.onSend(suggestForm, async ({ actor, values, carried, refuse, show }) => {
    const given = carried.doubt === 'warned' ? maskSuggested(values, look) : values;
    const outcome = await suggest(deps, actor, given, carried.doubt !== 'none');
    switch (outcome.kind) {
      case 'suggested':
        return show(suggestionThanks(outcome.id));
      case 'may-identify':
        return show(suggestDialog({ findings: look(`${values.title}\n${values.why}`) }));
      default:
        return refuse({ url: refusal(outcome) });
    }
  });

  to.onClick(ids.withdraw, async ({ actor, value, answer }) =>
    answer(withdrawn(await withdrawSuggestion(deps, actor, value))),
  );

  to.onClick(ids.curate, async ({ actor, value, answer }) =>
    answer(await showSuggestions(deps, actor, wantedPage(value))),
  );

  const decisions = { [ids.accept]: 'accepted', [ids.decline]: 'declined', [ids.reopen]: 'waiting' } as const;
  for (const [id, status] of Object.entries(decisions))
    to.onClick(id, decided, async ({ actor, carried, answer }) => {
      await decide(deps, actor, carried.id, status);
      await answer(await showSuggestions(deps, actor, carried.from));
    });
}

/** @param from which suggestion comes first, from 0. */
export async function showSuggestions(deps: Deps, actor: Actor, from: number): Promise<Answer> {
  const outcome = await curatorPage(deps, actor, from);
  return outcome.kind === 'not-allowed' ? forCurators : curatorAnswer(outcome.page);
}

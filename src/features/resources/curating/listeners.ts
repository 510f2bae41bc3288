import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving } from '../../../safeguarding/identifiers.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { askCurators } from './ask.ts';
import { askDialog, askedAnswer, askForm, maskAsked } from './ask-views.ts';
import { suggest, withdrawSuggestion } from './suggest.ts';
import { maskSuggested, refusal, suggestDialog, suggestForm, suggestionThanks, withdrawn } from './views.ts';

/** Suggesting something, and asking for what was not found. */
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

  to.onClick(ids.openAsk, ({ value, replace }) => replace(askDialog({ words: value })));
  to.onClick(ids.keepAsked, ({ replace }) => replace(askDialog({ isKept: true })));
  to.onSend(askForm, async ({ actor, values, carried, show, answer }) => {
    const findings = carried.doubt === 'none' ? look(values.words) : [];
    if (findings.length > 0) return show(askDialog({ findings }));
    const given = carried.doubt === 'warned' ? maskAsked(values, look) : values;
    return answer(askedAnswer(await askCurators(deps, actor, given)));
  });
}

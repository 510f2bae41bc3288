import { findIdentifiers } from '../../../safeguarding/identifiers.ts';
import { asModal } from '../../../slack/answer.ts';
import type { CommandCall } from '../../../slack/router.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { longestQuestion } from '../finding/words.ts';
import { ids } from '../ids.ts';
import { define } from './define.ts';
import { showDefinition } from './show.ts';
import { searchInstead, wordingAnswer, wordingCard, wordingDialog, wordingForm } from './wording/views.ts';

export function listenToGlossary(to: Routes, deps: Deps): void {
  for (const id of [ids.term, `${ids.term}.`])
    to.onClick(id, async ({ value, answer }) => answer(await showDefinition(deps, define(deps, value))));

  to.onClick(ids.openWording, ({ open }) => open(wordingDialog()));
  // On top, so that the text stands there to be changed.
  to.onSend(wordingForm, ({ values, open }) => open(asModal(lookAtWords(deps, values.text, true).answer)));
}

/** `/chatr words <text>`; without a text, the window with a box for it. */
export async function showWording(deps: Deps, { words, answer, open }: CommandCall): Promise<void> {
  if (words === '') return open ? open(wordingDialog()) : answer(wordingCard);
  const looked = lookAtWords(deps, words, false);
  // A few words of which nothing is said may have been a search.
  const maySearch = open && !looked.isNoted && words.length <= longestQuestion;
  const instead = maySearch ? [searchInstead(words)] : [];
  await answer({ ...looked.answer, blocks: [...looked.answer.blocks, ...instead] });
}

function lookAtWords({ wording, allowed }: Deps, text: string, isInWindow: boolean) {
  const [noted, findings] = [wording(text), findIdentifiers(text, allowed ? { allowed } : {})];
  return {
    isNoted: noted.length > 0 || findings.length > 0,
    answer: wordingAnswer(noted, findings, isInWindow),
  };
}

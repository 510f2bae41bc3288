import { findIdentifiers } from '../../../safeguarding/identifiers.ts';
import { asModal } from '../../../slack/answer.ts';
import type { CommandCall } from '../../../slack/router.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { define } from './define.ts';
import { showDefinition } from './show.ts';
import { wordingAnswer, wordingCard, wordingDialog, wordingForm } from './wording-views.ts';

export function listenToGlossary(to: Routes, deps: Deps): void {
  for (const id of [ids.term, `${ids.term}.`])
    to.onClick(id, async ({ value, answer }) => answer(await showDefinition(deps, define(deps, value))));

  to.onClick(ids.openWording, ({ open }) => open(wordingDialog()));
  // On top, so that the text stands there to be changed.
  to.onSend(wordingForm, ({ values, open }) => open(asModal(lookAtWords(deps, values.text, true))));
}

/** `/chatr words <text>`; without a text, the window with a box for it. */
export async function showWording(deps: Deps, { words, answer, open }: CommandCall): Promise<void> {
  if (words !== '') return answer(lookAtWords(deps, words, false));
  return open ? open(wordingDialog()) : answer(wordingCard);
}

const lookAtWords = ({ wording, allowed }: Deps, text: string, isInWindow: boolean) =>
  wordingAnswer(wording(text), findIdentifiers(text, allowed ? { allowed } : {}), isInWindow);

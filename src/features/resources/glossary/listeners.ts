import type { Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { define } from './define.ts';
import { definitionAnswer } from './views.ts';

export function listenToGlossary(to: Routes, deps: Deps): void {
  for (const id of [ids.term, `${ids.term}.`])
    to.onClick(id, ({ value, answer }) => answer(definitionAnswer(define(deps, value), deps.glossary)));
}

import type { Answer } from '../../../slack/answer.ts';
import type { Deps } from '../deps.ts';
import type { Definition } from './define.ts';
import { definitionAnswer } from './views.ts';

/** What a word means, with whether young people have reviewed how we say it. */
export async function showDefinition(deps: Deps, definition: Definition): Promise<Answer> {
  const reviewed = definition.kind === 'term' ? await deps.reviewed(`term:${definition.term.id}`) : undefined;
  return definitionAnswer(definition, deps.glossary, reviewed);
}

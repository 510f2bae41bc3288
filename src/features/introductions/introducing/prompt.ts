import type { PracticePrompts } from '../../../content/practice-prompts.ts';
import { numbersFrom } from '../../../lib/random.ts';

export type Prompt = PracticePrompts['prompts'][number];

/** What two people can talk about over a cup of tea. A case takes a group, and somebody who leads it. */
const fitsTwo: ReadonlySet<string> = new Set(['practice-prompt', 'language', 'wellbeing']);

/**
 * Something to begin with: of an age group they have in common, or of all ages, as long as there is one that neither had.
 * @param ages ids of theirs that both show. @param had prompts they had before.
 */
export function pickPrompt(
  { prompts }: Pick<PracticePrompts, 'prompts'>,
  { ages, had, seed }: { ages: readonly string[]; had: ReadonlySet<string>; seed: string },
): Prompt | undefined {
  const fitting = prompts.filter(({ kind }) => fitsTwo.has(kind));
  const near = fitting.filter(({ age_group: age }) => age === 'all' || ages.includes(age));
  const fresh = [near, fitting].map((some) => some.filter(({ id }) => !had.has(id)));
  const from = [...fresh, near, fitting].find((some) => some.length > 0);
  return from?.[numbersFrom(seed).int(from.length)];
}

import type { Vocabulary } from '../../../content/vocabulary.ts';
import { tidyTitle } from '../../../lib/title.ts';
import { tidyLine } from '../../../slack/text.ts';
import type { CohortFields } from './store.ts';

export const nameMax = 80;

export type FieldProblem = { field: keyof CohortFields; message: string };

export const nameless = 'Please give the group a name, for example “Perinatal pilot, spring”.';

/** A group's name as it is kept. */
export const tidyName = (text: string): string => tidyTitle(tidyLine(text));

/** Two names that people would read as the same. */
export const sameName = (one: string, other: string): boolean =>
  tidyName(one).toLowerCase() === tidyName(other).toLowerCase();

/** Checks what somebody says about a group. Dates are local, `YYYY-MM-DD`. */
export function checkFields(
  typed: Pick<CohortFields, 'name'> & Partial<CohortFields>,
  vocabulary: Pick<Vocabulary, 'age_groups'>,
): { fields: CohortFields; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const name = tidyName(typed.name);
  if (!/[\p{L}\p{N}]/u.test(name)) problems.push({ field: 'name', message: nameless });
  else if (Array.from(name).length > nameMax)
    problems.push({ field: 'name', message: `Please use at most ${nameMax} characters.` });
  if (typed.ageGroup !== undefined && !vocabulary.age_groups.some(({ id }) => id === typed.ageGroup))
    problems.push({ field: 'ageGroup', message: 'Please choose one from the list.' });
  for (const field of ['startsOn', 'endsOn'] as const) {
    const date = typed[field];
    if (date !== undefined && !isDate(date))
      problems.push({ field, message: 'Please choose a day in the calendar.' });
  }
  if (problems.length === 0 && typed.startsOn && typed.endsOn && typed.endsOn < typed.startsOn)
    problems.push({
      field: 'endsOn',
      message: 'This is before the first day. Please choose the same day or a later one.',
    });
  return {
    fields: { name, ageGroup: typed.ageGroup, startsOn: typed.startsOn, endsOn: typed.endsOn },
    problems,
  };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

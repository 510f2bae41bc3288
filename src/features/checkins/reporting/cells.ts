import { type Count, fewerThan } from '../../../community/suppress.ts';
import type { Part } from '../../findings.ts';
import { choicesOf, type Question, shapeOf } from '../question-kinds.ts';
import type { Sum } from '../results/frozen.ts';
import { bandWords } from '../results/say.ts';

/** A scale by its two ends: "0 (Not at all) to 10 (Completely)". */
export function scaleOf(question: Question): { from: number; to: number; says: string } {
  const values = choicesOf(question)?.values ?? [];
  const { from, to } = shapeOf({ kind: 'scale', values });
  return { from, to, says: `${values[0]?.label ?? ''} to ${values.at(-1)?.label ?? ''}` };
}

/** Where a scale stands: an average, or in which third that lies. */
export const placeOnScale = (shown: Sum): number | string | undefined =>
  shown.kind === 'average'
    ? shown.value
    : shown.kind === 'third'
      ? `${bandWords[shown.third]} third`
      : undefined;

export const inCell = (count: Count | undefined): number | string =>
  count === 'most' ? 'more than half' : (count ?? '');

/** How many chose each answer, in their order, as far as it is shown. */
export function peopleChose(question: Question, shown: Sum, smallest: number): (number | string)[] {
  const values = choicesOf(question)?.values ?? [];
  if (shown.kind === 'counts') return values.map((_, at) => inCell(shown.counts[at]));
  if (shown.kind === 'most')
    return values.map(({ value }) => (shown.values.includes(value) ? 'more than half' : 'half or fewer'));
  return values.map(() => fewerThan(smallest));
}

/** Names tables of one kind, one after the other: "change", "change-2". */
export function naming(): (kind: string) => string {
  const many = new Map<string, number>();
  return (kind) => {
    const nth = (many.get(kind) ?? 0) + 1;
    many.set(kind, nth);
    return nth === 1 ? kind : `${kind}-${nth}`;
  };
}

/** Questions of which something is not said, and why. */
export const sayLeft = (why: string, questions: readonly Question[]): Part[] =>
  questions.length === 0
    ? []
    : [
        { kind: 'text', text: `${why}:` },
        { kind: 'list', items: [...new Set(questions.map(({ text }) => text))] },
      ];

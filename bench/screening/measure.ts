import type { Finding, IdentifierKind } from '../../src/safeguarding/finding.ts';
import type { Snippet } from './snippets.ts';

/**
 * `labelled` is what the set says is there, `caught` is what of it was found as what it is and as a whole: half a number
 * that stays would still be somebody's. `found` is what the check pointed at, `right` what of it is labelled so.
 */
export type Count = { labelled: number; caught: number; found: number; right: number };

export type Miss = { snippet: Snippet; missed: readonly Finding[]; wrong: readonly Finding[] };

export function countFindings(
  snippets: readonly Snippet[],
  find: (text: string) => readonly Finding[],
): { byKind: ReadonlyMap<IdentifierKind, Count>; misses: readonly Miss[] } {
  const byKind = new Map<IdentifierKind, Count>();
  const count = (kind: IdentifierKind): Count => {
    const before = byKind.get(kind) ?? { labelled: 0, caught: 0, found: 0, right: 0 };
    byKind.set(kind, before);
    return before;
  };
  const misses: Miss[] = [];
  for (const snippet of snippets) {
    const findings = find(snippet.text);
    const missed = snippet.spans.filter((span) => !findings.some((one) => holds(one, span)));
    const wrong = findings.filter((one) => !snippet.spans.some((span) => overlaps(one, span)));
    for (const span of snippet.spans) count(span.kind).labelled += 1;
    for (const span of snippet.spans) if (!missed.includes(span)) count(span.kind).caught += 1;
    for (const one of findings) count(one.kind).found += 1;
    for (const one of findings) if (!wrong.includes(one)) count(one.kind).right += 1;
    if (missed.length > 0 || wrong.length > 0) misses.push({ snippet, missed, wrong });
  }
  return { byKind, misses };
}

const holds = (found: Finding, span: Finding): boolean =>
  found.kind === span.kind && found.start <= span.start && found.end >= span.end;

const overlaps = (found: Finding, span: Finding): boolean =>
  found.kind === span.kind && found.start < span.end && span.start < found.end;

export const total = (counts: Iterable<Count>): Count =>
  [...counts].reduce(
    (sum, one) => ({
      labelled: sum.labelled + one.labelled,
      caught: sum.caught + one.caught,
      found: sum.found + one.found,
      right: sum.right + one.right,
    }),
    { labelled: 0, caught: 0, found: 0, right: 0 },
  );

/** Between 0 and 1; 1 where there was nothing to catch. */
export const recall = ({ labelled, caught }: Count): number => (labelled === 0 ? 1 : caught / labelled);

/** Between 0 and 1; 1 where nothing was found. */
export const precision = ({ found, right }: Count): number => (found === 0 ? 1 : right / found);

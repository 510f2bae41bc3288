import { z } from 'zod';

/** Longer ones are no quotation any more. In code points. */
export const longestQuote = 600;

/** Which words are left of a text: all of it, or from one word to before another, in their order. */
export const cutSchema = z.union([z.literal('all'), z.array(z.tuple([z.number(), z.number()])).min(1)]);
export type Cut = z.output<typeof cutSchema>;

const gap = '…';
const split = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');
/** Where something is left out already, by whoever wrote it, a gap is a gap. */
const wordsIn = (text: string): string[] => split(text.replace(/…|\.{3,}/gu, ' '));
/** A word without the punctuation around it. */
const bare = (word: string): string => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
const isSame = (typed: string, original: string): boolean =>
  typed === original || (bare(typed) !== '' && bare(typed) === bare(original));

function findRow(all: readonly string[], row: readonly string[], from: number): number | undefined {
  for (let at = from; at + row.length <= all.length; at += 1)
    if (row.every((word, next) => isSame(word, all[at + next] ?? ''))) return at;
  return undefined;
}

/**
 * What somebody left of another's words, with "…" where they left something out.
 * @returns undefined where a word was added, changed or moved, or none is left.
 */
export function cutOf(original: string, typed: string): Cut | undefined {
  if (split(original).join(' ') === split(typed).join(' '))
    return wordsIn(original).length > 0 ? 'all' : undefined;
  const all = wordsIn(original);
  const rows = typed.split(/…|\.{3,}/u).flatMap((part) => {
    const row = split(part);
    return row.length > 0 ? [row] : [];
  });
  const kept: [number, number][] = [];
  for (const row of rows) {
    const at = findRow(all, row, kept.at(-1)?.[1] ?? 0);
    if (at === undefined) return undefined;
    kept.push([at, at + row.length]);
  }
  return kept.length > 0 ? kept : undefined;
}

/** The words as they stand in a report. */
export function sayCut(original: string, cut: Cut): string {
  if (cut === 'all') return original.trim();
  const all = wordsIn(original);
  const parts = cut.map(([from, to]) => all.slice(from, to).join(' '));
  const [first] = cut;
  const isWhole = (cut.at(-1)?.[1] ?? 0) >= all.length;
  return `${first && first[0] > 0 ? `${gap} ` : ''}${parts.join(` ${gap} `)}${isWhole ? '' : ` ${gap}`}`;
}

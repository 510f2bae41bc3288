import { distance } from 'fastest-levenshtein';

/** One of the words the catalogue and its vocabulary use, and how many entries use it. */
export type KnownWords = ReadonlyMap<string, number>;

/**
 * The known word that a mistyped one was probably meant to be: one wrong, missing or extra letter, or two neighbours
 * swapped; in words of nine letters or more also two such slips. Of several, the nearest, then the most used.
 */
export function correctSpelling(word: string, known: KnownWords): string | undefined {
  if (word.length < 4 || /\d/.test(word)) return undefined;
  const allowed = word.length >= 9 ? 2 : 1;
  let best: { word: string; slips: number; uses: number } | undefined;
  known.forEach((uses, candidate) => {
    if (candidate.length < 3 || Math.abs(candidate.length - word.length) > allowed || /\d/.test(candidate))
      return;
    const slips = slipsBetween(word, candidate);
    if (slips > allowed) return;
    const better =
      best === undefined ||
      slips < best.slips ||
      (slips === best.slips && (uses > best.uses || (uses === best.uses && candidate < best.word)));
    if (better) best = { word: candidate, slips, uses };
  });
  return best?.word;
}

/** Levenshtein, with two swapped neighbours counting as one slip. */
function slipsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && a.length === b.length && isSwapOf(a, b) ? 1 : edits;
}

function isSwapOf(a: string, b: string): boolean {
  let first = 0;
  while (first < a.length && a[first] === b[first]) first += 1;
  return a[first] === b[first + 1] && a[first + 1] === b[first] && a.slice(first + 2) === b.slice(first + 2);
}

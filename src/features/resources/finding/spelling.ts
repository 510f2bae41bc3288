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
  const letters = lettersOf(word);
  let best: Candidate | undefined;
  let fewest = allowed;
  const byLength = candidatesIn(known);
  for (let length = word.length - allowed; length <= word.length + allowed; length += 1)
    for (const candidate of byLength[length] ?? []) {
      // Each slip changes two of the letters that are in a word, at most.
      if (bitsIn(letters ^ candidate.letters) > 2 * allowed) continue;
      const slips = slipsBetween(word, candidate.word);
      if (slips > fewest) continue;
      if (slips < fewest || best === undefined || isBetter(candidate, best)) best = candidate;
      fewest = slips;
    }
  return best?.word;
}

const isBetter = (one: Candidate, other: Candidate): boolean =>
  one.uses > other.uses || (one.uses === other.uses && one.word < other.word);

type Candidate = { word: string; uses: number; letters: number };

const candidates = new WeakMap<KnownWords, Candidate[][]>();

/** By their length: few of all the words can be meant, and nearly all of those can be told by their letters. */
function candidatesIn(known: KnownWords): Candidate[][] {
  const before = candidates.get(known);
  if (before) return before;
  const byLength: Candidate[][] = [];
  for (const [word, uses] of known) {
    if (word.length < 3 || /\d/.test(word)) continue;
    byLength[word.length] ??= [];
    byLength[word.length]?.push({ word, uses, letters: lettersOf(word) });
  }
  candidates.set(known, byLength);
  return byLength;
}

/** Which letters are in it, a bit each. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bitsIn(number: number): number {
  let count = 0;
  for (let left = number; left !== 0; left &= left - 1) count += 1;
  return count;
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

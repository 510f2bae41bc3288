import { distance } from 'fastest-levenshtein';

/** One of the words the catalogue and its vocabulary use, and how many entries use it. */
export type KnownWords = ReadonlyMap<string, number>;

/** What was meant, and how many slips of the finger lie between. */
export type Corrected = { word: string; slips: number };

/**
 * The known word that a mistyped one was probably meant to be: one wrong, missing or extra letter, or two neighbours
 * swapped; in words of nine letters or more also two such slips. Of several, the nearest, then what fits, then the most used.
 * @param mayBe whether it can have been meant at all
 * @param fits whether a word is said beside those that the mistyped one stands beside
 */
export function correctSpelling(
  word: string,
  known: KnownWords,
  fits: (candidate: string) => boolean = () => false,
  mayBe: (candidate: string) => boolean = () => true,
): Corrected | undefined {
  if (word.length < 4 || /\d/.test(word)) return undefined;
  const allowed = word.length >= 9 ? 2 : 1;
  const letters = lettersOf(word);
  let best: Candidate | undefined;
  let bestFits = false;
  let fewest = allowed;
  const byLength = candidatesIn(known);
  for (let length = word.length - allowed; length <= word.length + allowed; length += 1) {
    const { candidates: those, letters: theirs } = byLength[length] ?? nobody;
    for (let nth = 0; nth < those.length; nth += 1) {
      // Each slip changes two of the letters that are in a word, at most.
      if (bitsIn(letters ^ (theirs[nth] ?? 0)) > 2 * allowed) continue;
      const candidate = those[nth];
      const slips = candidate ? slipsBetween(word, candidate.word) : Infinity;
      if (candidate === undefined || slips > fewest || !mayBe(candidate.word)) continue;
      const isFitting = fits(candidate.word);
      if (best !== undefined && slips === fewest)
        if (isFitting === bestFits ? !isBetter(candidate, best) : bestFits) continue;
      best = candidate;
      bestFits = isFitting;
      fewest = slips;
    }
  }
  return best && { word: best.word, slips: fewest };
}

const isBetter = (one: Candidate, other: Candidate): boolean =>
  one.uses > other.uses || (one.uses === other.uses && one.word < other.word);

type Candidate = { word: string; uses: number };
/** Words of one length, and the letters of each, side by side: most are told apart by these alone. */
type OfLength = { candidates: readonly Candidate[]; letters: Int32Array };
const nobody: OfLength = { candidates: [], letters: new Int32Array() };

const candidates = new WeakMap<KnownWords, OfLength[]>();

/** By their length: few of all the words can be meant. */
function candidatesIn(known: KnownWords): OfLength[] {
  const before = candidates.get(known);
  if (before) return before;
  const byLength: OfLength[] = [];
  const words = [...known]
    .map(([word, uses]) => ({ word, uses }))
    .filter(({ word }) => !/^..?$|\d/.test(word));
  for (const [length, those] of Map.groupBy(words, ({ word }) => word.length))
    byLength[length] = {
      candidates: those,
      letters: Int32Array.from(those, ({ word }) => lettersOf(word)),
    };
  candidates.set(known, byLength);
  return byLength;
}

/** Which letters are in it, a bit each. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

/** By halves of halves, as Warren has it in Hacker's Delight (2002). */
function bitsIn(number: number): number {
  const pairs = number - ((number >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
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

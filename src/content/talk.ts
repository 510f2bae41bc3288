import { beginningOfTalk } from './frequencies.ts';
import { stemOf } from './stem.ts';
import { tellingWords } from './words.ts';

/** How often words are said in 50 million, by their stems: those that are said most (SUBTLEX-US). */
export function countsOfTalk(): ReadonlyMap<string, number> {
  if (kept) return kept;
  const counts = new Map<string, number>();
  for (const [word, count] of commonest(bytesOfCounts)) {
    const [only, ...others] = tellingWords(word);
    if (only === undefined || others.length > 0) continue;
    const stem = stemOf(only);
    counts.set(stem, (counts.get(stem) ?? 0) + count);
  }
  kept = counts;
  return counts;
}

let kept: ReadonlyMap<string, number> | undefined;

/** Some fifteen thousand words that people say, in small letters. */
export const commonWords = (): string[] => [
  ...new Set(commonest(bytesOfWords).map(([word]) => word.toLowerCase())),
];

/** The list begins with the commonest words; the first of them suffice, and the rest is not read. */
const bytesOfCounts = 300_000;
const bytesOfWords = 700_000;

const commonest = (bytesRead: number): [word: string, count: number][] =>
  [...beginningOfTalk(bytesRead).matchAll(/"word": "([^"]+)",\s+"count": (\d+)/g)].map(
    ([, word = '', count]) => [word, Number(count)],
  );

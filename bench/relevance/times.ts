import { median } from '../measure.ts';
import type { Engine, Make, Searched } from './engines.ts';

/**
 * Milliseconds that each takes to answer a question it has not been asked before, in the middle. For each question they
 * take turns, so that a machine that is slow for a moment is slow for all.
 * @param warmUp rounds before it counts, for the compiler
 */
export function timesOf(
  makes: readonly Make[],
  content: Searched,
  questions: readonly string[],
  { rounds, warmUp }: { rounds: number; warmUp: number },
): number[] {
  const seen = makes.map((): number[] => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    const engines = makes.map((make) => make(content));
    questions.forEach((question, index) => {
      for (let turn = 0; turn < engines.length; turn += 1) {
        const which = (turn + index) % engines.length;
        const ms = timed(engines[which], question);
        if (round >= 0) seen[which]?.push(ms);
      }
    });
  }
  return seen.map(median);
}

function timed(engine: Engine | undefined, question: string): number {
  const began = performance.now();
  engine?.find(question);
  return performance.now() - began;
}

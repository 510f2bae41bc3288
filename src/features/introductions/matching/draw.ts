import { type Candidate, match } from './match.ts';

/** In a thread of its own: with some hundred people it takes longer than anybody should wait for an answer. */
export const draw = async (
  candidates: readonly Candidate[],
  met: readonly (readonly [pair: string, times: number])[],
  seed: string,
): Promise<string[][]> => match(candidates, new Map(met), seed);

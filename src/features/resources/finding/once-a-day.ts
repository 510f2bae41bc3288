import { createHmac } from 'node:crypto';
import type { Random } from '../../../lib/random.ts';

/** More than a large community misses in a day; what is over is not counted. */
const mostInADay = 20_000;

export type OnceADay = {
  /** Whether this person has not missed this word before on this day. @param day `YYYY-MM-DD`. */
  isFirst(miss: { personId: string; word: string; day: string }): boolean;
};

/**
 * That a word which one person types six times counts once. In memory alone, as hashes under a key that lasts for a day and
 * is written nowhere: who missed what cannot be read out of it, and a restart forgets it.
 */
export function createOnceADay({ random }: { random: Pick<Random, 'bytes'> }): OnceADay {
  let today: { day: string; key: Buffer; seen: Set<string> } | undefined;
  return {
    isFirst({ personId, word, day }) {
      if (today?.day !== day) today = { day, key: random.bytes(32), seen: new Set() };
      const { key, seen } = today;
      const miss = createHmac('sha256', key).update(`${personId} ${word}`).digest('base64url');
      if (seen.has(miss) || seen.size >= mostInADay) return false;
      seen.add(miss);
      return true;
    },
  };
}

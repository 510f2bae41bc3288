/** Chance that can be repeated: the same seed gives the same faults, ids and choice of connection. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  below(limit: number): number;
  /** Letters and digits in Slack's style of ids. */
  id(prefix: string, length?: number): string;
  token(length: number): string;
};

const idLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const tokenLetters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

/** mulberry32: small, fast, and good enough to spread faults. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = (letters: string, length: number): string =>
    Array.from({ length }, () => letters[below(letters.length)] ?? 'A').join('');
  return {
    next,
    below,
    id: (prefix, length = 10) => prefix + pick(idLetters, length - 1),
    token: (length) => pick(tokenLetters, length),
  };
}

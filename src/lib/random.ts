import { randomBytes, randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock } from './clock.ts';

/** Where chance comes from. Handed in, so that tests can repeat it. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
  bytes(count: number): Buffer;
}

export const systemRandom: Random = {
  int: (below) => randomInt(below),
  bytes: (count) => randomBytes(count),
};

/** A new id that sorts by creation time (UUIDv7, RFC 9562), made by us and not by a database. */
export function newId(clock: Clock): string {
  return v7({ msecs: clock.now().getTime() });
}

const readable = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Four characters a person can read out on the phone; no 0/O or 1/I. */
export function newReference(random: Random): string {
  return Array.from({ length: 4 }, () => readable[random.int(readable.length)]).join('');
}

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

/**
 * A new id that sorts by creation time (UUIDv7, RFC 9562), made by us and not by a database. Ids made in the same
 * millisecond sort in the order they were made: two messages enqueued together go out in that order.
 */
export function newId(clock: Clock): string {
  const msecs = clock.now().getTime();
  lastId = { msecs, seq: msecs === lastId.msecs ? lastId.seq + 1 : randomInt(2 ** 30) };
  return v7(lastId);
}

let lastId = { msecs: 0, seq: 0 };

const readable = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Four characters a person can read out on the phone; no 0/O or 1/I. */
export function newReference(random: Random): string {
  return Array.from({ length: 4 }, () => readable[random.int(readable.length)]).join('');
}

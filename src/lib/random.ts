import { createHash, randomBytes, randomInt } from 'node:crypto';
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

/** The same numbers for the same seed: an order that holds from one page to the next. */
export function numbersFrom(seed: string): Pick<Random, 'int'> {
  let count = 0;
  return {
    int(below) {
      count += 1;
      return createHash('sha256').update(`${seed}:${count}`).digest().readUIntBE(0, 6) % below;
    },
  };
}

/** In another order, each as likely (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Pick<Random, 'int'>): T[] {
  const mixed: T[] = [];
  for (const item of items) {
    const place = random.int(mixed.length + 1);
    const moved = mixed[place];
    if (moved === undefined) mixed.push(item);
    else {
      mixed.push(moved);
      mixed[place] = item;
    }
  }
  return mixed;
}

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

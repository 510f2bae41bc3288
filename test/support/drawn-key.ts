import { randomBytes } from 'node:crypto';

/**
 * A master key for settings. One in 7,000 is drawn in letters alone and refused as made up; one that begins like this is
 * not: "/" in base64.
 */
export function drawnKey(): Buffer {
  const key = randomBytes(32);
  key[0] = 0xff;
  return key;
}

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Wrong } from './wrong.ts';

/**
 * Whose something sealed is: a person's, under a random key that stands for a person, a check-in round's, or the
 * programme's. All are sealed with the one key that is set today; a key for each owner changes this file alone.
 */
export type Owner = { person: string } | { key: string } | { round: string } | 'programme';

/** Seals and opens private text. The key lives outside the database, so a copy of the file alone shows nothing. */
export interface Vault {
  /**
   * @param place where it is kept, such as the row's id: it must be given again to open.
   * @param room so many bytes at least are taken up, however short the words. Beyond that the size grows in powers of
   * two, so that it tells little of their length.
   */
  sealFor(owner: Owner, words: string, place: string, room?: number): string;
  /** @throws DecryptionError when the key is another one, the text was changed, or owner or place differ. */
  openFor(owner: Owner, sealed: string, place: string): string;
  /** The same words have the same mark, by which sealed ones are found again; without the key it tells nothing of them. */
  markOf(words: string): string;
}

export class DecryptionError extends Error {
  override name = 'DecryptionError';
}

const keyLength = 32;

/**
 * A key as it is written in the settings: 32 bytes in base64 with its padding, or in hexadecimal. Nothing else that could
 * be read as such: from a passphrase, or base64 with something wrong in it, a key would come that nobody meant.
 */
export function readKey(written: string): Buffer | Wrong {
  const isHex = /^[0-9a-f]{64}$/i.test(written);
  const key = Buffer.from(written, isHex ? 'hex' : 'base64');
  if (key.length !== keyLength || (!isHex && key.toString('base64') !== written))
    return new Wrong(
      `must be 32 random bytes in base64, 44 characters of which the last is "=" (or 64 in hexadecimal). ${howToMake}`,
    );
  if (isMadeUp(key, written)) return new Wrong(`was made up, not drawn by chance. ${howToMake}`);
  return key;
}

const howToMake =
  'Make one with: openssl rand -base64 32. Keep a copy apart from the database: without it reflections cannot be read.';

/** Zeros, a pattern, words: each of these comes by chance less than once in 7,000 keys, all but the last in 10^10. */
function isMadeUp(key: Buffer, written: string): boolean {
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  const isRow = key.every(
    (byte, at) => at < 2 || ((byte - 2 * (key[at - 1] ?? 0) + (key[at - 2] ?? 0)) & 0xff) === 0,
  );
  return new Set(key).size < 16 || isText || isRow || /^[a-z]+=?$/i.test(written);
}

/**
 * What was sealed as JSON. Undefined when it was sealed with another key or is damaged: one row that is lost must not hide
 * the others.
 */
export function openJson<Value>(
  vault: Pick<Vault, 'openFor'>,
  owner: Owner,
  sealed: string,
  place: string,
  schema: { safeParse(json: unknown): { data?: Value | undefined } },
): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(vault.openFor(owner, sealed, place))).data;
  } catch (error) {
    if (error instanceof DecryptionError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** No sealed text is smaller, so that an empty one looks like a line. */
const smallestRoom = 256;

/**
 * AES-256-GCM with a fresh 96-bit nonce each time; owner and place are additional authenticated data (NIST SP 800-38D), so
 * that a sealed text cannot be moved to another row. What is sealed reads `v2.<nonce>.<tag>.<ciphertext>` in base64url.
 * What older versions sealed, `v1`, has no padding and knows its place only; it still opens.
 * @param key 32 bytes.
 */
export function createVault(key: Buffer): Vault {
  if (key.length !== keyLength)
    throw new RangeError(`The encryption key has ${key.length} bytes; it needs ${keyLength}.`);
  const markKey = Buffer.from(hkdfSync('sha256', key, '', 'marks', 32));
  return {
    sealFor(owner, words, place, room = 0) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(owner, place));
      const body = Buffer.concat([cipher.update(padded(words, room)), cipher.final()]);
      return ['v2', ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join(
        '.',
      );
    },
    openFor(owner, sealed, place) {
      const [version, nonce, tag, body] = sealed.split('.');
      const isOld = version === 'v1';
      if (!(isOld || version === 'v2') || nonce === undefined || tag === undefined || body === undefined)
        throw new DecryptionError('This text was not sealed by this program.');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
          authTagLength: 16,
        })
          .setAAD(isOld ? Buffer.from(place) : boundTo(owner, place))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        const bytes = Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]);
        return (isOld ? bytes : withoutPadding(bytes)).toString('utf8');
      } catch (cause) {
        throw new DecryptionError('The text could not be opened with this key.', { cause });
      }
    },
    markOf: (words) => createHmac('sha256', markKey).update(words).digest('base64url'),
  };
}

const boundTo = (owner: Owner, place: string): Buffer => Buffer.from(JSON.stringify([owner, place]));

/** One bit, then zeros (ISO/IEC 7816-4). */
function padded(words: string, room: number): Buffer {
  const bytes = Buffer.from(words);
  const size = Math.max(smallestRoom, 2 ** Math.ceil(Math.log2(Math.max(bytes.length + 1, room))));
  const all = Buffer.alloc(size);
  bytes.copy(all);
  all[bytes.length] = 0x80;
  return all;
}

const withoutPadding = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.lastIndexOf(0x80));

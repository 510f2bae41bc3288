import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Wrong } from './wrong.ts';

/** Seals and opens private text. The key lives outside the database, so a copy of the file alone shows nothing. */
export interface Vault {
  /** @returns `v1.<iv>.<tag>.<ciphertext>` in base64url. `context` must be given again to open, e.g. the row's id. */
  seal(text: string, context: string): string;
  /** @throws DecryptionError when the key is another one, the text was changed, or the context differs. */
  open(sealed: string, context: string): string;
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
 * AES-256-GCM with a fresh 96-bit nonce each time and the context as additional authenticated data (NIST SP 800-38D),
 * so that a sealed text cannot be moved to another row.
 * @param key 32 bytes.
 */
export function createVault(key: Buffer): Vault {
  if (key.length !== keyLength)
    throw new RangeError(`The encryption key has ${key.length} bytes; it needs ${keyLength}.`);
  return {
    seal(text, context) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.');
    },
    open(sealed, context) {
      const [version, iv, tag, body] = sealed.split('.');
      if (version !== 'v1' || iv === undefined || tag === undefined || body === undefined)
        throw new DecryptionError('This text was not sealed by this program.');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
          authTagLength: 16,
        })
          .setAAD(Buffer.from(context))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
          'utf8',
        );
      } catch (cause) {
        throw new DecryptionError('The text could not be opened with this key.', { cause });
      }
    },
  };
}

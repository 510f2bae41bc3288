import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

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

/**
 * AES-256-GCM with a fresh 96-bit nonce each time and the context as additional authenticated data (NIST SP 800-38D),
 * so that a sealed text cannot be moved to another row.
 * @param key 32 bytes.
 */
export function createVault(key: Buffer): Vault {
  if (key.length !== 32) throw new RangeError(`The encryption key has ${key.length} bytes; it needs 32.`);
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

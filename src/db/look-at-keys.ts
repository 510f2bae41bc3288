import { createVault } from '../lib/crypto.ts';
import { checkKey, type KeyCheck } from './key.ts';
import { openKeyFile } from './key-file.ts';
import { sizeOf } from './open.ts';
import type { Db } from './schema.ts';

/**
 * Checks a database against a key and the key file in its place, before anything of either is changed: a file that is not
 * there is not made.
 * @throws StoreError as `checkKey` does, and where the key is not the key file's.
 */
export async function lookAtKeys(
  db: Db,
  applied: readonly string[],
  { encryptionKey, ...check }: Pick<KeyCheck, 'place' | 'mayBeOlder'> & { encryptionKey: Buffer },
): Promise<void> {
  const keys = sizeOf(check.place) > 0 ? openKeyFile(check.place, encryptionKey) : undefined;
  try {
    await checkKey(db, applied, { ...check, keys, vault: createVault(encryptionKey, keys) });
  } finally {
    keys?.close();
  }
}

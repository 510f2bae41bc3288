import { createVault } from '../lib/crypto.ts';
import { appliedNames } from './applied.ts';
import { checkKey, keyFileOf } from './key.ts';
import { openKeyFile, WrongMasterKey } from './key-file.ts';
import { openStore, sizeOf } from './open.ts';
import { hasAnybody, isResealed } from './reseal.ts';
import { StoreError } from './trouble.ts';

export type Rotation = {
  databaseUrl: string;
  /** The key file. */
  place: string;
  encryptionKey: Buffer;
  newEncryptionKey: Buffer;
};

/**
 * Wraps every key in the key file with a new master key, all or none of them; what is sealed stays as it is. Broken off, it
 * is done or not done, and may be called again.
 * @returns `before` when that was done already. @throws StoreError when neither key is the right one, or a bot is running.
 */
export async function rotate(rotation: Rotation): Promise<'done' | 'before'> {
  const { databaseUrl, place, encryptionKey, newEncryptionKey } = rotation;
  const store = await openStore(databaseUrl, { mustExist: true, alone: true });
  try {
    const isFresh = !(await hasAnybody(store.db));
    if (!isFresh && !(await isResealed(store.db)))
      throw new StoreError(
        'Some of what people wrote is still sealed with CHATR_ENCRYPTION_KEY itself. Start the bot once, so that each has a key of their own, and stop it again. Nothing was changed.',
      );
    if (sizeOf(place) === 0)
      throw new StoreError(
        isFresh && (await keyFileOf(store.db)) === undefined
          ? 'There are no keys to wrap yet: nobody has used the bot. Make the value of CHATR_NEW_ENCRYPTION_KEY that of CHATR_ENCRYPTION_KEY, take CHATR_NEW_ENCRYPTION_KEY out, and start the bot.'
          : `The key file ${place} is not there. Nothing was changed. Put CHATR_KEY_FILE right.`,
      );
    const found = openWithEither();
    const { keys } = found;
    try {
      const vault = createVault(encryptionKey, keys);
      await checkKey(store.db, await appliedNames(store.db), { keys, place, vault });
      if (found.isNew) return 'before';
      keys.rewrap(newEncryptionKey);
      return 'done';
    } finally {
      keys.close();
    }
  } finally {
    await store.close();
  }

  function openWithEither() {
    try {
      return { keys: openKeyFile(place, newEncryptionKey), isNew: true };
    } catch (error) {
      if (!(error instanceof WrongMasterKey)) throw error;
      return { keys: openKeyFile(place, encryptionKey), isNew: false };
    }
  }
}

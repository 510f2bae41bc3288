import { onTestFinished } from 'vitest';
import type { Config } from '../../src/config.ts';
import { keyFileBeside } from '../../src/db/address.ts';
import { openKeyFile } from '../../src/db/key-file.ts';
import { createVault, type Vault } from '../../src/lib/crypto.ts';

/** What the bot of this database seals and opens with, beside it. Closed when the test is over. */
export function vaultOf({
  databaseUrl,
  encryptionKey,
}: Pick<Config, 'databaseUrl' | 'encryptionKey'>): Vault {
  const file = keyFileBeside(databaseUrl);
  if (file === undefined) throw new Error(`${databaseUrl} has no key file.`);
  const keys = openKeyFile(file, encryptionKey);
  onTestFinished(() => keys.close());
  return createVault(encryptionKey, keys);
}

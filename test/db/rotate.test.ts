import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';
import { rotate } from '../../src/db/rotate.ts';
import { folderOnDisk } from '../support/quick-folder.ts';

test('where nobody has come yet, it is not said that their words have to be sealed anew', async () => {
  const dir = mkdtempSync(join(folderOnDisk(), 'chatr-rotate-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const databaseUrl = `file:${join(dir, 'chatr.db')}`;
  const rotation = {
    databaseUrl,
    place: join(dir, 'chatr.keys'),
    encryptionKey: randomBytes(32),
    newEncryptionKey: randomBytes(32),
  };
  await expect(rotate(rotation)).rejects.toThrow(/there is none yet\. npm start makes it/);
  const store = await openStore(databaseUrl);
  await migrate(store);
  await store.close();
  await expect(rotate(rotation)).rejects.toThrow(
    /There are no keys to wrap yet.*take CHATR_NEW_ENCRYPTION_KEY out/,
  );
});

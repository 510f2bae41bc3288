/** A program of its own that seals reflections anew: made to be killed at any moment. */
import { openKeyFile } from '../../src/db/key-file.ts';
import { openStore } from '../../src/db/open.ts';
import { resealColumn } from '../../src/db/reseal.ts';
import { sealedColumns } from '../../src/features/reflections/store.ts';
import { createVault } from '../../src/lib/crypto.ts';

const [, , file = '', keyFile = ''] = process.argv;
const master = Buffer.alloc(32, 1);
const store = await openStore(`file:${file}`);
const keys = openKeyFile(keyFile, master);
process.stdout.write('begun\n');
for (const column of sealedColumns) await resealColumn(store.db, createVault(master, keys), column);
process.stdout.write('done\n');
keys.close();
await store.close();

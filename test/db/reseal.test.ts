import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { meetPerson } from '../../src/community/people.ts';
import { openKeyFile } from '../../src/db/key-file.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';
import { resealColumn } from '../../src/db/reseal.ts';
import { sealedColumns } from '../../src/features/reflections/store.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createVault, DecryptionError, type Owner } from '../../src/lib/crypto.ts';
import { enqueue, readMessage, sealedMessages } from '../../src/outbox/outbox.ts';
import { sealedBefore, sealedByMaster } from '../support/older-store.ts';
import { folderOnDisk } from '../support/quick-folder.ts';
import { givenStore } from '../support/store.ts';

const clock = new ManualClock('2026-03-03T10:00:00Z');
const master = Buffer.alloc(32, 1);
const at = clock.now().toISOString();

test('what the master key sealed is sealed for its owner, with its size, and what does not open stays as it is', async () => {
  const { db } = await givenStore();
  const vault = createVault(master);
  const { id: personId } = await meetPerson(db, clock, 'UNA');
  const owner: Owner = { person: personId };
  const rows = {
    v1: sealedBefore(master, 'of the first version', 'reflection:v1'),
    v2: sealedByMaster(master, owner, 'x'.repeat(5000), 'reflection:v2'),
    v3: vault.sealFor(owner, 'of today', 'reflection:v3'),
    odd: sealedByMaster(Buffer.alloc(32, 2), owner, 'of another key', 'reflection:odd'),
  };
  for (const [id, sealed] of Object.entries(rows))
    await db
      .insertInto('reflections')
      .values({ id, person_id: personId, framework: 'moment', sealed, written_at: at, updated_at: at })
      .execute();
  const message = { text: 'badger', blocks: [] };
  const key = 'message-1';
  await enqueue(db, clock, {
    idempotencyKey: key,
    to: { personId },
    kind: 'checkins.heard',
    message: { sealed: sealedByMaster(master, owner, JSON.stringify(message), key) },
    sendAfter: clock.now(),
  });
  const reseal = async () => {
    let count = 0;
    for (const column of [...sealedColumns, sealedMessages]) count += await resealColumn(db, vault, column);
    return count;
  };
  expect(await reseal()).toBe(3);
  expect(await reseal()).toBe(0);

  const now = Object.fromEntries(
    (await db.selectFrom('reflections').select(['id', 'sealed']).execute()).map(({ id, sealed }) => [
      id,
      sealed,
    ]),
  );
  expect(now).toMatchObject({ v3: rows.v3, odd: rows.odd });
  expect(now.v2).toMatch(/^v3\./);
  expect(now.v2?.length).toBe(rows.v2.length);
  expect(vault.openFor(owner, now.v1 ?? '', 'reflection:v1')).toBe('of the first version');
  expect(vault.openFor(owner, now.v2 ?? '', 'reflection:v2')).toBe('x'.repeat(5000));
  const sent = await db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
  expect(JSON.parse(sent.message).sealed).toMatch(/^v3\./);
  expect(readMessage(sent, vault)).toEqual(message);
  vault.forget(owner);
  expect(() => vault.openFor(owner, now.v1 ?? '', 'reflection:v1')).toThrow(DecryptionError);
});

test('killed in the middle of it, nothing is lost, and the next start goes on from there', async () => {
  const folder = mkdtempSync(join(folderOnDisk(), 'chatr-reseal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [file, keyFile] = [join(folder, 'chatr.db'), join(folder, 'chatr.keys')];
  const store = await openStore(`file:${file}`);
  await migrate(store);
  const people = await Promise.all(
    Array.from({ length: 40 }, (_, nth) => meetPerson(store.db, clock, `U${nth}`)),
  );
  const rows = Array.from({ length: 1000 }, (_, nth) => {
    const id = `r${String(nth).padStart(4, '0')}`;
    const person_id = people[nth % people.length]?.id ?? '';
    const sealed = sealedByMaster(master, { person: person_id }, `words of ${id}`, `reflection:${id}`);
    return { id, person_id, framework: 'moment', sealed, written_at: at, updated_at: at };
  });
  for (let from = 0; from < rows.length; from += 400)
    await store.db
      .insertInto('reflections')
      .values(rows.slice(from, from + 400))
      .execute();
  await store.close();

  const done: number[] = [];
  for (let kills = 0; kills < 5 && done.at(-1) !== rows.length; kills += 1) {
    const program = join(import.meta.dirname, 'reseal-until-killed.ts');
    const child = spawn(process.execPath, [program, file, keyFile], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).once('line', () =>
      setTimeout(() => child.kill('SIGKILL'), 20 + 15 * kills),
    );
    await once(child, 'close');
    const now = await openStore(`file:${file}`);
    const keys = openKeyFile(keyFile, master);
    const vault = createVault(master, keys);
    const found = await now.db.selectFrom('reflections').selectAll().orderBy('id').execute();
    expect(
      found.map((row) => vault.openFor({ person: row.person_id }, row.sealed, `reflection:${row.id}`)),
    ).toEqual(rows.map(({ id }) => `words of ${id}`));
    done.push(found.filter(({ sealed }) => sealed.startsWith('v3.')).length);
    keys.close();
    await now.close();
  }
  expect(done).toEqual(done.toSorted((one, other) => one - other));
  expect(
    done.some((count) => count < rows.length),
    'some kills came in the middle',
  ).toBe(true);
}, 30_000);

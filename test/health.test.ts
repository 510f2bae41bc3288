import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { meetPerson } from '../src/community/people.ts';
import { migrate } from '../src/db/migrate.ts';
import { openStore } from '../src/db/open.ts';
import type { Db } from '../src/db/schema.ts';
import { serveHealth } from '../src/health.ts';
import { ManualClock } from '../src/lib/clock.ts';
import { enqueue } from '../src/outbox/outbox.ts';
import { givenStore } from './support/store.ts';

async function watching(db: Db, connection?: { isReady: boolean; connections: number }) {
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const beganAt = clock.now();
  const server = await serveHealth(
    { port: 0, host: '127.0.0.1' },
    { db, clock, lastBeatAt: () => beganAt, missingScopes: () => 1, connection: () => connection },
  );
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { clock, ask };
}

test('ready while it is connected and what is due is looked at; otherwise it says what is wrong', async () => {
  const { db } = await givenStore();
  const connection = { isReady: true, connections: 2 };
  const { clock, ask } = await watching(db, connection);
  expect(await ask('/healthz')).toEqual({ status: 200, text: 'ready\n' });
  connection.isReady = false;
  expect(await ask('/healthz')).toEqual({ status: 503, text: 'not connected to Slack\n' });
  connection.isReady = true;
  clock.forward(15);
  expect((await ask('/healthz')).status).toBe(200);
  clock.forward(1);
  expect(await ask('/healthz')).toEqual({
    status: 503,
    text: 'what is due has not been looked at for a quarter of an hour\n',
  });
  expect((await ask('/elsewhere')).status).toBe(404);
});

test('the numbers are for Prometheus, each with what it means, and those that are nought now are there', async () => {
  const { db } = await givenStore();
  const { clock, ask } = await watching(db, { isReady: true, connections: 2 });
  const { id: personId } = await meetPerson(db, clock, 'U1');
  await enqueue(db, clock, {
    idempotencyKey: 'once',
    kind: 'roles.granted',
    to: { personId },
    message: { text: 'Hello', blocks: [] },
    sendAfter: clock.now(),
  });
  const { status, text } = await ask('/metrics');
  expect(status).toBe(200);
  for (const line of [
    '# TYPE chatr_ready gauge',
    'chatr_ready 1',
    'chatr_up 1',
    'chatr_connections 2',
    'chatr_scopes_missing 1',
    'chatr_people 1',
    'chatr_outbox_queued 1',
    'chatr_outbox_failed 0',
    'chatr_last_beat_seconds 1772532000',
  ])
    expect(text.split('\n')).toContain(line);
  clock.forward(16);
  expect((await ask('/metrics')).text.split('\n')).toContain('chatr_ready 0');
});

test('a damaged page of people is not ready, nor are there numbers', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-health-'));
  const file = join(dir, 'chatr.db');
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const whole = await openStore(`file:${file}`);
  await migrate(whole);
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  await whole.db.transaction().execute(async (trx) => {
    for (const number of Array.from({ length: 300 }).keys())
      await trx
        .updateTable('people')
        .set({ display_name: `Made-up Person-${number}-of-many` })
        .where('id', '=', (await meetPerson(trx, clock, `U${number}`)).id)
        .execute();
  });
  await whole.close();
  const bytes = readFileSync(file);
  const page = Math.floor(bytes.indexOf('Person-150-of-many') / 4096);
  bytes.fill(0xee, page * 4096, (page + 1) * 4096);
  writeFileSync(file, bytes);

  const damaged = await openStore(`file:${file}`);
  onTestFinished(() => damaged.close());
  const { ask } = await watching(damaged.db);
  for (const path of ['/healthz', '/metrics'])
    expect(await ask(path)).toEqual({ status: 503, text: 'the database cannot be read\n' });
});

test('a store that does not answer does not keep whoever asks waiting', async () => {
  const store = await openStore('file::memory:');
  await migrate(store);
  onTestFinished(() => store.close());
  const { ask } = await watching(store.db);
  const held = Promise.withResolvers<void>();
  // On SQLite a transaction that does not end is what a server that is gone is on PostgreSQL.
  const holding = store.db.transaction().execute(() => held.promise);
  expect(await ask('/healthz')).toEqual({ status: 503, text: 'the database cannot be read\n' });
  held.resolve();
  await holding;
});

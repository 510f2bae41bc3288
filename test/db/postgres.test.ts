import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { meetPerson } from '../../src/community/people.ts';
import { appliedNames } from '../../src/db/applied.ts';
import { migrate } from '../../src/db/migrate.ts';
import { migrations } from '../../src/db/migrations/index.ts';
import { openStore } from '../../src/db/open.ts';
import type { Db } from '../../src/db/schema.ts';
import { sendAnswers } from '../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../src/features/checkins/answering/draft.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { enqueue } from '../../src/outbox/outbox.ts';
import { claim, listNextFor, listRecipientsDue } from '../../src/outbox/store.ts';
import { givenGroup, openRound } from '../features/checkins/support.ts';
import { givenCommunity } from '../support/community.ts';
import { givenDatabase, givenStore, postgresUrl } from '../support/store.ts';
import { agree, closeAll } from '../support/stories.ts';

const clock = new ManualClock('2026-03-03T10:00:00Z');
const draft = (answers: Answers) => ({ answers, share: false });

async function endConnections(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    new URL(url).pathname.slice(1),
  ]);
  await admin.end();
}

if (!postgresUrl)
  process.stdout.write('PostgreSQL is left out. To test it too: CHATR_TEST_DATABASE=postgres://… npm test\n');

describe.skipIf(!postgresUrl)('on PostgreSQL', () => {
  test('the migrations run once, and what they made is there again', async () => {
    const url = await givenDatabase(postgresUrl ?? '');
    const store = await openStore(url);
    expect((await migrate(store)).toSorted()).toEqual(Object.keys(migrations).toSorted());
    const person = await meetPerson(store.db, clock, 'U1');
    await store.close();
    const again = await openStore(url);
    expect(await migrate(again)).toEqual([]);
    expect(await meetPerson(again.db, clock, 'U1')).toEqual(person);
    await again.close();
  });

  test('of two senders one gets a message', async () => {
    const { db } = await givenStore();
    const { id: personId } = await meetPerson(db, clock, 'U1');
    const delivery = {
      idempotencyKey: 'once',
      kind: 'roles.granted' as const,
      to: { personId },
      message: { text: 'Hello', blocks: [] },
      sendAfter: clock.now(),
    };
    const twice = await Promise.all([enqueue(db, clock, delivery), enqueue(db, clock, delivery)]);
    expect(twice.filter(Boolean)).toHaveLength(1);
    expect(await listRecipientsDue(db, clock.now(), 10)).toEqual([{ personId }]);
    const [next] = await listNextFor(db, { personId }, clock.now());
    if (!next) throw new Error('Nothing is due.');
    const claims = await Promise.all([1, 2, 3].map(() => claim(db, next, 'D1', clock.now())));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('of two bots one at a time looks at what is due, and one that a kill leaves behind is no obstacle', async () => {
    const url = await givenDatabase(postgresUrl ?? '');
    const [one, other] = [await openStore(url, { alone: true }), await openStore(url, { alone: true })];
    const begun: string[] = [];
    const begin = (name: string, until: Promise<unknown>) => async () => {
      begun.push(name);
      await until;
    };
    const working = Promise.withResolvers<void>();
    const first = one.inTurn(begin('one', working.promise));
    await expect.poll(() => begun).toEqual(['one']);
    await other.inTurn(begin('other', Promise.resolve()));
    expect(begun).toEqual(['one']);
    working.resolve();
    await first;
    await other.inTurn(begin('other', Promise.resolve()));
    expect(begun).toEqual(['one', 'other']);

    // What a server does when the process at the other end is gone.
    const left = Promise.withResolvers<void>();
    const killed = one.inTurn(begin('killed', left.promise));
    await expect.poll(() => begun).toEqual(['one', 'other', 'killed']);
    await endConnections(url);
    await expect
      .poll(
        async () => {
          await other.inTurn(begin('after', Promise.resolve())).catch(() => undefined);
          return begun.at(-1);
        },
        { timeout: 10_000 },
      )
      .toBe('after');
    left.resolve();
    await expect(killed).rejects.toThrow();
    // Work that fails leaves nothing held.
    await expect(one.inTurn(() => Promise.reject(new Error('A bad day.')))).rejects.toThrow('A bad day.');
    await one.inTurn(begin('one again', Promise.resolve()));
    expect(begun.at(-1)).toBe('one again');
    await one.close();
    await other.close();
  });

  test('a bot keeps its keys in the file it is told, and does not start when that is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatr-keys-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const keyFile = join(folder, 'chatr.keys');
    const databaseUrl = await givenDatabase(postgresUrl ?? '');
    const community = await givenCommunity({ config: { databaseUrl, keyFile } });
    await community.forward(10, 5);
    const robin = community.as('robin');
    await agree(robin);
    await robin.command('/chatr reflect');
    await robin.submit({ 'A moment: What stayed with you today?': 'dormouse' });
    await closeAll(robin);
    await community.stopBot();
    await community.startBot();
    await robin.command('/chatr journal');
    expect(robin.visibleText('modal')).toContain('dormouse');
    await community.stopBot();
    renameSync(keyFile, `${keyFile}.gone`);
    await expect(community.startBot()).rejects.toThrow(/The key file .*chatr\.keys is not there/);
    renameSync(`${keyFile}.gone`, keyFile);
    await community.startBot();
    expect(community.log).toEqual([]);
  });

  test('what keeps it from being opened is told without the password', async () => {
    const address = new URL(postgresUrl ?? '');
    address.password = 'secret';
    address.pathname = '/chatr_that_is_not_there';
    await expect(openStore(address.href)).rejects.toThrow(
      /has no database of that name|does not accept the name/,
    );
    address.port = '1';
    await expect(openStore(address.href)).rejects.toThrow(/did not answer/);
    await expect(openStore(address.href)).rejects.not.toThrow(/secret/);
  });

  test('an emptied one is seen as such before it is begun anew', async () => {
    const seen: unknown[] = [];
    const url = await givenDatabase(postgresUrl ?? '');
    const before = async (db: Db, place: string) => void seen.push(await appliedNames(db), place);
    const store = await openStore(url, { before });
    await store.close();
    expect(seen).toEqual([[], expect.stringMatching(/^postgres:\/\/[^@]+\/chatr_test_/)]);
  });

  test('a server that ends every connection does not end the program', async () => {
    const url = await givenDatabase(postgresUrl ?? '');
    const store = await openStore(url);
    await migrate(store);
    await Promise.all([1, 2, 3].map(() => meetPerson(store.db, clock, 'U1')));
    await endConnections(url);
    // The pool hears of it in its own time.
    await expect
      .poll(() => meetPerson(store.db, clock, 'U2').catch(() => undefined), { timeout: 10_000 })
      .toMatchObject({ slackId: 'U2' });
    await store.close();
  });

  test.each([
    ['weekly-pulse', 'week'],
    ['confidence-baseline', 'conf_talk'],
  ])('%s: nothing in the database joins an answer to who gave it', async (template, question) => {
    const group = await givenGroup(5);
    const { db } = group.bench;
    const roundId = await openRound(group, { template });
    const boxes: { by: string; size: number }[] = [];
    for (const actor of group.actors.slice(0, 4)) {
      await sendAnswers(group.bench, actor, roundId, draft({ [question]: 3 }));
      const found = await sql<{ by: string; size: number }>`
        select xmin::text as by, length(sealed) as size from answer_boxes where round_id = ${roundId}`.execute(
        db,
      );
      boxes.push(...found.rows);
    }
    // One row, which each of them has written as a whole: PostgreSQL keeps who wrote a row last, and no more.
    expect(new Set(boxes.map(({ by }) => by)).size).toBe(4);
    expect(boxes).toHaveLength(4);
    expect(new Set(boxes.map(({ size }) => size)).size).toBe(1);
  });

  test('two who answer last at the same time close the round between them', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group, { template: 'weekly-pulse' });
    await Promise.all(
      group.actors.map((actor) => sendAnswers(group.bench, actor, roundId, draft({ week: 3 }))),
    );
    const round = await group.bench.db
      .selectFrom('checkin_rounds')
      .select('status')
      .where('id', '=', roundId)
      .executeTakeFirstOrThrow();
    expect(round.status).toBe('closed');
  });
});

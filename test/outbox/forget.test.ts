import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { audit, forgetAudit, oldEntriesQuery } from '../../src/community/audit.ts';
import { openStore } from '../../src/db/open.ts';
import type { Db } from '../../src/db/schema.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { newId } from '../../src/lib/random.ts';
import { forgetMessages, forgettableQuery } from '../../src/outbox/forget.ts';
import { givenCommunity } from '../support/community.ts';
import { aDay } from '../support/journeys.ts';
import { retention } from '../support/retention.ts';
import { givenStore, postgresUrl } from '../support/store.ts';

const now = new Date('2026-12-01T10:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000).toISOString();

type Row = { status: string; age: number; sentAge?: number; kind?: string; message?: string };

async function put(db: Db, { status, age, sentAge, kind = 'checkins.prompt', message = '{}' }: Row) {
  const id = newId(new ManualClock(now));
  await db
    .insertInto('outbox')
    .values({
      id,
      idempotency_key: id,
      kind,
      person_id: null,
      channel_id: 'C1',
      topic: null,
      weight: 'note',
      message,
      send_after: daysAgo(age),
      expires_at: null,
      status,
      attempts: 1,
      attempt_at: null,
      sent_at: sentAge === undefined ? null : daysAgo(sentAge),
      sent_channel: null,
      sent_ts: null,
      reason: null,
      created_at: daysAgo(age),
    })
    .execute();
  return id;
}

const isThere = async (db: Db, id: string) =>
  (await db.selectFrom('outbox').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

describe('what became of messages is forgotten', () => {
  test.each<[row: Row, stays: boolean]>([
    [{ status: 'sent', age: 91, sentAge: 91 }, false],
    [{ status: 'sent', age: 89, sentAge: 89 }, true],
    // Written down in time for a pause that was long.
    [{ status: 'sent', age: 91, sentAge: 3 }, true],
    [{ status: 'expired', age: 91 }, false],
    [{ status: 'cancelled', age: 91 }, false],
    [{ status: 'failed', age: 91 }, false],
    [{ status: 'queued', age: 400 }, true],
    [{ status: 'sending', age: 400 }, true],
    [{ status: 'unclear', age: 400 }, true],
    // May still be changed where it stands.
    [{ status: 'sent', age: 91, sentAge: 91, kind: 'onboarding.step' }, true],
    [{ status: 'sent', age: 364, sentAge: 364, kind: 'onboarding.welcome' }, true],
    [{ status: 'sent', age: 366, sentAge: 366, kind: 'onboarding.step' }, false],
    [{ status: 'cancelled', age: 366, kind: 'onboarding.step' }, false],
  ])('%j stays: %s', async (row, stays) => {
    const { db } = await givenStore();
    const id = await put(db, row);
    const other = await put(db, { status: 'sent', age: 1, sentAge: 1 });
    await forgetMessages(db, retention, now);
    expect(await isThere(db, id)).toBe(stays);
    expect(await isThere(db, other)).toBe(true);
  });

  test('the words of one that failed are kept for two weeks', async () => {
    const { db } = await givenStore();
    const message = '{"text":"Hello","blocks":[]}';
    const old = await put(db, { status: 'failed', age: 15, message });
    const young = await put(db, { status: 'failed', age: 13, message });
    await forgetMessages(db, retention, now);
    const rows = await db.selectFrom('outbox').select(['id', 'message']).execute();
    expect(new Map(rows.map((row) => [row.id, row.message]))).toEqual(
      new Map([
        [old, '{}'],
        [young, message],
      ]),
    );
  });

  test('for as long as data/retention.yaml says', async () => {
    const { db } = await givenStore();
    const old = await put(db, { status: 'sent', age: 60, sentAge: 60 });
    await forgetMessages(db, retention, now);
    expect(await isThere(db, old)).toBe(true);
    await forgetMessages(db, { ...retention, messages: { ...retention.messages, days: 45 } }, now);
    expect(await isThere(db, old)).toBe(false);
  });

  test('in small parts, until nothing is left or the hour has had its share', async () => {
    const { db } = await givenStore();
    for (let index = 0; index < 45; index += 1)
      await put(db, { status: index % 2 === 0 ? 'sent' : 'expired', age: 100 });
    expect(await forgetMessages(db, retention, now, 2)).toBe(40);
    expect(await forgetMessages(db, retention, now, 2)).toBe(5);
    expect(await forgetMessages(db, retention, now, 2)).toBe(0);
  });

  test.skipIf(postgresUrl)('found through an index', async () => {
    const { db } = await givenStore();
    const plans = [];
    for (const isOnboarding of [false, true])
      plans.push(
        await forgettableQuery(db, {
          status: 'sent',
          isOnboarding,
          before: now.toISOString(),
          limit: 10,
        }).explain<{
          detail: string;
        }>(undefined, sql`query plan`),
      );
    plans.push(
      await oldEntriesQuery(db, 730, now, 10).explain<{ detail: string }>(undefined, sql`query plan`),
    );
    expect(plans.flat().map(({ detail }) => detail)).toEqual([
      'SEARCH outbox USING INDEX outbox_over (status=? AND created_at<?)',
      'SEARCH outbox USING INDEX outbox_onboarding_over (status=? AND created_at<?)',
      expect.stringMatching(/^SEARCH audit_log USING (?:COVERING )?INDEX audit_log_at \(at<\?\)$/),
    ]);
  });
});

test('who did what is forgotten after two years', async () => {
  const { db } = await givenStore();
  for (const days of [729, 731, 800])
    await audit(db, new ManualClock(daysAgo(days)), { actor: 'system', action: `days.${days}` });
  expect(await forgetAudit(db, retention['audit-log'].days, now)).toBe(2);
  expect(await db.selectFrom('audit_log').select('action').execute()).toEqual([{ action: 'days.729' }]);
});

test('a bot that runs on forgets by itself, and welcomes nobody again', async () => {
  const community = await givenCommunity();
  await community.forward(30, 5);
  const sent = async () => {
    const store = await openStore(community.config.databaseUrl);
    const rows = await store.db.selectFrom('outbox').select('kind').where('status', '=', 'sent').execute();
    await store.close();
    return rows.length;
  };
  const robin = community.as('robin');
  await robin.post('Good morning');
  const before = robin.dmsWithBot().length;
  expect(await sent()).toBeGreaterThan(0);
  // A year, from the last of what is sent about newcomers.
  await community.forward(390 * aDay, 10 * aDay);
  expect(await sent()).toBe(0);
  await robin.openHome();
  await community.forward(aDay, 60);
  expect(robin.dmsWithBot()).toHaveLength(before);
});

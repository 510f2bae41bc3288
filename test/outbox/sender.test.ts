import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelQueued, changePreferences, requeueFailed } from '../../src/outbox/outbox.ts';
import { recipientsDueQuery } from '../../src/outbox/store.ts';
import { type Desk, openDesk } from './support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const person = (index: number) => {
  const found = desk.people[index];
  if (!found) throw new Error(`There is no person ${index}.`);
  return found;
};
const to = (index: number) => ({ to: { personId: person(index).id } });

describe('an ordinary day', () => {
  test('a message arrives once, and the outbox does not keep what it said', async () => {
    const id = await desk.enqueue(to(0), 'Hello');
    const sender = desk.newSender();
    await sender.sendDue(desk.clock.now());
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['Hello']);
    expect(await desk.row(id)).toMatchObject({ status: 'sent', message: '{}', reason: null });
    expect(await sender.isDrained(desk.clock.now())).toBe(true);
    expect(await sender.nextDueAt()).toBeUndefined();
  });

  test('several messages come one a minute, in the order in which they were meant to go', async () => {
    const sender = desk.newSender();
    for (const words of ['first', 'second', 'third']) await desk.enqueue(to(0), words);
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['first']);
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['first', 'second']);
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['first', 'second', 'third']);
  });

  test('what is planned for later waits', async () => {
    const sendAfter = new Date('2026-03-03T10:30:00Z');
    await desk.enqueue({ ...to(0), sendAfter }, 'In half an hour');
    const sender = desk.newSender();
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual([]);
    expect(await sender.nextDueAt()).toEqual(sendAfter);
    desk.clock.moveTo(sendAfter);
    await sender.sendDue(desk.clock.now());
    expect(desk.received(person(0))).toEqual(['In half an hour']);
  });

  test('what was cancelled is not sent', async () => {
    await desk.enqueue({ ...to(0), topic: 'cohort:x' }, 'For members');
    await cancelQueued(desk.db, { topic: 'cohort:x' }, 'left');
    await desk.beat(desk.newSender());
    expect(desk.received(person(0))).toEqual([]);
  });

  test('the conversation is asked for once', async () => {
    const sender = desk.newSender();
    for (const words of ['one', 'two']) await desk.enqueue(to(0), words);
    await desk.beat(sender);
    await desk.beat(sender);
    expect(desk.workspace.calls.filter(({ method }) => method === 'conversations.open')).toHaveLength(1);
  });

  test('a message to a channel is posted there', async () => {
    const channelId = desk.workspace.channelId('forum');
    await desk.enqueue({ to: { channelId } }, 'Hello all');
    await desk.beat(desk.newSender());
    expect(desk.posted('forum')).toEqual(['Hello all']);
  });

  test('two beats at the same time do not send anything twice', async () => {
    await desk.enqueue(to(0), 'Hello');
    const sender = desk.newSender();
    await Promise.all([sender.sendDue(desk.clock.now()), sender.sendDue(desk.clock.now())]);
    expect(desk.received(person(0))).toEqual(['Hello']);
  });

  test('stopping waits for what is under way and begins nothing new', async () => {
    await desk.enqueue(to(0), 'Hello');
    await desk.enqueue(to(1), 'Hello');
    const sender = desk.newSender();
    const round = sender.sendDue(desk.clock.now());
    await sender.stop();
    await round;
    const underWay = await desk.db
      .selectFrom('outbox')
      .select('status')
      .where('status', 'not in', ['sent', 'queued'])
      .execute();
    expect(underWay).toEqual([]);
    await sender.sendDue(desk.clock.now());
  });
});

describe('people', () => {
  test('a prompt waits for the morning after quiet hours', async () => {
    desk.clock.moveTo('2026-03-03T19:00:00Z');
    const id = await desk.enqueue({ ...to(0), kind: 'checkins.prompt' }, 'Good evening?');
    const sender = desk.newSender();
    await desk.beat(sender);
    expect(await desk.row(id)).toMatchObject({
      status: 'queued',
      send_after: '2026-03-04T09:00:00.000Z',
      reason: 'held:quiet-time',
    });
    desk.clock.moveTo('2026-03-04T09:00:00Z');
    await sender.sendDue(desk.clock.now());
    expect(desk.received(person(0))).toEqual(['Good evening?']);
  });

  test('a note goes past a prompt that waits for the end of a pause, and the prompt goes first when it is over', async () => {
    await changePreferences(desk.db, person(0).id, { isPaused: true }, desk.clock.now());
    await desk.enqueue({ ...to(0), kind: 'checkins.prompt' }, 'Prompt');
    const sender = desk.newSender();
    await desk.beat(sender);
    await desk.enqueue(to(0), 'Note');
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['Note']);
    await desk.enqueue({ ...to(0), kind: 'checkins.prompt' }, 'Later prompt');
    await changePreferences(desk.db, person(0).id, { isPaused: false }, desk.clock.now());
    await desk.beat(sender);
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['Note', 'Prompt', 'Later prompt']);
  });

  test('a prompt held past its end expires, and is never sent', async () => {
    await changePreferences(desk.db, person(0).id, { isPaused: true }, desk.clock.now());
    const expiresAt = new Date('2026-03-04T12:00:00Z');
    const id = await desk.enqueue({ ...to(0), kind: 'checkins.prompt', expiresAt }, 'Check-in');
    const sender = desk.newSender();
    await desk.beat(sender);
    desk.clock.moveTo(expiresAt);
    await changePreferences(desk.db, person(0).id, { isPaused: false }, desk.clock.now());
    await sender.sendDue(desk.clock.now());
    expect(await desk.row(id)).toMatchObject({ status: 'expired', message: '{}' });
    expect(desk.received(person(0))).toEqual([]);
  });

  test('whoever Slack says is gone is remembered as such, and gets nothing more', async () => {
    await desk.workspace.deactivate('person0');
    const first = await desk.enqueue(to(0), 'Hello');
    const second = await desk.enqueue(to(0), 'Hello again');
    await desk.enqueue(to(1), 'Hello');
    await desk.beat(desk.newSender());
    expect([await desk.row(first), await desk.row(second)]).toMatchObject([
      { status: 'cancelled', reason: 'deactivated' },
      { status: 'cancelled', reason: 'deactivated' },
    ]);
    expect(desk.received(person(1))).toEqual(['Hello']);
    const row = await desk.db
      .selectFrom('people')
      .select('deactivated_at')
      .where('id', '=', person(0).id)
      .execute();
    expect(row).toEqual([{ deactivated_at: '2026-03-03T10:01:00.000Z' }]);
    expect(desk.failures).toEqual([]);
  });
});

describe('when Slack does not answer as it should', () => {
  test('asked to wait, the outbox waits as long as it was asked, and keeps the order', async () => {
    desk.workspace.faults.next('chat.postMessage', 'rate-limit', { retryAfterSeconds: 150 });
    for (const words of ['first', 'second']) await desk.enqueue(to(0), words);
    const sender = desk.newSender();
    await desk.beat(sender);
    expect(await sender.nextDueAt()).toEqual(new Date('2026-03-03T10:03:30.000Z'));
    await desk.beat(sender);
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual([]);
    await desk.beat(sender);
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['first', 'second']);
  });

  test.each(['drop-answer', 'server-error-after'] as const)(
    'a message whose answer was lost (%s) is found again and not repeated; the next one waits for that',
    async (fault) => {
      desk.workspace.faults.next('chat.postMessage', fault);
      const id = await desk.enqueue(to(0), 'first');
      await desk.enqueue(to(0), 'second');
      const sender = desk.newSender();
      await desk.beat(sender);
      expect(await desk.row(id)).toMatchObject({ status: 'unclear' });
      await desk.beat(sender);
      expect(await desk.row(id)).toMatchObject({ status: 'sent', message: '{}', reason: null });
      expect(desk.received(person(0))).toEqual(['first', 'second']);
    },
  );

  test.each(['drop-request', 'server-error'] as const)(
    'a message that never got there (%s) is sent again, before the next one',
    async (fault) => {
      desk.workspace.faults.next('chat.postMessage', fault);
      for (const words of ['first', 'second']) await desk.enqueue(to(0), words);
      const sender = desk.newSender();
      await desk.beat(sender);
      expect(desk.received(person(0))).toEqual([]);
      await desk.beat(sender);
      await desk.beat(sender);
      expect(desk.received(person(0))).toEqual(['first', 'second']);
    },
  );

  test('what is taken back while its fate is unclear is not sent again', async () => {
    desk.workspace.faults.next('chat.postMessage', 'server-error');
    const id = await desk.enqueue({ ...to(0), kind: 'checkins.reminder' }, 'Still open');
    const sender = desk.newSender();
    await desk.beat(sender);
    expect(await desk.row(id)).toMatchObject({ status: 'unclear', reason: 'http_503' });
    await cancelQueued(desk.db, { personId: person(0).id }, 'answered');
    await desk.beat(sender);
    await desk.beat(sender);
    expect(await desk.row(id)).toMatchObject({ status: 'cancelled' });
    expect(desk.received(person(0))).toEqual([]);
  });

  test('an answer that comes too late is no answer', async () => {
    desk.workspace.faults.next('chat.postMessage', 'late-answer', { milliseconds: 1_000 });
    const id = await desk.enqueue(to(0), 'Hello');
    const sender = desk.newSender({ timeoutMs: 200 });
    await desk.beat(sender);
    expect(await desk.row(id)).toMatchObject({ status: 'unclear' });
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['Hello']);
    expect(await desk.row(id)).toMatchObject({ status: 'sent' });
  });

  test('in a channel an unclear message is not repeated; a facilitator is told and can post it again', async () => {
    const channelId = desk.workspace.channelId('forum');
    desk.workspace.faults.next('chat.postMessage', 'drop-request');
    const id = await desk.enqueue({ to: { channelId }, kind: 'roles.granted' }, 'Summary');
    const sender = desk.newSender();
    for (let beats = 0; beats < 3; beats += 1) await desk.beat(sender);
    expect(desk.posted('forum')).toEqual([]);
    expect(desk.failures).toMatchObject([
      { deliveryId: id, kind: 'roles.granted', channelId, reason: 'unclear' },
    ]);
    expect(await requeueFailed(desk.db, id, desk.clock.now())).toBe(true);
    expect(await requeueFailed(desk.db, id, desk.clock.now())).toBe(false);
    await desk.beat(sender);
    expect(desk.posted('forum')).toEqual(['Summary']);
  });

  test('what Slack refuses is over at once, with its reason', async () => {
    const channelId = desk.workspace.channelId('closed-to-us');
    const id = await desk.enqueue({ to: { channelId } }, 'Hello all');
    const sender = desk.newSender();
    await desk.beat(sender);
    await desk.beat(sender);
    expect(await desk.row(id)).toMatchObject({ status: 'failed', reason: 'not_in_channel' });
    expect(desk.failures).toMatchObject([{ deliveryId: id, reason: 'not_in_channel' }]);
    expect(desk.workspace.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });

  test('a message that cannot be read back fails without a call', async () => {
    const id = await desk.enqueue(to(0), 'Hello');
    await desk.db.updateTable('outbox').set({ message: '{"text":1' }).where('id', '=', id).execute();
    await desk.beat(desk.newSender());
    expect(await desk.row(id)).toMatchObject({ status: 'failed', reason: 'unreadable_message' });
  });

  test('a conversation that is not there any more is asked for anew', async () => {
    await desk.db
      .updateTable('people')
      .set({ dm_channel: 'D0GONE' })
      .where('id', '=', person(0).id)
      .execute();
    await desk.enqueue(to(0), 'Hello');
    const sender = desk.newSender();
    await desk.beat(sender);
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['Hello']);
  });

  test('without a scope nothing is lost: it goes when the app has been put right', async () => {
    await desk.close();
    desk = await openDesk({ scopes: ['im:write', 'im:history'] });
    const id = await desk.enqueue(to(0), 'Hello');
    await desk.beat(desk.newSender());
    expect(await desk.row(id)).toMatchObject({ status: 'queued' });
    expect(desk.failures).toEqual([]);
  });

  test('when Slack is not there at all, a channel message waits as well', async () => {
    const id = await desk.enqueue({ to: { channelId: desk.workspace.channelId('forum') } }, 'Hello all');
    await desk.workspace.stop();
    const sender = desk.newSender();
    await desk.beat(sender);
    await desk.beat(sender);
    expect(await desk.row(id)).toMatchObject({ status: 'queued' });
  });

  test('when nothing gets an answer the round ends early, and the next beats go on', async () => {
    await desk.close();
    desk = await openDesk({ people: Array.from({ length: 20 }, () => ({})) });
    desk.workspace.faults.setRates({ calls: { 'server-error': 1 } });
    for (const { id } of desk.people) {
      await desk.db
        .updateTable('people')
        .set({ dm_channel: desk.workspace.appDirectId(person(0).displayName) })
        .execute();
      await desk.enqueue({ to: { personId: id } }, 'Hello');
    }
    await desk.beat(desk.newSender());
    const calls = desk.workspace.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(calls.length).toBeLessThan(10);
  });
});

test('what is due is found through the index', async () => {
  const query = recipientsDueQuery(desk.db, desk.clock.now(), 10);
  const plan = await query.explain<{ detail: string }>(undefined, sql`query plan`);
  const details = plan.map(({ detail }) => detail);
  expect(details[0]).toBe('SEARCH outbox USING INDEX outbox_due (status=? AND send_after<?)');
  expect(details.filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changePreferences } from '../../src/outbox/outbox.ts';
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
const to = (index: number, idempotencyKey = 'answer') => ({
  to: { personId: person(index).id },
  idempotencyKey,
});
const posts = () => desk.workspace.calls.filter(({ method }) => method === 'chat.postMessage');

describe('a message that answers somebody who is there', () => {
  test('goes before the next beat, and no beat repeats it', async () => {
    const sender = desk.newSender();
    const id = await desk.enqueue(to(0), 'Hello');
    expect(await sender.sendNow('answer')).toBe('sent');
    expect(await sender.sendNow('answer')).toBe('sent');
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['Hello']);
    expect(await desk.row(id)).toMatchObject({ status: 'sent', message: '{}' });
  });

  test('comes at night and on a day away, before what waits for the morning', async () => {
    desk.clock.moveTo('2026-03-03T23:00:00Z');
    await changePreferences(desk.db, person(0).id, { awayUntil: '2026-03-09' }, desk.clock.now());
    const sender = desk.newSender();
    await desk.enqueue(to(0, 'waits'), 'In the morning');
    await desk.beat(sender);
    await desk.enqueue(to(0), 'Hello');
    expect(await sender.sendNow('answer')).toBe('sent');
    expect(desk.received(person(0))).toEqual(['Hello']);
  });

  test('comes even where it was planned for later', async () => {
    await desk.enqueue({ ...to(0), sendAfter: new Date('2026-03-04T09:00:00Z') }, 'Hello');
    const sender = desk.newSender();
    await desk.beat(sender);
    expect(await sender.sendNow('answer')).toBe('sent');
    desk.clock.moveTo('2026-03-04T09:00:00Z');
    await desk.beat(sender);
    expect(desk.received(person(0))).toEqual(['Hello']);
  });

  test('is held by all else: pause, weekly cap, who has gone', async () => {
    const sender = desk.newSender();
    await changePreferences(desk.db, person(0).id, { isPaused: true }, desk.clock.now());
    await desk.enqueue({ ...to(0), kind: 'checkins.prompt' }, 'A prompt');
    expect(await sender.sendNow('answer')).toBe('waiting');
    await desk.db
      .updateTable('people')
      .set({ deactivated_at: desk.clock.now().toISOString() })
      .where('id', '=', person(1).id)
      .execute();
    const gone = await desk.enqueue(to(1, 'gone'), 'Hello');
    expect(await sender.sendNow('gone')).toBe('over');
    expect(await desk.row(gone)).toMatchObject({ status: 'cancelled', reason: 'deactivated' });
    for (let index = 0; index < 4; index += 1) {
      await desk.enqueue({ ...to(2, `prompt ${index}`), kind: 'checkins.prompt' }, `Prompt ${index}`);
      await sender.sendNow(`prompt ${index}`);
    }
    expect(desk.received(person(2))).toEqual(['Prompt 0', 'Prompt 1', 'Prompt 2']);
  });

  test('whose time is over does not go', async () => {
    const sender = desk.newSender();
    await desk.enqueue({ ...to(0), expiresAt: desk.clock.now() }, 'Too late');
    await sender.sendNow('answer');
    expect(desk.received(person(0))).toEqual([]);
  });

  test('asked for twice at once, and by a beat as well, goes once', async () => {
    const sender = desk.newSender();
    await desk.enqueue(to(0), 'Hello');
    await Promise.all([sender.sendNow('answer'), sender.sendNow('answer'), sender.sendDue(desk.clock.now())]);
    await Promise.all([sender.sendNow('answer'), desk.newSender().sendNow('answer')]);
    expect(desk.received(person(0))).toEqual(['Hello']);
  });

  test('nothing by that name is nothing to send', async () => {
    expect(await desk.newSender().sendNow('nothing')).toBe('over');
  });
});

describe('when Slack does not answer as it should', () => {
  test.each(['drop-answer', 'server-error-after'] as const)(
    'an answer that was lost (%s) is found out about, and nothing is said twice',
    async (fault) => {
      desk.workspace.faults.next('chat.postMessage', fault);
      const id = await desk.enqueue(to(0), 'Hello');
      const sender = desk.newSender();
      expect(await sender.sendNow('answer')).toBe('unclear');
      expect(await sender.sendNow('answer')).toBe('unclear');
      await desk.beat(sender);
      expect(await desk.row(id)).toMatchObject({ status: 'sent' });
      expect(desk.received(person(0))).toEqual(['Hello']);
      expect(posts()).toHaveLength(1);
    },
  );

  test.each(['drop-request', 'server-error', 'rate-limit'] as const)(
    'what never got there (%s) comes with a beat',
    async (fault) => {
      desk.workspace.faults.next('chat.postMessage', fault);
      await desk.enqueue(to(0), 'Hello');
      const sender = desk.newSender();
      expect(await sender.sendNow('answer')).not.toBe('sent');
      await desk.beat(sender);
      await desk.beat(sender);
      expect(desk.received(person(0))).toEqual(['Hello']);
    },
  );

  test('after a restart in between too', async () => {
    desk.workspace.faults.next('chat.postMessage', 'drop-answer');
    await desk.enqueue(to(0), 'Hello');
    await desk.newSender().sendNow('answer');
    const next = desk.newSender();
    expect(await next.sendNow('answer')).toBe('unclear');
    await desk.beat(next);
    expect(desk.received(person(0))).toEqual(['Hello']);
  });

  test('while Slack asks to wait nothing is tried', async () => {
    desk.workspace.faults.next('chat.postMessage', 'rate-limit', { retryAfterSeconds: 90 });
    const sender = desk.newSender();
    await desk.enqueue(to(0), 'Hello');
    await desk.enqueue(to(1, 'other'), 'Hello');
    await sender.sendNow('answer');
    const before = desk.workspace.calls.length;
    expect(await sender.sendNow('other')).toBe('waiting');
    expect(desk.workspace.calls.slice(before).map(({ method }) => method)).toEqual([]);
  });

  test('a stop waits for it, and what comes after goes with the next start', async () => {
    const held = desk.workspace.faults.hold('chat.postMessage');
    const sender = desk.newSender();
    const id = await desk.enqueue(to(0), 'Hello');
    await desk.enqueue(to(1, 'other'), 'Hello');
    const sent = sender.sendNow('answer');
    await held.reached;
    const stopped = sender.stop();
    expect(await sender.sendNow('other')).toBe('waiting');
    held.release();
    await stopped;
    expect(await sent).toBe('sent');
    expect(await desk.row(id)).toMatchObject({ status: 'sent' });
  });
});

describe('asked to wait', () => {
  test('while a conversation is opened, the message in it waits as well', async () => {
    const opening = desk.workspace.faults.hold('conversations.open');
    const sender = desk.newSender();
    await desk.enqueue(to(0, 'opens'), 'Hello');
    const first = sender.sendNow('opens');
    await opening.reached;
    desk.workspace.faults.next('chat.postMessage', 'rate-limit', { retryAfterSeconds: 90 });
    await desk.enqueue(to(1, 'told to wait'), 'Hello');
    await sender.sendNow('told to wait');
    opening.release();
    expect(await first).toBe('waiting');
    expect(posts()).toEqual([]);
    desk.clock.forward(2);
    await sender.sendDue(desk.clock.now());
    expect([desk.received(person(0)), desk.received(person(1))]).toEqual([['Hello'], ['Hello']]);
  });

  test('before a conversation is opened, no other is asked for, and known ones go on', async () => {
    const sender = desk.newSender();
    await desk.enqueue(to(2, 'known'), 'one');
    await sender.sendNow('known');
    desk.workspace.faults.next('conversations.open', 'rate-limit', { retryAfterSeconds: 90 });
    for (const index of [0, 1, 2]) await desk.enqueue(to(index, `more ${index}`), 'two');
    expect(await sender.sendNow('more 0')).toBe('waiting');
    const before = desk.workspace.calls.length;
    await desk.beat(sender);
    const since = desk.workspace.calls.slice(before).map(({ method }) => method);
    expect(since).toEqual(['chat.postMessage']);
    await desk.beat(sender);
    expect([0, 1].map((index) => desk.received(person(index)))).toEqual([['two'], ['two']]);
  });

  test('a shorter wait does not end a longer one', async () => {
    for (const seconds of [600, 1])
      desk.workspace.faults.next('chat.postMessage', 'rate-limit', { retryAfterSeconds: seconds });
    for (const index of [0, 1]) await desk.enqueue(to(index, `${index}`), 'Hello');
    const sender = desk.newSender();
    await desk.beat(sender);
    await desk.beat(sender);
    expect(posts()).toEqual([]);
    desk.clock.forward(10);
    await desk.beat(sender);
    expect(posts()).toHaveLength(2);
  });
});

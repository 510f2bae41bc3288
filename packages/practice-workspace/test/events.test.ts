import { expect, test } from 'vitest';
import { manifest, startBot } from './support.ts';

type Seen = { type: string; id: string; retry: unknown; event: Record<string, unknown> };

/** A bot that writes down every event it gets. */
async function listening(options: Parameters<typeof startBot>[1] = {}) {
  const seen: Seen[] = [];
  const bot = await startBot((app) => {
    app.event(/.*/, async ({ event, body, context }) => {
      seen.push({ type: event.type, id: body.event_id, retry: context.retryNum, event: { ...event } });
    });
  }, options);
  const types = () => seen.map(({ type }) => type);
  return { ...bot, seen, types };
}

test('somebody new: team_join with the whole person, then the channel they are in', async () => {
  const { workspace, seen, types } = await listening();
  await workspace.joinChannel('fran', 'general');
  const kit = await workspace.joinPerson({ realName: 'Kit Newcomer', tz: 'America/New_York' });
  expect(types()).toEqual(['team_join']);
  expect(seen[0]?.event).toMatchObject({
    user: {
      id: kit.id,
      real_name: 'Kit Newcomer',
      is_bot: false,
      tz: 'America/New_York',
      profile: { email: 'kit.newcomer@example.org' },
    },
  });
  await workspace.joinChannel('Kit Newcomer', 'chatr-forum');
  expect(types().slice(1).sort()).toEqual(['member_joined_channel', 'message']);
  expect(seen.find(({ type }) => type === 'message')?.event).toMatchObject({ subtype: 'channel_join' });
  await workspace.leaveChannel('Kit Newcomer', 'chatr-forum');
  expect(types().at(-1)).toBe('member_left_channel');
});

test('changes of a person: deactivated, back again, another zone', async () => {
  const { workspace, seen } = await listening();
  await workspace.deactivate('sam');
  await workspace.reactivate('sam');
  await workspace.setTimezone('sam', 'Europe/Berlin');
  expect(seen.map(({ event }) => event.user)).toMatchObject([
    { deleted: true },
    { deleted: false },
    { tz: 'Europe/Berlin', tz_offset: 3600 },
  ]);
  expect(await workspace.act('dana', { do: 'open-home' })).toMatchObject({ ok: false });
});

test('messages come only from where the app is, and only what the manifest asks for', async () => {
  const { workspace, seen } = await listening();
  const robin = workspace.as('robin');
  await robin.post('Only here', { in: 'general' });
  await robin.post('In private', { in: 'perinatal-pilot' });
  await robin.post('In the forum, @sam & <all>', { in: 'chatr-forum' });
  await robin.post('To the app');
  const { workspace: other, types } = await listening({ manifest: manifest({ events: ['team_join'] }) });
  await other.as('robin').post('x');
  expect(types()).toEqual([]);
  expect(seen.map(({ event }) => [event.text, event.channel_type])).toEqual([
    [`In the forum, <@${workspace.as('sam').id}> &amp; &lt;all&gt;`, 'channel'],
    ['To the app', 'im'],
  ]);
  const { types: scopeless, workspace: third } = await listening({
    manifest: manifest({ scopes: ['im:history'] }),
  });
  await third.joinPerson();
  expect(scopeless()).toEqual([]);
});

test('an event nobody acknowledges comes again: at once, after a minute, after five, then never', async () => {
  const { workspace, seen, clock } = await listening();
  for (const _ of [1, 2, 3, 4]) workspace.faults.nextDelivery('events_api', 'lose-answer');
  await workspace.as('robin').post('Hello');
  expect(seen).toHaveLength(2);
  clock.advance(59_000);
  await workspace.clockMoved();
  expect(seen).toHaveLength(2);
  clock.advance(1_000);
  await workspace.clockMoved();
  clock.advance(5 * 60_000);
  await workspace.clockMoved();
  await workspace.settled();
  expect(seen.map(({ retry }) => retry)).toEqual([0, 1, 2, 3]);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
  expect(workspace.lostEvents).toHaveLength(1);
  clock.advance(60 * 60_000);
  await workspace.clockMoved();
  expect(seen).toHaveLength(4);
});

test('what waited more than two hours is not delivered any more', async () => {
  const { workspace, seen, clock } = await listening();
  for (const _ of [1, 2]) workspace.faults.nextDelivery('events_api', 'disconnect');
  await workspace.as('robin').post('Hello');
  clock.advance(2 * 60 * 60_000 + 1);
  await workspace.clockMoved();
  expect(seen).toEqual([]);
  expect(workspace.lostEvents).toHaveLength(1);
});

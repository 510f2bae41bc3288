import { expect, onTestFinished, test } from 'vitest';
import { rateLimits } from '../src/api/rate-limits.ts';
import { readOptionAnswer } from '../src/blocks/option-answer.ts';
import { timestamps, zoneOf } from '../src/clock.ts';
import { createPracticeWorkspace, defaultSeeds, practiceClock } from '../src/index.ts';
import { readManifest } from '../src/manifest.ts';
import { manifest, startWorkspace } from './support.ts';

test('timestamps grow, even when the clock stands still or is set back', () => {
  const clock = practiceClock('2026-03-02T09:00:00Z');
  const next = timestamps(clock);
  const seen = [next(), next()];
  clock.advance(-60_000);
  seen.push(next());
  clock.advance(3_600_000);
  seen.push(next());
  expect(seen).toEqual(['1772442000.000000', '1772442000.000001', '1772442000.000002', '1772445540.000000']);
});

test.each([
  ['Europe/London', '2026-01-15T12:00:00Z', 0],
  ['Europe/London', '2026-07-15T12:00:00Z', 3600],
  ['America/New_York', '2026-07-15T12:00:00Z', -14_400],
  ['Asia/Kolkata', '2026-07-15T12:00:00Z', 19_800],
])('%s at %s is %i seconds from UTC', (tz, at, offset) => {
  expect(zoneOf(tz, new Date(at))).toMatchObject({ tz, tz_offset: offset });
});

test.each([
  ['a name too long', { display_information: { name: 'x'.repeat(36) } }, 'name'],
  [
    'a command without a slash',
    { features: { slash_commands: [{ command: 'try', description: 'x' }] } },
    'a command is /',
  ],
  ['a key nobody knows', { features: { bot_user: { display_name: 'x', colour: 'red' } } }, 'colour'],
  [
    'eleven shortcuts',
    {
      features: {
        shortcuts: Array.from({ length: 11 }, () => ({
          name: 'x',
          type: 'global',
          callback_id: 'x',
          description: 'x',
        })),
      },
    },
    'features.shortcuts',
  ],
])('a manifest is refused for %s', (_name, change, words) => {
  expect(() => readManifest({ ...manifest(), ...change })).toThrow(words);
});

test('at most a hundred options can be answered', () => {
  const options = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      text: { type: 'plain_text', text: `${at}` },
      value: `${at}`,
    }));
  expect(readOptionAnswer({ options: options(100) })?.options).toHaveLength(100);
  expect(readOptionAnswer({ options: options(101) })).toBeUndefined();
  expect(readOptionAnswer({ options: [], colour: 'red' })).toBeUndefined();
  expect(
    readOptionAnswer({ option_groups: [{ label: { type: 'plain_text', text: 'x' }, options: options(1) }] }),
  ).toMatchObject({
    optionGroups: [{ options: [{ value: '0' }] }],
  });
});

test('a channel takes a short burst, then one message a second; a method its tier', () => {
  let now = 0;
  const limits = rateLimits(() => now);
  const post = (channel: string) => limits.secondsToWait('chat.postMessage', channel);
  expect([1, 2, 3, 4, 5, 6].map(() => post('C1'))).toEqual([...Array(5).fill(undefined), 1]);
  expect(post('C2')).toBeUndefined();
  now += 1_000;
  expect([post('C1'), post('C1')]).toEqual([undefined, 1]);
  const lists = Array.from({ length: 21 }, () => limits.secondsToWait('users.list', ''));
  expect(lists.filter((wait) => wait !== undefined)).toEqual([3]);
});

test('the people who are there from the start', async () => {
  const workspace = await startWorkspace();
  const { people } = workspace.snapshot('fran');
  expect(people.filter((one) => one.isAdmin).map((one) => one.name)).toEqual(['fran']);
  expect(people.filter((one) => one.isGuest).map((one) => one.name)).toEqual(['gale']);
  expect(people.filter((one) => one.deleted).map((one) => one.name)).toEqual(['dana']);
  expect(people.some((one) => one.id === 'USLACKBOT')).toBe(true);
  expect(new Set(defaultSeeds.people.map(({ tz }) => tz)).size).toBeGreaterThan(2);
  const added = workspace.addUser({ name: 'extra', realName: 'Extra Person' });
  expect(added.snapshot().me.realName).toBe('Extra Person');
});

test('the same seed gives the same ids; another seed gives others', async () => {
  const ids = async (seed: number) => {
    const workspace = await createPracticeWorkspace({ manifest: manifest(), seed });
    await workspace.stop();
    return [workspace.botUserId, workspace.as('robin').id, workspace.channelId('chatr-forum')];
  };
  expect(await ids(5)).toEqual(await ids(5));
  expect(await ids(5)).not.toEqual(await ids(6));
});

test('what was saved is there again under the same ids, and what is new has ids of its own', async () => {
  const first = await startWorkspace({ clock: practiceClock('2026-03-02T09:00:00Z') });
  const robin = first.as('robin');
  await robin.post('Kept <here> & there', { in: 'general', quiet: true });
  await robin.post('and a reply', { in: 'general', quiet: true });
  const { id: joined } = await first.joinPerson({ name: 'nia', realName: 'Nia Newcomer' });
  await first.act('sam', { do: 'open-messages', channel: first.channelId('general') });
  const saved = JSON.parse(JSON.stringify(first.save()));

  const clock = practiceClock(saved.at);
  const second = await createPracticeWorkspace({ manifest: manifest(), clock, saved });
  onTestFinished(() => second.stop());
  for (const name of ['robin', 'sam', 'nia', 'dana'])
    expect({ ...second.snapshot(name), revision: 0 }, name).toEqual({ ...first.snapshot(name), revision: 0 });
  expect([second.teamId, second.appId, second.botId, second.botUserId]).toEqual([
    first.teamId,
    first.appId,
    first.botId,
    first.botUserId,
  ]);
  const known = new Set(Object.keys(first.snapshot('robin').messages));
  await second.as('robin').post('Later', { in: 'general', quiet: true });
  const stamps = second
    .as('robin')
    .messages('general')
    .map(({ ts }) => ts);
  expect(stamps).toEqual([...new Set(stamps)].toSorted());
  const newer = await second.joinPerson({ name: 'obi', realName: 'Obi Onlooker' });
  expect([joined, first.as('sam').id, second.as('sam').id]).not.toContain(newer.id);
  expect(known).not.toContain(second.appDirectId('obi'));
});

import { defaultSeeds, type PersonDriver, type Seeds } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import {
  agree,
  agreeOnly,
  makeGroup,
  messagesSaying,
  scheduleCheckIn,
  welcomesOf,
} from '../support/stories.ts';

const zones = ['Europe/London', 'Europe/London', 'Europe/Lisbon', 'America/New_York', 'Asia/Kolkata'];
const names = Array.from({ length: 30 }, (_, index) => `trainee${String(index).padStart(2, '0')}`);

/** Thirty trainees in the forum, in four time zones, besides the usual people. */
const seeds: Seeds = {
  ...defaultSeeds,
  people: [
    ...defaultSeeds.people,
    ...names.map((name, index) => ({
      name,
      realName: `Trainee Number-${index}`,
      tz: zones[index % zones.length] ?? 'Europe/London',
    })),
  ],
  channels: defaultSeeds.channels.map((channel) =>
    channel.name === 'chatr-forum'
      ? { ...channel, members: [...(channel.members ?? []), ...names] }
      : channel,
  ),
};

const usual = 10;

/** Slack at its worst, while the bot sends. */
function badDay({ workspace }: Community): void {
  workspace.faults.setRates({
    calls: {
      'rate-limit': 0.05,
      'server-error': 0.05,
      'server-error-after': 0.04,
      'drop-request': 0.04,
      'drop-answer': 0.04,
    },
    deliveries: { duplicate: 0.2 },
  });
}

async function throughBadDays(community: Community, minutes: number): Promise<void> {
  badDay(community);
  await community.forward(minutes, 30);
  community.workspace.faults.clear();
}

/** Messages by the bot in somebody's quiet hours or at their weekend. Thanks for a click are its answer, at any hour. */
function uncivil(person: PersonDriver, botUserId: string): string[] {
  const zone = person.snapshot().me.tz;
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return person
    .dmsWithBot()
    .filter(({ user, ephemeral, text }) => user === botUserId && !ephemeral && !text.startsWith('Thank you'))
    .map(({ at, text }) => `${local.format(new Date(at))} ${text}`)
    .filter((line) => /^(Sat|Sun)/.test(line) || !/ (09|1[0-7]):/.test(line));
}

test('over a bad week, with restarts, thirty people get every prompt once, in civil hours, and nothing is lost', async () => {
  const community = await givenCommunity({ at: '2026-03-02T10:00:00Z', workspace: { seeds, seed: usual } });
  const { workspace } = community;
  const people = names.map((name) => community.as(name));
  await throughBadDays(community, 5 * 60);
  await community.forward(24 * 60, 60);
  for (const person of people)
    expect(messagesSaying(person, 'this is ChATR Companion'), person.realName).toHaveLength(1);

  // Tuesday, 15:00 in London: all agree, some to first steps by message too, and a check-in is planned for everybody.
  for (const person of people.slice(0, 6)) await agree(person);
  await agreeOnly(...people.slice(6));
  await makeGroup(community.as('jo'), 'Everybody', names);
  await scheduleCheckIn(community.as('jo'), {
    group: 'Everybody',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
    how: 'Every week',
  });
  // A prompt that is over says so in its place: each is noted while it still asks.
  const prompted = new Map(people.map((person) => [person, new Set<string>()]));
  const noteWhatAsks = () => {
    for (const [person, asked] of prompted)
      for (const { at } of messagesSaying(person, 'Your check-in is ready')) asked.add(at);
  };
  for (let day = 0; day < 9; day += 1) {
    await throughBadDays(community, 19 * 60);
    noteWhatAsks();
    await community.stopBot();
    await community.startBot();
    await throughBadDays(community, 5 * 60);
    if (day % 3 === 0) {
      workspace.disconnect('refresh_requested', 'one');
      await workspace.connected(1);
    }
  }
  // A quiet hour lets what was held back by the last faults come through.
  await community.forward(120, 10);
  noteWhatAsks();

  expect(workspace.faults.injected.length, 'it was a bad week').toBeGreaterThan(20);
  for (const [person, asked] of prompted) {
    const prompts = [...asked].map((at) => at.slice(0, 10));
    expect(prompts, `${person.realName} in ${person.snapshot().me.tz}`).toEqual(['2026-03-04', '2026-03-11']);
    expect(messagesSaying(person, 'Your check-in is still open').length, person.realName).toBeLessThanOrEqual(
      1,
    );
    expect(welcomesOf(person), person.realName).toHaveLength(1);
    const texts = person.dmsWithBot().map(({ at, text }) => `${at} ${text}`);
    expect(new Set(texts).size, 'no message twice').toBe(texts.length);
    expect(uncivil(person, workspace.botUserId), person.realName).toEqual([]);
    expect(person.notices()).toEqual([]);
  }
  expect(workspace.lostEvents).toEqual([]);
}, 60_000);

test('while prompts go out to thirty people, whoever asks something is answered in time', async () => {
  const community = await givenCommunity({ at: '2026-03-02T10:00:00Z', workspace: { seeds } });
  await community.forward(28 * 60, 60);
  const people = names.map((name) => community.as(name));
  await agreeOnly(...people);
  await makeGroup(community.as('jo'), 'Everybody', names);
  await scheduleCheckIn(community.as('jo'), {
    group: 'Everybody',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '15:00',
  });
  await community.forward(24 * 60 + 50, 60);
  community.clock.forward(20);
  const slowest: number[] = [];
  const sending = community.bot().beat();
  await Promise.all(
    people.slice(0, 20).map(async (person) => {
      const asked = performance.now();
      await person.command('/chatr find trauma', { quiet: true });
      slowest.push(performance.now() - asked);
    }),
  );
  await sending;
  await community.forward(30, 5);
  for (const person of people.slice(0, 20)) {
    expect(person.notices(), 'no operation_timeout').toEqual([]);
    expect(person.visibleText(person.ephemerals().at(-1))).toContain('UK Trauma Council');
  }
  expect(Math.max(...slowest)).toBeLessThan(3_000);
  for (const person of people.filter((one) => one.snapshot().me.tz !== 'Asia/Kolkata'))
    expect(messagesSaying(person, 'Your check-in is ready'), person.realName).toHaveLength(1);
  expect(community.log).toEqual([]);
});
